using static Sekisho.Formats.Claims.Severity;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>
/// Every finding about the shape of a file: published numbers (L) where the list has one, our own series (S) where it has none.
/// S1xxx acts like L1, S2xxx like L2, S3xxx like L3, S4xxx like L4, S48xx like L48. A number never changes its meaning.
/// What reception reads around (S48xx) is said so that the next file is better; it never costs a claim.
/// </summary>
internal static class ShapeRules
{
    private static readonly List<Rule> Listed = [];

    // ── ファイル（L1） ──
    public static readonly Rule S1001 = Add("S1001", L1, "レセプト電算処理システムのファイルではありません。", "記録条件仕様（医科用）p1 ファイル構成", "レセプトコンピュータが作成した請求ファイル（RECEIPTC.UKE）を、圧縮や文字コードの変換をせずに送信してください。");
    public static readonly Rule S1002 = Add("S1002", L1, "この種別のファイルの点検にはまだ対応していません。", "記録条件仕様（医科用）p1 ファイル構成", "医科のファイル（RECEIPTC.UKE）を送信してください。");
    public static readonly Rule S1003 = Add("S1003", L1, "医療機関情報レコード（IR）が先頭にありません。", "記録条件仕様（医科用）p1 ファイル構成", "ファイルの先頭に医療機関情報レコードを1件記録してください。");
    public static readonly Rule S1004 = Add("S1004", L1, "医療機関情報レコード（IR）が2件以上記録されています。", "記録条件仕様（医科用）p1 ファイル構成", "1つのファイルには1つの医療機関の請求だけを記録してください。");
    public static readonly Rule S1005 = Add("S1005", L1, "診療報酬請求書レコード（GO）が記録されていません。", "記録条件仕様（医科用）p1 ファイル構成", "ファイルが途中で切れていないか確かめ、最後に診療報酬請求書レコードを記録してください。");
    public static readonly Rule S1006 = Add("S1006", L1, "診療報酬請求書レコード（GO）の後にレコードが記録されています。", "記録条件仕様（医科用）p1 ファイル構成", "診療報酬請求書レコードは最後のレコードとして1件だけ記録してください。");
    public static readonly Rule S1007 = Add("S1007", L1, "レセプトが1件も記録されていません。", "記録条件仕様（医科用）p1 ファイル構成", "請求するレセプトを1件以上記録してください。");
    public static readonly Rule S1008 = Add("S1008", L1, "レセプト共通レコード（RE）より前に置けないレコードです。", "記録条件仕様（医科用）p1 ファイル構成", "医療機関情報レコードの次にはレセプト共通レコードを記録してください。");
    public static readonly Rule S1009 = Add("S1009", L1, "1行が長すぎるため読み飛ばしました（上限1MiB）。", "記録条件仕様（医科用）p4 レコード区切り", "レコードごとに改行（CR LF）を記録してください。");
    public static readonly Rule S1010 = Add("S1010", L1, "1件のレセプトが大きすぎるため残りを読み飛ばしました（上限64MiB・10万行）。", "記録条件仕様（医科用）p1 ファイル構成", "レセプトごとにレセプト共通レコードを記録してください。");
    public static readonly Rule S1011 = Add("S1011", L1, "ファイルの終わりを示すコード（1A）の後にデータがあります。", "記録条件仕様（医科用）p2 EOFコード", "EOFコードは最後のレコードの後に1バイトだけ記録してください。ファイルを結合した場合は作成し直してください。");

    // ── 医療機関情報（IR）・診療報酬請求書（GO） ──
    public static readonly Rule L1011 = Add("L1011", L1, "医療機関情報レコード（IR）の使わない項目に値がある。", "受付・事務点検ASPチェック一覧 L1011", "予備の項目と余分な項目の値を削除してください。");
    public static readonly Rule L1102 = Add("L1102", L1, "医療機関情報レコード（IR）の請求年月が実在する年月になっていない。", "受付・事務点検ASPチェック一覧 L1102", "請求年月を西暦年月6桁（YYYYMM）で記録してください。");
    public static readonly Rule L1929 = Add("L1929", L1, "医療機関情報レコード（IR）の電話番号が、15桁までの英数字と記号に収まっていない。", "受付・事務点検ASPチェック一覧 L1929", "電話番号を半角15文字以内で記録するか、省略してください。");
    public static readonly Rule S1021 = Add("S1021", L1, "記録必須の項目が省略されています（IR・GO）。", "記録条件仕様（医科用）p5・p23", "項目を記録してください。");
    public static readonly Rule S1022 = Add("S1022", L1, "モード又はけた数が誤っています（IR・GO）。", "記録条件仕様（医科用）p5・p23", "記録条件仕様のモードとけた数で記録してください。");
    public static readonly Rule S1023 = Add("S1023", L1, "コード表にない値が記録されています（IR）。", "記録条件仕様（医科用）別表1〜3", "審査支払機関・都道府県・点数表（医科は1）のコードを確かめてください。");
    public static readonly Rule L1574 = Add("L1574", L1, "診療報酬請求書レコード（GO）の総件数が6桁までの数字になっていない。", "受付・事務点検ASPチェック一覧 L1574", "総件数を数字6桁以内で記録してください。");
    public static readonly Rule L1575 = Add("L1575", L1, "診療報酬請求書レコード（GO）の総合計点数が10桁までの数字になっていない。", "受付・事務点検ASPチェック一覧 L1575", "総合計点数を数字10桁以内で記録してください。");
    public static readonly Rule S1031 = Add("S1031", L1, "総件数が、記録されたレセプトの件数（保険者＋公費）と一致しません。", "記録条件仕様（医科用）p23 総件数", "レセプトが欠けていないか確かめ、ファイルを作成し直してください。");
    public static readonly Rule S1032 = Add("S1032", L1, "総合計点数が、記録されたレセプトの合計点数の和と一致しません。", "記録条件仕様（医科用）p23 総合計点数", "レセプトが欠けていないか確かめ、ファイルを作成し直してください。");
    public static readonly Rule S1033 = Add("S1033", L1, "マルチボリューム識別情報がIRとGOで対応していません。", "記録条件仕様（医科用）p5・p23 マルチボリューム識別情報", "1つのファイルだけのときはIRを00・GOを99、分割したときはIRを00から、GOを01から昇順（最後は99）で記録してください。");

    // ── レセプト番号（L1） ──
    public static readonly Rule L1910 = Add("L1910", L1, "レセプト番号が6桁までの数字になっていない。", "受付・事務点検ASPチェック一覧 L1910", "レセプト番号を6桁以内の数字で記録してください。");
    public static readonly Rule L1917 = Add("L1917", L1, "レセプト番号が1から順に続いていない。", "受付・事務点検ASPチェック一覧 L1917", "レセプト番号を1から昇順に付け直してください。");
    public static readonly Rule L1920 = Add("L1920", L1, "受付不能（L2）の指摘が1,000か所に達した。", "受付・事務点検ASPチェック一覧 L1920", "レセプトコンピュータの設定を確かめ、審査支払機関へ連絡してください。");

    // ── レセプトの項目（L2） ──
    public static readonly Rule L2541 = Add("L2541", L2, "必ず記録する項目が空いている。", "受付・事務点検ASPチェック一覧 L2541", "項目を記録してください。");
    public static readonly Rule L2102 = Add("L2102", L2, "診療科名に、別表にない値がある。", "受付・事務点検ASPチェック一覧 L2102", "診療科名を別表10のコード2桁で記録するか、省略してください。");
    public static readonly Rule L2140 = Add("L2140", L2, "負担者種別に、別表にない値又は保険・公費と合わない値がある。", "受付・事務点検ASPチェック一覧 L2140", "負担者種別を別表28のコードで記録してください。");
    public static readonly Rule L2187 = Add("L2187", L2, "公費負担者番号が8桁の数字になっていない。", "受付・事務点検ASPチェック一覧 L2187", "公費負担者番号を数字8桁で記録してください。");
    public static readonly Rule L2361 = Add("L2361", L2, "医薬品コードが9桁の数字になっていない。", "受付・事務点検ASPチェック一覧 L2361", "医薬品コードを医薬品マスターの数字9桁で記録してください。");
    public static readonly Rule S2001 = Add("S2001", L2, "項目のモード（数字・英数・漢字）に合わない値が記録されています。", "記録条件仕様（医科用）p3 モード", "項目のモードに合う文字だけで記録してください。半角と全角は1つの項目で混在できません。");
    public static readonly Rule S2002 = Add("S2002", L2, "項目の最大バイトを超えています。", "記録条件仕様（医科用）p3 最大バイト", "最大バイト以内で記録してください（全角1文字は2バイト）。");
    public static readonly Rule S2003 = Add("S2003", L2, "固定長の項目のけた数が異なります。", "記録条件仕様（医科用）p3 固定", "定められたけた数ちょうどで記録してください。");
    public static readonly Rule S2004 = Add("S2004", L2, "コード表にない値が記録されています。", "記録条件仕様（医科用）別表", "診療年月に有効な別表のコードで記録してください。");
    public static readonly Rule S2005 = Add("S2005", L2, "正しい暦年月日（暦年月）ではありません。", "記録条件仕様（医科用）p4 年月日", "西暦（YYYYMMDD・YYYYMM）の実在する日で記録してください。");
    public static readonly Rule S2006 = Add("S2006", L2, "文字として読めないデータ、制御文字又は引用符が記録されています。", "記録条件仕様（医科用）p4 使用文字", "シフトJIS（JIS X 0208）の文字で記録してください。引用符（\"）は使用できません。");
    public static readonly Rule S2007 = Add("S2007", L2, "定められた項目より後ろに値が記録されています。", "記録条件仕様（医科用）p4 項目の省略", "項目の数（カンマの数）を確かめてください。値にカンマは使用できません。");

    // ── レセプトの構成（L2） ──
    public static readonly Rule S2011 = Add("S2011", L2, "レコードの順序が誤っています。", "記録条件仕様（医科用）p1〜3 レコードの記録順", "RE・HO・KO・SN・JD・MF・GR・SY・摘要（SI・IY・TO・CO）・SJの順に記録してください。");
    public static readonly Rule S2012 = Add("S2012", L2, "1件のレセプトに保険者レコード（HO）が2件以上記録されています。", "記録条件仕様（医科用）p2", "保険者レコードは1件だけ記録してください。");
    public static readonly Rule S2013 = Add("S2013", L2, "記録条件仕様にないレコードです。", "記録条件仕様（医科用）p1〜3", "レコード識別情報を確かめ、不要な行は削除してください。");
    public static readonly Rule S2014 = Add("S2014", L2, "診療行為・医薬品・特定器材（SI・IY・TO）が1件も記録されていません。", "記録条件仕様（医科用）p1〜3", "摘要情報を1件以上記録してください。");
    public static readonly Rule S2015 = Add("S2015", L2, "診療識別を省略した摘要レコードが98レコードを超えて続いています。", "記録条件仕様（医科用）p14 診療識別", "98レコード以内ごとに診療識別を記録してください。");

    // ── 要確認（L4） ──
    // A claim without any SY certainly has none that can be claimed. No published number says that SY is missing, so this is as grave as it gets.
    public static readonly Rule L4222 = Add("L4222", L4, "傷病名が1件も記録されていない。", "受付・事務点検ASPチェック一覧 L4222", "傷病名レコード（SY）を記録してください。");
    public static readonly Rule S4001 = Add("S4001", L4, "受給者番号が7桁に足りません。", "記録条件仕様（医科用）p11 受給者番号", "7桁に満たない番号は先頭に0を付けて7桁で記録してください。けたが欠けていないか受給者証で確かめてください。");
    public static readonly Rule S4011 = Add("S4011", L4, "請求年月が受付年月から離れている。", "記録条件仕様（医科用）p5 請求年月", "請求年月を確かめてください。診療月の翌月（月遅れ・返戻の再請求では請求する月）を記録します。");

    // ── 連絡（L48）: 読み替えて受け付ける ──
    public static readonly Rule L4834 = Add("L4834", L48, "カタカナ（氏名）が決められた形になっていない（正常分として受付）。", "受付・事務点検ASPチェック一覧 L4834", "氏名のカタカナは全角40文字以内で記録してください。");
    public static readonly Rule L4835 = Add("L4835", L48, "対象の診療月より前のレセプトに資格確認用のレコードがある（読み飛ばして受付）。", "受付・事務点検ASPチェック一覧 L4835", "令和3年8月診療以前のレセプトには資格確認（SN）・受診日等（JD）・窓口負担額（MF）を記録しないでください。");
    public static readonly Rule L4892 = Add("L4892", L48, "医療機関名称が記録されていないか届出と異なる（届出の名称で受付）。", "受付・事務点検ASPチェック一覧 L4892", "厚生局に届け出た医療機関名称を全角20文字以内で記録してください。");
    public static readonly Rule S4801 = Add("S4801", L48, "改行がCR LFではありませんが、レコードの区切りとして読みました。", "記録条件仕様（医科用）p4 レコード区切り", "最後のレコードを含め、各レコードの終わりにCR LFを記録してください。");
    public static readonly Rule S4802 = Add("S4802", L48, "空の行を読み飛ばしました。", "記録条件仕様（医科用）p4 レコード区切り", "空の行を削除してください。");
    public static readonly Rule S4803 = Add("S4803", L48, "使用できない文字（外字・機種依存文字）があり、全角の「？」に置き換えて受け付けました。", "記録条件仕様（医科用）p4 使用文字（JIS X 0208-1983 附属書1）", "JIS第1・第2水準の文字に置き換えてください（例: 髙→高、﨑→崎）。");
    public static readonly Rule S4804 = Add("S4804", L48, "記録を省略する項目に値がありましたが、ないものとして受け付けました。", "記録条件仕様（医科用）p5〜23 予備", "予備の項目と審査支払機関が記録する項目は省略してください。");
    public static readonly Rule S4805 = Add("S4805", L48, "項目の数（カンマの数）が記録条件仕様と異なりますが、補って受け付けました。", "記録条件仕様（医科用）p4 項目の省略", "値を省略するときも最後の項目までカンマを記録してください。");
    public static readonly Rule S4806 = Add("S4806", L48, "数値の不要な0を除いて受け付けました。", "記録条件仕様（医科用）p3 数字モード（可変）", "先頭の0、小数の末尾の0は記録しないでください（001→1、1.0→1）。");
    public static readonly Rule S4807 = Add("S4807", L48, "末尾の空白を除いて受け付けました。", "記録条件仕様（医科用）p3 可変", "有効な文字だけを記録してください。");
    public static readonly Rule S4808 = Add("S4808", L48, "途中のボリュームに総件数又は総合計点数が記録されています。", "記録条件仕様（医科用）p23", "総件数と総合計点数は最後のボリュームだけに記録してください。");
    public static readonly Rule S4821 = Add("S4821", L48, "保険者番号の検証番号が合いません。", "保険者番号等の設定について（検証番号）", "資格確認書等の保険者番号と照らし合わせてください。");
    public static readonly Rule S4822 = Add("S4822", L48, "公費負担者番号の検証番号が合いません。", "保険者番号等の設定について（検証番号）", "受給者証の負担者番号と照らし合わせてください。");
    public static readonly Rule S4823 = Add("S4823", L48, "受給者番号の検証番号が合いません。", "保険者番号等の設定について（検証番号）", "受給者証の受給者番号と照らし合わせてください。");
    public static readonly Rule S4824 = Add("S4824", L48, "医療機関コードの検証番号が合いません。", "医療機関コード（都道府県・点数表を含む10桁）の検証番号", "厚生局から通知された医療機関コードと照らし合わせてください。");

    /// <summary>In the order above.</summary>
    public static IReadOnlyList<Rule> All => Listed;

    private static Rule Add(string number, Severity severity, string title, string clause, string remedy)
    {
        var rule = new Rule(number, severity, title, clause, remedy);
        Listed.Add(rule);
        return rule;
    }
}
