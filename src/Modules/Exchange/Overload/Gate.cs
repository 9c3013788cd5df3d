using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Overload;

/// <summary>
/// Says early whether a new transmission may begin: the organisation's pace first, then the line. Comes after the signature and one look whether the
/// transmission is known, before everything else; what is known and acknowledged never meets it. Singleton.
/// </summary>
internal sealed class Gate : IDisposable
{
    private const int Mebibyte = 1024 * 1024;
    private readonly WaitingLine _line;
    private readonly Tickets _tickets;
    private readonly PartitionedRateLimiter<OrganisationId> _opens;
    private readonly PartitionedRateLimiter<OrganisationId> _bytes;

    public Gate(
        AdmissionOptions admission, ExchangeOptions options, Tickets tickets, Pulse pulse, AcknowledgementWait acknowledgements, Database database, TimeProvider time)
    {
        _tickets = tickets;
        _line = new WaitingLine(
            admission,
            () => pulse.Lag > admission.Lag || acknowledgements.Count > admission.Waiting || database.WaitingWriters > admission.Waiting,
            time);
        _opens = Paces.Of<OrganisationId>(options.OpensPerMinute, TimeSpan.FromMinutes(1));
        _bytes = Paces.Of<OrganisationId>(options.UploadPerHour, TimeSpan.FromHours(1));
    }

    public WaitingLine Line => _line;

    /// <summary>EX-0609 with the place, EX-0610; null when it may begin. Sets the answer's headers.</summary>
    public Refusal? Refuses(TransmissionId id, OrganisationId sender, HttpContext http)
    {
        var ticket = _tickets.Read(http.Request.Headers[Tickets.Header], id.Value);
        if (ticket is null)
        {
            using var lease = _opens.AttemptAcquire(sender);
            if (!lease.IsAcquired)
            {
                Later(http, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10));
                return Refusals.TooManyOpens;
            }
        }

        var place = _line.Ask(id.Value, ticket);
        if (place.IsIn)
        {
            return null;
        }

        Later(http, place.ComeBack);
        http.Response.Headers[Tickets.Header] = _tickets.Write(place.Number, id.Value);
        http.Response.Headers["Sekisho-Place"] = place.Ahead.ToString(CultureInfo.InvariantCulture);
        return Refusals.InLine with { Text = $"混み合っているため、新しい送信の順番を待っています。{place.Ahead:N0} 番目です。" };
    }

    /// <summary>EX-0611 when the organisation has used up its bytes of the hour; never asked in the middle of an upload.</summary>
    public Refusal? RefusesBytes(OrganisationId sender, HttpContext http)
    {
        if (_bytes.GetStatistics(sender) is not { CurrentAvailablePermits: <= 0 })
        {
            return null;
        }

        Later(http, TimeSpan.FromSeconds(36));
        return Refusals.TooManyBytes;
    }

    /// <summary>Counts what really came.</summary>
    public void Count(OrganisationId sender, long bytes)
    {
        var mebibytes = (int)Math.Min(bytes / Mebibyte, int.MaxValue);
        var held = _bytes.GetStatistics(sender)?.CurrentAvailablePermits ?? mebibytes;
        using var lease = _bytes.AttemptAcquire(sender, (int)Math.Min(mebibytes, held));
    }

    public void Dispose()
    {
        _opens.Dispose();
        _bytes.Dispose();
    }

    private static void Later(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
