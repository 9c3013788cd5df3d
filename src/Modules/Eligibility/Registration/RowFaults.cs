using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>What can be said of a row that an insurer registers: permanent codes; the report adds line and field.</summary>
internal static class RowFaults
{
    public static readonly Refusal Missing = new("EL-0201", RefusalKind.Invalid, "記録がありません。", "必ず記録する項目です。記録してください。");

    public static readonly Refusal TooLong = new("EL-0202", RefusalKind.Invalid, "長すぎます。", "項目の説明にある文字数までで記録してください。");

    public static readonly Refusal NotInList = new("EL-0203", RefusalKind.Invalid, "コードの一覧にない値です。", "項目の説明にあるコードで記録してください。");

    public static readonly Refusal NotADay = new("EL-0204", RefusalKind.Invalid, "日付として読めません。", "西暦の YYYYMMDD か YYYY-MM-DD で記録してください。");

    public static readonly Refusal BadInsurer = new("EL-0205", RefusalKind.Invalid, "保険者番号ではありません。", "6桁または8桁の数字で記録してください。");

    public static readonly Refusal OtherInsurer = new(
        "EL-0206", RefusalKind.Invalid, "自組織の保険者番号（医療扶助は公費負担者番号）ではありません。", "自組織の番号を記録してください。番号が増えたときは、組織の登録の変更をセンターに依頼してください。");

    public static readonly Refusal NoSymbolHere = new(
        "EL-0207", RefusalKind.Invalid, "後期高齢者医療と医療扶助には記号と枝番がありません。", "記号と枝番を空にしてください。");

    public static readonly Refusal DaysReversed = new("EL-0208", RefusalKind.Invalid, "日付の前後が逆です。", "始まりと終わりの日付を確かめてください。");

    public static readonly Refusal BirthAhead = new("EL-0209", RefusalKind.Invalid, "生年月日が先の日付か、資格取得年月日より後です。", "生年月日と資格取得年月日を確かめてください。");

    public static readonly Refusal LossHalf = new(
        "EL-0210", RefusalKind.Invalid, "資格喪失年月日と資格喪失事由の片方だけがあります。", "両方を記録するか、両方を空にしてください。");

    public static readonly Refusal BadForm = new("EL-0211", RefusalKind.Invalid, "書き方が違います。", "項目の説明にある形で記録してください。");

    public static readonly Refusal Unknown = new(
        "EL-0212", RefusalKind.Invalid, "取り消す登録が見つかりません。", "登録IDを確かめてください。既に取り消されているときは、何もする必要はありません。");

    public static readonly Refusal SameBranch = new(
        "EL-0213", RefusalKind.Invalid, "同じ記号・番号・枝番（後期高齢者医療では番号）・生年月日の、別の加入者番号の人が登録されています（二重の登録か、枝番の誤り）。",
        "同じ人なら加入者番号をそろえ、別の人なら枝番を訂正してください。");

    public static readonly Refusal BranchOfAnother = new(
        "EL-0214", RefusalKind.Invalid, "同じ記号・番号・枝番（後期高齢者医療では番号）が、生年月日の違う別の人に登録されています（枝番の誤りの疑い）。",
        "登録はしました。どちらの枝番が正しいかを確かめ、誤っている方を訂正してください。");

    public static readonly Refusal Twins = new(
        "EL-0215", RefusalKind.Invalid, "同じ記号・番号・生年月日の人がほかにもいて、枝番のない登録があります（双子など）。",
        "登録はしました。窓口の照会が複数該当になるため、全員に枝番を付けて訂正してください。");

    public static readonly Refusal Overlap = new(
        "EL-0216", RefusalKind.Invalid, "同じ人の別の資格と期間が重なっています。", "登録はしました。前の資格の喪失年月日を登録するか、誤っている方を訂正または取り消してください。");

    public static readonly Refusal Twice = new(
        "EL-0220", RefusalKind.Invalid, "氏名・カナ・生年月日・性別が同じ人が、別の加入者番号で同じ期間に登録されています（二重登録の疑い）。",
        "登録はしました。同じ人なら、加入者番号をそろえて訂正するか、誤っている方を取り消してください。別の人なら、そのままでかまいません。");

    public static readonly Refusal Late = new(
        "EL-0217", RefusalKind.Invalid, "取得届出日から5日を過ぎて登録されています。", "登録はしました。届出から登録までの事務を確かめてください。");

    public static readonly Refusal StillStopped = new(
        "EL-0218", RefusalKind.Invalid, "この資格は閲覧停止のままです。", "登録はしました。氏名・カナ・生年月日・性別・住所のうち、住民票と違うところを訂正してください。");

    public static readonly Refusal Masked = new(
        "EL-0714", RefusalKind.Invalid, "氏名・カナ・世帯主・住所に、収載できない文字の「●」があります。", "登録はしました。窓口の控えやレセプトと一致しないことがあります。登録できる文字があれば訂正してください。");

    public static readonly Refusal Unreadable = new("EL-0219", RefusalKind.Invalid, "行を読めません。", "見出しの行と列の数、引用符、文字コードを確かめてください。");
}
