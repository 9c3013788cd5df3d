using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>GET /eligibility/cards/authorities: which authorities are trusted, and until when their lists are current.</summary>
internal static class ReadAuthorities
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/eligibility/cards/authorities", (CardAuthorities authorities) => Results.Json(authorities.States(), SiteJson.Options))
        .Produces<IReadOnlyList<AuthorityState>>()
        .WithSummary("信頼しているカードの認証局と、失効リストの有効期限")
        .Requires(Permission.ManageCards)
        .Audits(AuditKind.PageRead);
}
