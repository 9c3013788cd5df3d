using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Emergencies;

/// <summary>A review, as sent.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Note">In words, 4 characters or more.</param>
internal sealed record ReviewGiven(EmergencyVerdict Verdict, string Note = "");

/// <summary>A facility that may, or may not any more.</summary>
/// <param name="Facility">組織.</param>
/// <param name="Permitted">False: not any more.</param>
/// <param name="Reason">Why.</param>
internal sealed record PermitGiven(OrganisationId Facility, bool Permitted, string Reason = "");

/// <summary>The one that was reviewed.</summary>
/// <param name="Id">Of the emergency.</param>
internal sealed record ReviewKept(Guid Id);

/// <summary>Whether the facility may now.</summary>
/// <param name="Permitted">It may.</param>
internal sealed record PermitKept(bool Permitted);

/// <inheritdoc cref="IEmergencies"/>
internal sealed class EmergencyDoor(
    DbSession session, EmergencyTable table, OpenEmergency open, ReviewEmergency review, IDirectory directory, Audit audit) : IEmergencies
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/eligibility/emergencies");
        group.MapQuestion<IEmergencies, EmergencyRequest, EmergencyAccess>("", (emergencies, by, request, ct) => emergencies.Open(by, request, ct))
            .WithSummary("救急時の閲覧を開く（許された医療機関の医療情報閲覧の人。第二の要素が要る）")
            .Requires(Permission.OpenInEmergency)
            .Audits(AuditKind.EmergencyOpened);
        group.MapPost("/search", async (IEmergencies emergencies, ICurrentActor current, CancellationToken ct) =>
                (await emergencies.List(current.Actor, ct)).ToResult(list => Results.Json(list, SiteJson.Options)))
            .Produces<IReadOnlyList<EmergencySummary>>()
            .WithSummary("自組織の救急時の閲覧の一覧")
            .Requires(Permission.ReviewEmergencies)
            .Audits(AuditKind.EmergencyReviewed);
        group.MapPost("/{id:guid}/read", async (Guid id, IEmergencies emergencies, ICurrentActor current, CancellationToken ct) =>
                (await emergencies.Read(current.Actor, id, ct)).ToResult(detail => Results.Json(detail, SiteJson.Options)))
            .Produces<EmergencyDetail>()
            .WithSummary("救急時の閲覧の1件")
            .Requires(Permission.ReviewEmergencies)
            .Audits(AuditKind.EmergencyReviewed);
        group.MapPost("/{id:guid}/review", async (Guid id, HttpRequest request, IEmergencies emergencies, ICurrentActor current, CancellationToken ct) =>
            {
                var given = await Json.Body<ReviewGiven>(request, ct);
                return (await emergencies.Review(current.Actor, id, given.Verdict, given.Note, ct)).ToResult(done => Results.Json(new ReviewKept(done), SiteJson.Options));
            })
            .Takes<ReviewGiven>()
            .Produces<ReviewKept>()
            .WithSummary("救急時の閲覧の事後確認")
            .Requires(Permission.ReviewEmergencies)
            .Audits(AuditKind.EmergencyReviewed);
        var permits = group.MapGroup("/permits").Requires(Permission.ManageCards);
        permits.MapGet("", async (IEmergencies emergencies, CancellationToken ct) => Results.Json(await emergencies.Permits(ct), SiteJson.Options))
            .Produces<IReadOnlyList<EmergencyPermit>>()
            .WithSummary("救急時の閲覧を許された医療機関")
            .Audits(AuditKind.PageRead);
        permits.MapQuestion<IEmergencies, PermitGiven, PermitKept>("", async (emergencies, by, given, ct) =>
                (await emergencies.Permit(by, given.Facility, given.Permitted, given.Reason, ct)).Refused(out var refusal, out var permitted) ? refusal : new PermitKept(permitted))
            .WithSummary("医療機関に救急時の閲覧を許す、または許すのをやめる")
            .Audits(AuditKind.EmergencyPermitted);
    }

    public ValueTask<Outcome<EmergencyAccess>> Open(Actor by, EmergencyRequest request, CancellationToken ct) => open.Run(by, request, ct);

    public ValueTask<Outcome<IReadOnlyList<EmergencySummary>>> List(Actor by, CancellationToken ct) => review.List(by, ct);

    public ValueTask<Outcome<EmergencyDetail>> Read(Actor by, Guid id, CancellationToken ct) => review.Read(by, id, ct);

    public ValueTask<Outcome<Guid>> Review(Actor by, Guid id, EmergencyVerdict verdict, string note, CancellationToken ct) => review.Review(by, id, verdict, note, ct);

    public async ValueTask<IReadOnlyList<EmergencyPermit>> Permits(CancellationToken ct)
    {
        var permits = new List<EmergencyPermit>();
        foreach (var (facility, since) in await session.InReading(() => table.Permits(ct), ct))
        {
            permits.Add(new(facility, (await directory.Organisation(facility, ct)).Succeeded(out var organisation, out _) ? organisation.Name : "", since));
        }

        return permits;
    }

    public async ValueTask<Outcome<bool>> Permit(Actor by, OrganisationId facility, bool permitted, string reason, CancellationToken ct)
    {
        if (!by.May(Permission.ManageCards))
        {
            return Refusals.NotForEmergencies;
        }

        if (!Audit.IsReason(reason))
        {
            return Refusals.EmergencyReasonMissing;
        }

        if (!(await directory.Organisation(facility, ct)).Succeeded(out var organisation, out _) || !organisation.Kinds.Contains(OrganisationKind.MedicalInstitution))
        {
            return Refusals.NotPermittable;
        }

        await session.Write(ct);
        await table.Permit(facility, permitted, ct);
        await audit.Record(
            new AuditEvent(AuditKind.EmergencyPermitted, facility.ToString(), permitted ? "permitted" : "ended") { By = by, Reason = reason.Trim() }, ct);
        await session.Commit(ct);
        return permitted;
    }
}
