using Sekisho.Wire;

namespace Sekisho.Web;

/// <summary>Refusals of the pages themselves; everything else is refused by the contracts behind them.</summary>
internal static class Refusals
{
    public static readonly Refusal SignInIncomplete = new(
        "WE-0101", RefusalKind.Invalid, "利用者IDまたはパスワードが入力されていません。", "両方を入力してください。");

    public static readonly Refusal NoFile = new(
        "WE-0201", RefusalKind.Invalid, "レセプトのファイルが選ばれていません。", "RECEIPTC.UKE などのファイルを選んでから、もう一度送信してください。");

    public static readonly Refusal EmptyFile = new(
        "WE-0202", RefusalKind.Invalid, "ファイルが空（0バイト）です。", "レセプトコンピューターでファイルを作り直してから、もう一度送信してください。");

    public static readonly Refusal NoPayer = new(
        "WE-0203", RefusalKind.Invalid, "送り先が選ばれていません。", "送り先の審査支払機関を選んでから、もう一度送信してください。");

    public static readonly Refusal BrokenOff = new(
        "WE-0204", RefusalKind.Invalid, "送信が途中で切れました。", "何も受け付けていません。もう一度送信してください。");

    public static readonly Refusal StalePage = new(
        "WE-0205", RefusalKind.Invalid, "画面の有効期限が切れました。", "この画面を開き直してから、もう一度送信してください。");

    public static readonly Refusal NotSentByYou = new(
        "WE-0301", RefusalKind.NotFound, "この送信は見つかりません。", "ホームの「最近の受領確認」から選び直してください。");

    public static readonly Refusal NotDeliveredToYou = new(
        "WE-0302", RefusalKind.NotFound, "この配信は見つかりません。", "受信箱から選び直してください。");

    public static readonly Refusal NoSuchMonth = new(
        "WE-0401", RefusalKind.NotFound, "この請求年月はありません。", "受付状況の画面で請求年月を選び直してください。");

    public static readonly Refusal NothingChosen = new(
        "WE-0402", RefusalKind.Invalid, "保留するレセプトが選ばれていません。", "一覧で1件以上を選んでから、もう一度操作してください。");

    public static readonly Refusal NothingToDo = new(
        "WE-0403", RefusalKind.Conflict, "対象になる受付がありません。", "受付の状態を確認してください。決定できるのは、すべてのレセプトを請求どおりか保留にした受付です。");

    public static readonly Refusal NoSuchCheck = new(
        "WE-0501", RefusalKind.NotFound, "この番号の点検はありません。", "点検の一覧（/help/checks）から選び直してください。");
}
