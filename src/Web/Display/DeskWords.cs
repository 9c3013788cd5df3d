using Sekisho.Contracts.Eligibility;

namespace Sekisho.Web.Display;

/// <summary>The words of the reception screen.</summary>
internal static class DeskWords
{
    /// <summary>Style of a light; its shape and its word say the same.</summary>
    public static string Tone(this DeskLight value) => value switch
    {
        DeskLight.Green => "green",
        DeskLight.Amber => "amber",
        DeskLight.Red => "red",
        _ => "none",
    };

    public static string Word(this DeskLight value) => value switch
    {
        DeskLight.Green => "有効",
        DeskLight.Amber => "要確認",
        DeskLight.Red => "無効",
        _ => "未照会",
    };

    public static DeskLight Light(this DeskVisit visit) => visit.Answer?.Light ?? DeskLight.None;

    public static string Word(this DeskSource value) => value switch
    {
        DeskSource.Desk => "受付",
        DeskSource.Night => "一括照会",
        DeskSource.Recheck => "再確認",
        _ => "マイナンバーカード",
    };

    public static string Word(this ConsentKind value) => value switch
    {
        ConsentKind.Limits => "限度額",
        ConsentKind.Diseases => "特定疾病",
        ConsentKind.Medicines => "薬剤情報",
        ConsentKind.Diagnoses => "診療情報",
        ConsentKind.Operations => "手術情報",
        _ => "特定健診情報",
    };

    public static string Word(this CareForm value) => value switch
    {
        CareForm.Outpatient => "外来",
        CareForm.HomeVisit => "訪問診療等",
        CareForm.Online => "オンライン診療等",
        _ => "救急時",
    };

    public static string Word(this NightMark value) => value switch
    {
        NightMark.Replaced => "保険が変わった",
        NightMark.Lost => "資格を失った",
        NightMark.NotFound => "該当資格なし",
        NightMark.Several => "複数該当",
        NightMark.Ratio => "負担割合が違う",
        NightMark.Branch => "枝番が違う",
        NightMark.Masked => "氏名に●",
        NightMark.Other => "ほかの項目が違う",
        _ => "照会できない",
    };

    public static string Tone(this NightMark value) => value switch
    {
        NightMark.Replaced or NightMark.Lost => "error",
        NightMark.Masked => "info",
        _ => "warning",
    };

    /// <summary>あと何時間.</summary>
    public static string Left(this ConsentLeft consent, DateTimeOffset now) => consent.Until is not { } until ? "継続（取り消されるまで）"
        : until - now is { TotalHours: >= 1 } left ? $"あと{(int)left.TotalHours}時間"
        : $"あと{Math.Max(1, (int)(until - now).TotalMinutes)}分";
}
