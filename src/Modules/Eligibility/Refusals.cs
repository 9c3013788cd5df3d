using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What the module refuses. Codes are permanent.</summary>
internal static partial class Refusals
{
    public static readonly Refusal NotAllowed = new(
        "EL-0101", RefusalKind.Forbidden, "資格確認を行う権限がありません。", "医療機関・薬局・訪問看護ステーションの端末か、「一般」または「医療情報閲覧」の役割のある人が照会してください。");

    public static readonly Refusal KeysIncomplete = new(
        "EL-0102", RefusalKind.Invalid, "照会に必要な項目が足りません。", "保険者番号・番号・生年月日（後期高齢者医療のほかは記号も）を券面どおりに入力してください。");

    public static readonly Refusal NoSuchDay = new(
        "EL-0103", RefusalKind.Invalid, "資格確認日が扱える範囲にありません。", "5年前から1年後までの日付を入力してください。");

    public static readonly Refusal BodyTooLong = new(
        "EL-0104", RefusalKind.TooLarge, "照会の本文が上限（16 KiB）を超えています。", "1回に1人の券面の項目だけを送ってください。");

    public static readonly Refusal MayNotRegister = new(
        "EL-0111", RefusalKind.Forbidden, "加入者情報を登録する権限がありません。", "保険者の端末か、「保険者資格担当」の役割のある人が登録してください。");

    public static readonly Refusal BadFileId = new(
        "EL-0112", RefusalKind.Invalid, "ファイルの番号として使えない文字があるか、長すぎます。", "半角の英数字と . _ - だけで、64文字までにしてください。");

    public static readonly Refusal OtherFile = new(
        "EL-0113", RefusalKind.Conflict, "同じファイルの番号で、内容の違うファイルを既に受け付けています。", "新しいファイルの番号で送ってください。登録済みの行は、同じ登録IDなら変更なしになります。");

    public static readonly Refusal BadHeader = new(
        "EL-0114", RefusalKind.Invalid, "見出しの行が違います。", "1行目に項目名を記録してください（docs/protocol/coverage-file.md）。");

    public static readonly Refusal FileBusy = new(
        "EL-0115", RefusalKind.Conflict, "このファイルは別の接続で登録中です。", "その接続が終わってから、もう一度送ってください。続きから登録します。");

    public static readonly Refusal NoFile = new("EL-0116", RefusalKind.NotFound, "このファイルは受け付けていません。", "ファイルの番号を確認してください。");

    public static readonly Refusal UnknownForm = new(
        "EL-0117", RefusalKind.Invalid, "ファイルの種類が分かりません。", "Content-Type に text/csv か application/x-ndjson を指定してください。");

    public static readonly Refusal NobodyFound = new(
        "EL-0121", RefusalKind.NotFound, "該当する資格がありません。", "券面の入力を確かめてください。登録されるまで時間がかかることがあります。");

    public static readonly Refusal SeveralFound = new("EL-0122", RefusalKind.Conflict, "複数の人に当たります。", "枝番を入力してください。");

    public static readonly Refusal ReferenceTooLong = new("EL-0123", RefusalKind.Invalid, "照会番号が長すぎます。", "50文字までで入力してください。");

    public static readonly Refusal MemberIncomplete = new(
        "EL-0124", RefusalKind.Invalid, "誰の情報かが分かる項目が足りません。", "保険者番号・記号・番号・枝番を券面どおりに入力してください（後期高齢者医療は保険者番号と番号）。");

    public static readonly Refusal NotReviewing = new(
        "EL-0125", RefusalKind.Forbidden, "資格の履歴を照会する権限がありません。", "審査支払機関の端末か、「審査職員」の役割のある人が照会してください。");

    public static readonly Refusal BadDays = new("EL-0126", RefusalKind.Invalid, "受診日の数が扱える範囲にありません。", "1日から366日までを指定してください。");

    public static readonly Refusal NotOffice = new(
        "EL-0131", RefusalKind.Forbidden, "本人の紐付けと閲覧停止を扱う権限がありません。", "センターのシステム管理者か情報管理責任者に依頼してください。");

    public static readonly Refusal ReasonMissing = new("EL-0132", RefusalKind.Invalid, "理由が入力されていません。", "理由を4文字以上で記入してください。理由は記録に残ります。");

    public static readonly Refusal NotAPair = new("EL-0133", RefusalKind.NotFound, "この組の登録は見つかりません。", "候補の一覧を開き直してください。訂正・取消で変わっていることがあります。");

    public static readonly Refusal AlreadyDecided = new("EL-0134", RefusalKind.Conflict, "この組は既に判断されています。", "変えるには、前の判断を取り消してください。");

    public static readonly Refusal NoDecision = new("EL-0135", RefusalKind.NotFound, "この判断は見つからないか、既に取り消されています。", "一覧から選び直してください。");
}
