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

    public static readonly Refusal NotAnExport = new(
        "CI-0106", RefusalKind.Invalid, "監査ログの書き出し (ZIP) ではないか、壊れています。", "sekisho audit export または監査ログの画面で書き出した ZIP を指定してください。");

    public static readonly Refusal DayInvalid = new(
        "CI-0107", RefusalKind.Invalid, "日付の形が違います。", "YYYY-MM-DD で指定してください (例 2026-11-22)。");

    public static readonly Refusal ExportDamaged = new(
        "CI-0405", RefusalKind.Invalid, "届いた書き出しが、接続先の示した SHA-256 と一致しません。", "保存していません。もう一度書き出してください。");

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

    public static readonly Refusal LedgerKeyChanged = new(
        "CI-0207",
        RefusalKind.Invalid,
        "接続先の台帳の公開鍵が、以前に登録したものと違います。",
        "台帳が別のものに差し替えられたおそれがあります。運営者と、可能なら証人にも確かめてください。");

    public static readonly Refusal LedgerKeyMissing = new(
        "CI-0208", RefusalKind.Invalid, "台帳の公開鍵が分かりません。", "--policy (tlog-policy のファイル) か --log-key (vkey) を指定するか、一度サイトに接続してください。");

    public static readonly Refusal EntriesForbidden = new(
        "CI-0305", RefusalKind.Forbidden, "台帳の記録そのものを読む権限がありません。", "ハッシュ値だけを検証する場合は --hashes-only を付けてください。記録は監査の権限を持つ端末で検証できます。");

    public static readonly Refusal WitnessKeyUnreadable = new(
        "CI-0109", RefusalKind.Invalid, "証人の鍵のファイルを読めません。", "sekisho witness init で作ったファイルを指定してください。");

    public static readonly Refusal OutputThere = new(
        "CI-0210", RefusalKind.Invalid, "出力先のファイルは、すでにあります。", "別の --out を指定してください。今の証明書を上書きすることはありません。");

    public static readonly Refusal KeyUnusable = new(
        "CI-0211", RefusalKind.Invalid, "鍵を作れないか、開けません。", "--out のフォルダーと --passphrase-file を確認し、やり直す場合は .key ファイルを削除してください。");

    public static readonly Refusal OtherKey = new(
        "CI-0209", RefusalKind.Invalid, "この証明書は、この端末で作った鍵のものではありません。", "同じ --out で作った CSR で申請した証明書を指定してください。");

    public static readonly Refusal Declined = new(
        "CI-0306", RefusalKind.Forbidden, "申請は却下されました。", "理由を確かめ、必要ならもう一度申請してください。");

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

    public static readonly Refusal AgentFolderMissing = new(
        "CI-0111", RefusalKind.Invalid, "--oqs のフォルダーがありません。", "req と res のあるフォルダー（例 C:\\OQS）と、共有への接続を確認してください。");

    public static readonly Refusal AgentFolderTaken = new(
        "CI-0112", RefusalKind.Invalid, "このフォルダーは別の sekisho agent が使っているか、書き込めません。", "動いているものが1つだけか、フォルダーの権限を確認してください。");

    public static readonly Refusal AnswerNotProven = new(
        "CI-0406", RefusalKind.Invalid, "回答の署名を確かめられません。", "回答は res に置いていません。要求は残ります。続くときは運営者に連絡してください。");

    public static readonly Refusal RequestEncrypted = new(
        "CI-0113", RefusalKind.Invalid, "暗号化した要求（ZIP）には対応していません。", "端末の encrypt.conf に当たる設定で、すべての種類を n（暗号化しない）にしてください。");

    public static readonly Refusal NoCardService = new(
        "CI-0114", RefusalKind.Invalid, "カードリーダーの仕組み（PC/SC）が動いていません。", "Windows は Smart Card サービス、Linux は pcscd と libpcsclite1 を入れて動かしてください。");

    public static readonly Refusal NoCardReader = new(
        "CI-0115", RefusalKind.Invalid, "カードリーダーがありません。", "接続と電源、--reader の名前を確認してください。");

    public static readonly Refusal NoCard = new(
        "CI-0116", RefusalKind.Invalid, "カードがないか、途中で離れました。", "カードを置き直し、終わるまで動かさないでください。");

    public static readonly Refusal CardUnknown = new(
        "CI-0117", RefusalKind.Invalid, "マイナンバーカードではないか、読み取れません。", "マイナンバーカードを置き直してください。それでも読めないときは券面の情報で確認してください。");

    public static readonly Refusal CardFailed = new(
        "CI-0118", RefusalKind.Invalid, "カードが処理できませんでした。", "カードを置き直してください。続くときは市区町村の窓口でカードを確認してもらってください。");

    public static readonly Refusal CardEmpty = new(
        "CI-0121", RefusalKind.Invalid, "カードに利用者証明用電子証明書がありません。", "電子証明書は市区町村の窓口で発行・更新できます。今日は券面の情報で確認してください。");

    public static readonly Refusal CardWantsProof = new(
        "CI-0122", RefusalKind.Invalid, "カードが署名しません（暗証番号または顔の照合が済んでいません）。", "暗証番号を入力するか、顔認証をやり直してください。顔認証マイナンバーカードには暗証番号がありません。");

    public static readonly Refusal PinMalformed = new(
        "CI-0119", RefusalKind.Invalid, "暗証番号は数字4桁です。", "利用者証明用電子証明書の暗証番号（数字4桁）を入力してください。");

    public static readonly Refusal OutboxMissing = new(
        "CI-0120", RefusalKind.Invalid, "--outbox または --inbox のフォルダーがありません。", "フォルダーと、共有への接続を確認してください。");

    public static readonly Refusal PinWrong = new(
        "CI-0407", RefusalKind.Invalid, "暗証番号が違います。", "正しい暗証番号を確かめてください。3 回続けて間違えるとロックされ、解除は市区町村の窓口だけです。");

    public static readonly Refusal PinBlocked = new(
        "CI-0408", RefusalKind.Invalid, "暗証番号がロックされています。", "解除は市区町村の窓口です。今日は顔認証・目視、または券面の情報で確認してください。");

    public static readonly Refusal PinLastTry = new(
        "CI-0409", RefusalKind.Invalid, "暗証番号は、あと 1 回間違えるとロックされます。", "確かなときだけ、最後の 1 回であることを了解して入力してください。自信がなければ顔認証・目視に替えてください。");

    public static readonly Refusal FaceNotMatched = new(
        "CI-0410", RefusalKind.Invalid, "顔認証ができませんでした。", "もう一度行うか、暗証番号・目視に替えてください。");

    public static readonly Refusal PageTaken = new(
        "CI-0123", RefusalKind.Invalid, "--page の番号では画面を開けません。", "ほかのプログラムが使っていない番号（1024〜65535）を指定してください。");

    public static readonly Refusal FaceProgramFailed = new(
        "CI-0124", RefusalKind.Invalid, "顔認証のプログラムが動かないか、答えが読めません。", "--face-command と、リーダーのベンダーの案内を確認してください。");
}
