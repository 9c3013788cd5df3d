namespace Sekisho.Wire;

/// <summary>Every "no" of this library. Codes are permanent: WI-01 envelope, 02 certificate, 03 signature, 04 acknowledgement, 05 ledger, 06 numbers, 07 audit record, 08 detached signature.</summary>
internal static class Refusals
{
    public static readonly Refusal EnvelopeTooLarge = new("WI-0101", RefusalKind.TooLarge,
        "封筒が上限(64 KiB)を超えています。", "封筒には伝送の情報だけを入れ、内容は別に送信してください。");

    public static readonly Refusal EnvelopeMalformed = new("WI-0102", RefusalKind.Invalid,
        "封筒が定められた形式(項目・順序・空白なしのJSON)ではありません。", "封筒を作ったソフトウェアを確認し、伝送仕様の形式で作り直してください。");

    public static readonly Refusal FileName = new("WI-0103", RefusalKind.Invalid,
        "封筒のファイル名が使えません。", "ファイル名は255文字以内とし、フォルダー名、制御文字、/ \\ : * ? \" < > | を含めないでください。");

    public static readonly Refusal Digest = new("WI-0104", RefusalKind.Invalid,
        "封筒のsha256が64桁の16進数(小文字)ではありません。", "内容のSHA-256を計算し直し、小文字の16進数で記録してください。");

    public static readonly Refusal Length = new("WI-0105", RefusalKind.Invalid,
        "封筒のlengthが0以上の整数ではありません。", "内容のバイト数を記録してください。");

    public static readonly Refusal Kind = new("WI-0106", RefusalKind.Invalid,
        "封筒のkindが伝送の種類の形(英小文字・数字・ハイフン、64文字以内)ではありません。", "伝送仕様にある種類を指定してください。");

    public static readonly Refusal NotOurs = new("WI-0201", RefusalKind.Unauthenticated,
        "証明書に関所の識別子(urn:sekisho:…)がただ1つ記載されていません。", "この環境で発行された機器の証明書を使ってください。");

    public static readonly Refusal Chain = new("WI-0202", RefusalKind.Unauthenticated,
        "証明書が信頼する認証局から発行されたものではありません。", "認証局証明書(ca.pem)が正しいか、その認証局が発行した証明書かを確認してください。");

    public static readonly Refusal NotValidAt = new("WI-0203", RefusalKind.Unauthenticated,
        "証明書が有効期間の外にあります。", "証明書の有効期間と機器の時計を確認し、期限切れの場合は更新してください。");

    public static readonly Refusal Purpose = new("WI-0204", RefusalKind.Forbidden,
        "証明書がこの用途(署名または機器の認証)のために発行されたものではありません。", "機器用に発行された証明書を使ってください。");

    public static readonly Refusal OtherEnvironment = new("WI-0205", RefusalKind.Forbidden,
        "別の環境(本番・試験・開発)の証明書です。", "接続先の環境で発行された証明書を使ってください。");

    public static readonly Refusal Revoked = new("WI-0206", RefusalKind.Unauthenticated,
        "証明書は失効しています。", "新しい証明書の発行を申請してください。心当たりがない場合は運用責任者に連絡してください。");

    public static readonly Refusal CmsTooLarge = new("WI-0301", RefusalKind.TooLarge,
        "署名付きの電文が上限(256 KiB)を超えています。", "署名の対象が封筒・受領確認などの情報だけであることを確認してください。");

    public static readonly Refusal CmsMalformed = new("WI-0302", RefusalKind.Invalid,
        "署名付きの電文が定められた形式のCMS(DER、署名者1、証明書1、内容を含む)ではありません。", "伝送仕様の openssl cms -sign の手順と同じ形式で署名してください。");

    public static readonly Refusal CmsAlgorithm = new("WI-0303", RefusalKind.Invalid,
        "署名の方式がECDSA P-256とSHA-256ではありません。", "この環境で発行された証明書(P-256)を使い、SHA-256で署名してください。");

    public static readonly Refusal Signature = new("WI-0304", RefusalKind.Invalid,
        "電子署名が内容と一致しません。途中で書き換えられたか、壊れています。", "元の内容に署名し直してください。受け取ったものであれば使わず、相手に確認してください。");

    public static readonly Refusal StatementTooLarge = new("WI-0401", RefusalKind.TooLarge,
        "受領確認が上限(64 KiB)を超えています。", "受領確認のファイルを取り違えていないか確認してください。");

    public static readonly Refusal StatementMalformed = new("WI-0402", RefusalKind.Invalid,
        "受領確認が定められた形式(項目・順序・空白なしのJSON)ではありません。", "受領確認のファイルを取り違えていないか確認し、もう一度取得してください。");

    public static readonly Refusal ContentDiffers = new("WI-0403", RefusalKind.Invalid,
        "内容が受領確認に記載されたものと一致しません(長さまたはSHA-256)。", "送信したときのファイルを指定してください。同じであれば、ファイルがその後変更されています。");

    public static readonly Refusal SignerEnvironment = new("WI-0404", RefusalKind.Forbidden,
        "受領確認の環境と、署名した証明書の環境が一致しません。", "この受領確認は使わず、センターに確認してください。");

    public static readonly Refusal NotTheOperator = new("WI-0405", RefusalKind.Forbidden,
        "受領確認に署名したのは、認証局に記載されたセンターではありません。", "この受領確認は使わず、センターに確認してください。");

    public static readonly Refusal CheckpointMalformed = new("WI-0501", RefusalKind.Invalid,
        "台帳のチェックポイントが定められた形式(名称・件数・ルートの3行)ではありません。", "チェックポイントをもう一度取得してください。");

    public static readonly Refusal ProofMalformed = new("WI-0502", RefusalKind.Invalid,
        "台帳の証明が定められた形式(項目・順序・空白なしのJSON)ではありません。", "証明(.ack.proof)をもう一度取得してください。");

    public static readonly Refusal NotIncluded = new("WI-0503", RefusalKind.Invalid,
        "台帳の証明は、この受領確認が台帳に記録されていることを示していません。", "受領確認と証明の組合せを確認してください。正しい組合せであれば、センターに台帳の確認を求めてください。");

    public static readonly Refusal OtherLedger = new("WI-0504", RefusalKind.Invalid,
        "台帳の証明は別の台帳または別の位置のものです。", "この受領確認のために取得した証明を指定してください。");

    public static readonly Refusal LedgerSigner = new("WI-0505", RefusalKind.Forbidden,
        "台帳のチェックポイントに署名したのは、台帳の運営者ではありません。", "この証明は使わず、センターに確認してください。");

    public static readonly Refusal NoteMalformed = new("WI-0506", RefusalKind.Invalid,
        "署名付きの文(signed note)が定められた形式ではありません。", "チェックポイントをもう一度取得してください。");

    public static readonly Refusal NoteKeyMalformed = new("WI-0507", RefusalKind.Invalid,
        "公開鍵(vkey)が 名称+ID+base64 の形ではありません。", "公表された公開鍵を、1文字も変えずに1行で指定してください。");

    public static readonly Refusal NoteNotSigned = new("WI-0508", RefusalKind.Forbidden,
        "チェックポイントに、信頼する台帳の鍵の有効な署名がありません。", "固定した公開鍵(vkey)が正しいか確かめ、正しければこのチェックポイントを使わず、センターに確認してください。");

    public static readonly Refusal QuorumNotMet = new("WI-0509", RefusalKind.Forbidden,
        "チェックポイントに、方針が求める数の証人の署名がありません。", "証人の署名がそろってから、証明をもう一度取得してください。");

    public static readonly Refusal PolicyMalformed = new("WI-0510", RefusalKind.Invalid,
        "方針のファイルが tlog-policy の形式ではありません。", "log・witness・group・quorum の行を確認してください。");

    public static readonly Refusal TileMalformed = new("WI-0511", RefusalKind.Invalid,
        "台帳のタイルまたは記録の束が定められた形式ではありません。", "もう一度取得してください。続く場合はセンターに確認してください。");

    public static readonly Refusal TlogProofMalformed = new("WI-0512", RefusalKind.Invalid,
        "台帳の証明(.tlog-proof)が c2sp.org/tlog-proof@v1 の形式ではありません。", "証明をもう一度取得してください。");

    public static readonly Refusal MarkMalformed = new("WI-0513", RefusalKind.Invalid,
        "前回の検証の記録(状態ファイル)が読めません。", "状態ファイルを控えから戻すか、消して最初から検証してください。消すと巻戻しは前回と比べられません。");

    public static readonly Refusal ReceptionNumber = new("WI-0601", RefusalKind.Invalid,
        "受付番号の形(年月日8桁-連番6桁-検査数字1桁)または検査数字が正しくありません。", "受領確認または画面に表示された受付番号を、ハイフンを含めて入力し直してください。");

    public static readonly Refusal JwsMalformed = new("WI-0801", RefusalKind.Invalid,
        "切り離した署名(Sekisho-Signature)が定められた形式のJWS(ES256、b64=false、内容なし)ではありません。", "伝送仕様の「照会の署名」の形式で署名してください。");

    public static readonly Refusal JwsType = new("WI-0802", RefusalKind.Invalid,
        "別の種類の電文のための署名です。", "署名のtypを、送る電文の種類に合わせて署名し直してください。");

    public static readonly Refusal JwsSignature = new("WI-0803", RefusalKind.Invalid,
        "電子署名が内容と一致しません。途中で書き換えられたか、別の鍵で署名されています。", "送る本文そのもの(1バイトも変えずに)に、端末の鍵で署名し直してください。");

    public static readonly Refusal JwsOtherQuestion = new("WI-0804", RefusalKind.Invalid,
        "回答の署名が、別の照会への回答であることを示しています。", "この回答は使わず、もう一度照会してください。続く場合はセンターに確認してください。");
}
