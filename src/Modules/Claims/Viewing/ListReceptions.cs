using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>受付の一覧, and the reception of one transmission.</summary>
internal sealed class ListReceptions(DbSession session, Receptions receptions)
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/claims/receptions", async (string? month, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            {
                if (month is not null && !YearMonth.TryParse(month, out _))
                {
                    return Refusals.BadMonth.ToResult();
                }

                YearMonth? asked = YearMonth.TryParse(month, out var parsed) ? parsed : null;
                return Results.Json(await claims.Receptions(current.Actor, asked, ct), SiteJson.Options);
            })
            .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
            .Audits(AuditKind.ReceptionRead);
        endpoints.MapGet("/claims/transmissions/{id:guid}/reception", async (Guid id, ListReceptions list, ICurrentActor current, CancellationToken ct) =>
                await list.OfTransmission(current.Actor, new TransmissionId(id), ct) is { } reception
                    ? Results.Json(reception, SiteJson.Options)
                    : Refusals.NoReception.ToResult())
            .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
            .Audits(AuditKind.ReceptionRead);
    }

    public ValueTask<IReadOnlyList<Reception>> Run(Actor by, YearMonth? month, CancellationToken ct) => session.InReading<IReadOnlyList<Reception>>(
        async () =>
        {
            // What is not checked yet has no month and belongs to every list.
            var rows = month is { } one
                ? await receptions.Where(by, Sides.Reading(by), "r.month IN (@month, '')", ct, ("month", one.ToString()))
                : await receptions.Where(by, Sides.Reading(by), "1 = 1", ct);
            return [.. rows.Select(r => r.View())];
        },
        ct);

    private ValueTask<Reception?> OfTransmission(Actor by, TransmissionId id, CancellationToken ct) => session.InReading(
        async () => (await receptions.Where(by, Sides.Reading(by), "r.transmission = @transmission", ct, ("transmission", id.Value))).FirstOrDefault()?.View(),
        ct);
}
