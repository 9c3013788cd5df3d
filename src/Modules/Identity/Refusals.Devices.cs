using Sekisho.Wire;

namespace Sekisho.Modules.Identity;

/// <summary>端末・証明書 (ID-06xx), 接続・利用規約 (ID-07xx).</summary>
internal static partial class Refusals
{
    public static readonly Refusal SignatureMissing = new(
        "ID-0303", RefusalKind.Invalid, "照会に署名（Sekisho-Signature）がありません。", "本文に端末の鍵で署名し、ヘッダーに付けてください。形式は伝送仕様の「照会の署名」にあります。");

    public static readonly Refusal SignatureOfAnother = new(
        "ID-0304", RefusalKind.Forbidden, "署名した証明書が、接続している端末の証明書ではありません。", "接続に使う端末の鍵で署名してください。");

    public static readonly Refusal SignatureStale = new(
        "ID-0305", RefusalKind.Invalid, "署名した時刻が現在と5分以上違います。", "端末の時計を合わせ、送るたびに署名してください。");

    public static readonly Refusal EntryIncomplete = new(
        "ID-0601", RefusalKind.Invalid, "台帳の記入が足りません。", "端末名・設置場所・OS・管理責任者を記入してください。");

    public static readonly Refusal DeviceRetired = new(
        "ID-0602", RefusalKind.Conflict, "この端末は廃止されています。", "廃止は元に戻せません。もう一度使う場合は、新しい端末として登録してください。");

    public static readonly Refusal NotInUse = new(
        "ID-0603", RefusalKind.Conflict, "この端末は使用中ではありません（持出し中または廃止）。", "持出し中の端末は、先に返却を記録してください。");

    public static readonly Refusal NotCarriedOut = new(
        "ID-0604", RefusalKind.Conflict, "この端末は持出し中ではありません。", "画面を開き直して、今の状態を確認してください。");

    public static readonly Refusal ApplicationUnknown = new(
        "ID-0605", RefusalKind.NotFound, "証明書の申請がありません。", "端末と証明書の画面から開き直してください。");

    public static readonly Refusal AlreadyApplied = new(
        "ID-0606", RefusalKind.Conflict, "この端末には、処理中の申請があります（または組織の申請が多すぎます）。", "今の申請が終わるのを待ってください。急ぐ場合はセンターに連絡してください。");

    public static readonly Refusal RequestUnreadable = new(
        "ID-0607", RefusalKind.Invalid, "証明書の要求（CSR）を読めないか、署名が正しくありません。", "PKCS#10 の CSR（PEM または DER、16 KBまで）を指定してください。sekisho certificate request でも作れます。");

    public static readonly Refusal KeyInUse = new(
        "ID-0608", RefusalKind.Conflict, "この鍵は、すでに使われています。", "新しい鍵を作り、その鍵で CSR を作り直してください。");

    public static readonly Refusal OwnApplication = new(
        "ID-0609", RefusalKind.Forbidden, "自分の申請は、自分で承認できません。", "センターの別の担当者に承認を依頼してください。");

    public static readonly Refusal AlreadyDecided = new(
        "ID-0610", RefusalKind.Conflict, "この申請は、すでに処理されているか、端末が使用中ではありません。", "画面を開き直して、今の状態を確認してください。");

    public static readonly Refusal NothingToCollect = new(
        "ID-0611", RefusalKind.Conflict, "受け取れる証明書がありません。", "センターの承認を待つか、申請をやり直してください。");

    public static readonly Refusal AlreadyDownloaded = new(
        "ID-0612", RefusalKind.NotFound, "この証明書ファイルは、すでにダウンロードされたか、期限（24時間）が過ぎています。", "ファイルが手元にない場合は、証明書を申請し直してください。");

    public static readonly Refusal MachinesOnly = new(
        "ID-0613", RefusalKind.Forbidden, "証明書の更新は、その証明書で接続した端末だけが行えます。", "機械の接続口に、今の証明書で接続してください。");

    public static readonly Refusal RenewedTooOften = new(
        "ID-0614", RefusalKind.TooMany, "1日に更新できる回数を超えました。", "最後に受け取った証明書を使ってください。失った場合は、明日もう一度更新してください。");

    public static readonly Refusal RequestUnfit = new(
        "ID-0615", RefusalKind.Invalid, "この種類の鍵は使えません。", "ECDSA P-256 の鍵を作り、その鍵で CSR を作ってください。");

    public static readonly Refusal ReasonMissing = new(
        "ID-0616", RefusalKind.Invalid, "理由が空欄か、長すぎます。", "理由を200文字までで記入してください。");

    public static readonly Refusal CarryOutInvalid = new(
        "ID-0617", RefusalKind.Invalid, "持出しの記入が足りないか、返却予定日が過去の日付です。", "持ち出す人・行き先・目的と、今日以降の返却予定日を記入してください。");

    public static readonly Refusal ReportInvalid = new(
        "ID-0618", RefusalKind.Invalid, "ウイルス対策の報告が正しくありません。", "ソフトの名前と、今日までの日付を指定してください。");

    public static readonly Refusal NothingToRevoke = new(
        "ID-0619", RefusalKind.Conflict, "この端末に、有効な証明書はありません。", "画面を開き直して、今の状態を確認してください。");

    public static readonly Refusal LineInvalid = new(
        "ID-0701", RefusalKind.Invalid, "接続の記入が足りないか、正しくありません。", "回線事業者の名前と、接続元の範囲を記入してください。");

    public static readonly Refusal ElsewhereRefused = new(
        "ID-0702", RefusalKind.Forbidden, "届け出た接続元以外からの要求のため、受け付けません。", "届け出た回線から接続してください。回線を変えた場合は、接続の画面で届け出て、センターの確認を受けてください。");

    public static readonly Refusal OwnLine = new(
        "ID-0703", RefusalKind.Forbidden, "自分の届出は、自分で確認できません。", "センターの別の担当者に確認を依頼してください。");

    public static readonly Refusal LineUnknown = new(
        "ID-0704", RefusalKind.NotFound, "接続の届出がないか、すでに処理されています。", "接続の画面から開き直してください。");

    public static readonly Refusal ConsentMissing = new(
        "ID-0710", RefusalKind.Forbidden, "利用規約に同意していないため、送信できません。", "画面の「利用規約」（/terms）で内容を確かめ、同意してから、もう一度送信してください。");

    public static readonly Refusal TermsUnknown = new(
        "ID-0711", RefusalKind.NotFound, "利用規約がありません。", "利用規約の画面から開き直してください。");

    public static readonly Refusal TermsInvalid = new(
        "ID-0712", RefusalKind.Invalid, "利用規約を公開できません。", "版（まだ使っていないもの）と本文を記入し、施行日を今日以降にしてください。");

    public static readonly Refusal PersonOnly = new(
        "ID-0713", RefusalKind.Forbidden, "利用規約への同意は、サインインした利用者だけが行えます。", "画面にサインインして、利用規約の画面で同意してください。");
}
