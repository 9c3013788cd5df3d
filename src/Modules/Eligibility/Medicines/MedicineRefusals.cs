using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What the view of 薬剤・診療情報 refuses.</summary>
internal static partial class Refusals
{
    public static readonly Refusal MayNotView = new(
        "EL-0501",
        RefusalKind.Forbidden,
        "薬剤情報・診療情報を見る権限がありません。",
        "「医療情報閲覧」の役割のある医師・歯科医師・薬剤師・看護師等が見てください。役割の登録は、自組織のシステム管理者に依頼してください。");

    public static readonly Refusal BadMonths = new(
        "EL-0502", RefusalKind.Invalid, "期間の始まりと終わりが逆か、3年より前です。", "診療年月（YYYYMM）を、今月までの3年間の中で指定してください。");

    public static readonly Refusal NotConsented = new(
        "EL-0503",
        RefusalKind.Forbidden,
        "薬剤情報・診療情報の閲覧への本人の同意がないか、有効期限が切れています。",
        "カードリーダーで、本人に薬剤情報・診療情報の提供への同意を確かめてください。");

    public static readonly Refusal NoPaper = new(
        "EL-0504", RefusalKind.Conflict, "このセンターではPDFを作れません。", "XML（FileCategory 2）で要求するか、画面（薬剤・診療情報）で見てください。");
}
