using System.Net.Http.Headers;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>患者の控え and 予約 as files.</summary>
public sealed class DeskFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Patients_RowByRow_GoodOnesAreKept_BadOnesAreNamed_AndTheSameAgainChangesNothing(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        const string header = "患者番号,氏名,保険者番号,番号,生年月日,性別,区分";
        string[] rows = ["1,架空　花子,06139999,1,19800505,2,", "2,架空　太郎,06139999,2,1980-13-01,9,", ",名なし,,,,,", "4,架空　次郎,06139999,4,19800505,1,", "\"5"];
        var report = (await world.Files(f => f.Patients(world.Clerk, ReceptionWorld.Bytes(header, rows), Ct))).Value;
        Assert.Equal((5, 2, 0, 0, 3), (report.Rows, report.Created, report.Changed, report.Same, report.Refused));
        Assert.Equal(["3 生年月日 EL-0204", "3 性別 EL-0203", "4 患者番号 EL-0201", "6  EL-0219"], report.Problems.Select(p => $"{p.Line} {p.Field} {p.Code}"));
        Assert.All(report.Problems, p => Assert.NotEqual("", p.Remedy));

        report = (await world.Files(f => f.Patients(world.Clerk, ReceptionWorld.Bytes(header, rows[0], "4,架空　次郎（改）,06139999,4,19800505,1,", "9,,,,,,消去"), Ct))).Value;
        Assert.Equal((0, 1, 2, 0, 0), (report.Created, report.Changed, report.Same, report.Removed, report.Refused));
        Assert.Equal(2, (await world.Files(f => f.Count(world.Clerk, Ct))).Value);
        Assert.Equal(["patients: rows 5 refused 3", "patients: rows 3 refused 0"], await world.Registry.Site.Audited(AuditKind.DeskFileTaken));

        Assert.Equal("EL-0114", ReceptionTests.Refused(await world.Files(f => f.Patients(world.Clerk, ReceptionWorld.Bytes("氏名,番号", "a,b"), Ct))));
        Assert.Equal("EL-0114", ReceptionTests.Refused(await world.Files(f => f.Patients(world.Clerk, new MemoryStream(), Ct))));
        Assert.Equal("EL-0101", ReceptionTests.Refused(await world.Files(f => f.Patients(world.Registry.Insurer, ReceptionWorld.Bytes(header), Ct))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Erased_PatientIsGone_TheEvidenceStaysWithTheNumber(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        var row = ReceptionWorld.Row("1", entry.Coverage!);
        await world.Book(world.Clerk, Day, row);
        await world.Ask(world.Clerk, Assert.Single((await world.Day(world.Clerk)).Visits).Id);

        Assert.Equal("EL-0805", ReceptionTests.Refused(await world.Files(f => f.Erase(world.Clerk with { Person = null }, "1", Ct))));
        Assert.Equal("EL-0802", ReceptionTests.Refused(await world.Files(f => f.Erase(world.Neighbour, "1", Ct))));
        Assert.True((await world.Files(f => f.Erase(world.Clerk, "1", Ct))).Value);
        Assert.Empty((await world.Day(world.Clerk)).Visits);
        Assert.Equal(0, (await world.Files(f => f.Count(world.Clerk, Ct))).Value);
        Assert.Equal("EL-0802", ReceptionTests.Refused(await world.Files(f => f.Erase(world.Clerk, "1", Ct))));

        await world.Book(world.Clerk, Day, row);
        Assert.Single((await world.Open(world.Clerk, Assert.Single((await world.Day(world.Clerk)).Visits).Id)).History);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Appointments_OverTheMachinePort_InCp932_OneLineForEachPatientAndDay(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        using var clinic = await world.Registry.Site.Client(world.Registry.ClinicOrganisation);
        Assert.Equal(2, (await Post(clinic, "/eligibility/desk/patients", "患者番号,氏名", "1,架空　花子", "2,架空　太郎")).Created);
        var report = await Post(clinic, "/eligibility/desk/appointments?day=2026-10-16", "患者番号,予約日,時刻,区分", "1,,0915,", "2,2026-10-17,10:00,", "3,,9:00,", "2,2020-01-01,,", "1,,25:00,");
        Assert.Equal((2, 3), (report.Created, report.Refused));
        Assert.Equal(["患者番号 EL-0802", "予約日 EL-0810", "時刻 EL-0211"], report.Problems.Select(p => $"{p.Field} {p.Code}"));
        Assert.Equal(("09:15", "架空　花子"), Assert.Single((await world.Day(world.Clerk, new(2026, 10, 16))).Visits) is var v ? (v.Time, v.Patient.Name) : default);

        report = await Post(clinic, "/eligibility/desk/appointments?day=2026-10-16", "患者番号,予約日,時刻,区分", "1,,09:30,", "2,2026-10-17,,取消");
        Assert.Equal((0, 1, 1), (report.Created, report.Changed, report.Removed));
        Assert.Equal("09:30", Assert.Single((await world.Day(world.Clerk, new(2026, 10, 16))).Visits).Time);
        Assert.Empty((await world.Day(world.Clerk, new(2026, 10, 17))).Visits);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Appointments_OfAKnownPatient_OverwriteNothing_AndSayWhatDiffers(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Files(f => f.Patients(world.Clerk, ReceptionWorld.Bytes(ReceptionWorld.Header[..^3], ReceptionWorld.Row("1", entry.Coverage!)[..^1]), Ct));
        var before = await OnFile(world, "患者番号,時刻", "1,9:00");

        // A name alone, another card, and the same once more: the file stays, the appointment is taken.
        var report = (await world.Files(f => f.Appointments(
            world.Clerk, Day, ReceptionWorld.Bytes("患者番号,時刻,氏名,番号,枝番", "1,10:00,別名　花子,,", $"1,10:30,{entry.Coverage!.Name},12345,", $"1,10:30,{entry.Coverage.Name},,"), Ct))).Value;
        Assert.Equal((0, 2, 1, 0, 2), (report.Created, report.Changed, report.Same, report.Refused, report.Differing));
        Assert.Equal(["2 氏名 EL-0820", "3 番号 EL-0820"], report.Problems.Select(p => $"{p.Line} {p.Field} {p.Code}"));
        Assert.Equal(before, Assert.Single((await world.Day(world.Clerk)).Visits).Patient);
        Assert.Equal(Validity.Valid, (await world.Ask(world.Clerk, Assert.Single((await world.Day(world.Clerk)).Visits).Id)).Answer.Validity);
    }

    private static async Task<DeskPatient> OnFile(ReceptionWorld world, string header, string row)
    {
        await world.Files(f => f.Appointments(world.Clerk, Day, ReceptionWorld.Bytes(header, row), Ct));
        return Assert.Single((await world.Day(world.Clerk)).Visits).Patient;
    }

    private static async Task<DeskFileReport> Post(HttpClient http, string address, string header, params string[] rows)
    {
        using var body = new ByteArrayContent(CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(string.Join("\r\n", [header, .. rows])));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await http.PostAsync(new Uri(address, UriKind.Relative), body, Ct);
        return await Read<DeskFileReport>(answer);
    }
}
