using System.Globalization;
using System.Text;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>docs/formats/eligibility.md from the tables the program runs on.</summary>
internal static class MessagePage
{
    // What public sources leave open, and what we do.
    private static readonly (string Point, string Decision)[] Decisions =
    [
        ("文字コード", "BOM → XML 宣言 → CharacterCodeIdentifier（0 UTF-8・1 Shift_JIS）→ UTF-8 の順に決め、読めなければもう一方で読む（EM-0009）。1=UTF-8・2=Shift_JIS とする資料は採らない。書くときは CharacterCodeIdentifier を実際に合わせる"),
        ("要素の順", "読むときは順を見ない。書くときは表の順。知らない要素は捨てず、書くときはその群の最後に置く"),
        ("無い要素と空の要素", "同じに扱う（文字でない型では空白だけの値も）。群の中の必須は、その群があるときだけ必須"),
        ("保険者番号の埋め方", "前の空白・ゼロのどちらでも読み、8桁（前ゼロ）で持つ。書くときは6桁の番号の前に空白2つ"),
        ("薬剤情報の要素名", "PharmacistsInfo…／…AvailableTime を書く。PharmaceuticalInfo…／…AcquisitionTime も読む"),
        ("医療扶助の別名", "PublicExpenseNumber・BeneficiaryNumber・WelfareOfficeName を 保険者番号・番号・保険者名称 として読む（本来の要素が空のときだけ）"),
        ("StatusOfInfecton", "公開の綴りのまま書く。StatusOfInfection も読む"),
        ("一括照会要求の繰返し", "入れ物の名が公開されていないので、MessageBody の直下に QualificationConfirmSearchInfo を並べる"),
        ("一括の結果", "一括照会は照会単位の直下、同意済資格情報・医療扶助の一括取得は ResultList の中に書く。読むときはどちらでもよい"),
        ("失敗した結果", "処理結果区分が1でない結果には MessageBody が無くてよい"),
        ("処理結果コード", "別紙6-1 は公開されていない。正常な結果にも付帯情報として入るので、コードの有無で失敗と判断しない"),
        ("薬剤・診療情報のコード", "DiOrg・PrIsOrg・InOut・PrCl の値の意味は公開されていないので文字のまま扱う"),
        ("推定の電文", "OQSsihvq01・OQSsionq01 の要求は資格確認要求に診療区分を加えたもの、OQSsihvd01・OQSsiinq01・OQSsiupd01 の本文の要素名は私たちのもの。公式のレイアウトが分かれば表だけを直す"),
        ("特定健診の入れ物", "SpecificHealthCheckupInfos という名は推定"),
        ("Shift_JIS", "コードページ932。書けない文字は要素名と文字を示して断り、? にも文字参照にもしない。Shift_JIS の窓口に答える側は OqsWriter.Masked で●に置き換えてから書く"),
        ("同じ要素が二度あるとき", "最初のものを使い、EM-0105 を付ける"),
        ("記号・番号の検索キー", "半角・大文字に揃え、空白を除き、ハイフン・マイナス・長音は「-」、中点は「・」一つに揃える。番号だけは前のゼロを除く（記号のゼロは意味があるとみる）。枝番は2桁に揃える。登録された表記は別に残す"),
        ("氏名の照合", "●は一文字だけの不明な字。異体字は表（異体字.tsv）で同じ字とみるが「一致」とは区別する。一文字でも●があれば「不明な文字を除き一致」"),
    ];

    public static string Write()
    {
        var page = new StringBuilder("# オンライン資格確認の電文\n\n");
        page.Append("この頁と [XSD](eligibility/) は `src/Formats/Eligibility/Tables` の表から作られています。直すときは表を直し、`SEKISHO_APPROVE=1` を付けてテストを動かしてください。\n\n");
        page.Append("公式の「外部インターフェイス仕様書」は公開されていません。**確度** — 公開: 公開の資料・ファイルで読んだ形、構成: それを読み書きするプログラムから組み立てた形、推定: 要素名の一部が私たちのもの。\n");
        page.Append("XSD は私たちが書く電文の形で、公式のものではありません。読むときはこれより寛大です。見本は [tests/Samples/eligibility](../../tests/Samples/eligibility/)。\n");
        page.Append("\n## 電文\n\n| 電文 | IF | 名称 | ヘッダ | 本文 | 確度 | XSD |\n|---|---|---|---|---|---|---|\n");
        foreach (var shape in OqsShapes.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {shape.Name} | {shape.InterfaceId} | {shape.Title} | {Link(shape.Header.Block)} | {Link(shape.Body.Block)} | {shape.Certainty} | [xsd](eligibility/{shape.Name}.xsd) |\n");
        }

        Blocks(page);
        page.Append("\n## 決めたこと\n\n公開の資料が決めていない点と、ここでの扱い。\n\n| 点 | 扱い |\n|---|---|\n");
        foreach (var (point, decision) in Decisions)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {point} | {decision} |\n");
        }

        Limits(page);
        page.Append("\n## 指摘\n\n| 番号 | 重さ | 内容 | 対処 |\n|---|---|---|---|\n");
        foreach (var rule in OqsRules.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {rule.Number} | {rule.Severity} | {rule.Title} | {rule.Remedy} |\n");
        }

        Codes(page);
        return page.ToString();
    }

    private static void Blocks(StringBuilder page)
    {
        page.Append("\n## 群\n\n回数: 1 必ず一つ、? 無いか一つ、* いくつでも、+ 一つ以上。\n");
        var blocks = new Dictionary<string, ElementShape>();
        foreach (var part in OqsShapes.All.SelectMany(s => new[] { s.Header, s.Body }))
        {
            Collect(part, blocks);
        }

        foreach (var (name, block) in blocks.Where(b => b.Value.Children.Count > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {name}\n\n| 要素 | 名称 | 型 | 回数 | 別名（読むだけ） | 備考 |\n|---|---|---|---|---|---|\n");
            Rows(page, block, "");
        }
    }

    private static void Collect(ElementShape shape, Dictionary<string, ElementShape> blocks)
    {
        if (shape.Block.Length > 0)
        {
            blocks.TryAdd(shape.Block, shape);
        }

        foreach (var child in shape.Children)
        {
            Collect(child, blocks);
        }
    }

    private static void Rows(StringBuilder page, ElementShape group, string path)
    {
        foreach (var child in group.Children)
        {
            var occurs = (child.Required, child.Many) switch { (true, true) => "+", (true, false) => "1", (false, true) => "*", _ => "?" };
            page.Append(CultureInfo.InvariantCulture, $"| {path}{child.Name} | {child.Title} | {Type(child)} | {occurs} | {string.Join("<br>", child.Aliases)} | {child.Remark} |\n");
            if (child.Block.Length == 0)
            {
                Rows(page, child, $"{path}{child.Name}/");
            }
        }
    }

    private static string Type(ElementShape shape) => shape.Type switch
    {
        ElementType.群 => shape.Block.Length > 0 ? Link(shape.Block) : "群",
        ElementType.コード => Link(shape.Codes!.Id),
        _ => shape.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{shape.Type} {shape.Length}") : shape.Type.ToString(),
    };

    private static string Link(string name) => name == "空" ? "（空）" : $"[{name}](#{name.ToLowerInvariant()})";

    private static void Limits(StringBuilder page) => page
        .Append("\n## 読む量の上限\n\n| 上限 | 一件の要求 | そのほか |\n|---|--:|--:|\n")
        .Append(CultureInfo.InvariantCulture, $"| バイト | {OqsLimits.Question.MaxBytes:N0} | {OqsLimits.Large.MaxBytes:N0} |\n| 要素 | {OqsLimits.Question.MaxElements:N0} | {OqsLimits.Large.MaxElements:N0} |\n")
        .Append(CultureInfo.InvariantCulture, $"| 深さ | {OqsLimits.MaxDepth} | {OqsLimits.MaxDepth} |\n| 一つの値の文字 | {OqsLimits.MaxText:N0} | {OqsLimits.MaxText:N0} |\n| 一つのタグまたは値の並び（< から次の < まで）の文字 | {SafeXml.MaxRun:N0} | {SafeXml.MaxRun:N0} |\n| 指摘 | {OqsLimits.MaxFindings:N0} | {OqsLimits.MaxFindings:N0} |\n")
        .Append("\n文書型宣言（DTD）と外部実体は読みません。\n");

    private static void Codes(StringBuilder page)
    {
        page.Append("\n## 業務コード\n");
        foreach (var codes in OqsShapes.Codes.Values.OrderBy(c => c.Id, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {codes.Id}\n\n{codes.Title}\n\n| コード | 内容 |\n|---|---|\n");
            foreach (var (code, text) in codes.Rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {code} | {text} |\n");
            }
        }
    }
}
