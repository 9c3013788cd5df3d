using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Formats.Eligibility.Shape;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>What is made of results: lines over the years, and the body of the TKK answer.</summary>
public sealed class CheckupViewTests
{
    private static readonly CheckupDocument Empty = CheckupPeople.Visit(3, 1, 2024) with { Results = [] };

    [Theory]
    [InlineData("systolic", "1", "129", CheckupMark.None)]
    [InlineData("systolic", "1", "130", CheckupMark.Caution)]
    [InlineData("systolic", "1", "140", CheckupMark.Abnormal)]
    [InlineData("hdl", "1", "40", CheckupMark.None)]
    [InlineData("hdl", "1", "39", CheckupMark.Caution)]
    [InlineData("hdl", "1", "34", CheckupMark.Abnormal)]
    [InlineData("egfr", "1", "60.0", CheckupMark.None)]
    [InlineData("egfr", "1", "59.9", CheckupMark.Caution)]
    [InlineData("egfr", "1", "44.9", CheckupMark.Abnormal)]
    [InlineData("hba1c", "2", "5.5", CheckupMark.None)]
    [InlineData("hba1c", "2", "5.6", CheckupMark.Caution)]
    [InlineData("hba1c", "2", "6.5", CheckupMark.Abnormal)]
    [InlineData("hemoglobin", "1", "12.5", CheckupMark.Caution)]
    [InlineData("hemoglobin", "2", "12.5", CheckupMark.None)]
    [InlineData("hemoglobin", "2", "11.0", CheckupMark.Abnormal)]
    public void Threshold_OfALine_MarksTheValue(string line, string gender, string value, CheckupMark mark) =>
        Assert.Equal(mark, CheckupTrends.Threshold(line, gender, new DateOnly(2024, 5, 27))!.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Threshold_BeforeItsFirstDay_DoesNotExist() => Assert.Null(CheckupTrends.Threshold("systolic", "1", new DateOnly(2013, 3, 31)));

    [Fact]
    public void Trend_AcrossMethods_IsOneLine()
    {
        var trends = CheckupTrends.Of([Visit(2025, "3F077000002391901", "141"), Visit(2024, "3F077000002327101", "119")], CheckupItemTable.Default);
        var line = Assert.Single(trends);
        Assert.Equal(("ldl", "mg/dL"), (line.Key, line.Unit));
        Assert.Equal([(2024, 119m, CheckupMark.None), (2025, 141m, CheckupMark.Abnormal)], line.Points.Select(p => (p.Day.Year, p.Number!.Value, p.Mark)));
    }

    [Fact]
    public void Trend_OfPressure_PrefersTheMeanThenTheSecond()
    {
        var visit = Visit(2024, "9A751000000000001", "150");
        visit = visit with { Results = visit.Results.Add(Result("9A752000000000001", "138")) };
        Assert.Equal(138m, Assert.Single(CheckupTrends.Of([visit], CheckupItemTable.Default)).Points[0].Number);
        visit = visit with { Results = visit.Results.Add(Result("9A755000000000001", "144")) };
        Assert.Equal(144m, Assert.Single(CheckupTrends.Of([visit], CheckupItemTable.Default)).Points[0].Number);
    }

    [Fact]
    public void Trend_OfACode_SaysItsText()
    {
        var point = Assert.Single(CheckupTrends.Of([Visit(2024, "1A010000000191111", "3")], CheckupItemTable.Default)).Points[0];
        Assert.Equal((null, "＋", CheckupMark.Abnormal), (point.Number, point.Text, point.Mark));
    }

    [Fact]
    public void Trend_InAnotherUnit_IsShownButNotMarked()
    {
        var visit = Empty with { Results = [Result("3D010000002227101", "7.5") with { Unit = "mmol/L" }] };
        Assert.Equal(CheckupMark.None, Assert.Single(CheckupTrends.Of([visit], CheckupItemTable.Default)).Points[0].Mark);
    }

    [Fact]
    public void Trend_OfFiveYears_HasAPointForEach()
    {
        var visits = Enumerable.Range(2024, 5).Select(y => CheckupPeople.Visit(9, 4, y)).ToList();
        var trends = CheckupTrends.Of(visits, CheckupItemTable.Default);
        Assert.Equal(5, trends.Single(t => t.Key == "systolic").Points.Length);
        Assert.All(trends, t => Assert.Equal(t.Points.OrderBy(p => p.Day), t.Points));
    }

    [Fact]
    public void Thresholds_NameLinesThatExist()
    {
        var visits = Enumerable.Range(1, 300).Select(n => CheckupPeople.Visit(9, n, 2024)).ToList();
        var lines = visits.SelectMany(v => CheckupTrends.Of([v], CheckupItemTable.Default)).Select(t => t.Key).ToHashSet();
        Assert.All(CheckupTrends.Thresholds, t => Assert.Contains(t.Line, lines));
        Assert.All(CheckupTrends.Thresholds, t => Assert.NotEmpty(t.Source));
    }

    // The constructed answer beside the repository shows these four shapes.
    [Fact]
    public void Info_OfEachType_HasTheShapeOfTheAnswer()
    {
        var visit = Empty with
        {
            Day = new DateOnly(2024, 5, 27),
            Results =
            [
                Result("9N511000000000049", "異常なし") with { Doctor = "見本　医師" }, Result("9N501000000000011", "4"), Result("3F077000002327101", "112"), Result("9N001000000000001", "165.2"),
            ],
        };
        var info = Assert.Single(CheckupInfos.Of([visit], CheckupItemTable.Default).SpecificHealthCheckupInfos);
        Assert.Equal(new DateOnly(2024, 5, 27), info.EffectiveTime);
        Assert.Equal(
        [
            Info("9N001000000000001", "身長", "PQ", "165.2", "cm", "", ""),
            Info("3F077000002327101", "LDLコレステロール", "PQ", "112", "mg/dL", "", ""),
            Info("9N501000000000011", "メタボリックシンドローム判定", "CD", "4", "", "1.2.392.200119.6.1008", "判定不能"),
            Info("9N511000000000049", "医師の診断(判定)", "ST", "異常なし", "", "", ""),
            Info("9N516000000000049", "健康診断を実施した医師の氏名", "ST", "見本　医師", "", "", ""),
        ], info.HealthCheckupResultAndQuestionInfos);
    }

    // As the desk's terminal gets it, in both encodings.
    [Theory, InlineData(OqsEncoding.Utf8), InlineData(OqsEncoding.ShiftJis)]
    public void Info_AsAMessage_IsReadBackTheSame(OqsEncoding encoding)
    {
        for (var number = 1; number <= 20; number++)
        {
            var shape = OqsShapes.Get("TKKsiquc01res");
            var body = CheckupInfos.Of([CheckupPeople.Visit(12, number, 2024), CheckupPeople.Visit(12, number, 2025)], CheckupItemTable.Default);
            var written = OqsWriter.Write(OqsMessage.Of(shape, new ViewingHeader { ResultCode = "1" }, body), encoding);
            Assert.Empty(written.Findings);
            var read = OqsReader.Read(written.Bytes, shape);
            Assert.Empty(read.Findings);
            var again = read.Message!.ReadBody<CheckupInformation>().SpecificHealthCheckupInfos;
            Assert.Equal(body.SpecificHealthCheckupInfos.Select(i => i.EffectiveTime), again.Select(i => i.EffectiveTime));
            Assert.Equal(body.SpecificHealthCheckupInfos.SelectMany(i => i.HealthCheckupResultAndQuestionInfos), again.SelectMany(i => i.HealthCheckupResultAndQuestionInfos));
        }
    }

    [Fact]
    public void Info_OfSeveralDays_IsOneBlockPerDayNewestFirst()
    {
        var old = Visit(2024, "9N001000000000001", "165.0");
        var corrected = old with { Written = old.Written!.Value.AddDays(9), Results = [Result("9N001000000000001", "165.2")] };
        var infos = CheckupInfos.Of([corrected, Visit(2025, "9N001000000000001", "165.1"), old], CheckupItemTable.Default).SpecificHealthCheckupInfos;
        Assert.Equal([2025, 2024], infos.Select(i => i.EffectiveTime!.Value.Year));
        Assert.Equal("165.2", Assert.Single(infos[1].HealthCheckupResultAndQuestionInfos).DataValue);
    }

    [Fact]
    public void Info_OfWhatWasNotDone_IsLeftOut()
    {
        var visit = Empty with { Results = [Result("9N001000000000001", "") with { State = CheckupState.Impossible }] };
        Assert.Empty(Assert.Single(CheckupInfos.Of([visit], CheckupItemTable.Default).SpecificHealthCheckupInfos).HealthCheckupResultAndQuestionInfos);
    }

    private static HealthCheckupResultAndQuestionInfo Info(string code, string name, string type, string value, string unit, string oid, string text) =>
        new() { ItemCode = code, ItemName = name, DataType = type, DataValue = value, Unit = unit, Oid = oid, DataValueName = text };

    private static CheckupDocument Visit(int year, string code, string value) =>
        Empty with { Day = new DateOnly(year, 6, 1), Written = new DateOnly(year, 6, 2), Results = [Result(code, value)] };

    private static CheckupResult Result(string code, string value)
    {
        var item = CheckupItemTable.Default.Find(code)!;
        return new CheckupResult(code, item.Name, item.Type, value) { Unit = item.Ucum, CodeSystem = item.CodeSystem };
    }
}
