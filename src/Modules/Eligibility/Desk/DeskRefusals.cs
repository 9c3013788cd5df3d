using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility;

/// <summary>What the reception screen refuses.</summary>
internal static partial class Refusals
{
    public static readonly Refusal NoVisit = new(
        "EL-0801", RefusalKind.NotFound, "この受付は見つかりません。", "受付の一覧を開き直してください。一覧から外したか、日付が変わっていることがあります。");

    public static readonly Refusal NoPatient = new(
        "EL-0802", RefusalKind.NotFound, "この患者番号の控えがありません。", "患者番号を確かめてください。はじめての人は、券面の項目を入力してください。");

    public static readonly Refusal ChartTooLong = new("EL-0803", RefusalKind.Invalid, "患者番号が長すぎます。", "50文字までで入力してください。");

    public static readonly Refusal NothingTicked = new(
        "EL-0804", RefusalKind.Invalid, "取り込む項目が選ばれていません。", "確かめた項目に印を付けてください。●を含む値は取り込めません。");

    public static readonly Refusal PersonOnly = new(
        "EL-0805", RefusalKind.Forbidden, "人が確かめて行う操作です。", "端末からではなく、サインインした人が画面で行ってください。");

    public static readonly Refusal DeskFileTooLong = new(
        "EL-0806", RefusalKind.TooLarge, "ファイルの行が上限（20万行）を超えています。", "ファイルを分けてください。上限までの行は取り込みました。");

    public static readonly Refusal NothingToAsk = new(
        "EL-0807", RefusalKind.Conflict, "この日の予約がありません。", "予約のCSVを取り込んでから、もう一度行ってください。");

    public static readonly Refusal NoRun = new("EL-0808", RefusalKind.NotFound, "この一括照会は見つかりません。", "一括照会の一覧から選び直してください。古いものは31日で消えます。");

    public static readonly Refusal NoCardResult = new(
        "EL-0809", RefusalKind.NotFound, "このカードの結果は見つかりません。", "一覧を開き直してください。ほかの人が既に決めていることがあります。");

    public static readonly Refusal DeskDayOutside = new(
        "EL-0810", RefusalKind.Invalid, "受診日が扱える範囲にありません。", "31日前から1年後までの日付を入力してください。");

    public static readonly Refusal PlanRunning = new("EL-0811", RefusalKind.Conflict, "この日の一括照会は、いま行っています。", "終わるまで待ってください。");

    /// <summary>Said of a row of 予約 that is taken all the same.</summary>
    public static readonly Refusal FileStays = new(
        "EL-0820", RefusalKind.Conflict, "控えと違います。予約は取り込み、控えはそのままにしました。", "予約の行が正しければ、患者の控えのCSVで取り込むか、照会の結果から取り込んでください。");
}
