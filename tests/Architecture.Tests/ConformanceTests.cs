using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sekisho.Architecture.Tests;

/// <summary>
/// Which clause of the security guideline and its model regulations is proven by which test: docs/conformance.md says what docs/conformance/clauses.tsv and
/// the tests' <c>[Trait("Clause", …)]</c> say; SEKISHO_APPROVE=1 writes it.
/// </summary>
public sealed partial class ConformanceTests
{
    private static readonly (string Group, string Name)[] _groups =
    [
        ("G", "ガイドライン本体"), ("KH", "健康保険組合用 規程例"), ("HK", "保険者用 規程例（健保組合を除く）"),
        ("OQ", "医療機関・薬局用 規程例（オンライン資格確認＋請求）"), ("MI", "医療機関・薬局用 規程例（請求）"), ("JA", "採用された規程の実例"),
    ];

    private sealed record Clause(string Id, string Kind, string Features, string Title)
    {
        public string Group => Id.Split('-')[0];
    }

    [Fact]
    public void Clauses_AreAllThere_WithTheStatedTotals()
    {
        var clauses = Clauses();
        Assert.Equal(200, clauses.Select(c => c.Id).Distinct().Count());
        Assert.Equal(
            ["D 39", "D+R 11", "O 45", "R 67", "T 29", "T+R 9"],
            clauses.GroupBy(c => c.Kind).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(["G 47", "KH 27", "HK 27", "OQ 45", "MI 27", "JA 27"], _groups.Select(g => $"{g.Group} {clauses.Count(c => c.Group == g.Group)}"));
    }

    [Fact]
    public void Tests_NameClausesThatExist() => Assert.Empty(Proofs().Keys.Except(Clauses().Select(c => c.Id)));

    [Fact]
    public void Document_SaysWhatClausesAndTestsSay()
    {
        var path = Path.Combine(Repository.Root, "docs/conformance.md");
        var page = Page(Clauses(), Proofs());
        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, "docs/conformance.md is not what the clauses and tests say; SEKISHO_APPROVE=1 writes it.");
    }

    private static List<Clause> Clauses() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs/conformance/clauses.tsv")).Skip(1)
            .Select(l => l.Split('\t')).Select(c => new Clause(c[0], c[1], c[2], c[3])),
    ];

    /// <summary>Clause → names of the tests that prove it, as the source says.</summary>
    private static SortedDictionary<string, List<string>> Proofs()
    {
        var proofs = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var file in Repository.CSharpFiles("tests").Order(StringComparer.Ordinal))
        {
            foreach (Match test in Test().Matches(File.ReadAllText(file)))
            {
                foreach (Match clause in ClauseTrait().Matches(test.Groups[1].Value))
                {
                    var id = clause.Groups[1].Value;
                    proofs.TryAdd(id, []);
                    proofs[id].Add(Path.GetFileNameWithoutExtension(file) + "." + test.Groups[2].Value);
                }
            }
        }

        return proofs;
    }

    private static string Page(List<Clause> clauses, SortedDictionary<string, List<string>> proofs)
    {
        var page = new StringBuilder("# 条項と試験\n\n")
            .Append("安全対策のガイドラインと規程例の各条項を、どの試験が確かめているか。条項は [clauses.tsv](conformance/clauses.tsv)、試験は `[Trait(\"Clause\", …)]` から作られ、")
            .Append("テストが一致を確かめます（`SEKISHO_APPROVE=1` で書き直し）。\n\n")
            .Append("種別: T=ソフトウェアの機能、R=記録、D=文書、O=組織の義務。状態: **試験あり**=その条項の名の試験が通る、**まだ**=作られていない。\n\n")
            .Append("| 区分 | 条項 | うち T・R | 試験あり | うち T・R |\n|---|--:|--:|--:|--:|\n");
        foreach (var (group, name) in _groups)
        {
            page.Append(Totals(name, [.. clauses.Where(c => c.Group == group)], proofs));
        }

        page.Append(Totals("合計", clauses, proofs));
        foreach (var (group, name) in _groups)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n| 条項 | 種別 | 題 | 機能 | 試験 | 状態 |\n|---|---|---|---|---|---|\n");
            foreach (var clause in clauses.Where(c => c.Group == group))
            {
                var tests = proofs.GetValueOrDefault(clause.Id, []);
                page.Append(CultureInfo.InvariantCulture, $"| {clause.Id} | {clause.Kind} | {clause.Title} | {clause.Features} | {string.Join("<br>", tests.Select(t => $"`{t}`"))} | {(tests.Count > 0 ? "試験あり" : "まだ")} |\n");
            }
        }

        return page.ToString();
    }

    private static string Totals(string name, List<Clause> clauses, SortedDictionary<string, List<string>> proofs)
    {
        var software = clauses.Where(c => c.Kind.Contains('T', StringComparison.Ordinal) || c.Kind.Contains('R', StringComparison.Ordinal)).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {clauses.Count} | {software.Count} | {clauses.Count(c => proofs.ContainsKey(c.Id))} | {software.Count(c => proofs.ContainsKey(c.Id))} |\n");
    }

    // Attributes of one method, and its name.
    [GeneratedRegex(@"((?:^[ \t]*\[[^\r\n]*\][ \t]*\r?\n)+)^[ \t]*public (?:async )?(?:Task|ValueTask|void) (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Test();

    [GeneratedRegex(@"Trait\(""Clause"", ""([^""]+)""\)")]
    private static partial Regex ClauseTrait();
}
