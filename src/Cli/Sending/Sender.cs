using System.Globalization;
using System.Text.Json;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Sending;

/// <summary>What came back for a file that was sent.</summary>
internal sealed record SentFile(
    string File, AcknowledgementStatement Statement, string LogOrigin, long LogIndex, string AcknowledgementFile, string? ProofFile, bool SentBefore);

/// <summary>Signs a claim file, sends it, and keeps what proves it. The same file again continues or repeats, and never claims twice.</summary>
internal sealed class Sender(Connection connection)
{
    /// <summary>Sends <paramref name="file"/> to the payer its header names.</summary>
    public async Task<Outcome<SentFile>> Send(string file, bool evenIfSentBefore, Action<double> progress, CancellationToken ct)
    {
        if (ClaimFilePayer.Of(file).Refused(out var refusal, out var payer))
        {
            return refusal;
        }

        var (digest, length) = (await Files.Digest(file, ct), new FileInfo(file).Length);
        if ((await PendingTransmission.Read(file, ct)).Refused(out refusal, out var pending))
        {
            return refusal;
        }

        if (pending is null && !evenIfSentBefore && await Before(file, digest, ct) is { } before)
        {
            return before;
        }

        if (pending is null)
        {
            if ((await Begin(file, payer, digest, length, ct)).Refused(out refusal, out pending))
            {
                return refusal;
            }
        }
        else if (!Describes(pending, digest, length))
        {
            return Refusals.FileChanged;
        }

        if ((await new Upload(connection, file, length, pending).Run(progress, ct)).Succeeded(out var acknowledgement, out refusal))
        {
            return await Keep(file, pending, acknowledgement, ct);
        }

        if (IsFinal(refusal))
        {
            await Log("refused", file, pending, null, ct);
            PendingTransmission.Forget(file);
        }

        return refusal;
    }

    /// <summary>The site said no to the transmission itself: nothing was accepted, so a corrected file may start afresh.</summary>
    private static bool IsFinal(Refusal refusal) =>
        refusal.Kind is RefusalKind.Invalid or RefusalKind.Forbidden or RefusalKind.TooLarge && !refusal.Code.StartsWith("CI-", StringComparison.Ordinal);

    private async Task<Outcome<PendingTransmission>> Begin(string file, string payer, string digest, long length, CancellationToken ct)
    {
        var recipient = await connection.Get<OrganisationAnswer>($"/identity/organisations?system=Payer&code={Uri.EscapeDataString(payer)}", ct);
        if (recipient.Refused(out var refusal, out var organisation))
        {
            return refusal;
        }

        var now = connection.Time.GetUtcNow();
        var identity = connection.Device.Identity;
        var envelope = new Envelope(
            Guid.CreateVersion7(now),
            identity.Environment,
            identity.Organisation,
            organisation.Id,
            TransmissionKinds.Claim,
            Path.GetFileName(file),
            Classification.StrictlyConfidential,
            digest,
            length,
            DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()));
        var pending = new PendingTransmission(envelope.Id, Cms.Sign(envelope.ToBytes(), connection.Device.Certificate), now);
        await pending.Save(file, ct);
        await Log("opened", file, pending, null, ct);
        return pending;
    }

    private bool Describes(PendingTransmission pending, string digest, long length) =>
        Cms.Verify(pending.Envelope, connection.Trust, pending.Started).Succeeded(out var signed, out _)
        && Envelope.Parse(signed.Content).Succeeded(out var envelope, out _)
        && envelope.Sha256 == digest && envelope.Length == length && envelope.Id == pending.Id;

    /// <summary>The acknowledgement beside the file, when it is for exactly these bytes.</summary>
    private async Task<SentFile?> Before(string file, string digest, CancellationToken ct)
    {
        var path = file + ".ack.p7s";
        return File.Exists(path)
            && Read(await File.ReadAllBytesAsync(path, ct)).Succeeded(out var read, out _)
            && read.Statement.ContentSha256 == digest && read.Statement.Sender == connection.Device.Identity.Organisation
            ? new SentFile(file, read.Statement, read.Whole.LogOrigin, read.Whole.LogIndex, path, ExistingProof(file), SentBefore: true)
            : null;
    }

    /// <summary>Verifies the acknowledgement against what was sent and keeps it; only then is the transmission no longer pending.</summary>
    private async Task<Outcome<SentFile>> Keep(string file, PendingTransmission pending, byte[] acknowledgement, CancellationToken ct)
    {
        if (Read(acknowledgement).Refused(out var refusal, out var read))
        {
            return refusal;
        }

        var statement = read.Statement;
        var isOurs = statement.Transmission == pending.Id
            && statement.EnvelopeSha256 == Files.Digest(pending.Envelope)
            && statement.ContentSha256 == await Files.Digest(file, ct)
            && statement.Sender == connection.Device.Identity.Organisation;
        if (!isOurs)
        {
            return Refusals.AcknowledgementMismatch;
        }

        var path = file + ".ack.p7s";
        await SetAsideEarlier(file, statement.Transmission, ct);
        await Files.WriteWhole(path, acknowledgement, ct);
        var proof = await KeepProof(file, read, ct);
        await Log("acknowledged", file, pending, acknowledgement, ct);
        PendingTransmission.Forget(file);
        return new SentFile(file, statement, read.Whole.LogOrigin, read.Whole.LogIndex, path, proof, SentBefore: false);
    }

    private Outcome<(Acknowledgement Whole, AcknowledgementStatement Statement)> Read(byte[] cms)
    {
        if (Cms.Verify(cms, connection.Trust, connection.Time.GetUtcNow()).Refused(out var refusal, out var signed)
            || Acknowledgement.Parse(signed.Content).Refused(out refusal, out var whole)
            || AcknowledgementStatement.Parse(whole.Statement.Span).Refused(out refusal, out var statement))
        {
            return refusal;
        }

        return signed.Identity.Organisation == connection.Centre ? (whole, statement) : Refusals.CentreChanged;
    }

    /// <summary>The place in the ledger, when the site can prove it already and the proof holds.</summary>
    private async Task<string?> KeepProof(string file, (Acknowledgement Whole, AcknowledgementStatement Statement) read, CancellationToken ct)
    {
        if ((await connection.GetBytes($"/exchange/transmissions/{read.Statement.Transmission}/proof", ct)).Refused(out var refusal, out var bytes)
            || LogProof.Parse(bytes).Refused(out refusal, out var proof)
            || proof.Verify(MerkleTree.LeafHash(read.Whole.Statement.Span), connection.Trust, connection.Time.GetUtcNow()).Refused(out refusal, out _))
        {
            Terminal.Refuse(refusal, "台帳の証明");
            return null;
        }

        await Files.WriteWhole(file + ".ack.proof", bytes, ct);
        return file + ".ack.proof";
    }

    private static string? ExistingProof(string file) => File.Exists(file + ".ack.proof") ? file + ".ack.proof" : null;

    /// <summary>An earlier acknowledgement beside the same file name is proof too: it gets its number into its name.</summary>
    private async Task SetAsideEarlier(string file, Guid transmission, CancellationToken ct)
    {
        var path = file + ".ack.p7s";
        if (!File.Exists(path) || !Read(await File.ReadAllBytesAsync(path, ct)).Succeeded(out var earlier, out _) || earlier.Statement.Transmission == transmission)
        {
            return;
        }

        File.Move(path, $"{file}.{earlier.Statement.Number}.ack.p7s", overwrite: true);
        if (ExistingProof(file) is { } proof)
        {
            File.Move(proof, $"{file}.{earlier.Statement.Number}.ack.proof", overwrite: true);
        }
    }

    private Task Log(string happened, string file, PendingTransmission pending, byte[]? acknowledgement, CancellationToken ct) => Files.AppendLine(
        connection.Configuration.SentLog,
        JsonSerializer.Serialize(
            new
            {
                At = connection.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                Happened = happened,
                Server = connection.Server.Authority,
                Transmission = pending.Id,
                File = Path.GetFullPath(file),
                pending.Envelope,
                Acknowledgement = acknowledgement,
            },
            Terminal.Options),
        ct);
}
