using System.Text;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Masters;

public sealed class MasterSetTests
{
    private static readonly (MasterSet Masters, IReadOnlyList<MasterLoad> Report) Loaded = MasterSet.Load(SourceTree.Path("tests", "Samples", "masters"));

    [Fact]
    public void Load_OfficialLayouts_RecognisesKindsByColumnNotByName()
    {
        Assert.Equal(
            [
                ("byomei.csv", MasterKind.Disease, 4),
                ("comment.csv", MasterKind.Comment, 2),
                ("iyaku-unquoted.csv", MasterKind.Drug, 2),
                ("shinryo-2022.csv", MasterKind.Procedure, 3),
                ("shinryo-2024.csv", MasterKind.Procedure, 4),
                ("shushoku.csv.txt", MasterKind.Modifier, 2),
                ("tokutei.csv", MasterKind.Material, 1),
            ],
            Loaded.Report.Select(r => (r.File, r.Kind!.Value, r.Rows)));
        Assert.All(Loaded.Report, r => Assert.Equal((0, 0), (r.Skipped, r.Reasons.Count)));
    }

    [Theory]
    [InlineData(MasterKind.Disease, "0000999", "202110", "＊＊　未コード化傷病名　＊＊")]
    [InlineData(MasterKind.Disease, "9900001", "202110", "架空熱")]
    [InlineData(MasterKind.Disease, "9900002", "202212", "関所病")]
    [InlineData(MasterKind.Disease, "9900002", "202301", null)]
    [InlineData(MasterKind.Disease, "9900003", "202312", null)]
    [InlineData(MasterKind.Disease, "9900003", "202401", "通行手形過敏症")]
    [InlineData(MasterKind.Disease, "9999999", "202401", null)]
    [InlineData(MasterKind.Modifier, "8901", "202110", "の架空疑い")]
    [InlineData(MasterKind.Procedure, "199900110", "202203", null)]
    [InlineData(MasterKind.Procedure, "199900110", "202204", "架空診察料（令和４年）")]
    [InlineData(MasterKind.Procedure, "199900110", "202405", "架空診察料（令和４年）")]
    [InlineData(MasterKind.Procedure, "199900110", "202406", "架空診察料（令和６年）")]
    [InlineData(MasterKind.Procedure, "199900210", "202405", "架空検査")]
    [InlineData(MasterKind.Procedure, "199900210", "202406", null)]
    [InlineData(MasterKind.Procedure, "199900310", "202301", null)]
    [InlineData(MasterKind.Procedure, "199900410", "202406", "\"架空\"手術, 新")]
    [InlineData(MasterKind.Drug, "699900001", "202301", "カクウ錠１０ｍｇ")]
    [InlineData(MasterKind.Material, "799900001", "202301", "架空フィルム")]
    [InlineData(MasterKind.Comment, "810000001", "202301", "")]
    [InlineData(MasterKind.Comment, "820990001", "202301", "関所を通過")]
    [InlineData(MasterKind.Drug, "", "202301", null)]
    [InlineData(MasterKind.Drug, "６９９９００００１", "202301", null)]
    [InlineData(MasterKind.Disease, "999", "202301", null)]
    public void TryName_CodeAndMonth_IsTheVersionInForce(MasterKind kind, string code, string month, string? expected)
    {
        Assert.Equal(expected is not null, Loaded.Masters.TryName(kind, code, Month(month), out var name));
        Assert.Equal(expected ?? "", name);
        Assert.Equal(expected is not null, Loaded.Masters.Contains(kind, Encoding.ASCII.GetBytes(code), Month(month)));
    }

    [Theory]
    [InlineData(MasterKind.Procedure, "202203", false)]
    [InlineData(MasterKind.Procedure, "202204", true)]
    [InlineData(MasterKind.Procedure, "202405", false)]
    [InlineData(MasterKind.Procedure, "202406", true)]
    [InlineData(MasterKind.Procedure, "202605", true)]
    [InlineData(MasterKind.Procedure, "202606", false)]
    [InlineData(MasterKind.Drug, "202110", false)]
    [InlineData(MasterKind.Drug, "202301", true)]
    public void Covers_Month_OnlyWhatAnEditionKnows(MasterKind kind, string month, bool expected) =>
        Assert.Equal(expected, Loaded.Masters.Covers(kind, Month(month)));

    [Fact]
    public void Load_FaultyFiles_ReportsEachAndTakesTheGoodRows()
    {
        var (masters, report) = MasterSet.Load(SourceTree.Path("tests", "Samples", "masters", "faulty"));
        var good = Assert.Single(report, r => r.Kind is not null);
        Assert.Equal(("shushoku.csv", MasterKind.Modifier, 2, 6), (good.File, good.Kind, good.Rows, good.Skipped));
        Assert.Equal([2, 3, 4, 5, 6, 8], good.Reasons.Select(r => int.Parse(r[..r.IndexOf('行', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(masters.TryName(MasterKind.Modifier, "8902", Month("202110"), out _));
        Assert.Equal(
            ["binary.csv", "empty.csv", "reduced.csv", "relation.csv", "short.csv", "unclosed.csv"],
            report.Where(r => r.Kind is null).Select(r => r.File));
        Assert.All(report.Where(r => r.Kind is null), r => Assert.StartsWith("マスターとして読めません: ", Assert.Single(r.Reasons), StringComparison.Ordinal));
        Assert.False(masters.Covers(MasterKind.Procedure, Month("202110")));
    }

    [Theory]
    [InlineData("openreceiptviewer_Apache2_full", new[] { MasterKind.Comment, MasterKind.Material, MasterKind.Modifier })]
    [InlineData("receiptisan_MIT_2024", new[] { MasterKind.Comment, MasterKind.Material, MasterKind.Modifier })]
    [InlineData("receiptisan_MIT_spec_stub/2020", new[] { MasterKind.Procedure })]
    [InlineData("receiptisan_MIT_spec_stub/2022", new[] { MasterKind.Disease, MasterKind.Modifier, MasterKind.Procedure, MasterKind.Drug, MasterKind.Material })]
    public void Load_PublishedFiles_LosesNoRow(string folder, MasterKind[] kinds)
    {
        var (_, report) = MasterSet.Load(SourceTree.Shared("data", "receipt", "masters", folder));
        Assert.Equal(kinds.Order(), report.Where(r => r.Kind is not null).Select(r => r.Kind!.Value).Order());
        Assert.All(report.Where(r => r.Kind is not null), r => Assert.True(r.Rows > 0 && r.Skipped == 0, string.Join('\n', r.Reasons)));
    }

    [Fact]
    public void Load_PublishedFiles_KnowRealCodes()
    {
        var (masters, _) = MasterSet.Load(SourceTree.Shared("data", "receipt", "masters", "receiptisan_MIT_2024"));
        Assert.True(masters.TryName(MasterKind.Modifier, "8002", Month("202501"), out var suspected));
        Assert.Equal("の疑い", suspected);
        Assert.True(masters.TryName(MasterKind.Comment, "820000001", Month("202501"), out var comment));
        Assert.Equal("別途コメントあり", comment);
        Assert.True(masters.Covers(MasterKind.Modifier, Month("202501")));
        Assert.True(masters.Covers(MasterKind.Comment, Month("202501")));
        Assert.False(masters.Covers(MasterKind.Comment, Month("202110")));
        Assert.False(masters.Covers(MasterKind.Disease, Month("202501")));
    }

    [Fact]
    public void Load_ReducedFiles_AreReportedNotMisread()
    {
        var (_, report) = MasterSet.Load(SourceTree.Shared("data", "receipt", "masters", "openreceiptviewer_Apache2_202406min"));
        Assert.Equal(6, report.Count);
        Assert.All(report, r => Assert.Null(r.Kind));
    }

    private static YearMonth Month(string text) => YearMonth.TryParse(text, out var month) ? month : throw new ArgumentException(text);
}
