using System.Text;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Checks;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>docs/checks/README.md says what the lists say; SEKISHO_APPROVE=1 writes it.</summary>
public sealed class ChecksPageTests
{
    [Fact]
    public void Page_Committed_EqualsTheLists()
    {
        var file = Path.Combine(SourceTree.Root, "docs", "checks", "README.md");
        var page = Page();
        if (SourceTree.Approve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
        }

        Assert.Equal(page, File.ReadAllText(file));
    }

    [Fact]
    public void List_ToRead_IsTheListThatRuns()
    {
        Assert.Equal(RuleList.All.Select(r => r.Number).Order(), CheckList.医科.Select(e => e.Rule.Number).Order());
        Assert.All(CheckList.医科, e => Assert.DoesNotContain('<', e.Subject));
        Assert.Equal(RuleList.Hash, CheckList.Hash);
    }

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("# 点検の一覧\n\n");
        page.Append("この頁は一覧（`OfficeChecks`・`ShapeRules`）から作られ、テストが一致を確かめます（`SEKISHO_APPROVE=1` で書き直し）。\n");
        page.Append("L で始まる番号は受付・事務点検ASPのチェック一覧の番号、S で始まる番号は公表番号のない点検に付けた独自の番号です（S1xxx は L1、S2xxx は L2、S3xxx は L3、S4xxx は L4、S48xx は L48 と同じ扱い）。\n");
        page.Append("番号ごとの見本は [tests/Samples/claims](../../tests/Samples/claims) の `<番号>/ng.uke`（指摘される）と `ok.uke`（指摘されない）です。\n\n");
        page.Append("同じ一覧は画面の「点検の一覧」（`/help/checks`）にもあり、指摘から番号で開けます。受付だけが行う点検は [reception.md](reception.md) です。\n\n");
        page.Append("| 結果 | 意味 |\n|---|---|\n");
        page.Append("| L1 | 受付不能・ファイル |\n| L2 | 受付不能・レセプト |\n| L3 | 返戻対象 |\n| L4 | 要確認 |\n| L48 | 連絡（読み替えて受け付ける） |\n| L7 | 算定ルール |\n\n");
        page.Append("## 事務点検（医科、点検の順）\n\n| 番号 | 結果 | 題名 | 根拠 | 適用（診療年月から） | 必要 | 対処 |\n|---|---|---|---|---|---|---|\n");
        foreach (var (rule, _, _, from, needs) in CheckList.医科.Where(e => e.Group == "事務点検"))
        {
            page.Append($"| {rule.Number} | {rule.Severity} | {rule.Title} | {rule.Clause} | {from} | {needs} | {rule.Remedy} |\n");
        }

        page.Append("\n## 形式（受付点検）\n\n| 番号 | 結果 | 題名 | 根拠 | 対処 |\n|---|---|---|---|---|\n");
        foreach (var rule in CheckList.医科.Where(e => e.Group == "形式").Select(e => e.Rule))
        {
            page.Append($"| {rule.Number} | {rule.Severity} | {rule.Title} | {rule.Clause} | {rule.Remedy} |\n");
        }

        return page.ToString();
    }
}
