using Sekisho.Wire;

namespace Sekisho.Modules.Exchange;

/// <summary>Every expected "no" of this module. Codes are permanent.</summary>
internal static class Refusals
{
    public static readonly Refusal UnknownTransmission = new(
        "EX-0101", RefusalKind.NotFound, "指定された伝送はありません。", "伝送の番号を確認してください。");

    public static readonly Refusal OtherBytes = new(
        "EX-0102", RefusalKind.Conflict, "同じ伝送番号で、異なる封筒を既に受け付けています。", "新しい伝送番号で封筒を作り直して送信してください。");

    public static readonly Refusal NoAcknowledgement = new(
        "EX-0103", RefusalKind.NotFound, "この伝送の受領確認はありません。", "内容を最後まで送信してから、もう一度取得してください。");

    public static readonly Refusal AcknowledgementDelayed = new(
        "EX-0104", RefusalKind.Unavailable, "受領確認の作成に時間がかかっています。受信した内容は失われません。", "しばらく待って、受領確認をもう一度取得してください。");

    public static readonly Refusal OtherEnvironment = new(
        "EX-0105", RefusalKind.Invalid, "封筒の環境 (本番・試験・開発) がこのセンターと異なります。", "送信先と証明書の環境を確認してください。");

    public static readonly Refusal OtherSender = new(
        "EX-0106", RefusalKind.Forbidden, "封筒の送信者、署名した証明書の組織、接続した組織が一致しません。", "送信する組織自身の証明書で署名し、同じ組織の端末から送信してください。");

    public static readonly Refusal SignerNotInForce = new(
        "EX-0107", RefusalKind.Forbidden, "署名した端末の証明書は有効ではありません (失効、または端末の廃止)。", "有効な証明書で署名し直してください。再発行はシステム管理者に依頼してください。");

    public static readonly Refusal KindNotSendable = new(
        "EX-0108", RefusalKind.Invalid, "この種類の伝送は送信できません。", "封筒の種類を確認してください。請求は claim です。");

    public static readonly Refusal UnfitRecipient = new(
        "EX-0109", RefusalKind.Invalid, "受信者は、この種類の伝送を受け取る組織ではありません。", "受信者 (請求先の審査支払機関) を確認してください。");

    public static readonly Refusal TooLong = new(
        "EX-0110", RefusalKind.TooLarge, "ファイルが大きすぎます。", "上限以下に分けて送信してください。");

    public static readonly Refusal Empty = new(
        "EX-0111", RefusalKind.Invalid, "ファイルが空です。", "送信するファイルを確認してください。");

    public static readonly Refusal EnvelopeTooLong = new(
        "EX-0112", RefusalKind.TooLarge, "封筒が大きすぎます。", "封筒だけを送信してください。内容は Location の宛先に PATCH で送信します。");

    public static readonly Refusal NotPermitted = new(
        "EX-0113", RefusalKind.Forbidden, "伝送を送信する権限がありません。", "所属組織の種別と役割を確認してください。");

    public static readonly Refusal WrongDigest = new(
        "EX-0201", RefusalKind.Invalid, "受信した内容のハッシュ値が封筒と一致しないため、この伝送を拒否しました。内容は破棄しました。", "ファイルを確認し、新しい封筒で最初から送信してください。");

    public static readonly Refusal SignerEnded = new(
        "EX-0202", RefusalKind.Forbidden, "受信中に署名者の証明書が無効になったため、この伝送を拒否しました。内容は破棄しました。", "有効な証明書で署名し、新しい封筒で最初から送信してください。");

    public static readonly Refusal NotKept = new(
        "EX-0203", RefusalKind.Unavailable, "保存した内容を読み戻せなかったため、受領していません。", "同じ封筒でもう一度最初から送信してください。");

    public static readonly Refusal UploadGone = new(
        "EX-0204", RefusalKind.NotFound, "この送信は期限切れ、または中止されています。", "同じ封筒をもう一度送信すると、最初からやり直せます。");

    public static readonly Refusal UploadBusy = new(
        "EX-0205", RefusalKind.Conflict, "この伝送は別の接続で送信中です。", "その接続が終わるのを待つか、少し時間をおいて再開してください。");

    public static readonly Refusal WrongOffset = new(
        "EX-0206", RefusalKind.Conflict, "送信の開始位置が、受信済みの長さと一致しません。", "HEAD で Upload-Offset を確認し、その位置から再開してください。");

    public static readonly Refusal TusVersion = new(
        "EX-0207", RefusalKind.Invalid, "Tus-Resumable ヘッダーがないか、対応していない版です。", "Tus-Resumable: 1.0.0 を付けて送信してください。");

    public static readonly Refusal UploadMediaType = new(
        "EX-0208", RefusalKind.Invalid, "内容の送信の Content-Type が正しくありません。", "application/offset+octet-stream で送信してください。");

    public static readonly Refusal NoOffset = new(
        "EX-0209", RefusalKind.Invalid, "Upload-Offset ヘッダーがないか、正しくありません。", "0 以上の整数を指定してください。");

    public static readonly Refusal BeyondLength = new(
        "EX-0210", RefusalKind.TooLarge, "封筒に書かれた長さを超える内容が送られました。", "封筒の長さと送信するファイルを確認してください。");

    public static readonly Refusal EnvelopeMediaType = new(
        "EX-0211", RefusalKind.Invalid, "封筒の Content-Type が正しくありません。", "署名した封筒 (CMS) を application/cms で送信してください。");

    public static readonly Refusal AlreadyReceived = new(
        "EX-0212", RefusalKind.Conflict, "この伝送は受領済みのため、中止できません。", "請求を取り消す場合は、受付結果の画面または取消の操作を使用してください。");

    public static readonly Refusal NoRoom = new(
        "EX-0213", RefusalKind.NoRoom, "センターの空き容量が足りないため、いまは内容を受け取れません。既に受領したものは失われません。", "時間をおいて、同じ封筒でもう一度送信してください。続く場合はセンターに連絡してください。");

    public static readonly Refusal TooManyOpen = new(
        "EX-0214", RefusalKind.TooMany, "送信の途中のものが多すぎます。", "途中の送信を最後まで送るか DELETE で中止してから、もう一度送信してください。期限を過ぎたものは自動で片付きます。");

    public static readonly Refusal OtherRecipient = new(
        "EX-0301", RefusalKind.Forbidden, "受領書の受信者、署名した証明書の組織、接続した組織が一致しません。", "受信した組織自身の証明書で受領書に署名してください。");

    public static readonly Refusal OtherContent = new(
        "EX-0302", RefusalKind.Invalid, "受領書のハッシュ値または長さが、配信した内容と一致しません。", "内容をもう一度取得して確認し、受領書を作り直してください。");

    public static readonly Refusal NoReceipt = new(
        "EX-0303", RefusalKind.NotFound, "受信者の署名した受領書はまだありません。", "受信者が受け取ってから、もう一度取得してください。");

    public static readonly Refusal InQuarantine = new(
        "EX-0601", RefusalKind.Conflict, "この内容は受領済みですが、不正ソフトウェアの検査か時刻の確認が終わっていないため、開封していません。", "検査が終わるまでお待ちください。");

    public static readonly Refusal NotInQuarantine = new(
        "EX-0602", RefusalKind.NotFound, "開封を待っている伝送の中に、指定されたものはありません。", "開封していない伝送の一覧から選び直してください。");

    public static readonly Refusal InfectedStaysClosed = new(
        "EX-0603", RefusalKind.Forbidden, "不正ソフトウェアを検出した内容は開封できません。", "送信者に、作り直して新しい伝送として送信するよう伝えてください。");

    public static readonly Refusal TooEarly = new(
        "EX-0604", RefusalKind.Conflict, "検査を待つ時間がまだ過ぎていません。", "検査機構または時刻の同期を直してください。上限を過ぎたら、開封するかどうかを決められます。");

    public static readonly Refusal NoReason = new(
        "EX-0605", RefusalKind.Invalid, "理由がないか、長すぎます。", "理由を500文字以内で入力してください。");

    public static readonly Refusal SecondPersonNeeded = new(
        "EX-0606", RefusalKind.Forbidden, "開封には、申し出た人とは別の人の決定が必要です。", "もう一人の担当者が、開封を決定してください。");

    public static readonly Refusal UnknownNotice = new(
        "EX-0607", RefusalKind.NotFound, "指定された通知はないか、記入が済んでいます。", "通知の一覧から選び直してください。");

    public static readonly Refusal NoticeIncomplete = new(
        "EX-0608", RefusalKind.Invalid, "原因と対策の両方を、それぞれ2,000文字以内で入力してください。", "調べた原因と、行った対策を記入してください。");

    public static readonly Refusal InLine = new(
        "EX-0609", RefusalKind.Unavailable, "混み合っているため、新しい送信の順番を待っています。", "Retry-After の秒数を待ち、Sekisho-Ticket の値を付けて同じ封筒をもう一度送信してください。順番は保たれます。受領済みのもの、送信の途中のものには影響しません。");

    public static readonly Refusal TooManyOpens = new(
        "EX-0610", RefusalKind.TooMany, "1分間に始められる送信の数を超えました。", "Retry-After の秒数を待って、もう一度送信してください。送信の途中のものと受領確認の取得には影響しません。");

    public static readonly Refusal TooManyBytes = new(
        "EX-0611", RefusalKind.TooMany, "1時間に送信できる量を超えました。届いた分は残ります。", "Retry-After の秒数を待って、続きから送信してください。");

    public static readonly Refusal NoSuchSize = new(
        "EX-0401", RefusalKind.Invalid, "台帳の大きさの指定が正しくありません。", "0 ≤ from ≤ to ≤ 現在の大きさ、で指定してください。");

    public static readonly Refusal NoSuchTile = new(
        "EX-0501", RefusalKind.NotFound, "指定されたタイルはありません。", "チェックポイントの大きさから、タイルの場所 (tile/L/N[.p/W]) を計算し直してください。");

    /// <summary>The refusals that stand for ever, by the code that is stored with the transmission.</summary>
    public static Refusal ForEver(string code) => code == SignerEnded.Code ? SignerEnded : WrongDigest;
}
