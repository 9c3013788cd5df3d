using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>One institution's notifications, for the people who keep them.</summary>
internal static class ReadRegistry
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/claims/registry/{code}", async (string code, RegistryReader registry, CancellationToken ct) =>
            await registry.Find(code, ct) is { } institution ? Results.Json(View(institution), SiteJson.Options) : Refusals.NoInstitution.ToResult())
        .Requires(Permission.ManageRegistry)
        .Audits(AuditKind.RegistryRead);

    private static object View(RegisteredInstitution institution) => new
    {
        institution.Code,
        institution.Name,
        institution.Address,
        institution.Organisation,
        Notifications = institution.Notifications.Select(n => new { n.Payer, n.Months.From, n.Months.Until }),
        Agents = institution.Agents.Select(a => new { a.Organisation, a.Months.From, a.Months.Until }),
    };
}
