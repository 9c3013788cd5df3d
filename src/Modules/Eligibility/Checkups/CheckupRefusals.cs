using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What 特定健診 refuses.</summary>
internal static partial class Refusals
{
    public static readonly Refusal MayNotRegisterCheckups = new(
        "EL-0601", RefusalKind.Forbidden, "特定健診を登録・照会する権限がありません。", "保険者の端末か、「保険者資格担当」の役割のある人が行ってください。");

    public static readonly Refusal BadPackageId = new(
        "EL-0602", RefusalKind.Invalid, "健診のファイルの番号として使えない文字があるか、長すぎます。", "半角の英数字と . _ - だけで、64文字までにしてください。");

    public static readonly Refusal PackageTooLarge = new(
        "EL-0603", RefusalKind.TooLarge, "健診のファイル（ZIP）が上限（64 MiB）を超えています。", "受診者を分けて、いくつかの ZIP にしてください。");

    public static readonly Refusal OtherPackage = new(
        "EL-0604", RefusalKind.Conflict, "同じ番号で、内容の違う健診のファイルを既に受け付けています。", "新しい番号で送ってください。登録済みの健診結果は、同じ内容なら変更なしになります。");

    public static readonly Refusal PackageBusy = new(
        "EL-0605", RefusalKind.Conflict, "この健診のファイルは別の接続で登録中です。", "その接続が終わってから、もう一度送ってください。続きから登録します。");

    public static readonly Refusal NoPackage = new("EL-0606", RefusalKind.NotFound, "この健診のファイルは受け付けていません。", "番号を確認してください。");

    public static readonly Refusal NoCheckup = new(
        "EL-0607", RefusalKind.NotFound, "この健診結果は登録されていません。", "券面の項目、健診実施機関番号、健診実施日を確かめてください。既に取り消されているときは、何もする必要はありません。");

    public static readonly Refusal MayNotViewCheckups = new(
        "EL-0611", RefusalKind.Forbidden, "特定健診情報を見る権限がありません。", "医師・歯科医師・薬剤師の役割のある人か、医療機関・薬局の端末が閲覧してください。");

    public static readonly Refusal NoCheckupConsent = new(
        "EL-0612",
        RefusalKind.Forbidden,
        "特定健診情報の閲覧への同意がないか、期限が切れています。",
        "顔認証付きカードリーダーで、マイナンバーカードから改めて同意をもらってください（同意から24時間まで閲覧できます）。");

    public static readonly Refusal NoPdfHere = new(
        "EL-0613", RefusalKind.Invalid, "このサイトでは PDF を作れません。", "ファイル種別（FileCategory）を 2（XML）にして、もう一度要求してください。");
}

/// <summary>What the registry says about a file of a package; the format's own findings are EH-….</summary>
internal static class CheckupFaults
{
    public static readonly Refusal OtherInsurer = new(
        "EL-0631", RefusalKind.Invalid, "自組織の保険者番号の加入者ではありません。", "自組織の加入者の健診結果だけを送ってください。");

    public static readonly Refusal Unknown = new(
        "EL-0632", RefusalKind.Invalid, "保険者番号・記号・番号・枝番・生年月日の合う加入者が登録されていません。", "先に加入者情報を登録するか、健診結果の記号・番号・枝番・生年月日を確かめてください。");

    public static readonly Refusal Several = new(
        "EL-0633", RefusalKind.Invalid, "複数の加入者に当たります。", "枝番を記録して、もう一度送ってください。");

    public static readonly Refusal OtherBirth = new(
        "EL-0634", RefusalKind.Invalid, "記号・番号・枝番は登録されていますが、生年月日が違います（別の人の疑い）。", "健診結果の枝番と生年月日、加入者情報の登録を確かめてください。");

    public static readonly Refusal TooOld = new("EL-0635", RefusalKind.Invalid, "健診実施日から5年を過ぎています。", "保存期間を過ぎた健診結果は登録できません。");

    public static readonly Refusal OtherName = new(
        "EL-0636", RefusalKind.Invalid, "氏名が加入者情報のカナと違います。", "登録はしました。別の人の結果でないかを確かめ、違うときは取り消してください。");

    public static readonly Refusal NotCovered = new(
        "EL-0637", RefusalKind.Invalid, "健診実施日に資格がありません。", "登録はしました。健診実施日と、資格の取得・喪失の年月日を確かめてください。");
}
