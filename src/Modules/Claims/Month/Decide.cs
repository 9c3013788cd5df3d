using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Month;

/// <summary>
/// 決定 of a month: every reception whose claims are all reviewed or held. What is held stays for a later review and decision. From here on it is known
/// to whom each approved claim goes: to its 保険者 and to each 公費負担者 of it.
/// </summary>
internal sealed class Decide(DbSession session, Receptions receptions, ClaimRows rows, Transitions transitions)
{
    private static readonly string[] _columns = ["reception", "ordinal", "system", "code"];

    private string Prefix => session.Prefix("claims");

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/months/{month}/decide", async (string month, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            YearMonth.TryParse(month, out var parsed)
                ? (await claims.Decide(current.Actor, parsed, ct)).ToResult(count => Results.Json(new { decided = count }, SiteJson.Options))
                : Refusals.BadMonth.ToResult())
        .Requires(Permission.ReviewClaims)
        .Audits(AuditKind.ClaimsTransition);

    public async ValueTask<Outcome<int>> Run(Actor by, YearMonth month, CancellationToken ct)
    {
        if (!by.May(Permission.ReviewClaims))
        {
            return Refusals.NotPermitted;
        }

        var reviewed = await session.InReading(
            async () => await receptions.Where(
                $"""
                r.recipient = @payer AND r.month = @month AND r.state IN ('Closed', 'UnderReview')
                AND NOT EXISTS (SELECT 1 FROM {Prefix}claim c WHERE c.reception = r.number AND c.state = 'Accepted')
                """,
                ct,
                ("payer", by.Organisation.Value),
                ("month", month.ToString())),
            ct);
        var decided = 0;
        foreach (var reception in reviewed)
        {
            await session.Write(ct);
            if ((await transitions.Take(reception, Act.Decide, by, "", ct)).Refused(out _, out _))
            {
                await session.Rollback();
                continue;
            }

            await Bulk.Insert(session, "target", _columns, await NewTargets(reception.Number, ct), ct);
            FaultPoints.Pass("claims.decide.written");
            await session.Commit(ct);
            FaultPoints.Pass("claims.decide.committed");
            decided++;
        }

        return decided;
    }

    private async Task<List<object?[]>> NewTargets(string reception, CancellationToken ct)
    {
        var known = (await session.Query(
            $"SELECT DISTINCT ordinal FROM {Prefix}target WHERE reception = @reception", r => r.GetInt32(0), ct, ("reception", reception))).ToHashSet();
        return
        [
            .. from claim in await rows.Claims(reception, ct)
               where claim.State == ClaimState.Approved && !known.Contains(claim.Entry.Ordinal)
               from target in Targets(claim.Entry)
               select new object?[] { reception, claim.Entry.Ordinal, target.System.ToString(), target.Value },
        ];
    }

    /// <summary>A claim that names nobody is held like one whose insurer is unknown.</summary>
    private static IEnumerable<OrganisationCode> Targets(ClaimEntry claim)
    {
        var publicPayers = claim.PublicPayers.Where(p => p.Length > 0).Distinct().Select(p => new OrganisationCode(CodeSystem.PublicPayer, p)).ToList();
        return claim.Insurer.Length > 0 || publicPayers.Count == 0 ? publicPayers.Prepend(new OrganisationCode(CodeSystem.Insurer, claim.Insurer)) : publicPayers;
    }
}
