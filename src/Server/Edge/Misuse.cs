using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>
/// Counts what looks like misuse of the network, by who does it: denials, signatures that do not hold, certificates that are not in force, failed sign-ins,
/// paces exceeded. Crossing a threshold within the window is an audit event and a notice that asks an operator for cause and measure (KH-8-2).
/// At most <see cref="MostCounters"/> are counted at a time; the oldest window gives way.
/// </summary>
internal sealed partial class Misuse(RequestDelegate next, IConfiguration configuration, IServiceScopeFactory scopes, TimeProvider time, ILogger<Misuse> logger)
{
    private const int MostCounters = 10_000;
    private readonly Limits _limits = Limits.Of(configuration);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Subject), (int Times, long Since)> _counters = [];

    public async Task Invoke(HttpContext context)
    {
        await next(context);
        if (Kind(context) is not { } kind)
        {
            return;
        }

        var subject = Subject(context);
        if (Crosses(kind, subject, out var times))
        {
            await Raise(kind, subject, times);
        }
    }

    /// <summary>What kind of misuse the answer tells of; null for every other answer.</summary>
    private static string? Kind(HttpContext context)
    {
        var code = context.Features.Get<Refusal>()?.Code ?? "";
        var status = context.Response.StatusCode;
        return code is "EX-0105" or "EX-0106" or "EX-0107" || code.StartsWith("WI-", StringComparison.Ordinal) ? "misuse-signature"
            : status == StatusCodes.Status401Unauthorized && context.Connection.ClientCertificate is not null ? "misuse-certificate"
            : HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/sign-in", StringComparison.Ordinal)
                && status is >= 400 and < 500 ? "misuse-sign-in"
            : status == StatusCodes.Status403Forbidden ? "misuse-denied"
            : status == StatusCodes.Status429TooManyRequests ? "misuse-pace"
            : null;
    }

    /// <summary>The device; or the person's organisation; or the certificate; or the address.</summary>
    private static string Subject(HttpContext context) =>
        context.Features.Get<Actor>() is { } actor
            ? actor.Device is { } device ? $"{actor.Organisation} {device}" : actor.Organisation.ToString()
            : context.Connection.ClientCertificate is { } certificate ? "serial " + certificate.SerialNumber
            : "address " + context.Connection.RemoteIpAddress;

    private int Threshold(string kind) => kind switch
    {
        "misuse-signature" => _limits.MisuseSignatures,
        "misuse-certificate" => _limits.MisuseCertificates,
        "misuse-sign-in" => _limits.MisuseSignIns,
        "misuse-denied" => _limits.MisuseDenials,
        _ => _limits.MisusePaces,
    };

    /// <summary>True once per window, when the threshold is reached.</summary>
    private bool Crosses(string kind, string subject, out int times)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_counters.TryGetValue((kind, subject), out var counter) || time.GetElapsedTime(counter.Since, now) > _limits.MisuseWindow)
            {
                if (_counters.Count >= MostCounters)
                {
                    _counters.Remove(_counters.MinBy(c => c.Value.Since).Key);
                }

                counter = (0, now);
            }

            times = counter.Times + 1;
            _counters[(kind, subject)] = (times, counter.Since);
            return times == Threshold(kind);
        }
    }

    private async Task Raise(string kind, string subject, int times)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<DbSession>();
            await session.Write(CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<INotices>().Raise(
                kind,
                subject,
                string.Create(CultureInfo.InvariantCulture, $"{Words(kind)}が {_limits.MisuseWindow.TotalMinutes:0} 分間に {times} 回ありました。原因を調べ、対策を記入してください。"),
                CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }
        catch (Exception e)
        {
            // The answer has been given; the log is what is left.
            LogNotRaised(e, kind);
        }
    }

    private static string Words(string kind) => kind switch
    {
        "misuse-signature" => "成り立たない署名・封筒",
        "misuse-certificate" => "有効でない証明書による接続",
        "misuse-sign-in" => "サインインの失敗",
        "misuse-denied" => "権限のない操作",
        _ => "速さの上限の超過",
    };

    [LoggerMessage(1101, LogLevel.Error, "A notice of {Kind} could not be raised")]
    private partial void LogNotRaised(Exception e, string kind);
}
