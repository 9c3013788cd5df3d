using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>Where the reason of a loss sends the desk.</summary>
internal enum LossRoute
{
    /// <summary>その他: nothing is known about what came after.</summary>
    Unknown,

    /// <summary>死亡: whoever stands at the desk is somebody else, or the insurer is wrong.</summary>
    Death,

    /// <summary>生活保護受給開始: the 福祉事務所 pays.</summary>
    PublicAid,

    /// <summary>75歳到達: 後期高齢者医療 began by itself on the birthday.</summary>
    ElderlyCare,

    /// <summary>医療保険等の資格取得: another insurer, which may not have registered it yet.</summary>
    OtherInsurance,
}

/// <summary>What an answer says to the desk. 該当資格なし has one wording for everything it may mean.</summary>
internal static class Wording
{
    private const int ElderlyAge = 75;

    public static (string Text, string Advice) Of(Validity validity, Coverage? coverage, DateOnly on) => validity switch
    {
        Validity.Valid => ("有効", "登録してある保険と比べ、変わったところを確かめてから更新してください。"),
        Validity.Invalid when coverage is { } c && on < c.Acquired => (
            "無効（資格取得日より前）", "この資格は資格確認日にはまだ始まっていません。資格確認日に加入していた保険を確かめてください。"),
        Validity.Invalid => ("無効（資格喪失）", After(coverage) ?? "資格を失っています。いま加入している保険の資格確認書かマイナンバーカードで確かめてください。"),
        Validity.Replaced => ("無効（新しい資格あり）", Replaced(coverage) ?? "ほかに有効な資格があります。新しい資格確認書かマイナンバーカードで確かめてください。"),
        Validity.Several => ("複数該当", "同じ記号・番号・生年月日の人が複数います。枝番を入力するか、マイナンバーカードで確かめてください。"),
        Validity.ValidWithoutTicket => ("有効（未登録）", "この医療機関・薬局の医療券・調剤券が登録されていません。福祉事務所に連絡してください。"),
        _ => ("該当資格なし", "入力を確かめてください。正しければ、登録されるまで時間がかかることがあります。ほかの方法で確かめられないときは、被保険者資格申立書を受け取ってください。"),
    };

    /// <summary>喪失事由, and the birthday that decides over it: insurers report 75歳到達 as 医療保険等の資格取得 or その他.</summary>
    public static LossRoute Route(Coverage? coverage) => coverage is not { Lost: { } lost } c ? LossRoute.Unknown : OqsCodes.Find<ReasonOfLoss>(c.LossReason) switch
    {
        ReasonOfLoss.死亡 => LossRoute.Death,
        ReasonOfLoss.生活保護受給開始 => LossRoute.PublicAid,
        _ when lost == c.Birth.AddYears(ElderlyAge) => LossRoute.ElderlyCare,
        ReasonOfLoss.医療保険等の資格取得 => LossRoute.OtherInsurance,
        _ => LossRoute.Unknown,
    };

    private static string? After(Coverage? coverage) => Route(coverage) switch
    {
        LossRoute.Death => "死亡による喪失と登録されています。別の人の記号・番号・枝番で照会していないか確かめてください。本人に間違いなければ、保険者に登録の誤りを知らせてください。",
        LossRoute.PublicAid => "生活保護の受給が始まり、資格を失っています。公費負担者番号と受給者番号で照会し直してください。分からないときは、福祉事務所に医療券・調剤券を確かめてください。",
        LossRoute.ElderlyCare => "75歳の誕生日に後期高齢者医療へ移っています。後期高齢者医療の資格確認書かマイナンバーカードで確かめてください（番号8けた、記号・枝番なし）。",
        LossRoute.OtherInsurance => "ほかの医療保険へ移り、資格を失っています。新しい保険の資格確認書かマイナンバーカードで確かめてください。新しい保険の登録がまだのこともあり、確かめられないときは被保険者資格申立書を受け取ってください。",
        _ => null,
    };

    /// <summary>Another coverage is registered: that it may come late is no more to be said.</summary>
    private static string? Replaced(Coverage? coverage) => Route(coverage) is LossRoute.OtherInsurance ? null : After(coverage);
}
