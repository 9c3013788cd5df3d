using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Registration by file: every row is registered or reported, and a file sent again goes on.</summary>
public sealed class FileTests
{
    private const string Header = "登録ID,加入者番号,区分,取得届出日,保険者番号,記号,番号,枝番,氏名,氏名カナ,性別1,生年月日,住所,資格取得年月日,資格喪失年月日,資格喪失事由,高齢受給者証\r\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Row(string id, string number = "", string extra = "") =>
        $"{id},,,20261001,{FirstNumber},一二,{(number.Length > 0 ? number : id)},01,\"関所, {id}\",セキショ,1,1970-01-02,東京都,20200401,,,{extra}\r\n";

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Csv_InEitherEncoding_RegistersGoodRowsAndReportsBadOnesByLineAndColumn(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var text = Header + Row("1", extra: "020/20260801/20260801/20270731") + Row("2").Replace("1970-01-02", "1970-13-02", StringComparison.Ordinal)
            + "3,壊れた行\r\n" + Row("4").Replace(FirstNumber, SecondNumber, StringComparison.Ordinal) + Row("5");
        var encodings = new[] { new UTF8Encoding(true), CodePagesEncodingProvider.Instance.GetEncoding(932)! };
        for (var i = 0; i < encodings.Length; i++)
        {
            var report = (await Send(world, $"f{i}", [.. encodings[i].GetPreamble(), .. encodings[i].GetBytes(text)])).Value;
            Assert.Equal((true, 5L, 3L), (report.Complete, report.Rows, report.Refused));
            Assert.Equal(i == 0 ? (2L, 0L) : (0L, 2L), (report.Created, report.Same));
            Assert.Equal(["3 生年月日 EL-0204", "4  EL-0219", "5 保険者番号 EL-0206"], report.Problems.Where(p => p.Refused).Select(p => $"{p.Line} {p.Field} {p.Code}"));
        }

        var found = await world.Answer(new Inquiry { Card = new CardKeys { Insurer = FirstNumber, Symbol = "一二", Number = "1", Branch = "01", Birth = new(1970, 1, 2) } });
        Assert.Equal((1, "関所, 1", "020"), (found.Code, found.Coverage!.Name, Assert.Single(found.Coverage.Elderly).Ratio));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task File_BrokenOff_GoesOnWhereItStopped_AndIsRecognised(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var rows = Enumerable.Range(1, 1234).Select(i => Row(i.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var whole = Encoding.UTF8.GetBytes(Header + string.Concat(rows));
        await Assert.ThrowsAnyAsync<IOException>(async () => await Take(world, "f", CoverageFileForm.Csv, new BreakingStream(whole, whole.Length * 2 / 3)));
        var half = (await world.In<ICoverageRegistration, Outcome<CoverageFileReport>>(r => r.FileReport(world.Insurer, "f", Ct))).Value;
        Assert.Equal((false, 500L), (half.Complete, half.Rows));
        Assert.Equal("EL-0116", (await world.In<ICoverageRegistration, Outcome<CoverageFileReport>>(r => r.FileReport(world.OtherInsurer, "f", Ct))).Refusal.Code);

        // Another file under its name is noticed, at the row where the first one had come to, or when it is shorter.
        Assert.Equal("EL-0113", (await Send(world, "f", Encoding.UTF8.GetBytes(Header + string.Concat(rows.Take(3))))).Refusal.Code);
        Assert.Equal("EL-0113", (await Send(world, "f", Encoding.UTF8.GetBytes(Header + string.Concat(rows.Skip(1))))).Refusal.Code);

        var done = (await Send(world, "f", whole)).Value;
        Assert.Equal((true, 1234L, 1234L, 1234L, 14L), (done.Complete, done.Rows, done.Created, done.Late, done.LongestLag));
        var again = (await Send(world, "f", whole)).Value;
        Assert.Equal(1234L, again.Rows);
        Assert.Equal((done.Created, done.Ended, 0.0), (again.Created, again.Ended, again.RowsPerSecond));
        Assert.Equal("EL-0113", (await Send(world, "f", [.. whole, .. Encoding.UTF8.GetBytes(Row("9999"))])).Refusal.Code);
        Assert.Equal((1234L, 0L), ((await Send(world, "g", whole)).Value.Same, (await Send(world, "g", whole)).Value.Created));
    }

    [Fact]
    public async Task File_Registered_IsKnownToThePlannerAtOnce()
    {
        await using var world = await Start(DatabaseProvider.PostgreSql);
        Assert.True((await Send(world, "f", Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(1, 50).Select(i => Row($"{i}")))))).Value.Complete);
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        Assert.Equal(50f, await session.Scalar("SELECT reltuples FROM pg_class WHERE oid = 'eligibility.coverage'::regclass", Ct));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task JsonLines_CorrectWithdrawAndRepeatAnId_InTheirOrder(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var lines = string.Join('\n', Line("a", "1", ""), Line("b", "2", ""), Line("a", "3", ""), """{"id":"b","act":"Withdraw"}""", """{"id":"c","act":"Withdraw"}""", """{"id":null}""", "{");
        var report = (await Take(world, "f", CoverageFileForm.JsonLines, new MemoryStream(Encoding.UTF8.GetBytes(lines)))).Value;
        Assert.Equal((7L, 2L, 1L, 1L, 3L), (report.Rows, report.Created, report.Changed, report.Withdrawn, report.Refused));
        Assert.Equal(["5 EL-0212", "6 EL-0219", "7 EL-0219"], report.Problems.Select(p => $"{p.Line} {p.Code}"));
        Assert.Equal(4, (await world.Answer(Ask(Entry("a", "1")))).Code);
        Assert.Equal(4, (await world.Answer(Ask(Entry("b", "2")))).Code);
        Assert.Equal(1, (await world.Answer(Ask(Entry("a", "3")))).Code);
    }

    [Fact]
    public async Task Header_ThatIsNotOurs_RefusesTheFile()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        foreach (var text in new[] { "", "登録ID,氏名\r\n", Header.Replace("住所", "電話", StringComparison.Ordinal), "id,name\r\n" })
        {
            Assert.Equal("EL-0114", (await Send(world, "f", Encoding.UTF8.GetBytes(text))).Refusal.Code);
        }

        Assert.Equal("EL-0112", (await Send(world, "a b", [])).Refusal.Code);
        Assert.Equal("EL-0111", (await world.In<ICoverageRegistration, Outcome<CoverageFileReport>>(r => r.TakeFile(world.Clinic, "f", CoverageFileForm.Csv, Stream.Null, Ct))).Refusal.Code);
    }

    private static string Line(string id, string number, string act) => System.Text.Json.JsonSerializer.Serialize(Entry(id, number), Platform.Web.SiteJson.Options) + act;

    private static Task<Outcome<CoverageFileReport>> Send(EligibilityWorld world, string file, byte[] content) => Take(world, file, CoverageFileForm.Csv, new MemoryStream(content));

    private static Task<Outcome<CoverageFileReport>> Take(EligibilityWorld world, string file, CoverageFileForm form, Stream content) =>
        world.In<ICoverageRegistration, Outcome<CoverageFileReport>>(r => r.TakeFile(world.Insurer, file, form, content, Ct));

    /// <summary>A line that is cut.</summary>
    private sealed class BreakingStream(byte[] content, int until) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= until ? throw new IOException("cut") : base.ReadAsync(buffer[..Math.Min(buffer.Length, until - (int)Position)], cancellationToken);
    }
}
