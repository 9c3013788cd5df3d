using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>医療機関環境設定情報: what the facility views, for everybody at the desk to see and for its administrators to change; every version, and who made it.</summary>
[Requires(Permission.InquireEligibility, Permission.ManageFacilitySettings)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class SettingsModel(ICurrentActor current, IFacilitySettings settings) : SitePage
{
    private const string Address = "/eligibility/settings";

    /// <summary>What is ticked; a box that is not ticked sends nothing.</summary>
    [BindProperty]
    public List<ConsentKind> Uses { get; set; } = [];

    /// <summary>The version on the screen it was changed from.</summary>
    [BindProperty]
    public long Seen { get; set; }

    /// <summary>The one that holds first.</summary>
    public IReadOnlyList<FacilityUseVersion> Versions { get; private set; } = [];

    public FacilityUse Now => Versions[0].Use;

    public bool MayChange => current.Actor.May(Permission.ManageFacilitySettings);

    public static IReadOnlyList<(ConsentKind Kind, string Hint)> Switches { get; } =
    [
        (ConsentKind.Medicines, "レセプトに載った薬です。"),
        (ConsentKind.Diagnoses, "レセプトに載った診療行為です（手術を除く）。"),
        (ConsentKind.Operations, "診療情報の一部なので、診療情報も「利用する」のときだけ表示されます。"),
        (ConsentKind.Checkups, "特定健診の5年間の結果です。"),
    ];

    public static bool Is(FacilityUse use, ConsentKind kind) => kind switch
    {
        ConsentKind.Medicines => use.Medicines,
        ConsentKind.Diagnoses => use.Diagnoses,
        ConsentKind.Operations => use.Operations,
        _ => use.Checkups,
    };

    public static string Word(bool uses) => uses ? "利用する" : "利用しない";

    public Task<IActionResult> OnGet(CancellationToken ct) => Shown(null, ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var use = new FacilityUse(
            Uses.Contains(ConsentKind.Medicines), Uses.Contains(ConsentKind.Diagnoses), Uses.Contains(ConsentKind.Operations), Uses.Contains(ConsentKind.Checkups));
        return (await settings.Change(current.Actor, Seen, use, ct)).Refused(out var refusal, out _)
            ? await Shown(refusal, ct)
            : Done("医療機関の設定を保存しました。受付機とカードリーダーは、次の人から新しい設定で尋ねます。", Address);
    }

    private async Task<IActionResult> Shown(Refusal? problem, CancellationToken ct)
    {
        if ((await settings.Read(current.Actor, ct)).Refused(out var refusal, out var versions))
        {
            return Refused(refusal);
        }

        Versions = versions;
        return problem is null ? Page() : Again(problem);
    }
}
