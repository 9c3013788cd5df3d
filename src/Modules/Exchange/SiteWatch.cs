using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Clock;
using Sekisho.Modules.Exchange.Notices;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Exchange;

/// <summary>Looks after what the site depends on: the clock each minute, the scanner, notices that nobody answered. Singleton.</summary>
internal sealed partial class SiteWatch(
    IServiceScopeFactory scopes,
    ReceptionClock clock,
    ClockOptions clockOptions,
    ScannerState scanner,
    ScannerOptions scannerOptions,
    QuarantineSignal quarantine,
    ICertificates certificates,
    TimeProvider time,
    ILogger<SiteWatch> logger) : BackgroundService
{
    private ClockState? _told;
    private bool? _scannerTold;

    /// <summary>Before anything is received: the last acknowledgement's time, the clock and the scanner are known.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Inspection.Verify(scannerOptions, certificates.Environment);
        await Floor(cancellationToken);
        await LookAtClock(cancellationToken);
        await AskScanner(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at the clock; a jump or a change of its state is an event.</summary>
    public async Task LookAtClock(CancellationToken ct)
    {
        var jump = clock.Look();
        await Floor(ct);
        var state = clock.Condition.State;
        if (jump != TimeSpan.Zero)
        {
            await Tell(
                "clock-jumped",
                string.Create(CultureInfo.InvariantCulture, $"jumped {jump.TotalSeconds:0.###} s, now {state}"),
                string.Create(CultureInfo.InvariantCulture, $"センターの時計が {jump.TotalSeconds:0.###} 秒跳びました。受領の時刻は逆行も飛躍もしていません。時刻の提供元を確認してください。"),
                ct);
        }
        else if (state != (_told ?? ClockState.NotChecked) && state != ClockState.Jumped)
        {
            await Tell(
                state is ClockState.Synchronised or ClockState.NotChecked ? null : "clock-untrusted",
                state.ToString(),
                "センターの時計が同期していないか、誤差が上限を超えています。受領は続きますが、同期するまで内容を開封しません。",
                ct);
        }

        _told = state;
        quarantine.Set();
    }

    /// <summary>Asks the scanner; going down and coming back are events.</summary>
    public async Task AskScanner(CancellationToken ct)
    {
        if (!scanner.IsOn)
        {
            return;
        }

        await scanner.Ask(ct);
        var condition = scanner.Condition;
        if (condition.IsWell != (_scannerTold ?? true))
        {
            await using var scope = scopes.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<DbSession>();
            await session.Write(ct);
            await scope.ServiceProvider.GetRequiredService<Audit>().Record(null, AuditKind.ScannerChanged, "scanner", condition.IsWell ? "well" : "away", ct);
            if (!condition.IsWell)
            {
                await scope.ServiceProvider.GetRequiredService<INotices>().Raise(
                    "scanner-away", "scanner", "不正ソフトウェアの検査機構（clamd）が応答しません。受領は続きますが、検査が終わるまで内容を開封しません。", ct);
            }

            await session.Commit(ct);
        }

        _scannerTold = condition.IsWell;
        if (condition.SignaturesAreOld)
        {
            await Raise("scanner-old", "scanner", $"不正ソフトウェアの定義ファイルが {scannerOptions.SignatureAge.TotalDays:0} 日より古くなっています。更新してください。", ct);
        }

        quarantine.Set();
    }

    /// <summary>Reminds of unanswered notices, and raises one for what has waited beyond the limit.</summary>
    public async Task Remind(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OperatorNotices>().Remind(ct);
        var held = await scope.ServiceProvider.GetRequiredService<IQuarantine>().Held(null, ct);
        var late = held.Count(i => i.State == QuarantineState.Waiting && i.MayDecide && i.ProposedBy.Length == 0);
        if (late > 0)
        {
            await Raise("quarantine-late", "quarantine", $"検査を待つ上限を過ぎた内容が {late} 件あります。開封するかどうかを決めてください（/operations/quarantine）。", ct);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Every(clockOptions.Check, LookAtClock, stoppingToken),
        Every(scannerOptions.Check, AskScanner, stoppingToken),
        Every(TimeSpan.FromMinutes(5), Remind, stoppingToken));

    private async Task Every(TimeSpan interval, Func<CancellationToken, Task> look, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await look(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogLookFailed(e);
            }
        }
    }

    /// <summary>Other nodes acknowledge too: what they gave is a floor for this one.</summary>
    private async Task Floor(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Read(ct);
        if (await session.Scalar($"SELECT MAX(received_at) FROM {session.Prefix("exchange")}transmission WHERE statement IS NOT NULL", ct) is { } last)
        {
            clock.NotBefore(Instants.FromMicroseconds(Convert.ToInt64(last, CultureInfo.InvariantCulture)));
        }
    }

    private async Task Raise(string kind, string subject, string text, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        await scope.ServiceProvider.GetRequiredService<INotices>().Raise(kind, subject, text, ct);
        await session.Commit(ct);
    }

    private async Task Tell(string? notice, string result, string text, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        await scope.ServiceProvider.GetRequiredService<Audit>().Record(null, AuditKind.ClockChanged, "clock", result, ct);
        if (notice is not null)
        {
            await scope.ServiceProvider.GetRequiredService<INotices>().Raise(notice, "clock", text, ct);
        }

        await session.Commit(ct);
    }

    [LoggerMessage(2401, LogLevel.Error, "A look at clock, scanner or notices failed")]
    private partial void LogLookFailed(Exception e);
}
