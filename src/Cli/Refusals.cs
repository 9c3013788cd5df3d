using Sekisho.Wire;

namespace Sekisho.Cli;

/// <summary>What this end refuses before, or instead of, asking the site.</summary>
internal static class Refusals
{
    public static readonly Refusal FileMissing = new(
        "CI-0101", RefusalKind.Invalid, "ファイルを読めません。", "ファイル名と読み取り権限を確認してください。");

    public static readonly Refusal NotAClaimFile = new(
        "CI-0102", RefusalKind.Invalid, "レセプト電算の請求ファイルではありません (先頭に医療機関情報レコード IR がありません)。", "RECEIPTC.UKE を指定してください。");

    public static readonly Refusal MonthInvalid = new(
        "CI-0103", RefusalKind.Invalid, "年月の形が違います。", "YYYYMM の 6 桁で指定してください (例 202111)。");

    public static readonly Refusal FileChanged = new(
        "CI-0104",
        RefusalKind.Conflict,
        "前回の送信が途中ですが、その後ファイルの内容が変わっています。",
        "元の内容に戻して再実行し前回の送信を終えるか、前回の送信をやめる場合は .sending ファイルを削除して再実行してください。");

    public static readonly Refusal SendingUnreadable = new(
        "CI-0105", RefusalKind.Invalid, "送信途中の記録 (.sending) を読めません。", "オンライン請求の受付状況を確認し、未送信なら .sending ファイルを削除して再実行してください。");

    public static readonly Refusal CertificateUnreadable = new(
        "CI-0201", RefusalKind.Invalid, "証明書ファイル (PFX) を開けません。", "ファイルと、SEKISHO_CERT_PASSWORD または --cert-password-file のパスワードを確認してください。");

    public static readonly Refusal CertificateWithoutKey = new(
        "CI-0202", RefusalKind.Invalid, "証明書ファイルに秘密鍵がありません。", "端末の証明書を秘密鍵ごと書き出した PFX を指定してください。");

    public static readonly Refusal AuthorityMissing = new(
        "CI-0203", RefusalKind.Invalid, "認証局の証明書が分かりません。", "--ca で認証局の証明書 (PEM) を指定してください。");

    public static readonly Refusal AuthorityChanged = new(
        "CI-0204",
        RefusalKind.Invalid,
        "接続先の認証局が、以前に登録したものと違います。",
        "運営者に認証局の変更を確かめてください。変更が正しいと分かった場合だけ、登録ファイルを削除して再実行してください。");

    public static readonly Refusal AuthorityWithoutCentre = new(
        "CI-0205", RefusalKind.Invalid, "認証局の証明書にセンターが記載されていません。", "関所の認証局の証明書 (ca.pem) を --ca で指定してください。");

    public static readonly Refusal CertificateUnfit = new(
        "CI-0206", RefusalKind.Invalid, "この証明書では接続できません。", "接続先の環境で発行された、有効期間内の端末の証明書を指定してください。");

    public static readonly Refusal NotSignedByCentre = new(
        "CI-0404", RefusalKind.Invalid, "センターの署名ではありません。", "受け入れずに、運営者に連絡してください。");

    public static readonly Refusal LineFailed = new(
        "CI-0301", RefusalKind.Unavailable, "接続先に届かないか、通信が途中で切れました。", "回線を確認し、同じコマンドを再実行してください。送信は途中から続きます。");

    public static readonly Refusal ServerNotTrusted = new(
        "CI-0302", RefusalKind.Invalid, "接続先のサーバー証明書を確認できません (発行者または名前の不一致)。", "--server の宛先と、証明書・--ca が同じ環境のものか確認してください。");

    public static readonly Refusal CertificateRefused = new(
        "CI-0303", RefusalKind.Unauthenticated, "接続先が端末の証明書を受け付けません。", "証明書の有効期限・失効・環境 (本番・試験・開発) を確認し、必要なら再発行を依頼してください。");

    public static readonly Refusal AnswerUnknown = new(
        "CI-0304", RefusalKind.Invalid, "接続先の応答を解釈できません。", "--server の宛先が関所の機械用ポートか確認してください。");

    public static readonly Refusal AcknowledgementMismatch = new(
        "CI-0401", RefusalKind.Invalid, "受領確認が送ったものと一致しません。", "受け入れずに、.sending ファイルを残したまま運営者に連絡してください。");

    public static readonly Refusal DeliveryMismatch = new(
        "CI-0402", RefusalKind.Invalid, "届いた内容が、署名された封筒と一致しません。", "受け取りを確定していません。再実行しても同じ場合は運営者に連絡してください。");

    public static readonly Refusal NotOurMessage = new(
        "CI-0403", RefusalKind.Invalid, "受領確認・受取証・封筒のいずれでもありません。", "sekisho send が書いた FILE.ack.p7s などを指定してください。");

    public static readonly Refusal ServerMissing = new(
        "CI-0501", RefusalKind.Invalid, "サーバーの実行ファイルが見つかりません。", "先に dotnet build を実行するか、--server-exe で指定してください。");
}
