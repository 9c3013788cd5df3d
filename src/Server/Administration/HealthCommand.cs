using System.Globalization;
using System.Text;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Contracts.Papers;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Whether the site is well: database, CA, revocation list, ledger, disk.</summary>
internal static class HealthCommand
{
    private const long EnoughBytes = 1L << 30;
    private static readonly TimeSpan _authorityWarning = TimeSpan.FromDays(365);

    private static readonly Refusal _unhealthy = new(
        "SV-0103", RefusalKind.Unavailable, "異常があります。", "「異常」と示した項目を docs/operations/site.md の手順で直してください。");

    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        await using var site = await AdminSite.Open(arguments);
        var report = new Report();
        report.Line(true, "データベース", $"{site.Get<Database>().Provider} 接続・スキーマ適用済み");
        await Authority(site, report);
        Disk(site, report);
        await Surroundings(site, report);
        await Record(site, report);
        await Witnesses(site, report);
        await Printing(site, report);
        return report.Healthy ? report.Text : _unhealthy with { Text = report.Text + _unhealthy.Text };
    }

    private static async Task Authority(AdminSite site, Report report)
    {
        var now = site.Get<TimeProvider>().GetUtcNow();
        var health = await site.Get<IDeviceAdministration>().Health(CancellationToken.None);
        report.Line(health.AuthorityNotAfter - now > _authorityWarning, "CA証明書", $"有効期限 {JapaneseTime.Day(health.AuthorityNotAfter)}");
        report.Line(health.ListNextUpdate > now, "失効リスト", $"次回更新 {JapaneseTime.Minute(health.ListNextUpdate)}");
        report.Line(true, "有効な端末", health.DevicesInForce.ToString(CultureInfo.InvariantCulture));
        foreach (var warning in await site.Get<IDeviceAdministration>().Warnings(CancellationToken.None))
        {
            report.Note(warning);
        }
    }

    /// <summary>Scanner and clock as they are now, and what waits for them.</summary>
    private static async Task Surroundings(AdminSite site, Report report)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var quarantine = scope.ServiceProvider.GetRequiredService<IQuarantine>();
        var (scanner, clock) = await quarantine.Look(CancellationToken.None);
        report.Line(
            !scanner.IsOn || (scanner.IsWell && !scanner.SignaturesAreOld),
            "不正ソフトウェアの検査",
            !scanner.IsOn ? "行わない（設定）"
            : !scanner.IsWell ? "clamd が応答しない"
            : $"{scanner.Engine} 定義ファイル {(scanner.Signatures is { } day ? JapaneseTime.Day(day) : "日付なし")}{(scanner.SignaturesAreOld ? "（古い）" : "")}");
        report.Line(
            clock.State is ClockState.Synchronised or ClockState.NotChecked,
            "時刻",
            clock.State == ClockState.NotChecked ? "確かめない（設定）" : string.Create(CultureInfo.InvariantCulture, $"{clock.State} 誤差 {clock.Error?.TotalSeconds:0.000} 秒"));
        var held = await quarantine.Held(null, CancellationToken.None);
        report.Line(!held.Any(i => i.MayDecide && i.State == QuarantineState.Waiting), "開封していない伝送", held.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the whole ledger and everything that was acknowledged.</summary>
    private static async Task Record(AdminSite site, Report report)
    {
        var faults = await site.Get<ISiteHealth>().Verify(CancellationToken.None);
        report.Line(faults.Count == 0, "台帳・受領した内容", faults.Count == 0 ? "すべて検証済み" : string.Join("\n        ", faults));
    }

    private static async Task Witnesses(AdminSite site, Report report)
    {
        foreach (var witness in await site.Get<ISiteHealth>().Witnesses(CancellationToken.None))
        {
            var last = witness.CosignedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"{JapaneseTime.Minute(at)} に {witness.Size} 件まで署名") : "署名なし";
            report.Line(!witness.IsLate && witness.Fault.Length == 0, $"証人 {witness.Name}", witness.Fault.Length > 0 ? $"{last}。{witness.Fault}" : last);
        }
    }

    /// <summary>Prints a trial page: a site without a printer is well, one whose printer fails is not.</summary>
    private static async Task Printing(AdminSite site, Report report)
    {
        var papers = site.Get<IPapers>();
        if (papers.Printer is not { } program)
        {
            report.Note("紙の印刷: chromium がないため、PDFを作れません（Papers:Chromium）");
            return;
        }

        var failed = (await papers.Pdf(new Paper("Trial", "試し刷り", Classification.Public, program), CancellationToken.None)).Refused(out var refusal, out _);
        report.Line(!failed, "紙の印刷", failed ? $"{program} {refusal!.Text}" : program);
    }

    private static void Disk(AdminSite site, Report report)
    {
        var free = new DriveInfo(site.Get<DataFolder>().Path).AvailableFreeSpace;
        report.Line(free > EnoughBytes, "空き容量", string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):F1} GiB"));
    }

    private sealed class Report
    {
        private readonly StringBuilder _text = new();

        public bool Healthy { get; private set; } = true;

        public string Text => _text.ToString();

        /// <summary>Something to look after that does not make the site unwell.</summary>
        public void Note(string text) => _text.Append("注意  ").AppendLine(text);

        public void Line(bool healthy, string subject, string state)
        {
            Healthy &= healthy;
            _text.Append(healthy ? "正常  " : "異常  ").Append(subject).Append(": ").AppendLine(state);
        }
    }
}
