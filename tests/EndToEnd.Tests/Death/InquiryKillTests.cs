using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>
/// kill -9 of the real server in the middle of a clinic's night run and of a bulk inquiry. After a restart both end by themselves: every row answered once,
/// every answer with one event, the report whole.
/// </summary>
public sealed class InquiryKillTests
{
    private const int People = 600;
    private const int Registered = 200;

    private static readonly DateOnly _born = new(1980, 5, 5);

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task NightRun_ServerKilledInTheMiddle_EndsByItself_EveryLineAskedOnce(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await Register(clinic);
        var day = Today(clinic).AddDays(1);
        using var desk = clinic.As("clinic");
        var booked = await desk.PostBytes($"/eligibility/desk/appointments?day={day:yyyy-MM-dd}", Appointments(), "text/csv");
        Assert.Equal(People, booked.GetProperty("rows").GetInt32());
        Assert.Equal(0, booked.GetProperty("refused").GetInt32());

        // Nothing asks by itself, so that every inquiry is of this run.
        await clinic.Server.Database.Execute($"UPDATE {clinic.Server.Database.Table("eligibility", "desk_plan")} SET night = 0");
        var before = await Rows(clinic, "platform", "audit", Asked);
        var answers = await Rows(clinic, "eligibility", "desk_answer", "1 = 1");
        var run = (await desk.Post("/eligibility/desk/runs", new { day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })).GetProperty("id").GetString()!;
        var total = await Rows(clinic, "eligibility", "desk_run_item", $"run = '{run}'");

        foreach (var reached in new[] { 60, 200 })
        {
            await Books.Eventually($"{reached} lines are settled", async () => await Settled(clinic, run) >= reached);
            await clinic.Server.Kill();
            Assert.InRange(await Settled(clinic, run), reached, total - 1);
            Assert.Equal(await Settled(clinic, run), await Rows(clinic, "platform", "audit", Asked) - before);
            await clinic.Server.Start();
        }

        await Books.Eventually("the run has ended", async () => await Rows(clinic, "eligibility", "desk_run", $"id = '{run}' AND ended IS NOT NULL") == 1, 180);
        Assert.Equal(total, await Rows(clinic, "platform", "audit", Asked) - before);
        Assert.Equal(total, await Rows(clinic, "eligibility", "desk_answer", "1 = 1") - answers);
        using var later = clinic.As("clinic");
        var report = await later.Get($"/eligibility/desk/runs/{run}");
        Assert.Equal((total, total), (report.GetProperty("run").GetProperty("total").GetInt64(), report.GetProperty("run").GetProperty("done").GetInt64()));
        var lines = report.GetProperty("lines").EnumerateArray().Select(Line).Where(l => l.Chart.StartsWith('N')).OrderBy(l => l.Chart, StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(1, People).Select(i => (Chart(i), i <= Registered ? 1 : 4)), lines);
        (await clinic.Server.Admin("health")).Expect(0);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task BulkInquiry_ServerKilledInTheMiddle_EndsByItself_EveryRowAnsweredOnce(Provider provider)
    {
        const int rows = 5_000;
        await using var clinic = await Clinic.Open(provider);
        await Register(clinic);
        var before = await Rows(clinic, "platform", "audit", Asked);
        var asked = Enumerable.Range(1, rows).Select(i => new { card = Card(((i - 1) % People) + 1), identifier = $"行{i}" });
        string number;
        using (var desk = clinic.As("clinic"))
        {
            number = (await desk.PostSigned("/eligibility/bulk-inquiries", new { rows = asked })).GetProperty("number").GetString()!;
        }

        var inTheMiddle = 0;
        foreach (var reached in new[] { 300, 1_800, 3_300 })
        {
            await Books.Eventually($"{reached} rows are looked at", async () => await Done(clinic, number) >= reached);
            await clinic.Server.Kill();
            inTheMiddle += await Done(clinic, number) < rows ? 1 : 0;
            Assert.Equal(await Done(clinic, number), await Rows(clinic, "platform", "audit", Asked) - before);
            await clinic.Server.Start();
        }

        Assert.NotEqual(0, inTheMiddle);
        await Books.Eventually("the list is finished", async () => await Rows(clinic, "eligibility", "job", $"number = '{number}' AND finished IS NOT NULL") == 1, 180);
        using var later = clinic.As("clinic");
        var result = await later.PostSigned("/eligibility/bulk-inquiries/result", new { number });
        var state = result.GetProperty("state");
        Assert.Equal((rows, rows, 0), (state.GetProperty("rows").GetInt32(), state.GetProperty("done").GetInt32(), state.GetProperty("failed").GetInt32()));
        Assert.Equal(
            Enumerable.Range(1, rows).Select(i => ($"行{i}", ((i - 1) % People) + 1 <= Registered ? 1 : 4)),
            result.GetProperty("answers").EnumerateArray().Select(a => (a.GetProperty("identifier").GetString()!, a.GetProperty("answer").GetProperty("code").GetInt32())));
        Assert.Equal(rows, await Rows(clinic, "platform", "audit", Asked) - before);
        (await clinic.Server.Admin("health")).Expect(0);
    }

    private const string Asked = "kind = 'EligibilityInquired'";

    private static DateOnly Today(Clinic clinic) => DateOnly.FromDateTime(ClaimFiles.Moment(clinic.File, 8).DateTime);

    private static string Chart(int i) => string.Create(CultureInfo.InvariantCulture, $"N{i:D5}");

    private static object Card(int i) => new { insurer = "06139018", symbol = "夜", number = $"{7000 + i}", branch = "01", birth = _born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };

    private static async Task Register(Clinic clinic)
    {
        using var insurer = clinic.As("insurer");
        var lines = Enumerable.Range(1, Registered).Select(i => JsonSerializer.Serialize(new
        {
            id = $"night-{i}",
            coverage = new
            {
                insurer = "06139018",
                symbol = "夜",
                number = $"{7000 + i}",
                branch = "01",
                name = $"架空　{i}号",
                kana = $"カクウ {i}",
                sex = "2",
                birth = "1980-05-05",
                acquired = "2020-04-01",
                ratio = "030",
                insurerName = "桜商事健康保険組合（デモ）",
            },
        }));
        await insurer.PostBytes("/eligibility/coverages/files/night", Encoding.UTF8.GetBytes(string.Join('\n', lines)), "application/x-ndjson");
        await Books.Eventually("all are registered", async () => await Rows(clinic, "eligibility", "coverage", "1 = 1") >= Registered + 9);
    }

    private static byte[] Appointments() => Encoding.UTF8.GetBytes(string.Join(
        "\r\n",
        Enumerable.Range(1, People).Select(i => $"{Chart(i)},06139018,夜,{7000 + i},01,19800505,架空　{i}号,カクウ {i},2,030").Prepend("患者番号,保険者番号,記号,番号,枝番,生年月日,氏名,氏名カナ,性別,一部負担金割合")));

    private static (string Chart, int Code) Line(JsonElement line)
    {
        var visit = line.GetProperty("visit");
        return (visit.GetProperty("patient").GetProperty("chart").GetString()!, visit.GetProperty("answer").GetProperty("answer").GetProperty("code").GetInt32());
    }

    private static Task<long> Settled(Clinic clinic, string run) => Rows(clinic, "eligibility", "desk_run_item", $"run = '{run}' AND answer IS NOT NULL");

    private static async Task<long> Done(Clinic clinic, string number) => Convert.ToInt64(
        await clinic.Server.Database.Scalar($"SELECT done FROM {clinic.Server.Database.Table("eligibility", "job")} WHERE number = '{number}'"), CultureInfo.InvariantCulture);

    private static async Task<long> Rows(Clinic clinic, string module, string table, string condition) => Convert.ToInt64(
        await clinic.Server.Database.Scalar($"SELECT COUNT(*) FROM {clinic.Server.Database.Table(module, table)} WHERE {condition}"), CultureInfo.InvariantCulture);
}
