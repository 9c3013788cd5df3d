using System.Globalization;
using System.Text;
using Sekisho.Cli.Receiving;
using Sekisho.Cli.Site;
using Sekisho.Formats;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>Carries claim files out and deliveries home, beside the desk's questions and on a line of its own, so that a long file delays no answer.</summary>
internal sealed class Courier(Connection connection, string? outbox, string? inbox, AgentStatus status) : IDisposable
{
    private static readonly TimeSpan _betweenPasses = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _betweenVisits = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);
    private readonly Backoff _line = Backoff.Of(_betweenPasses, _longestPause);
    private readonly FaultPoint _fault = new(connection.Device.Identity.Environment);
    private long? _visited;

    /// <summary>Until told to stop; with <paramref name="once"/> until nothing is left to send and all that waits is here, or the line is down.</summary>
    public async Task<int> Run(bool once, CancellationToken ct)
    {
        var box = outbox is null ? null : new Outbox(outbox, connection, _fault, status.Say);
        var start = connection.Time.GetTimestamp();
        while (true)
        {
            var stopped = await Pass(box, ct);
            status.Outbox = (box?.Waiting ?? 0, stopped?.Code ?? "");
            if (once && box?.Waiting == box?.Refused && stopped is not { Kind: RefusalKind.Unavailable })
            {
                return stopped is null && box is null or { Refused: 0 } ? ExitCode.Ok : ExitCode.Refused;
            }

            if (once && connection.Time.GetElapsedTime(start) > Connection.Patience + TimeSpan.FromSeconds(15))
            {
                return stopped is null or { Kind: RefusalKind.Unavailable } ? ExitCode.Line : ExitCode.Refused;
            }

            await Task.Delay(_line.Pause > TimeSpan.Zero ? _line.Pause : _betweenPasses, connection.Time, ct);
        }
    }

    public void Dispose() => connection.Dispose();

    private async Task<Refusal?> Pass(Outbox? box, CancellationToken ct)
    {
        try
        {
            var stopped = (box is null ? null : await box.Pass(ct)) ?? await Visit(ct);
            if (stopped is { Kind: RefusalKind.Unavailable })
            {
                _line.Failed(connection.AskedToWait);
            }
            else
            {
                _line.Succeeded();
            }

            return stopped;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            // The share went away, or the line in the middle of an answer.
            _line.Failed();
            return Refusals.LineFailed;
        }
    }

    /// <summary>Brings home what waits, once a minute.</summary>
    private async Task<Refusal?> Visit(CancellationToken ct)
    {
        if (inbox is null || (_visited is { } last && connection.Time.GetElapsedTime(last) < _betweenVisits))
        {
            return null;
        }

        await connection.RefreshRevocationList(ct);
        var receiver = new Receiver(connection);
        if ((await receiver.Waiting(ct)).Refused(out var refusal, out var waiting))
        {
            return refusal;
        }

        Refusal? failed = null;
        foreach (var delivery in waiting.OrderBy(d => d.ReceivedAt))
        {
            // Written first: after the receipt the site speaks of it no more.
            var folder = Files.Folder(Path.Combine(inbox, delivery.Id.ToString("D")));
            var text = $"{delivery.FileName}\r\n{delivery.SenderName} から {delivery.ReceivedAt.InJapan().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}\r\n同じフォルダーに .receipt.p7s（受取証）があれば、受け取りは終わっています。\r\n";
            await File.WriteAllTextAsync(Path.Combine(folder, "届いたもの.txt"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), ct);
            if ((await receiver.Receive(delivery, inbox, _ => { }, ct)).Refused(out refusal, out _))
            {
                failed = refusal;
                status.Say($"届いたものを受け取れません。{refusal.Text} [{refusal.Code}]");
                continue;
            }

            await _fault.Pass("inbox.received");
            status.Say("届いたものを受け取りました。");
        }

        _visited = failed is null ? connection.Time.GetTimestamp() : null;
        return failed;
    }
}
