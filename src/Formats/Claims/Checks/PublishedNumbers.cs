using static Sekisho.Formats.Claims.Checks.PublishedStanding;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>What became of a published number here.</summary>
internal enum PublishedStanding
{
    /// <summary>The file, or the file and official masters, decide it: it is in the list.</summary>
    実装,

    /// <summary>Reception decides it: the file alone cannot.</summary>
    受付で実装,

    /// <summary>Needs what the payers know of the person.</summary>
    資格情報,

    /// <summary>Needs claims of other months or institutions.</summary>
    履歴,

    /// <summary>Needs notifications that are not in the registry here.</summary>
    届出情報,

    /// <summary>Needs a table that is not published, or that is not among 基本マスター as laid out here.</summary>
    表,

    /// <summary>The 医科 record has no item it could be about.</summary>
    項目なし,
}

/// <summary>One published number.</summary>
/// <param name="Number">Number.</param>
/// <param name="Standing">What became of it.</param>
/// <param name="Note">How far, or what is missing.</param>
internal sealed record PublishedNumber(string Number, PublishedStanding Standing, string Note);

/// <summary>Every number of 受付・事務点検ASPチェック一覧 that is known to apply to 医科.</summary>
internal static class PublishedNumbers
{
    public static readonly PublishedNumber[] All =
    [
        new("L1011", 実装, ""),
        new("L1102", 実装, ""),
        new("L1574", 実装, ""),
        new("L1575", 実装, ""),
        new("L1910", 実装, ""),
        new("L1912", 受付で実装, "請求ファイルだけでは分からない。受付が医療機関届出と照らし合わせる。"),
        new("L1917", 実装, ""),
        new("L1920", 実装, ""),
        new("L1929", 実装, ""),
        new("L2000", 項目なし, "レセプト総括区分はDPCの記録条件仕様の項目で、医科のRE・HO・KOには記録する所がない。"),
        new("L2100", 実装, "令和2年4月以後の診療は5年、それより前は3年（公費だけなら5年）を、診療月の翌月1日から数える。再請求（検索番号あり）とコメント820000242があるものは指摘しない。"),
        new("L2102", 実装, ""),
        new("L2133", 実装, ""),
        new("L2140", 実装, "別表28の値か、と、その負担者のHO・KOがあるか。"),
        new("L2162", 実装, ""),
        new("L2167", 実装, ""),
        new("L2187", 実装, ""),
        new("L2257", 実装, ""),
        new("L2361", 実装, ""),
        new("L2541", 実装, ""),
        new("L2900", 実装, ""),
        new("L2951", 実装, "総括と明細の診療年月の一致はDPCだけのことなので見ない。"),
        new("L3001", 実装, ""),
        new("L3006", 実装, "公費のない高齢受給者（平成30年8月診療分から）だけ。公費と併用する場合にどれが対象かは公表されていない。"),
        new("L3080", 実装, "協会けんぽの番号は法別01・保険者別番号001と公表されているので、法別01のほかの番号。"),
        new("L3087", 実装, "法別番号と都道府県番号の形だけ。実在する保険者番号の全部の表は公表されていない。"),
        new("L3089", 実装, "医療保険の法別番号か、ない都道府県番号だけ。地方単独の公費の番号は都道府県ごとで、全部の表は公表されていない。"),
        new("L3102", 届出情報, "開設年月と廃止年月の届出が要る。受付の医療機関届出はオンライン請求の期間だけを持つ。"),
        new("L3129", 実装, ""),
        new("L3140", 実装, "被用者保険の本人だけ。国保の世帯主には年齢の決まりがない。"),
        new("L3204", 実装, "傷病名マスターが、診療年月の全件の版又は前後の全件の版まであるとき。廃止されたコードはS3201。"),
        new("L3220", 実装, ""),
        new("L3303", 実装, "4つのマスターがそれぞれ全件そろう月。廃止されたコードはS3202。病棟コード（19061〜19064）と777770000はマスターに載らない。"),
        new("L3380", 実装, ""),
        new("L3531", 実装, ""),
        new("L3639", 実装, "外来診療料と、病院だけの特定疾患療養管理料。"),
        new("L4222", 実装, "傷病名が1件もないこと（マスターなしで点検）と、全部が保険請求外であること。"),
        new("L4224", 項目なし, "医科の記録条件仕様には区分番号を記録する項目がない。"),
        new("L4252", 実装, ""),
        new("L4421", 実装, ""),
        new("L4428", 届出情報, "施設基準の届出（受理番号）が要る。"),
        new("L4438", 表, "対象の長期収載品の一覧と、薬剤ごとの選択式コメントとの対応が要る。ここにある基本マスターの様式には、その区分がない。"),
        new("L4451", 実装, "診療月に診療を始めた傷病名が1件もない初診料だけ。前の月までの受診は、履歴がなければ分からない。"),
        new("L4454", 実装, ""),
        new("L4478", 表, "令和6年の様式の診療行為マスターの区分が要る。ここにある様式（令和4年）には、その区分がない。"),
        new("L4510", 実装, ""),
        new("L4516", 実装, ""),
        new("L4603", 届出情報, "病院か診療所かは請求ファイルに記録されない。病院だけと診療所だけの診療行為が混ざるものはS4204。"),
        new("L4605", 表, "併算定の背反の表（電子点数表）が要る。基本マスターにはない。"),
        new("L4636", 実装, ""),
        new("L4648", 実装, ""),
        new("L4653", 届出情報, "入院基本料の届出が要る。"),
        new("L4676", 実装, ""),
        new("L4800", 実装, ""),
        new("L4801", 実装, ""),
        new("L4805", 実装, ""),
        new("L4834", 実装, ""),
        new("L4835", 実装, ""),
        new("L4892", 実装, "記録がないことはファイルで、届出の名称と異なることは受付で点検する。"),
        new("L7111", 表, "包括の表（電子点数表）が要る。基本マスターにはない。"),
        new("L7112", 表, "併算定の背反の表（電子点数表）が要る。基本マスターにはない。"),
        new("L7113", 実装, "診療行為マスターの上限回数は期間の単位を持たない。1日で超えればどの単位でも超えるので、それだけ。週・2週・月は算定回数の表（電子点数表）が要る。"),
    ];
}
