using System.Globalization;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Demo;

/// <summary>
/// What two insurers registered and a clinic's morning: one patient for each thing an answer can say, some asked about already. The people are those of the demo
/// clinic's claims. Made again, nothing is there twice.
/// </summary>
internal static class DemoReception
{
    private const string Header = "患者番号,保険者番号,記号,番号,枝番,生年月日,氏名,氏名カナ,性別,本人・家族,一部負担金割合,郵便番号,住所,時刻";

    /// <summary>Already asked about when the demo begins: one of every light.</summary>
    private static readonly string[] _asked = ["00001", "00002", "00003", "00005"];

    /// <summary>The same for all who live nowhere.</summary>
    private static readonly Coverage _person = new()
    {
        Symbol = "デモ",
        Relation = "1",
        Ratio = "030",
        PostalCode = "100-0000",
        Address = "東京都千代田区関所町一丁目1番1号",
        Acquired = new DateOnly(2020, 4, 1),
    };

    private static readonly Coverage[] _registered =
    [
        Of(DemoCast.Insurer, "101", "関所　一郎", "ｾｷｼｮ ｲﾁﾛｳ", "1", "19680412"),
        Of(DemoCast.Insurer, "102", "見本　春子", "ﾐﾎﾝ ﾊﾙｺ", "2", "19920703") with { Address = "東京都千代田区関所町三丁目3番3号" },
        Of(DemoCast.Insurer, "103", "試験　太郎", "ｼｹﾝ ﾀﾛｳ", "1", "19651120") with { Lost = new DateOnly(2024, 4, 1), LossReason = "99" },
        Of(DemoCast.Insurer, "104", "架空　●美", "ｶｸｳ ﾅﾂﾐ", "2", "19860228"),
        Of(DemoCast.OtherInsurer, "201", "例示　冬子", "ﾚｲｼﾞ ﾌﾕｺ", "2", "19790101") with { Lost = new DateOnly(2024, 4, 1), LossReason = "03" },
        Of(DemoCast.OtherInsurer, "211", "例示　冬子", "ﾚｲｼﾞ ﾌﾕｺ", "2", "19790101") with { Acquired = new DateOnly(2024, 4, 1) },
        Of(DemoCast.OtherInsurer, "202", "練習　次郎", "ﾚﾝｼｭｳ ｼﾞﾛｳ", "1", "19720831") with { Ratio = "020" },
        Of(DemoCast.OtherInsurer, "203", "模擬　さくら", "ﾓｷﾞ ｻｸﾗ", "2", "20100505") with { Branch = "02", Relation = "2", Holder = "模擬　父" },
        Of(DemoCast.OtherInsurer, "203", "模擬　つばき", "ﾓｷﾞ ﾂﾊﾞｷ", "2", "20100505") with { Branch = "03", Relation = "2", Holder = "模擬　父" },
    ];

    /// <summary>On file at the clinic, with appointments; 仮名　秋男 started a new job, and nothing is registered yet.</summary>
    private static readonly Coverage[] _onFile =
    [
        _registered[0], _registered[1] with { Address = _person.Address }, _registered[2], _registered[3] with { Name = "架空　夏美" },
        Of(DemoCast.Insurer, "105", "仮名　秋男", "ｶﾒｲ ｱｷｵ", "1", "20010915"), _registered[4], _registered[6] with { Ratio = "030" }, _registered[7] with { Branch = "" },
    ];

    public static async Task Create(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var registration = scope.ServiceProvider.GetRequiredService<ICoverageRegistration>();
        foreach (var (coverage, i) in _registered.Select((c, i) => (c, i)))
        {
            var insurer = await Actor(scope, new(CodeSystem.Insurer, coverage.Insurer), Permission.RegisterCoverage, ct);
            var member = $"{coverage.Name} {coverage.Birth:yyyyMMdd}";
            Done(await registration.Register(insurer, new CoverageEntry { Id = $"demo-{i + 1}", Member = member, Coverage = coverage with { InsurerName = insurer.OrganisationName } }, ct));
        }

        var clinic = await Actor(scope, new(CodeSystem.Institution, DemoCast.Clinic), Permission.InquireEligibility, ct);
        var today = DateOnly.FromDateTime(scope.ServiceProvider.GetRequiredService<IBusinessTime>().Now.DateTime);
        await Book(scope, clinic, today, _onFile, ct);
        await Book(scope, clinic, today.AddDays(1), _onFile[^4..], ct);
        var reception = scope.ServiceProvider.GetRequiredService<IReception>();
        foreach (var visit in Done(await reception.Day(clinic, today, ct)).Visits.Where(v => v.Answer is null && _asked.Contains(v.Patient.Chart)))
        {
            Done(await reception.Ask(clinic, visit.Id, false, ct));
        }
    }

    private static async Task Book(AsyncServiceScope scope, Actor clinic, DateOnly day, Coverage[] patients, CancellationToken ct)
    {
        var rows = patients.Select((c, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Array.IndexOf(_onFile, c) + 1:D5},{c.Insurer},{c.Symbol},{c.Number},{c.Branch},{c.Birth:yyyyMMdd},{c.Name},{c.Kana},{c.Sex},{c.Relation},{c.Ratio},{c.PostalCode},{c.Address},{9 + (i / 4)}:{i % 4 * 15:D2}"));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. rows])));
        if (Done(await scope.ServiceProvider.GetRequiredService<IDeskFiles>().Appointments(clinic, day, file, ct)) is { Refused: > 0 } report)
        {
            throw new InvalidOperationException(report.Problems[0].Text);
        }
    }

    private static Coverage Of(string insurer, string number, string name, string kana, string sex, string born) => _person with
    {
        Insurer = insurer,
        Number = number,
        Branch = "01",
        Name = name,
        Kana = kana,
        Sex = sex,
        Birth = DateOnly.ParseExact(born, "yyyyMMdd", CultureInfo.InvariantCulture),
    };

    private static async Task<Actor> Actor(AsyncServiceScope scope, OrganisationCode code, Permission permission, CancellationToken ct)
    {
        var organisation = Done(await scope.ServiceProvider.GetRequiredService<IDirectory>().Holder(code, ct));
        return new Actor(organisation.Id, organisation.Name, null, null, "", new HashSet<Permission> { permission });
    }

    private static T Done<T>(Outcome<T> outcome) => outcome.Succeeded(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Text);
}
