using System.Globalization;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Clock;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>What is true at the moment of receipt.</summary>
/// <param name="At">The acknowledgement's time.</param>
/// <param name="Facts">What the acknowledgement states of scanner and clock.</param>
/// <param name="Scan">Whether a scan is awaited.</param>
/// <param name="ClockHeld">Whether the clock must be vouched for first.</param>
internal sealed record Receipt(DateTimeOffset At, IReadOnlyList<string> Facts, ScanState Scan, bool ClockHeld)
{
    /// <summary>True when the content stays closed for now.</summary>
    public bool IsHeld => Scan == ScanState.Waiting || ClockHeld;
}

/// <summary>Gives the moment of receipt and what must be said about it. Singleton.</summary>
internal sealed class Intake(ReceptionClock clock, ScannerState scanner)
{
    public const string ScanFollows = "不正ソフトウェア検査: 受領の後に行う。検出なしとなるまで開封しない";
    public const string ScannerAway = "不正ソフトウェア検査: 未検査（検査機構が停止中）。検査が終わるまで開封しない";
    public const string NotScanned = "不正ソフトウェア検査: 未検査（このサイトでは検査しない）";
    private const string Held = "。時刻を確認できるまで開封しない";

    public Receipt Now()
    {
        var at = clock.Next();
        var condition = clock.Condition;
        return new(
            at,
            [scanner.IsWell ? ScanFollows : scanner.IsOn ? ScannerAway : NotScanned, Said(condition)],
            scanner.IsOn ? ScanState.Waiting : ScanState.None,
            condition.State is not (ClockState.Synchronised or ClockState.NotChecked));
    }

    public static string Said(ClockCondition condition) => "時刻: " + condition.State switch
    {
        ClockState.NotChecked => "同期を確認していない（このサイトの設定）",
        ClockState.Synchronised => $"同期済み（誤差 {Seconds(condition)} 秒以内）",
        ClockState.Inaccurate => $"誤差が大きい（{Seconds(condition)} 秒以内）" + Held,
        ClockState.Jumped => "時計の跳躍を検出し、跳躍の前からの経過時間で記録した" + Held,
        _ => "同期していない" + Held,
    };

    private static string Seconds(ClockCondition condition) =>
        (condition.Error ?? TimeSpan.Zero).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
