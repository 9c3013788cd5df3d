using System.Text;
using System.Text.RegularExpressions;
using Sekisho.Formats.Claims.Checks;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Every published number has an answer, and the page says what the list says; SEKISHO_APPROVE=1 writes it.</summary>
public sealed partial class PublishedNumbersTests
{
    [Fact]
    public void Implemented_EqualsThePublishedNumbersOfTheRuleList() =>
        Assert.Equal(
            RuleList.All.Select(r => r.Number).Where(n => n[0] == 'L').Order(StringComparer.Ordinal),
            PublishedNumbers.All.Where(p => p.Standing == PublishedStanding.実装).Select(p => p.Number));

    [Fact]
    public void All_AreInOrderAndTheOthersHaveAReason()
    {
        Assert.Equal(PublishedNumbers.All.Select(p => p.Number).Order(StringComparer.Ordinal).Distinct(), PublishedNumbers.All.Select(p => p.Number));
        Assert.All(PublishedNumbers.All, p => Assert.True(p.Standing == PublishedStanding.実装 || p.Note.Length > 0, p.Number));
    }

    [Fact]
    public void CollectedNumbers_OfMedicalClaims_AllHaveAnAnswer()
    {
        var text = File.ReadAllText(SourceTree.Shared("spec", "receipt-format.md"));
        var collected = Row().Matches(text).Where(m => m.Groups[2].Value.Contains("医科", StringComparison.Ordinal)).Select(m => m.Groups[1].Value);
        Assert.Equal(collected.Order(StringComparer.Ordinal), PublishedNumbers.All.Select(p => p.Number));
    }

    [Fact]
    public void Page_Committed_EqualsTheList()
    {
        var file = Path.Combine(SourceTree.Root, "docs", "checks", "published.md");
        var page = Page();
        if (SourceTree.Approve)
        {
            File.WriteAllText(file, page);
        }

        Assert.Equal(page, File.ReadAllText(file));
    }

    private static string Page()
    {
        var titles = RuleList.All.ToDictionary(r => r.Number, r => r.Title);
        var page = new StringBuilder();
        page.Append("# 公表番号と、ここでの扱い（医科）\n\n");
        page.Append("この頁は一覧（`PublishedNumbers`）から作られ、テストが一致を確かめます（`SEKISHO_APPROVE=1` で書き直し）。受付・事務点検ASPの番号のうち、医科に適用されると分かっているものの全部です。\n\n");
        page.Append("| 扱い | 意味 | 数 |\n|---|---|---|\n");
        foreach (var (standing, meaning) in Meanings)
        {
            page.Append($"| {standing} | {meaning} | {PublishedNumbers.All.Count(p => p.Standing == standing)} |\n");
        }

        page.Append("\n| 番号 | 扱い | 題名（実装したもの） | どこまで・何が足りないか |\n|---|---|---|---|\n");
        foreach (var number in PublishedNumbers.All)
        {
            page.Append($"| {number.Number} | {number.Standing} | {titles.GetValueOrDefault(number.Number, "")} | {number.Note} |\n");
        }

        return page.ToString();
    }

    private static IEnumerable<(PublishedStanding Standing, string Meaning)> Meanings =>
    [
        (PublishedStanding.実装, "請求ファイルと公表されたマスターだけで決まる。点検の一覧にある"),
        (PublishedStanding.受付で実装, "受付だけが知ることで決まる"),
        (PublishedStanding.資格情報, "保険者等が持つ資格の情報が要る"),
        (PublishedStanding.履歴, "ほかの月・ほかの医療機関の請求が要る"),
        (PublishedStanding.届出情報, "厚生局への届出の情報が要る"),
        (PublishedStanding.表, "公表されていない表か、ここに様式のない表が要る"),
        (PublishedStanding.項目なし, "医科の記録条件仕様に、当たる項目がない"),
    ];

    [GeneratedRegex(@"^\| (L\d{4}) \| L\d+ \| ([^|]+) \| [^|]+ \| [M ]* ?\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
