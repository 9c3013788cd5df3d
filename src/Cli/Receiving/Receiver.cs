using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Receiving;

/// <summary>What was received and where it lies.</summary>
internal sealed record ReceivedFile(Guid Transmission, string Kind, string SenderName, string File, string Envelope, string Receipt, string Sha256, long Length);

/// <summary>
/// Fetches what waits: the signed envelope first, then the content, which must be exactly what the envelope says; then this device's signed receipt.
/// Everything lies in a folder of its own per transmission, so a repeated run goes on where the last one stopped and doubles nothing.
/// </summary>
internal sealed class Receiver(Connection connection)
{
    public Task<Outcome<List<DeliveryAnswer>>> Waiting(CancellationToken ct) => connection.Get<List<DeliveryAnswer>>("/exchange/deliveries?waiting=true", ct);

    /// <summary>Receives one delivery into a folder below <paramref name="to"/>.</summary>
    public async Task<Outcome<ReceivedFile>> Receive(DeliveryAnswer delivery, string to, Action<double> progress, CancellationToken ct)
    {
        if ((await FetchEnvelope(delivery.Id, ct)).Refused(out var refusal, out var fetched))
        {
            return refusal;
        }

        var (cms, envelope) = fetched;
        var folder = Files.Folder(Path.Combine(to, delivery.Id.ToString("D")));
        var file = Path.Combine(folder, envelope.FileName);
        await Files.WriteWhole(file + ".envelope.p7s", cms, ct);
        if ((await FetchContent(envelope, file, progress, ct)).Refused(out refusal, out _) || (await Acknowledge(envelope, file, ct)).Refused(out refusal, out _))
        {
            return refusal;
        }

        return new ReceivedFile(envelope.Id, envelope.Kind, delivery.SenderName, file, file + ".envelope.p7s", file + ".receipt.p7s", envelope.Sha256, envelope.Length);
    }

    private async Task<Outcome<(byte[] Cms, Envelope Envelope)>> FetchEnvelope(Guid id, CancellationToken ct)
    {
        if ((await connection.GetBytes($"/exchange/deliveries/{id}/envelope", ct)).Refused(out var refusal, out var cms)
            || Cms.Verify(cms, connection.Trust, connection.Time.GetUtcNow()).Refused(out refusal, out var signed)
            || Envelope.Parse(signed.Content).Refused(out refusal, out var envelope))
        {
            return refusal;
        }

        if (signed.Identity.Organisation != connection.Centre)
        {
            return Refusals.NotSignedByCentre;
        }

        var isOurs = envelope.Id == id && envelope.Recipient == connection.Device.Identity.Organisation && envelope.Environment == connection.Device.Identity.Environment
            && envelope.FileName == Path.GetFileName(envelope.FileName);
        return isOurs ? (cms, envelope) : Refusals.DeliveryMismatch;
    }

    /// <summary>The content, continued after a cut line; takes its name only when it is exactly what was signed.</summary>
    private async Task<Outcome<bool>> FetchContent(Envelope envelope, string file, Action<double> progress, CancellationToken ct)
    {
        if (await IsWhole(envelope, file, ct))
        {
            return true;
        }

        var draft = file + ".part";
        if ((await Download(envelope, draft, progress, ct)).Refused(out var refusal, out _))
        {
            return refusal;
        }

        if (!await IsWhole(envelope, draft, ct))
        {
            File.Delete(draft);
            return Refusals.DeliveryMismatch;
        }

        File.Move(draft, file, overwrite: true);
        return true;
    }

    private static async Task<bool> IsWhole(Envelope envelope, string file, CancellationToken ct) =>
        File.Exists(file) && new FileInfo(file).Length == envelope.Length && await Files.Digest(file, ct) == envelope.Sha256;

    private async Task<Outcome<bool>> Download(Envelope envelope, string draft, Action<double> progress, CancellationToken ct)
    {
        var lastMove = connection.Time.GetTimestamp();
        while (true)
        {
            var before = Have(draft);
            if (before >= envelope.Length)
            {
                return true;
            }

            try
            {
                if ((await Range(envelope, draft, before, progress, ct)).Refused(out var refusal, out _))
                {
                    return refusal;
                }
            }
            catch (Exception fault) when (fault is IOException or HttpRequestException)
            {
                if (Have(draft) > before)
                {
                    lastMove = connection.Time.GetTimestamp();
                }

                if (connection.Time.GetElapsedTime(lastMove) > Connection.Patience)
                {
                    return Refusals.LineFailed;
                }

                await Task.Delay(TimeSpan.FromSeconds(1), connection.Time, ct);
            }
        }
    }

    private static long Have(string draft) => File.Exists(draft) ? new FileInfo(draft).Length : 0;

    private async Task<Outcome<bool>> Range(Envelope envelope, string draft, long from, Action<double> progress, CancellationToken ct)
    {
        var outcome = await connection.Send(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, $"/exchange/deliveries/{envelope.Id}/content");
                request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
                return request;
            },
            again: true,
            ct);
        if (outcome.Refused(out var refusal, out var response))
        {
            return refusal;
        }

        using (response)
        {
            var continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == from;
            await using var target = Files.Create(draft, continues ? FileMode.Append : FileMode.Create);
            await using var source = await response.Content.ReadAsStreamAsync(ct);
            var buffer = new byte[64 * 1024];
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), ct);
                progress(Math.Min(1, (double)target.Position / envelope.Length));
            }

            target.Flush(flushToDisk: true);
            return true;
        }
    }

    /// <summary>The signed receipt is kept before it is sent: a repeated run sends the same bytes.</summary>
    private async Task<Outcome<bool>> Acknowledge(Envelope envelope, string file, CancellationToken ct)
    {
        var path = file + ".receipt.p7s";
        if (!File.Exists(path))
        {
            var identity = connection.Device.Identity;
            var receipt = new DeliveryReceipt(envelope.Id, identity.Environment, identity.Organisation, envelope.Sha256, envelope.Length, Microseconds(connection.Time.GetUtcNow()));
            await Files.WriteWhole(path, Cms.Sign(receipt.ToBytes(), connection.Device.Certificate), ct);
        }

        var signed = await File.ReadAllBytesAsync(path, ct);
        if ((await connection.PostCms($"/exchange/deliveries/{envelope.Id}/receipt", signed, ct)).Refused(out var refusal, out var response))
        {
            return refusal;
        }

        response.Dispose();
        await Log(envelope, file, signed, ct);
        return true;
    }

    private static DateTimeOffset Microseconds(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private Task Log(Envelope envelope, string file, byte[] receipt, CancellationToken ct) => Files.AppendLine(
        connection.Configuration.ReceivedLog,
        JsonSerializer.Serialize(
            new
            {
                At = connection.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                Happened = "received",
                Server = connection.Server.Authority,
                Transmission = envelope.Id,
                File = Path.GetFullPath(file),
                envelope.Sha256,
                Receipt = receipt,
            },
            Terminal.Options),
        ct);
}
