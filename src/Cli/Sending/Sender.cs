using System.Globalization;
using System.Text.Json;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Sending;

/// <summary>What came back for a file that was sent.</summary>
/// <param name="File">The file.</param>
/// <param name="Acknowledgement">Verified.</param>
/// <param name="AcknowledgementFile">Where it lies.</param>
/// <param name="ProofFile">Where its place in the ledger is proven; null when the site could not prove it yet.</param>
/// <param name="Envelope">The signed envelope; null when nothing was sent because it had been before.</param>
internal sealed record SentFile(string File, VerifiedAcknowledgement Acknowledgement, string AcknowledgementFile, string? ProofFile, byte[]? Envelope)
{
    public AcknowledgementStatement Statement => Acknowledgement.Statement;

    public bool SentBefore => Envelope is null;
}

/// <summary>Signs a claim file, sends it, and keeps what proves it. The same file again continues or repeats, and never claims twice.</summary>
internal sealed class Sender(Connection connection)
{
    private const string Ending = ".ack.p7s";
    private const string ProofEnding = ".ack.proof";
    private const string TlogProofEnding = ".ack.tlog-proof";

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
        var path = file + Ending;
        return File.Exists(path)
            && Verify(await File.ReadAllBytesAsync(path, ct)).Succeeded(out var earlier, out _)
            && earlier.Statement.ContentSha256 == digest && earlier.Statement.Sender == connection.Device.Identity.Organisation
            ? new SentFile(file, earlier, path, ExistingProof(file), null)
            : null;
    }

    /// <summary>Verifies the acknowledgement against what was sent and keeps it; only then is the transmission no longer pending.</summary>
    private async Task<Outcome<SentFile>> Keep(string file, PendingTransmission pending, byte[] acknowledgement, CancellationToken ct)
    {
        if (VerifyAgainst(file, acknowledgement).Refused(out var refusal, out var verified))
        {
            return refusal;
        }

        var statement = verified.Statement;
        if (statement.Transmission != pending.Id || statement.EnvelopeSha256 != Files.Digest(pending.Envelope) || statement.Sender != connection.Device.Identity.Organisation)
        {
            return Refusals.AcknowledgementMismatch;
        }

        await SetAsideEarlier(file, statement.Transmission, ct);
        await Files.WriteWhole(file + Ending, acknowledgement, ct);
        var proof = await KeepProof(file, statement.Transmission, acknowledgement, ct);
        await Log("acknowledged", file, pending, acknowledgement, ct);
        PendingTransmission.Forget(file);
        return new SentFile(file, verified, file + Ending, proof, pending.Envelope);
    }

    private Outcome<VerifiedAcknowledgement> Verify(byte[] cms, LogProof? proof = null) =>
        Verifier.Acknowledgement(cms, connection.Trust, connection.Time.GetUtcNow(), proof: proof);

    private Outcome<VerifiedAcknowledgement> VerifyAgainst(string file, byte[] cms)
    {
        using var content = Files.OpenSequential(file);
        return Verifier.Acknowledgement(cms, connection.Trust, connection.Time.GetUtcNow(), content);
    }

    /// <summary>The place in the ledger, when the site can prove it already and the proof holds.</summary>
    private async Task<string?> KeepProof(string file, Guid transmission, byte[] acknowledgement, CancellationToken ct)
    {
        if ((await connection.GetBytes($"/exchange/transmissions/{transmission}/proof", ct)).Refused(out var refusal, out var bytes)
            || LogProof.Parse(bytes).Refused(out refusal, out var proof)
            || Verify(acknowledgement, proof).Refused(out refusal, out _))
        {
            Terminal.Refuse(refusal, "台帳の証明");
            return null;
        }

        await Files.WriteWhole(file + ProofEnding, bytes, ct);
        await KeepTlogProof(file, transmission, acknowledgement, ct);
        return file + ProofEnding;
    }

    /// <summary>The same proof in the form that needs no CMS and carries the witnesses' signatures.</summary>
    private async Task KeepTlogProof(string file, Guid transmission, byte[] acknowledgement, CancellationToken ct)
    {
        if ((await connection.LedgerKey(ct)).Refused(out var refusal, out var key)
            || (await connection.GetBytes($"/exchange/transmissions/{transmission}/tlog-proof", ct)).Refused(out refusal, out var bytes)
            || TlogProof.Parse(bytes).Refused(out refusal, out var proof)
            || Verifier.Place(acknowledgement, proof, TlogPolicy.Of(key)).Refused(out refusal, out _))
        {
            Terminal.Refuse(refusal, "台帳の証明 (tlog-proof)");
            return;
        }

        await Files.WriteWhole(file + TlogProofEnding, bytes, ct);
    }

    private static string? ExistingProof(string file) => File.Exists(file + ProofEnding) ? file + ProofEnding : null;

    /// <summary>An earlier acknowledgement beside the same file name is proof too: it gets its number into its name.</summary>
    private async Task SetAsideEarlier(string file, Guid transmission, CancellationToken ct)
    {
        var path = file + Ending;
        if (!File.Exists(path) || !Verify(await File.ReadAllBytesAsync(path, ct)).Succeeded(out var earlier, out _) || earlier.Statement.Transmission == transmission)
        {
            return;
        }

        File.Move(path, $"{file}.{earlier.Statement.Number}{Ending}", overwrite: true);
        if (ExistingProof(file) is { } proof)
        {
            File.Move(proof, $"{file}.{earlier.Statement.Number}{ProofEnding}", overwrite: true);
        }

        if (File.Exists(file + TlogProofEnding))
        {
            File.Move(file + TlogProofEnding, $"{file}.{earlier.Statement.Number}{TlogProofEnding}", overwrite: true);
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
