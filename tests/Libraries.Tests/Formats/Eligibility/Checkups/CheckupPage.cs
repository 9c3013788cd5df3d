using System.Globalization;
using System.Text;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>docs/formats/checkups.md from the tables and the list the program runs on.</summary>
internal static class CheckupPage
{
    private const string Head = """
        # 特定健診の送付ファイル（HL7 CDA V08、第4期）

        この頁は `src/Formats/Eligibility/Checkups` の表と指摘の一覧から作られています。直すときは表か一覧を直し、`SEKISHO_APPROVE=1` を付けて `CheckupPageTests` を動かしてください。

        ## 一つの送付

        | 場所 | 内容 | 読み書き |
        |---|---|---|
        | `<送付元10>_<送付先8>_<年月日><通番>_<実施区分>/` | ルートフォルダー。名前は ix08 と突き合わせる | `CheckupFolder` |
        | `ix08_V08.xml` | 送付案内。総ファイル数は DATA と CLAIMS のファイルの数 | `CheckupIndex` |
        | `DATA/h<機関10><年月日><通番><種別><連番6>.xml` | 一人の健診結果（CDA） | `CheckupDocument` |
        | `CLAIMS/c<同じ>.xml` | 一人の決済情報。請求しない送付には無い | `CheckupClaim` |
        | `su08_V08.xml` | 集計。CLAIMS があるときに必要 | `CheckupSummary` |
        | `XSD/` | 読まない。検証は受け付ける側が持つ公式の XSD で行う（`CheckupSchemas`） | — |

        `CheckupPackage.Read(zip, reading, each)` は一人ずつ渡すので、人数が増えても記憶は増えません。ディスクには展開しません。一つのファイルの誤りは、そのファイルの指摘だけになります。
        書き出しは `CheckupWriter`。書き出したものは公式の XSD（手元にあるとき）と、この頁の隣の `checkups/document.xsd`・`checkups/claim.xsd` の両方に合うことを試験しています。

        ## 決めたこと

        公開された資料だけでは決まらない点と、ここでの扱いです。

        * **総ファイル数**は DATA と CLAIMS のファイルの合計とします（公開の実例は 4 人で 8）。**集計の人数**は CLAIMS のファイルの数か、健診結果の数のどちらかに合えば正しいとします。
        * **数の食い違いは送付全体の受付不能**です。欠けたファイルは、他のどこにも現れないからです。一人のファイルの誤りは、その人だけの取込不能です。
        * **送付先が保険者**（OID .6.101）のときは、その保険者番号の受診者だけを取り込みます。送付先が代行機関のときは比べません。
        * **数値の桁**は、項目表のフォーマットで表せる値なら正しいとします。`NNNNN` の `61.0` も、`NNN.N` の `62` も指摘しません（末尾の 0 は値を変えません）。整数の桁があふれれば取込不能、小数の桁が多ければ注意です。
        * **文字の長さ**（256、64）はバイトか文字かが書かれていないので、文字で数えます。フォーマット `8` の文字は年月日です。
        * **項目表に無い項目**（地域の取り決めによる追加項目）は、17 桁であれば指摘せずにそのまま通します。
        * **結果コード**は項目表の備考にある一覧と比べます。一覧の無い OID のコードはそのまま通します。同じ OID でも一覧が項目ごとに違うとき（所見の有無）は、その項目の一覧を使います。
        * **必須の点検**はプログラム種別 010（特定健診）と 020（広域連合）だけで行います。事業者健診・学校健診は医師の判断で省けるため、無いことを誤りとは言えません。プログラム種別の値そのものは手元の資料に一覧が無く、記憶による値です。
        * **群**: 大文字（A〜L）は群の中の一つが必要です。小文字の b（空腹時血糖）・c（随時血糖）・d（HbA1c）は、合わせて一つが必要です。収縮期・拡張期の 1回目と 2回目のように名前の違う項目は二つあって構いません。同じ名前の検査が二つの方法で記録されていれば注意です。
        * **異常ありの値条件**は 2 がその値、3 がその値以上、4 がその値以外とします（一覧の意味と合う唯一の読み方です）。「あり」のとき、依存する項目が必須（1）なら取込不能、名前が「(所見)」なら注意です。
        * **採血時間**: 空腹時の項目は 2、随時の項目は 3 か 4 のときだけ正しいとします。備考に残る「1（10時間以内）」は第4期の一覧にありません。
        * **未実施**は `negationInd="true"`、**測定不可能**は value の `nullFlavor` とします。必須の項目がどちらかであれば注意です。尿検査は「測定不可能・検査未実施の理由」があれば、記録が無くても注意です。腹囲は BMI が 20 未満なら医師の判断で省けるので、無くても注意です（告示の記憶による）。
        * **判定と基準範囲**は健診機関が記録したものをそのまま示します。互いに合わないときも注意に留めます。
        * **単位**は UCUM で比べます。大文字小文字だけが違う、または表示単位で書かれているときは注意、それ以外は取込不能です。単位の無い項目は空か `1` です。
        * **公式の XSD の指摘**は行だけを言い、検証器の言葉（値を含む）は指摘の値に入れます。値は結果を見てよい人にだけ見せ、記録には残しません。
        * **保険者番号の検証番号**は点検しません。どの保険者がいるかは登録が知っています。枝番は無くても指摘しません（2021 年より前の証など）。
        * **項目の指摘**はどの項目が記録されたかを言うので、値がなくても結果を見てよい人だけのものです。記録（ログ）には番号だけを残します。
        * **同じ日の結果が二つ**あるとき（訂正）、推移と資格確認の回答には作成日の新しい方を使います。
        * **資格確認の回答**（SpecificHealthCheckupInfo）には値のある項目だけを、項目表の出力順に入れます。判定した医師の氏名は 9N516 の項目として入れます。
        * **表示のしきい値**は公開されたビューアーが使う値です。以上・以下・未満の別は資料に無く、健診の判定値の慣例によります。随時の中性脂肪・血糖には、空腹時のしきい値を当てません。

        """;

    public static string Write()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var limits = CheckupLimits.Default;
        page.Append(CultureInfo.InvariantCulture, $"\n## 上限\n\nZIP の中のファイル {limits.Entries:N0} 個、一つのファイル {limits.FileBytes / 1024 / 1024:N0} MiB、展開後の合計 {limits.TotalBytes / 1024 / 1024 / 1024:N0} GiB、64 KiB を超えるファイルの圧縮率 {limits.Ratio} 倍、XML の深さ 64、要素 100,000。\n");
        Rules(page);
        Items(page);
        Codes(page);
        Trends(page);
        return page.ToString();
    }

    private static void Rules(StringBuilder page)
    {
        page.Append("\n## 指摘\n\n| 番号 | 重さ | 内容 | 根拠 | 対処 |\n|---|---|---|---|---|\n");
        foreach (var rule in CheckupRules.All)
        {
            var level = rule.Level switch { CheckupLevel.Package => "受付不能（送付全体）", CheckupLevel.File => "取込不能（そのファイル）", _ => "注意" };
            page.Append(CultureInfo.InvariantCulture, $"| {rule.Number} | {level} | {rule.Title} | {rule.Clause} | {rule.Remedy} |\n");
        }
    }

    private static void Items(StringBuilder page)
    {
        var table = CheckupItemTable.Default;
        page.Append(CultureInfo.InvariantCulture, $"\n## 項目（{table.Items.Length}）\n\n必須区分は特定健診／広域連合／事業者健診。結果コードは OID の 1.2.392.200119 より後。1 必須、2 詳細な健診、5・6・7 あれば出力、英字は群。\n");
        foreach (var category in table.Items.GroupBy(i => (i.Category, i.CategoryName)))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {category.Key.Category} {category.Key.CategoryName}\n\n");
            page.Append("| 項目コード | 表示名 | 型 | フォーマット | 単位 | 必須区分 | 検査方法 | 結果コード | 一連検査 | 依存項目 |\n|---|---|---|---|---|---|---|---|---|---|\n");
            foreach (var i in category)
            {
                var oid = i.CodeSystem.Length > 0 ? i.CodeSystem["1.2.392.200119".Length..] : "";
                var series = i.Series.Length > 0 ? $"{i.Relation} {i.Series}" : "";
                page.Append(CultureInfo.InvariantCulture, $"| `{i.Code}` | {i.Name} | {i.Type} | {i.Format} | {Cell(i.Ucum)} | {i.Cases[0]}／{i.Cases[1]}／{i.Cases[2]} | {Cell(i.MethodCode)} {i.Method} | {oid} | {series} | {i.DependsOn} |\n");
            }
        }
    }

    private static string Cell(string text) => text.Length > 0 ? $"`{text.Replace("`", "´", StringComparison.Ordinal)}`" : "";

    private static void Codes(StringBuilder page)
    {
        page.Append("\n## 結果コード\n\n| OID | コード | 項目の数 |\n|---|---|--:|\n");
        var lists = CheckupItemTable.Default.Items.Where(i => i.CodeSystem.Length > 0)
            .GroupBy(i => (i.CodeSystem, Codes: string.Join('、', i.Codes.Select(c => $"{c.Code} {c.Text}"))))
            .OrderBy(g => g.Key.CodeSystem, StringComparer.Ordinal).ThenBy(g => g.Key.Codes, StringComparer.Ordinal);
        foreach (var list in lists)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {list.Key.CodeSystem} | {list.Key.Codes} | {list.Count()} |\n");
        }
    }

    private static void Trends(StringBuilder page)
    {
        page.Append("\n## 推移の表示のしきい値\n\n| 適用開始 | 行 | 性別 | 比べ方 | 注意 | 異常 | 出所 |\n|---|---|---|---|--:|--:|---|\n");
        foreach (var t in CheckupTrends.Thresholds)
        {
            var gender = t.Gender switch { "1" => "男", "2" => "女", _ => "" };
            page.Append(CultureInfo.InvariantCulture, $"| {t.From:yyyy-MM-dd} | {t.Line} | {gender} | {t.How} | {t.Caution} | {t.Abnormal} | {t.Source} |\n");
        }
    }
}
