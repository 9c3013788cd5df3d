using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Settings;

/// <summary>医療機関環境設定情報の照会・更新 (OQSsiinq, OQSsiupd) for programs that speak JSON: what is left out stays, so that an empty question only reads.</summary>
internal static class SettingsOverHttp
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<ChangeSettings, FacilitySettingsStated, FacilitySettingsHeld>("/eligibility/facility-settings", State)
        .WithSummary("医療機関環境設定情報の照会と更新（書かなかった項目は変わらない）")
        .Requires(Permission.InquireEligibility, Permission.ManageFacilitySettings)
        .Audits(AuditKind.FacilitySettingsChanged);

    private static async ValueTask<Outcome<FacilitySettingsHeld>> State(
        ChangeSettings settings, Actor by, FacilitySettingsStated stated, Func<FacilitySettingsHeld, string> prove, CancellationToken ct) =>
        !IsCode("OQSCD038", stated.Prescription) || !IsCode("OQSCD039", stated.Timing) ? Refusals.NoSuchSetting
        : (await settings.Run(by, before => before.With(stated), after => prove(after.Held), ct)).Refused(out var refusal, out var held) ? refusal
        : held.Held;

    private static bool IsCode(string list, string code) => code.Length == 0 || OqsCodes.Text(list, code).Length > 0;
}
