using System.Globalization;
using System.Text;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
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
        await Record(site, report);
        return report.Healthy ? report.Text : _unhealthy with { Text = report.Text + _unhealthy.Text };
    }

    private static async Task Authority(AdminSite site, Report report)
    {
        var now = site.Get<TimeProvider>().GetUtcNow();
        var health = await site.Get<IIdentityAdministration>().Health(CancellationToken.None);
        report.Line(health.AuthorityNotAfter - now > _authorityWarning, "CA証明書", $"有効期限 {JapaneseTime.Day(health.AuthorityNotAfter)}");
        report.Line(health.ListNextUpdate > now, "失効リスト", $"次回更新 {JapaneseTime.Minute(health.ListNextUpdate)}");
        report.Line(true, "有効な端末", health.DevicesInForce.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads the whole ledger and everything that was acknowledged.</summary>
    private static async Task Record(AdminSite site, Report report)
    {
        var faults = await site.Get<ISiteHealth>().Verify(CancellationToken.None);
        report.Line(faults.Count == 0, "台帳・受領した内容", faults.Count == 0 ? "すべて検証済み" : string.Join("\n        ", faults));
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

        public void Line(bool healthy, string subject, string state)
        {
            Healthy &= healthy;
            _text.Append(healthy ? "正常  " : "異常  ").Append(subject).Append(": ").AppendLine(state);
        }
    }
}
