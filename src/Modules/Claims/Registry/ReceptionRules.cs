using Sekisho.Formats.Claims;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>What only reception can know: who sends, for whom, when. Numbers R1xxx reject the file, R2xxx the claim, R48xx are 連絡; L1912 is the published one.</summary>
internal static class ReceptionRules
{
    private const string Claimant = "請求省令 届出 (別添1・別添7)";
    private const string Schedule = "オンライン請求の受付日程";

    public static readonly Rule UnknownInstitution = new(
        "L1912", Severity.L1, "医療機関情報レコードの医療機関コードがシステムに登録されていません。", "受付・事務点検ASPに係るチェック一覧", "医療機関コードを確認し、届出が済んでいない場合は届け出てから送信してください。");

    public static readonly Rule NotTheSenders = new(
        "R1001", Severity.L1, "送信者の届出にない医療機関コードです。", Claimant, "自組織の医療機関コードで作成したファイルか確認してください。代行する場合は事務代行者の届出が必要です。");

    public static readonly Rule PayerNotNotified = new(
        "R1002", Severity.L1, "この審査支払機関への請求の届出がありません。", Claimant, "審査支払機関の記録を確認し、正しければ届け出てから送信してください。");

    public static readonly Rule OutsideNotification = new(
        "R1003", Severity.L1, "請求年月が届出の期間に入っていません。", Claimant, "届出の開始年月・終了年月を確認してください。");

    public static readonly Rule NotTheBillingMonth = new(
        "R1004", Severity.L1, "請求年月がいま請求できる年月ではありません。", Schedule, "請求年月を受付中の年月にして作成し直してください。");

    public static readonly Rule OtherRecipient = new(
        "R1005", Severity.L1, "宛先がファイルの審査支払機関と違います。", Claimant, "ファイルに記録した審査支払機関を宛先にして送信し直してください。");

    public static readonly Rule OtherTable = new(
        "R1006", Severity.L1, "点数表が届出と違います。", Claimant, "届け出た点数表のファイルか確認してください。");

    public static readonly Rule SameBytes = new(
        "R1007", Severity.L1, "同じ内容のファイルを既に受け付けています。", Schedule, "先の受付を確認してください。やり直す場合は先の受付を取り消してから送信してください。");

    public static readonly Rule OutsideAgency = new(
        "R1008", Severity.L1, "請求年月が事務代行者の届出の期間に入っていません。", Claimant, "事務代行者の届出の期間を確認してください。");

    public static readonly Rule ReceivedOutsideWindows = new(
        "R1009", Severity.L1, "受付期間の外に受領しました。", Schedule, "次の送信期間に送信してください。");

    public static readonly Rule NothingToCorrect = new(
        "R1010", Severity.L1, "訂正が必要なレセプトのない請求です。", Schedule, "訂正期間に送信できるのは、10日までに送信して訂正が必要となったレセプトだけです。翌月に請求してください。");

    public static readonly Rule NoClaimant = new(
        "R1011", Severity.L1, "医療機関情報レコードから請求者を確認できません。", Claimant, "医療機関情報レコードを正しく記録して送信し直してください。");

    public static readonly Rule NotACorrection = new(
        "R2001", Severity.L2, "訂正が必要なレセプトではありません。", Schedule, "訂正期間に再送できるのは、訂正が必要なレセプトだけです。翌月に請求してください。");

    public static readonly Rule OtherName = new(
        "R4801", Severity.L48, "医療機関名称が届出の名称と違います。", Claimant, "届出の名称で受け付けました。次回から届出の名称を記録してください。");

    /// <summary>Every rule of the module.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        UnknownInstitution, NotTheSenders, PayerNotNotified, OutsideNotification, NotTheBillingMonth, OtherRecipient, OtherTable, SameBytes,
        OutsideAgency, ReceivedOutsideWindows, NothingToCorrect, NoClaimant, NotACorrection, OtherName,
    ];
}
