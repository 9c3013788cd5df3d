using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>POST /eligibility/checkups/views: signed by the device that asks and answered signed, as every inquiry is.</summary>
internal static class ViewOverHttp
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<ViewCheckups, CheckupQuery, CheckupView>(
            "/eligibility/checkups/views", (view, by, query, prove, ct) => view.Handle(by, query, seen => seen.View, prove, ct))
        .WithSummary("特定健診情報の閲覧（本人の同意が要る）")
        .Requires(Permission.ViewCheckups)
        .Audits(AuditKind.CheckupsViewed);
}
