using Sekisho.Wire;

namespace Sekisho.Web;

/// <summary>Refusals of the pages themselves; everything else is refused by the contracts behind them.</summary>
internal static class Refusals
{
    public static readonly Refusal SignInIncomplete = new(
        "WE-0101", RefusalKind.Invalid, "利用者IDまたはパスワードが入力されていません。", "両方を入力してください。");

    public static readonly Refusal PasswordsDiffer = new(
        "WE-0102", RefusalKind.Invalid, "新しいパスワードと確認の入力が一致していません。", "同じものを2回入力してください。");

    public static readonly Refusal NothingTyped = new(
        "WE-0103", RefusalKind.Invalid, "入力されていない項目があります。", "必須の項目をすべて入力してください。");

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

    public static readonly Refusal OperatorsOnly = new(
        "WE-0601", RefusalKind.Forbidden, "開封するかどうかを決められるのは、サイトの運用者だけです。", "センターに連絡してください。");

    public static readonly Refusal NoSuchMonth = new(
        "WE-0401", RefusalKind.NotFound, "この請求年月はありません。", "受付状況の画面で請求年月を選び直してください。");

    public static readonly Refusal NothingChosen = new(
        "WE-0402", RefusalKind.Invalid, "保留するレセプトが選ばれていません。", "一覧で1件以上を選んでから、もう一度操作してください。");

    public static readonly Refusal NothingToDo = new(
        "WE-0403", RefusalKind.Conflict, "対象になる受付がありません。", "受付の状態を確認してください。決定できるのは、すべてのレセプトを請求どおりか保留にした受付です。");

    public static readonly Refusal NoSuchCheck = new(
        "WE-0501", RefusalKind.NotFound, "この番号の点検はありません。", "点検の一覧（/help/checks）から選び直してください。");

    public static readonly Refusal NoSuchColleague = new(
        "WE-0602", RefusalKind.NotFound, "この職員は見つかりません。", "職員と役割（/people）から選び直してください。");

    public static readonly Refusal RequestMissing = new(
        "WE-0701", RefusalKind.Invalid, "CSRのファイルを選んでいないか、大きすぎます。", "PKCS#10 の CSR（PEM または DER、16 KBまで）を選んでください。");

    public static readonly Refusal MayNotPublish = new(
        "WE-0702", RefusalKind.Forbidden, "利用規約を公開する権限がありません。", "センターまたは審査支払機関のシステム管理者が行います。");

    public static readonly Refusal SearchUnreadable = new(
        "WE-0651", RefusalKind.Invalid, "検索の条件を読み取れません。", "期間は日付で、組織・事象・操作した人は一覧から選び直してください。");

    public static readonly Refusal FormUnreadable = new(
        "WE-0811", RefusalKind.Invalid, "入力を読み取れません。", "生年月日は日付で、診療年月は 2026-10 の形で入力してください。");
    public static readonly Refusal NoCsv = new(
        "WE-0801", RefusalKind.Invalid, "CSVのファイルが選ばれていません。", "取り込むCSVのファイルを選んでから、もう一度行ってください。");

    public static readonly Refusal NoAppText = new(
        "WE-0804", RefusalKind.Invalid, "マイナ資格確認アプリの文字として読めません。", "アプリが共有した文字をそのまま（「保険者番号：」「番号：」「生年月日：」の行も）貼り付けるか、券面の項目を入力してください。");

    public static readonly Refusal NotADay = new("WE-0802", RefusalKind.Invalid, "日付として読めません。", "1980-01-02、19800102、S55.1.2、昭和55年1月2日 のどれかの形で入力してください。");

    public static readonly Refusal NoPrinter = new(
        "WE-0901", RefusalKind.Unavailable, "このサイトではPDFを作れません。", "画面をブラウザーで印刷してください。PDFが必要なときは、サイトの運用者に chromium の設置（Papers:Chromium）を依頼してください。");

    public static readonly Refusal PrintingTooSlow = new(
        "WE-0902", RefusalKind.Unavailable, "PDFの作成が時間内に終わりませんでした。", "少し待って、もう一度操作してください。続くときは、画面をブラウザーで印刷してください。");

    public static readonly Refusal NotPrinted = new(
        "WE-0903", RefusalKind.Unavailable, "PDFを作れませんでした。", "画面をブラウザーで印刷し、サイトの運用者に知らせてください（admin health の「紙の印刷」）。");

    public static readonly Refusal NoPackage = new(
        "WE-0911", RefusalKind.Invalid, "健診のファイルが選ばれていないか、空（0バイト）です。", "健診機関・代行機関から届いた ZIP を選んでから、もう一度送ってください。");

    public static readonly Refusal NoSuchWithdrawal = new(
        "WE-0921", RefusalKind.NotFound, "その取下げの依頼はありません。", "取下げの依頼の一覧から選び直してください。");

    public static readonly Refusal NothingDecided = new(
        "WE-0922", RefusalKind.Invalid, "認めるか、認めないかが選ばれていません。", "どちらかを選んでから、もう一度決定してください。");
}
