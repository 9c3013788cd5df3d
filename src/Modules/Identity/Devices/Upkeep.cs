using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Modules.Identity.Connections;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>
/// What runs out or is missing, and how soon: certificates at 90, 30 and 7 days, antivirus reports, entries nobody confirmed for 90 days, devices that
/// are overdue, carriers' answers. Warnings only: none of them refuses anybody.
/// </summary>
internal sealed class Upkeep(Store store, TimeProvider time, IConfiguration configuration)
{
    public const int FirstWarning = 90;
    public const int SecondWarning = 30;
    public const int LastWarning = 7;
    private const int EntryAge = 90;
    private readonly int _patternAge = configuration.GetValue("Devices:AntivirusPatternDays", 7);
    private readonly int _scanAge = configuration.GetValue("Devices:AntivirusScanDays", 31);

    public DateOnly Today => time.GetUtcNow().DayInJapan();

    /// <summary>Warnings of one device, most urgent first.</summary>
    public IReadOnlyList<DeviceWarning> Of(DeviceRow device, IEnumerable<CertificateRow> certificates)
    {
        var now = time.GetUtcNow();
        IEnumerable<DeviceWarning?> all = device.Condition switch
        {
            DeviceCondition.Retired => [],
            DeviceCondition.CarriedOut => [Overdue(device)],
            _ => [Certificate(certificates, now), .. Antivirus(device), Entry(device, now)],
        };
        return [.. all.OfType<DeviceWarning>().OrderByDescending(w => w.Level)];
    }

    /// <summary>The same for the whole site as counts, for health.</summary>
    public async ValueTask<IReadOnlyList<string>> Everywhere(CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var rows = await unit.Context.Devices.AsNoTracking().Where(d => d.Condition != DeviceCondition.Retired).ToListAsync(ct);
        var ends = (await unit.Context.Certificates.AsNoTracking().Where(c => c.State == CertificateState.InForce)
            .Select(c => new { c.Device, c.Until }).ToListAsync(ct)).GroupBy(c => c.Device).ToDictionary(g => g.Key, g => g.Max(c => c.Until));
        var now = time.GetUtcNow();
        var inUse = rows.Where(d => d.Condition == DeviceCondition.InUse).ToList();
        var left = inUse.Where(d => ends.ContainsKey(d.Id)).Select(d => (ends[d.Id] - now).TotalDays).ToList();
        var lines = await unit.Context.Connections.AsNoTracking().Where(c => c.State == ConnectionState.InForce).ToListAsync(ct);
        return [.. new[]
        {
            Counted(left.Count(d => d <= LastWarning), "端末の証明書が7日以内に切れるか、切れています"),
            Counted(left.Count(d => d is > LastWarning and <= SecondWarning), "端末の証明書が30日以内に切れます"),
            Counted(left.Count(d => d is > SecondWarning and <= FirstWarning), "端末の証明書が90日以内に切れます"),
            Counted(inUse.Count(d => Antivirus(d).Any()), "端末のウイルス対策の報告がないか、古くなっています"),
            Counted(inUse.Count(d => Entry(d, now) is not null), "端末の台帳の記入・確認が済んでいません"),
            Counted(rows.Count(d => d.Condition == DeviceCondition.CarriedOut && Overdue(d) is not null), "持ち出した端末の返却の期日を過ぎています"),
            Counted(lines.Count(l => LineWarnings.Of(l, Today).Count > 0), "回線事業者の回答がないか、期限が近づいています"),
        }.OfType<string>()];
    }

    private static string? Counted(int count, string text) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{text}（{count}件）");

    private static DeviceWarning? Certificate(IEnumerable<CertificateRow> certificates, DateTimeOffset now)
    {
        var current = certificates.Where(c => c.State == CertificateState.InForce).MaxBy(c => c.Until);
        if (current is null)
        {
            return new DeviceWarning(WarningLevel.Soon, "証明書がないため、センターに接続できません。", "証明書を申請してください。");
        }

        var days = (int)Math.Floor((current.Until - now).TotalDays);
        return days switch
        {
            < 0 => new DeviceWarning(WarningLevel.Now, "証明書の期限が切れました。センターに接続できません。", "新しい証明書を申請してください。"),
            <= LastWarning => new DeviceWarning(WarningLevel.Now, Left(days), "今日のうちに更新を申請してください。"),
            <= SecondWarning => new DeviceWarning(WarningLevel.Soon, Left(days), "早めに更新を申請してください。"),
            <= FirstWarning => new DeviceWarning(WarningLevel.Soon, Left(days), "更新を申請できます。新しい証明書に入れ替えるまで、今の証明書も使えます。"),
            _ => null,
        };
    }

    private static string Left(int days) => string.Create(CultureInfo.InvariantCulture, $"証明書の期限まで、あと{days}日です。");

    private IEnumerable<DeviceWarning> Antivirus(DeviceRow device)
    {
        if (device.Antivirus.Length == 0)
        {
            yield return new DeviceWarning(WarningLevel.Soon, "ウイルス対策ソフトの記録がありません。", "ウイルス対策ソフトの名前と、定義ファイルの日付を記入してください。");
            yield break;
        }

        if (device.AntivirusPattern is not { } pattern || pattern < Today.AddDays(-_patternAge))
        {
            yield return new DeviceWarning(WarningLevel.Soon, "ウイルス対策の定義ファイルが古いか、日付の記録がありません。", "定義ファイルを更新して、その日付を記入してください。");
        }

        if (device.AntivirusScan is not { } scan || scan < Today.AddDays(-_scanAge))
        {
            yield return new DeviceWarning(WarningLevel.Soon, "端末全体のウイルス検査が最近行われていません。", "検査を行い、その日付を記入してください。");
        }
    }

    private static DeviceWarning? Entry(DeviceRow device, DateTimeOffset now) =>
        device.Place.Length == 0 || device.OperatingSystem.Length == 0 || device.Responsible.Length == 0
            ? new DeviceWarning(WarningLevel.Soon, "台帳に空欄があります（設置場所・OS・管理責任者）。", "台帳を記入してください。")
            : (now - device.Confirmed).TotalDays > EntryAge
                ? new DeviceWarning(WarningLevel.Soon, "台帳を90日以上確かめていません。", "記入の内容が今のとおりか確かめて、保存してください。")
                : null;

    private DeviceWarning? Overdue(DeviceRow device) => device.DueBack < Today
        ? new DeviceWarning(WarningLevel.Now, "持出しの返却の期日を過ぎています。", "端末が戻っていれば返却を記録し、所在が分からなければ廃止してください。")
        : null;
}
