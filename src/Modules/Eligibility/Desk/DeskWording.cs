using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>What an answer means at one look, and what to say to the patient. What the desk does next is in the answer itself.</summary>
internal static class DeskWording
{
    public static DeskLight Light(Validity validity) => validity switch
    {
        Validity.Valid => DeskLight.Green,
        Validity.Invalid or Validity.Replaced => DeskLight.Red,
        _ => DeskLight.Amber,
    };

    public static string Say(InquiryAnswer answer) => answer.Validity switch
    {
        Validity.Valid => "保険の確認ができました。",
        Validity.Invalid when answer.Coverage is { } c && answer.On < c.Acquired => "この保険は、この日にはまだ始まっていません。前の保険の資格確認書をお持ちですか。",
        Validity.Invalid or Validity.Replaced when After(answer.Coverage) is { } said => said,
        Validity.Invalid => "この保険は終わっています。新しい資格確認書か、マイナンバーカードをお持ちですか。",
        Validity.Replaced => "保険が新しくなっています。新しい資格確認書か、マイナンバーカードをお見せください。",
        Validity.Several => "同じ記号・番号の方がいらっしゃいます。カードにある2けたの枝番を教えてください。",
        Validity.ValidWithoutTicket => "福祉事務所に医療券の確認をします。少しお待ちください。",
        _ => "保険の登録がまだ確認できません。資格確認書、資格情報のお知らせ、マイナポータルの画面のどれかをお見せください。",
    };

    /// <summary>Said where others hear it: neither 死亡 nor 生活保護 is spoken out.</summary>
    private static string? After(Coverage? coverage) => Wording.Route(coverage) switch
    {
        LossRoute.Death => "保険の登録を確かめています。資格確認書か、マイナンバーカードをお見せください。",
        LossRoute.PublicAid => "この保険は終わっています。役所から受け取った新しい書類か、マイナンバーカードをお持ちですか。",
        LossRoute.ElderlyCare => "75歳のお誕生日から、後期高齢者医療になっています。新しい資格確認書か、マイナンバーカードをお見せください。",
        _ => null,
    };
}
