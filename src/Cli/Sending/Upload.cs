using System.Globalization;
using System.Net.Http.Headers;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Sending;

/// <summary>
/// One transmission: the envelope opens it (or tells how far it came), the content follows by tus from there, the acknowledgement ends it.
/// Repeating any of it does nothing twice. Three requests when the line holds.
/// </summary>
internal sealed class Upload(Connection connection, string file, long length, PendingTransmission pending)
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    /// <summary>Sends until acknowledged; gives up when nothing moves for <see cref="Connection.Patience"/>.</summary>
    public async Task<Outcome<byte[]>> Run(Action<double> progress, CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        var (furthest, lastMove) = (-1L, connection.Time.GetTimestamp());
        while (true)
        {
            if ((await Open(ct)).Refused(out var refusal, out var opened))
            {
                return refusal;
            }

            if (opened.Acknowledgement is { } early)
            {
                return early;
            }

            if (opened.Offset > furthest)
            {
                (furthest, lastMove, pause) = (opened.Offset, connection.Time.GetTimestamp(), TimeSpan.FromMilliseconds(200));
            }

            var sent = await Send(opened, progress, ct);
            if (sent.Outcome.Succeeded(out _, out var failed))
            {
                return await connection.GetBytes($"/exchange/transmissions/{pending.Id}/acknowledgement", ct);
            }

            if (!sent.MayRepeat || connection.Time.GetElapsedTime(lastMove) + pause > Connection.Patience)
            {
                return failed;
            }

            await Task.Delay(pause, connection.Time, ct);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }
    }

    /// <summary>The envelope: new or known, the site answers where to put the content and from which byte, or with the acknowledgement.</summary>
    private async Task<Outcome<Opened>> Open(CancellationToken ct)
    {
        if ((await connection.PostCms("/exchange/transmissions", pending.Envelope, ct)).Refused(out var refusal, out var response))
        {
            return refusal;
        }

        using (response)
        {
            if (response.Content.Headers.ContentType?.MediaType == "application/cms")
            {
                return new Opened("", length, await response.Content.ReadAsByteArrayAsync(ct));
            }

            var offset = response.Headers.TryGetValues("Upload-Offset", out var values)
                && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) && stated <= length ? stated : 0;
            return response.Headers.Location is { } location
                ? new Opened(location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString, offset, null)
                : Refusals.AnswerUnknown;
        }
    }

    /// <summary>The content from where the site has it. An answer means: verified and durable.</summary>
    private async Task<(Outcome<bool> Outcome, bool MayRepeat)> Send(Opened opened, Action<double> progress, CancellationToken ct)
    {
        using var content = new FileSlice(file, opened.Offset, length, progress);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Patch, opened.Path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", opened.Offset.ToString(CultureInfo.InvariantCulture));
        var (outcome, mayRepeat) = await connection.Once(request, again: true, ct);
        if (outcome.Refused(out var refusal, out var response))
        {
            return (refusal, mayRepeat || IsAnotherOffset(refusal));
        }

        response.Dispose();
        return (true, false);
    }

    /// <summary>Another request moved the upload meanwhile (e.g. one whose answer was lost): ask again where it stands.</summary>
    private static bool IsAnotherOffset(Refusal refusal) => refusal.Kind == RefusalKind.Conflict;

    private sealed record Opened(string Path, long Offset, byte[]? Acknowledgement);
}
