using System.Reflection;
using System.Text;
using Sekisho.Formats.Eligibility;
using Sekisho.Modules.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>docs/protocol/result-codes.md is the code's own list: SEKISHO_APPROVE=1 writes it.</summary>
public sealed class MessagesCodesTests
{
    private static readonly string _page = Path.Combine(OqsDesk.Repository(), "docs", "protocol", "result-codes.md");

    [Fact]
    public async Task Page_SaysEveryCode()
    {
        var text = Text();
        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(_page, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(_page, TestContext.Current.CancellationToken));
    }

    private static string Text()
    {
        var page = new StringBuilder(
            """
            # 資格確認の結果コード

            公式の処理結果コード（別紙6-1）は公開されていません。ここにあるのは**本サイトのコード**で、結果のファイルでは前に `SEKISHO-` が付きます（`ErrorCode`・`ProcessingResultCode`、薬剤情報・特定健診では `MessageContents` の終わり）。JSON では `code` です。番号は変わりません。
            この頁はコードから作られています。直すときはコードを直し、`SEKISHO_APPROVE=1` を付けてテストを動かしてください。

            ## 電文の形

            | コード | 何が違うか | 次にすること |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var rule in OqsRules.All.Where(r => r.Severity != OqsSeverity.連絡))
        {
            page.Append("| ").Append(rule.Number).Append(" | ").Append(rule.Title).Append(" | ").Append(rule.Remedy).Append("。 |\n");
        }

        page.Append("\n## 照会と登録\n\n| コード | 何が違うか | 次にすること |\n|---|---|---|\n");
        foreach (var refusal in typeof(Refusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<Refusal>().OrderBy(r => r.Code, StringComparer.Ordinal))
        {
            page.Append("| ").Append(refusal.Code).Append(" | ").Append(refusal.Text).Append(" | ").Append(refusal.Remedy).Append(" |\n");
        }

        page.Append("\n## カードの照会の知らせ\n\n答えとともに `warnings` で返します。拒否ではありません。\n\n| コード | 何か | 次にすること |\n|---|---|---|\n");
        foreach (var warning in CardWarnings.All)
        {
            page.Append("| ").Append(warning.Code).Append(" | ").Append(warning.Text).Append(" | ").Append(warning.Advice).Append(" |\n");
        }

        page.Append(
            """

            ## 端末のソフトウェア

            `sekisho agent` は、センターに送らずに答えるときも、同じ形の結果のファイルを置きます。コードは `CI-` で始まります（例: 暗号化した要求 `CI-0113`）。[agent.md](../operations/agent.md)

            """.ReplaceLineEndings("\n"));
        return page.ToString();
    }
}
