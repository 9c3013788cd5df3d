using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>One claim opened for reading: its slice of the submitted file, decoded.</summary>
internal sealed class OpenClaim(DbSession session, Receptions receptions, ClaimRows rows, IExchange exchange, MasterShelf masters, IReadSubject whose)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/claims/receptions/{number}/claims/{ordinal:int}", async (string number, int ordinal, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            (await claims.Open(current.Actor, number, ordinal, ct)).ToResult(claim => Results.Json(View(claim), SiteJson.Options)))
        .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
        .Audits(AuditKind.ClaimRead);

    public async ValueTask<Outcome<OpenedClaim>> Run(Actor by, string number, int ordinal, CancellationToken ct)
    {
        var found = await session.InReading(
            async () => await receptions.Find(by, Sides.Reading(by), number, ct) is { } reception
                ? (Reception: reception, Row: await rows.Claim(number, ordinal, ct), Findings: await rows.Findings(number, ordinal, ct))
                : ((ReceptionRow Reception, ClaimRow? Row, IReadOnlyList<Finding> Findings)?)null,
            ct);
        if (found is not { } known)
        {
            return Refusals.NoReception;
        }

        if (known.Row is not { } row)
        {
            return Refusals.NoClaim;
        }

        await using var content = (await exchange.Open(known.Reception.Transmission, ct)).Value;
        var slice = await Slices.Read(content, row.Entry.Offset, row.Entry.Length, ct);
        var document = ClaimDocument.Open(slice, masters.Current);
        whose.Is(ClaimSubject.Of(document));
        return new OpenedClaim(known.Reception.View(), row, document, known.Findings);
    }

    private static object View(OpenedClaim claim) => new
    {
        claim.Reception,
        Claim = ResultDocument.View(claim.Row),
        claim.Document.Records,
        Findings = claim.Findings.Select(ResultDocument.View),
    };
}
