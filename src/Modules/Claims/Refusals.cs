using Sekisho.Wire;

namespace Sekisho.Modules.Claims;

/// <summary>Every expected "no" of the module.</summary>
internal static class Refusals
{
    public static readonly Refusal NoReception = new(
        "CL-0101", RefusalKind.NotFound, "その受付はありません。", "受付番号を確認してください。自組織の受付だけが表示されます。");

    public static readonly Refusal NoClaim = new(
        "CL-0102", RefusalKind.NotFound, "そのレセプトは受付の中にありません。", "受付結果の一覧から選び直してください。");

    public static readonly Refusal NoInstitution = new(
        "CL-0103", RefusalKind.NotFound, "その医療機関コードの届出はありません。", "10桁の医療機関コードを確認してください。");

    public static readonly Refusal WrongState = new(
        "CL-0201", RefusalKind.Conflict, "この受付の状態では行えません。", "受付の状態を確認してください。");

    public static readonly Refusal WrongTime = new(
        "CL-0202", RefusalKind.Conflict, "いまの期間には行えません。", "受付日程を確認してください。");

    public static readonly Refusal ChangedMeanwhile = new(
        "CL-0203", RefusalKind.Conflict, "ほかの操作で受付の状態が変わりました。", "表示し直してから、もう一度行ってください。");

    public static readonly Refusal NotPermitted = new(
        "CL-0204", RefusalKind.Forbidden, "この操作の権限がありません。", "所属組織の種別と役割を確認してください。必要な場合はシステム管理者に依頼してください。");

    public static readonly Refusal NotYetClosable = new(
        "CL-0301", RefusalKind.Conflict, "まだ締切はできません。", "訂正期間が終わってから締め切ってください。");

    public static readonly Refusal StillChecking = new(
        "CL-0302", RefusalKind.Unavailable, "点検または自動確定の終わっていない受付があります。", "数分待ってから、もう一度締め切ってください。");

    public static readonly Refusal NothingToReview = new(
        "CL-0303", RefusalKind.Conflict, "審査できるレセプトがありません。", "締切の済んだ受付、または保留のレセプトのある受付を選んでください。");

    public static readonly Refusal NoSuchOrdinals = new(
        "CL-0304", RefusalKind.Invalid, "審査の対象でないレセプトが指定されています。", "受付・請求確定されたレセプトの番号を指定してください。");

    public static readonly Refusal BadMonth = new(
        "CL-0305", RefusalKind.Invalid, "年月の書き方が違います。", "YYYYMM の6桁で指定してください（例 202111）。");

    public static readonly Refusal OutsideWindows = new(
        "CL-0401", RefusalKind.Conflict, "いまは請求の受付時間外です。", "受付時間内に送信してください。");

    public static readonly Refusal CorrectionsOnly = new(
        "CL-0402", RefusalKind.Conflict, "訂正期間に送信できるのは、訂正が必要なレセプトの再送だけです。", "訂正が必要なレセプトがありません。翌月の送信期間に送信してください。");

    public static readonly Refusal NoHandOver = new(
        "CL-0403", RefusalKind.Forbidden, "この審査支払機関では画面からの請求の持込みを受け付けていません。", "端末の証明書を使い、sekisho send などで電子署名を付けて送信してください。");

    public static readonly Refusal PreviewTooLarge = new(
        "CL-0501", RefusalKind.TooLarge, "送信前の点検には大きすぎるファイルです。", "手元の端末で sekisho check を使うか、そのまま送信して点検の結果を確かめてください。");

    public static readonly Refusal PreviewTooSlow = new(
        "CL-0502", RefusalKind.Unavailable, "時間内に読み終わらなかったため、送信前の点検をやめました。", "回線を確かめてからやり直すか、手元の端末で sekisho check を使ってください。");

    public static readonly Refusal PreviewBusy = new(
        "CL-0503", RefusalKind.Unavailable, "送信前の点検が混み合っています。", "少し待ってから、もう一度点検してください。送信はいまでもできます。");

    public static readonly Refusal NothingToJudge = new(
        "CL-0601", RefusalKind.Invalid, "判断する指摘が選ばれていません。", "一覧で1件以上を選んでから、もう一度操作してください。");

    public static readonly Refusal NoSuchFinding = new(
        "CL-0602", RefusalKind.NotFound, "その指摘はレセプトにありません。", "一覧を表示し直してから、選び直してください。");

    public static readonly Refusal TooManyToJudge = new(
        "CL-0603", RefusalKind.Invalid, "一度に判断できるのは 500 件までです。", "分けて操作してください。");

    public static readonly Refusal ReasonTooLong = new(
        "CL-0604", RefusalKind.Invalid, "理由が長すぎます。", "200文字以内で記入してください。患者の氏名や番号は書かないでください。");

    public static readonly Refusal NotClosedYet = new(
        "CL-0701", RefusalKind.Conflict, "締切の前のため、取下げを依頼できません。", "受付結果の画面の「取り消す」で、受付ごと取り消してください。");

    public static readonly Refusal AwaitingClosing = new(
        "CL-0702", RefusalKind.Conflict, "請求確定の後、締切の前のため、取下げを依頼できません。", "審査支払機関が締め切ってから依頼してください。");

    public static readonly Refusal NeverClaimed = new(
        "CL-0703", RefusalKind.Conflict, "請求されていないレセプトのため、取り下げるものがありません。", "受付結果の一覧で、レセプトの状態を確かめてください。");

    public static readonly Refusal AlreadyRequested = new(
        "CL-0704", RefusalKind.Conflict, "取下げをすでに依頼しています。", "審査支払機関の決定を待ってください。");

    public static readonly Refusal AlreadyWithdrawn = new(
        "CL-0705", RefusalKind.Conflict, "すでに取り下げられています。", "請求し直すときは、翌月以降の請求に含めて送信してください。");

    public static readonly Refusal WithdrawalReasonMissing = new(
        "CL-0706", RefusalKind.Invalid, "理由がありません。", "4文字以上で記入してください。患者の氏名や番号は書かないでください。");

    public static readonly Refusal NoOpenRequest = new(
        "CL-0707", RefusalKind.Conflict, "決定を待つ取下げの依頼がありません。", "依頼の一覧を表示し直して、状態を確かめてください。");

    public static readonly Refusal NothingToWithdraw = new(
        "CL-0708", RefusalKind.Invalid, "レセプトが指定されていません。", "何件目のレセプトかを、1件から 100 件まで指定してください。");
}
