using System.Text;
using Sekisho.Contracts;
using Sekisho.Modules.Tests.Claims;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>The list of kinds is complete, true and documented; SEKISHO_APPROVE=1 writes docs/audit-events.md.</summary>
public sealed class KindsTests
{
    private static readonly string[] _notWriting = ["AuditKinds.cs", "Basics.cs", "AuditWords.cs"];

    [Fact]
    [Trait("Clause", "G-5-6")]
    public void G_5_6_EveryKind_IsInTheListOnce_WithARetention()
    {
        Assert.Equal(Enum.GetValues<AuditKind>().Order(), AuditKinds.All.Select(k => k.Kind).Order());
        Assert.Equal(Enum.GetValues<AuditRetention>().Order(), AuditKinds.Retentions.Select(r => r.Class).Order());
        Assert.All(AuditKinds.All, k => Assert.All([k.Title, k.Subject, k.Result], t => Assert.False(string.IsNullOrWhiteSpace(t))));
        Assert.All(AuditKinds.Retentions, r => Assert.True(r.Years >= 3 && r.Basis.Length > 0));
    }

    [Fact]
    public void PersonalKinds_CarryWhoseDataItWas_OrSayWhyNot() => Assert.Equal(
        AuditKinds.All.Where(k => k.Retention == AuditRetention.Personal && !k.Whose).Select(k => k.Kind).Order(),
        AuditKinds.WithoutSubject.Where(k => k.Reason.Length > 0).Select(k => k.Kind).Order());

    [Fact]
    public void EveryKind_IsWrittenSomewhere()
    {
        var source = Directory.EnumerateFiles(Path.Combine(Repository.Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !_notWriting.Contains(Path.GetFileName(f)) && !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        foreach (var kind in Enum.GetNames<AuditKind>())
        {
            Assert.True(source.Exists(s => System.Text.RegularExpressions.Regex.IsMatch(s, $@"AuditKind\.{kind}\b")), $"{kind} is never written");
        }
    }

    [Fact]
    public void Page_Committed_EqualsTheList()
    {
        var page = new StringBuilder("# 監査事象\n\n")
            .Append("この頁は `src/Contracts/AuditKinds.cs` から作られ、テストが一致を確かめます（`SEKISHO_APPROVE=1` で書き直し）。\n\n")
            .Append("各記録は、日時（実時刻、マイクロ秒）・組織・利用者・端末・セッション・その時の規程上と業務上の役割・事象・対象・結果・理由・相関（一つの要求の記録をつなぐ）を持ちます。\n")
            .Append("本人欄が「あり」の事象は、誰の情報かを鍵付きハッシュ（検索用）と封印した値（権限のある監査人が理由を示して開く）で持ちます。\n")
            .Append("対象・結果・アドレスに、氏名・記号・番号・診療内容は入りません。変更は同じトランザクションで、閲覧は応答の前に記録します。\n\n")
            .Append("| 事象 | 名前 | 対象 | 結果 | 本人 | 理由 | 保存 |\n|---|---|---|---|---|---|---|\n");
        foreach (var kind in AuditKinds.All)
        {
            var rule = AuditKinds.Retentions.Single(r => r.Class == kind.Retention);
            page.Append($"| {kind.Title} | {kind.Kind} | {kind.Subject} | {kind.Result} | {(kind.Whose ? "あり" : "")} | {(kind.Reason ? "必須" : "")} | {rule.Years}年 |\n");
        }

        page.Append("\n## 本人の欄がない理由\n\n| 事象 | 理由 |\n|---|---|\n");
        foreach (var (kind, reason) in AuditKinds.WithoutSubject)
        {
            page.Append($"| {kind} | {reason} |\n");
        }

        page.Append("\n## 保存期間\n\n期間を過ぎると、毎日の処理が明細（誰が・対象・結果・理由・本人）を消します。識別子・日時・事象・葉のハッシュ値・台帳の位置は残り、台帳の検証は続けられます。")
            .Append("期間の前に消すことは、データベースのトリガーが拒みます。\n\n| 区分 | 期間 | 根拠 |\n|---|---|---|\n");
        foreach (var rule in AuditKinds.Retentions)
        {
            page.Append($"| {rule.Title} | {rule.Years}年 | {rule.Basis} |\n");
        }

        var file = Path.Combine(Repository.Root(), "docs", "audit-events.md");
        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            File.WriteAllText(file, page.ToString());
        }

        Assert.Equal(page.ToString(), File.ReadAllText(file));
    }
}
