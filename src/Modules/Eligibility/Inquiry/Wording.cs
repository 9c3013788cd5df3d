using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>What an answer says to the desk. 該当資格なし has one wording for everything it may mean.</summary>
internal static class Wording
{
    public static (string Text, string Advice) Of(Validity validity, Coverage? coverage, DateOnly on) => validity switch
    {
        Validity.Valid => ("有効", "登録してある保険と比べ、変わったところを確かめてから更新してください。"),
        Validity.Invalid when coverage is { } c && on < c.Acquired => (
            "無効（資格取得日より前）", "この資格は資格確認日にはまだ始まっていません。資格確認日に加入していた保険を確かめてください。"),
        Validity.Invalid => ("無効（資格喪失）", "資格を失っています。いま加入している保険の資格確認書かマイナンバーカードで確かめてください。"),
        Validity.Replaced => ("無効（新しい資格あり）", "ほかに有効な資格があります。新しい資格確認書かマイナンバーカードで確かめてください。"),
        Validity.Several => ("複数該当", "同じ記号・番号・生年月日の人が複数います。枝番を入力するか、マイナンバーカードで確かめてください。"),
        Validity.ValidWithoutTicket => ("有効（未登録）", "この医療機関・薬局の医療券・調剤券が登録されていません。福祉事務所に連絡してください。"),
        _ => ("該当資格なし", "入力を確かめてください。正しければ、登録されるまで時間がかかることがあります。ほかの方法で確かめられないときは、被保険者資格申立書を受け取ってください。"),
    };
}
