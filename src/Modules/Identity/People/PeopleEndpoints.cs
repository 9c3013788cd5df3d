using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Identity.People;

/// <summary>職員と役割 over HTTP, for people signed in: a device alone holds none of these permissions.</summary>
internal static class PeopleEndpoints
{
    private sealed record Added(string? Login, string? Name, BusinessRole[]? Roles, string[]? Posts, GovernanceRole? Role);

    private sealed record Ending(string? Reason, DateTimeOffset? At);

    private sealed record Word(bool Approve);

    public static void Map(RouteGroupBuilder identity)
    {
        identity.MapGet("/people", Read).Requires(Permission.ReadPeople).Audits(AuditKind.PeopleRead);
        identity.MapPost("/people", Add).Requires(Permission.ManagePeople).Audits(AuditKind.PeopleChanged);
        identity.MapPut("/people/{id:guid}/roles", Roles).Requires(Permission.ManagePeople).Audits(AuditKind.PeopleChanged);
        identity.MapPut("/people/{id:guid}/posts", Posts).Requires(Permission.AppointPeople).Audits(AuditKind.PeopleChanged);
        identity.MapPost("/people/{id:guid}/leave", Leave).Requires(Permission.ManagePeople).Audits(AuditKind.PeopleChanged);
        identity.MapPost("/people/waiting/{id:guid}", Decide).Requires(Permission.AppointPeople).Audits(AuditKind.PeopleChanged);
        identity.MapPost("/appointments", Appoint).Requires(Permission.AppointPeople).Audits(AuditKind.AppointmentChanged);
        identity.MapPost("/appointments/{id:guid}/end", End).Requires(Permission.AppointPeople).Audits(AuditKind.AppointmentChanged);
        identity.MapPost("/regulation", Adopt).Requires(Permission.AppointPeople).Audits(AuditKind.RegulationChanged);
        identity.MapGet("/agencies", Agencies.List).Requires(Permission.ReadPeople).Audits(AuditKind.PeopleRead);
        identity.MapPost("/agencies", (Func<Agency, ICurrentActor, IAgencies, CancellationToken, Task<IResult>>)Agencies.Record)
            .Requires(Permission.AppointPeople).Audits(AuditKind.AgencyChanged);
        identity.MapPost("/agencies/{id:guid}/end", (Func<Guid, Agencies.Ending, ICurrentActor, IAgencies, CancellationToken, Task<IResult>>)Agencies.End)
            .Requires(Permission.AppointPeople).Audits(AuditKind.AgencyChanged);
        identity.MapGet("/permissions", (IPeople people) => Results.Json(people.Matrix, SiteJson.Options))
            .OpenToAll("権限の表。個人情報を含まない。").NotAudited("公開の説明").WithMetadata(new ClassifiedAttribute(Wire.Classification.Public));
    }

    private static async Task<IResult> Read(ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.Staff(current.Actor, ct)).ToResult(staff => Results.Json(staff, SiteJson.Options));

    private static async Task<IResult> Add(Added body, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.Add(current.Actor, new NewColleague(body.Login ?? "", body.Name ?? "", body.Roles ?? [], body.Posts ?? [], body.Role ?? GovernanceRole.User), ct))
            .ToResult(added => Results.Json(added, SiteJson.Options, statusCode: StatusCodes.Status201Created));

    private static async Task<IResult> Roles(Guid id, BusinessRole[] roles, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.ChangeRoles(current.Actor, new PersonId(id), roles, ct)).ToResult(Answer);

    private static async Task<IResult> Posts(Guid id, string[] posts, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.ChangePosts(current.Actor, new PersonId(id), posts, ct)).ToResult(Answer);

    private static async Task<IResult> Leave(Guid id, Ending body, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.Leave(current.Actor, new PersonId(id), body.Reason ?? "", body.At, ct)).ToResult(Answer);

    private static async Task<IResult> Decide(Guid id, Word body, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.Decide(current.Actor, id, body.Approve, ct)).ToResult(Answer);

    private static async Task<IResult> Appoint(NewAppointment body, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.Appoint(current.Actor, body, ct)).ToResult(id => Results.Json(new { Id = id }, SiteJson.Options, statusCode: StatusCodes.Status201Created));

    private static async Task<IResult> End(Guid id, Ending body, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.EndAppointment(current.Actor, id, body.Reason ?? "", ct)).ToResult(Answer);

    private static async Task<IResult> Adopt(NewRegulation body, ICurrentActor current, IPeople people, CancellationToken ct) =>
        (await people.Adopt(current.Actor, body, ct)).ToResult(adopted => Results.Json(adopted, SiteJson.Options));

    /// <summary>202 when a second person is asked.</summary>
    private static IResult Answer(ActState state) =>
        Results.Json(new { State = state }, SiteJson.Options, statusCode: state == ActState.Waiting ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
}
