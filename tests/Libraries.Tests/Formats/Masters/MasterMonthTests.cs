using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Libraries.Tests.Formats.Checks;
using static Sekisho.Libraries.Tests.Formats.Masters.SmallMasters;

namespace Sekisho.Libraries.Tests.Formats.Masters;

/// <summary>What the masters tell about a month, and what they do not.</summary>
public sealed class MasterMonthTests
{
    [Fact]
    public void Load_OfficialColumns_AreReadWhereTheLayoutHasThem()
    {
        var month = Set.In(Month("202406"));
        Assert.True(month.傷病名.InForce("9900003"u8) is { 単独使用禁止: true, 保険請求外: false, 移行先: 0 });
        Assert.True(month.傷病名.InForce("9900004"u8) is { 保険請求外: true });
        Assert.True(month.診療行為.InForce("111000110"u8) is { 区分番号: 101000, 実日数: 2, 日数回数: 1, 点数識別: 3, 基本: true });
        Assert.True(month.診療行為.InForce("199900610"u8) is { 上限回数: 2 });
        Assert.True(month.診療行為.InForce("199901070"u8) is { 基本: false, 長時間麻酔: 1 });
        Assert.True(month.医薬品.InForce("620000001"u8) is { 経過措置: 20240331 });
        Assert.True(month.コメント.InForce("840990001"u8) is { パターン: 40, 桁数: 2 });
        Assert.Equal("6歳", month.特定器材.InForce("700020000"u8)!.上限年齢.ToString());
    }

    [Theory]
    [InlineData("9900001", nameof(Standing.InForce))]
    [InlineData("9900002", nameof(Standing.Ended))]
    [InlineData("9900009", nameof(Standing.Unknown))]
    public void Find_Code_TellsItsStanding(string code, string expected)
    {
        var row = Set.In(Month("202406")).傷病名.Find(System.Text.Encoding.ASCII.GetBytes(code), out var standing);
        Assert.Equal(expected, standing.ToString());
        Assert.Equal(expected == nameof(Standing.Unknown), row is null);
    }

    [Theory]
    [InlineData("202405", false)]
    [InlineData("202406", true)]
    [InlineData("202407", true)]
    [InlineData("202412", true)]
    [InlineData("202501", false)]
    public void Whole_Month_WantsFullEditionsOfTheMonthOrAround(string month, bool expected)
    {
        string[] rows = [Disease("9900001", "架空熱")];
        var (masters, _) = Load(new() { ["b_20240601.csv"] = rows, ["b_20241201.csv"] = rows });
        Assert.Equal(expected, masters.In(Month(month)).傷病名.Whole);
    }

    [Fact]
    public void Whole_ChangesOnly_IsNoFullEdition()
    {
        var (masters, report) = Load(new() { ["b_20240601.csv"] = [Disease("9900001", "架空熱", ("1", "3"))] });
        var month = masters.In(Month("202406")).傷病名;
        Assert.Equal((true, false), (month.Covered, month.Whole));
        Assert.Contains("全件の版ではない", Assert.Single(report).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CodeDroppedWithoutARow_EndsWithTheMonthOfTheEditionThatLacksIt()
    {
        var (masters, _) = Load(new()
        {
            ["b_20240601.csv"] = [Disease("9900001", "架空熱"), Disease("9900005", "消えた病")],
            ["b_20241201.csv"] = [Disease("9900001", "架空熱"), Disease("9900006", "新しい病", ("22", "20241201"))],
        });
        Assert.True(masters.TryName(MasterKind.Disease, "9900005", Month("202412"), out _));
        Assert.False(masters.TryName(MasterKind.Disease, "9900005", Month("202501"), out _));
        Assert.Equal(20241201, masters.In(Month("202501")).傷病名.Find("9900005"u8, out _)!.Dropped);
    }

    [Fact]
    public void Load_ChangesLater_EndNothingTheyDoNotName()
    {
        var (masters, _) = Load(new()
        {
            ["b_20240601.csv"] = [Disease("9900001", "架空熱"), Disease("9900005", "残る病")],
            ["b_20241201.csv"] = [Disease("9900001", "架空熱（改）", ("1", "5")), Disease("9900006", "新しい病", ("1", "3"), ("22", "20241201"))],
        });
        Assert.True(masters.TryName(MasterKind.Disease, "9900005", Month("202501"), out _));
    }

    [Fact]
    public void Load_Twice_GivesTheSameDigests()
    {
        var first = Load(Files).Masters.Editions;
        Assert.Equal(6, first.Count);
        Assert.Equal(first, Load(Files).Masters.Editions);
        Assert.All(first, e => Assert.Equal((64, 20240601, true), (e.Sha256.Length, e.Date, e.Full)));
    }

    [Theory]
    [InlineData("06", "20180615", 20240615)]
    [InlineData("AA", "20240101", 20240129)]
    [InlineData("AE", "20240101", 20240331)]
    [InlineData("B3", "20210601", 20240601)]
    [InlineData("B3", "20210602", 20240701)]
    [InlineData("BF", "20090630", 20240701)]
    [InlineData("BK", "20040229", 20240301)]
    [InlineData("MG", "20180401", 20240401)]
    [InlineData("MG", "20180402", 20250401)]
    public void AgeLimit_Birth_IsReachedOn(string code, string birth, int expected)
    {
        Assert.True(CalendarDate.TryParse(birth, out var date));
        var day = AgeLimit.Parse(code).Reached(date.Day);
        Assert.Equal(expected, (day.Year * 10_000) + (day.Month * 100) + day.Day);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("")]
    [InlineData("ZZ")]
    public void AgeLimit_NoLimitOrUnknownCode_LimitsNothing(string code) => Assert.False(AgeLimit.Parse(code).Limits);

    [Fact]
    public void Check_WithoutMasters_SaysWhichChecksDidNotRunAndWhy()
    {
        var notRun = Collected.Run(new Draft().ToBytes()).Report.NotRun;
        Assert.Equal("傷病名マスターが読み込まれていないため、点検していません（診療年月 202406）。", notRun["L3204"]);
        Assert.Equal("傷病名マスターが読み込まれていないため、この部分は点検していません（診療年月 202406）。", notRun["L4222"]);
    }

    [Fact]
    public void Check_MonthNoEditionCovers_IsNotRunAndNoFalseAlarm()
    {
        var run = Collected.Run(new Draft().Set("IR", 8, "202608").Set("RE", 4, "202607").Set("SY", 3, "20260703").Set("SY", 2, "9900002").Set("SY", 6, "").ToBytes(), 202608, Set);
        Assert.Empty(run.Lines);
        Assert.Equal("傷病名マスターに診療年月 202607 を含む版がないため、点検していません。", run.Report.NotRun["S3201"]);
        Assert.StartsWith("傷病名マスターに診療年月 202607 のコードがすべてそろう版", run.Report.NotRun["L3204"], StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SomeMastersOnly_RunsAsFarAsTheyReach()
    {
        var (masters, _) = Load(new() { ["y_20240601.csv"] = Files["y_20240601.csv"] });
        var draft = new Draft().After("SI", Draft.Record("IY", (2, "21"), (3, "1"), (4, "629999999"), (5, "1"), (6, "0"), (7, "1"), (16, "1")));
        var run = Collected.Run(draft.ToBytes(), masters: masters);
        Assert.Equal(["L3303\t6\t1\tIY\t4"], run.Lines);
        Assert.StartsWith("診療行為マスター・特定器材マスター・コメントマスターに", run.Report.NotRun["L3303"], StringComparison.Ordinal);
        Assert.Equal("y_20240601.csv", Assert.Single(run.Report.Masters).File);
    }

    [Fact]
    public void Check_SuccessorCode_IsNamed()
    {
        var finding = Assert.Single(Collected.Run(new Draft().Set("SY", 2, "9900002").Set("SY", 6, "").ToBytes(), masters: Set).Findings);
        Assert.EndsWith("（関所病、20231231まで。移行先 9900001架空熱）", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openreceiptviewer_Apache2_full", "202304")]
    [InlineData("receiptisan_MIT_2024", "202503")]
    public void Load_PublishedFullFiles_AreWholeInTheirMonth(string folder, string month)
    {
        var (masters, report) = MasterSet.Load(SourceTree.Shared("data", "receipt", "masters", folder));
        Assert.All(report.Where(r => r.Kind is not null), r => Assert.True(r.Edition!.Full, r.ToString()));
        var comments = masters.In(Month(month)).コメント;
        Assert.True(comments.Covered);
        Assert.Equal("（請求権消滅レセ）保険者等同意済み", comments.InForce("820000242"u8)!.Name);
        Assert.Equal(6, comments.InForce("840000007"u8)!.桁数);
    }

    [Fact]
    public void Load_PublishedStubs_AreNeverWhole()
    {
        foreach (var folder in new[] { "receiptisan_MIT_spec_stub/2020", "receiptisan_MIT_spec_stub/2022" })
        {
            var (_, report) = MasterSet.Load(SourceTree.Shared("data", "receipt", "masters", folder));
            Assert.All(report, r => Assert.False(r.Edition!.Full));
        }
    }

    private static YearMonth Month(string text) => YearMonth.TryParse(text, out var month) ? month : throw new ArgumentException(text);
}
