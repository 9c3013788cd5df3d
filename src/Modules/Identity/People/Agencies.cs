using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <inheritdoc cref="IAgencies"/>
internal sealed class Agencies(Store store, IDirectory directory, Standing standing, TimeProvider time) : IAgencies
{
    /// <summary>Who may carry which act.</summary>
    private static readonly Dictionary<AgencyAct, OrganisationKind[]> _carriers = new()
    {
        [AgencyAct.FilingSubmission] = [OrganisationKind.LabourConsultant, OrganisationKind.Agent],
        [AgencyAct.CloudFiling] = [OrganisationKind.CloudOperator],
        [AgencyAct.Operation] = [OrganisationKind.CloudOperator, OrganisationKind.Carrier, OrganisationKind.Agent],
    };

    internal sealed record Ending(string? Reason);

    public async ValueTask<bool> MayAct(OrganisationId agent, OrganisationId principal, AgencyAct act, DateTimeOffset at, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return await unit.Context.Agencies.AnyAsync(
            a => a.Agent == agent.Value && a.Principal == principal.Value && a.Act == act && a.Since <= at && (a.Until == null || a.Until > at), ct);
    }

    public async ValueTask<IReadOnlyList<Agency>> Of(OrganisationId organisation, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var rows = await unit.Context.Agencies.AsNoTracking().Where(a => a.Agent == organisation.Value || a.Principal == organisation.Value).OrderBy(a => a.Since).ToListAsync(ct);
        return [.. rows.Select(Shown)];
    }

    public async ValueTask<Outcome<Agency>> Record(Actor by, Agency agency, CancellationToken ct)
    {
        if (!MayChange(by, agency.Principal))
        {
            return Refusals.NotYours;
        }

        var carriers = (await directory.Organisation(agency.Agent, ct)).Succeeded(out var agent, out _) ? agent.Kinds : new HashSet<OrganisationKind>();
        if (!_carriers[agency.Act].Any(carriers.Contains) || agency.Agent == agency.Principal || string.IsNullOrWhiteSpace(agency.Basis)
            || agency.Until <= agency.Since || !(await directory.Organisation(agency.Principal, ct)).Succeeded(out _, out _))
        {
            return Refusals.AgencyInvalid;
        }

        var row = new AgencyRow
        {
            Id = Guid.CreateVersion7(),
            Agent = agency.Agent.Value,
            Principal = agency.Principal.Value,
            Act = agency.Act,
            Since = agency.Since,
            Until = agency.Until,
            Basis = agency.Basis.Trim(),
            RecordedBy = by.Person?.Value,
        };
        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            unit.Context.Agencies.Add(row);
            await unit.Record(by, AuditKind.AgencyChanged, row.Id.ToString("D"), $"recorded {row.Act} {row.Agent:D} for {row.Principal:D}", ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return Shown(row);
    }

    public async ValueTask<Outcome<Agency>> End(Actor by, Guid agency, string reason, CancellationToken ct)
    {
        var now = time.Now();
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        var row = await unit.Context.Agencies.SingleOrDefaultAsync(a => a.Id == agency && (a.Until == null || a.Until > now), ct);
        if (row is null || !MayChange(by, new OrganisationId(row.Principal)))
        {
            return Refusals.AgencyUnknown;
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return Refusals.NoReason;
        }

        (row.Until, row.Reason, row.EndedBy) = (row.Since > now ? row.Since : now, reason.Trim(), by.Person?.Value);
        await unit.Record(by, AuditKind.AgencyChanged, row.Id.ToString("D"), "ended", ct);
        await unit.Commit(ct);
        return Shown(row);
    }

    public static async Task<IResult> List(ICurrentActor current, IAgencies agencies, CancellationToken ct) =>
        Results.Json(await agencies.Of(current.Actor.Organisation, ct), SiteJson.Options);

    public static async Task<IResult> Record(Agency body, ICurrentActor current, IAgencies agencies, CancellationToken ct) =>
        (await agencies.Record(current.Actor, body, ct)).ToResult(a => Results.Json(a, SiteJson.Options, statusCode: StatusCodes.Status201Created));

    public static async Task<IResult> End(Guid id, Ending body, ICurrentActor current, IAgencies agencies, CancellationToken ct) =>
        (await agencies.End(current.Actor, id, body.Reason ?? "", ct)).ToResult(a => Results.Json(a, SiteJson.Options));

    /// <summary>The principal gives its duties away; an agent never takes them. The centre registers what reaches it on paper.</summary>
    private static bool MayChange(Actor by, OrganisationId principal) => by.May(Permission.ManageSite) || (by.Organisation == principal && by.May(Permission.AppointPeople));

    private static Agency Shown(AgencyRow row) =>
        new(row.Id, new OrganisationId(row.Agent), new OrganisationId(row.Principal), row.Act, row.Since, row.Until, row.Basis);
}
