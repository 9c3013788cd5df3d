using static Sekisho.Formats.Claims.Checks.Needs;
using static Sekisho.Formats.Claims.Severity;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Every office check, in the order the office applies them. Read this list as the specification.</summary>
internal static partial class OfficeChecks
{
    /// <summary>医科.</summary>
    public static readonly OfficeCheck[] 医科 = [.. 公表番号(), .. 独自番号()];

    /// <summary>Checks with a number of the published list.</summary>
    private static OfficeCheck[] 公表番号() =>
    [
        //  番号     結果  題名                                                                          根拠                                  適用    必要  判定                           対処
        new("L2900", L2,  "レセプト種別が示す保険・公費の組合せと、記録されたHO・KOが合わない。",               "受付・事務点検ASPチェック一覧 L2900", 201204, なし, 種別.保険と公費の組合せが違う,  "レセプト種別と、保険者レコード（HO）・公費レコード（KO）の件数を合わせてください。"),
        new("L2951", L2,  "診療年月が実在する年月になっていない。",                 "受付・事務点検ASPチェック一覧 L2951", 201204, なし, 期間.診療年月が暦年月でない,    "診療年月を西暦年月6桁（YYYYMM）で記録してください。"),
        new("L2133", L2,  "生年月日が実在する年月日になっていない。",                                     "受付・事務点検ASPチェック一覧 L2133", 201204, なし, 期間.生年月日が暦年月日でない,  "生年月日を西暦年月日8桁（YYYYMMDD）で記録してください。"),
        new("L2162", L2,  "被保険者証等の番号が空いている。",                                 "受付・事務点検ASPチェック一覧 L2162", 201204, なし, 保険者.番号がない,              "資格確認書等の番号を記録してください。"),
        new("L2167", L2,  "保険者番号が8桁（6桁は先頭に空白2つ）の数字になっていない。",                                             "受付・事務点検ASPチェック一覧 L2167", 201204, なし, 保険者.保険者番号の形が違う,    "保険者番号を数字8桁で記録してください（6桁の番号は先頭に空白2つ）。"),
        new("L2257", L2,  "傷病名コードが7桁の数字になっていない。",                        "受付・事務点検ASPチェック一覧 L2257", 201204, なし, 傷病名.コードが数字7桁でない,   "傷病名マスターのコード7桁（未コード化は0000999）で記録してください。"),
        new("L3001", L3,  "患者の氏名が空いている。",                                               "受付・事務点検ASPチェック一覧 L3001", 201204, なし, 氏名.空白,                      "患者の氏名を記録してください。"),
        new("L3129", L3,  "未就学者のレセプトだが、生年月日から見て就学後の年齢である。",                                               "受付・事務点検ASPチェック一覧 L3129", 201204, なし, 種別.未就学者の年齢を過ぎている, "生年月日とレセプト種別を確かめてください（未就学者は6歳に達する日以後の最初の3月31日まで）。"),
        new("L3220", L3,  "主傷病に、決められたコード以外の値がある。",                               "受付・事務点検ASPチェック一覧 L3220", 201204, なし, 傷病名.主傷病コードが違う,      "主傷病は「01」を記録し、それ以外の傷病名では省略してください。"),
        new("L4800", L48, "西暦で記録する年月・年月日が和暦で記録されている（西暦に直して受付）。",                         "受付・事務点検ASPチェック一覧 L4800", 201204, なし, 期間.和暦で記録,                "今後は西暦（YYYYMM・YYYYMMDD）で記録してください。"),
    ];

    /// <summary>The entry of that number.</summary>
    public static OfficeCheck Of(string number) => Array.Find(医科, c => c.Rule.Number == number) ?? throw new ArgumentException($"点検 {number} はありません。", nameof(number));
}
