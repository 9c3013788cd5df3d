using Sekisho.Wire;

namespace Sekisho.Modules.Assurance;

/// <summary>What assurance refuses.</summary>
internal static class Refusals
{
    public static readonly Refusal NotAuditor = new(
        "AU-0101", RefusalKind.Forbidden, "監査ログを見る権限がありません。", "所属組織の監査人またはシステム管理者に依頼してください。");

    public static readonly Refusal NotForProtected = new(
        "AU-0102", RefusalKind.Forbidden, "保護対象の記録を含めて見る権限がありません。", "保護対象を含める指定を外すか、サイトの監査人に依頼してください。");

    public static readonly Refusal ReasonMissing = new(
        "AU-0103", RefusalKind.Invalid, "理由が入力されていません。", "何のために行うのかを、理由の欄に4文字以上で記入してください。理由は記録に残ります。");

    public static readonly Refusal NoSuchEvent = new(
        "AU-0104", RefusalKind.NotFound, "この監査記録は見つかりません。", "監査ログの一覧から選び直してください。");

    public static readonly Refusal BadPeriod = new(
        "AU-0105", RefusalKind.Invalid, "期間の始まりが終わりより後です。", "期間を入力し直してください。");

    public static readonly Refusal NobodyNamed = new(
        "AU-0106", RefusalKind.Invalid, "本人を特定できません。", "保険者番号・記号・番号（分かれば枝番）、公費負担者番号と受給者番号、または氏名と生年月日のいずれかを入力してください。");

    public static readonly Refusal TooMany = new(
        "AU-0107", RefusalKind.TooLarge, "書き出す記録が上限を超えています。", "期間を短くして、何回かに分けて書き出してください。");

    public static readonly Refusal NothingToExport = new(
        "AU-0108", RefusalKind.NotFound, "この条件の記録はありません。", "期間と条件を確認してください。");

    public static readonly Refusal NotYetPlaced = new(
        "AU-0109", RefusalKind.Unavailable, "この記録は、まだ台帳の位置が決まっていません。", "数秒待ってから、もう一度取得してください。");

    public static readonly Refusal NoIdentity = new(
        "AU-0110", RefusalKind.Invalid, "保護する人を特定できません。", "保険者番号・記号・番号・枝番と、氏名・生年月日を入力してください。");

    public static readonly Refusal NoSuchProtection = new(
        "AU-0111", RefusalKind.NotFound, "この保護の登録は見つからないか、既に解除されています。", "一覧から選び直してください。");

    public static readonly Refusal ExportWithoutReason = new(
        "AU-0112", RefusalKind.Invalid, "厳秘の情報をファイルに書き出す理由が入力されていません。",
        "何のために書き出すのかを、理由の欄に4文字以上200文字以内で記入してください。患者の氏名や番号は書かないでください。理由は監査ログに残ります。");
}
