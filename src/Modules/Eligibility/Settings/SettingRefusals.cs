using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What 医療機関環境設定情報 refuses.</summary>
internal static partial class Refusals
{
    public static readonly Refusal NotUsedHere = new(
        "EL-0315",
        RefusalKind.Forbidden,
        "この医療機関・薬局では利用しない設定です。",
        "利用するときは、自組織のシステム管理者が「医療機関の設定」（/eligibility/settings）で「利用する」にしてください。レセコン・電子カルテからは、環境設定情報の更新（OQSsiupd01）で変えられます。");

    public static readonly Refusal MayNotChangeSettings = new(
        "EL-0316", RefusalKind.Forbidden, "医療機関環境設定情報を変える権限がありません。", "自組織のシステム管理者に依頼してください。");

    public static readonly Refusal NoSuchSetting = new(
        "EL-0318", RefusalKind.Invalid, "電子処方箋の設定の値がコード表にありません。", "prescription は OQSCD038（0〜3）、timing は OQSCD039（1・2）の値にしてください。");

    /// <summary>EL-0315, naming what is not used.</summary>
    public static Refusal NotUsed(IEnumerable<ConsentKind> kinds) => NotUsedHere with { Text = $"{Names(kinds)}は、{NotUsedHere.Text}" };

    /// <summary>The kinds as people read them.</summary>
    public static string Names(IEnumerable<ConsentKind> kinds) => string.Join('・', kinds.Select(kind => kind switch
    {
        ConsentKind.Limits => "限度額",
        ConsentKind.Diseases => "特定疾病",
        ConsentKind.Medicines => "薬剤情報",
        ConsentKind.Diagnoses => "診療情報",
        ConsentKind.Operations => "手術情報",
        _ => "特定健診情報",
    }));
}
