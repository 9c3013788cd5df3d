using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>Where to go on, or whose decisions.</summary>
/// <param name="After">`next` of the page before; null at first.</param>
/// <param name="Card">Whose decisions; null for proposals.</param>
internal sealed record MatchQuery(string? After = null, CardKeys? Card = null);

/// <summary>A decision.</summary>
/// <param name="One">As proposed.</param>
/// <param name="Other">As proposed.</param>
/// <param name="Same">One person; false: two.</param>
/// <param name="Reason">Why.</param>
internal sealed record MatchAct(Guid One, Guid Other, bool Same, string Reason = "");

/// <summary>The decision that was taken, or taken back.</summary>
/// <param name="Id">Of the decision.</param>
internal sealed record MatchActed(Guid Id);

/// <summary>How many coverages are no longer shown.</summary>
/// <param name="Stopped">Coverages.</param>
internal sealed record ViewingStopped(int Stopped);

/// <summary>Why.</summary>
/// <param name="Reason">4 characters or more.</param>
internal sealed record ReasonGiven(string Reason = "");

/// <summary>Whose viewing is stopped.</summary>
internal sealed record StopRequest
{
    /// <summary>Whose.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What people of the centre may do with who is registered; each call is one use case.</summary>
internal sealed class RegisteredPeople(IServiceProvider services) : IRegisteredPeople
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var matches = endpoints.MapGroup("/eligibility/matches").Requires(Permission.ManageRegistered);
        matches.MapPost("/search", Search)
            .Takes<MatchQuery>()
            .Produces<IReadOnlyList<MatchDecision>>()
            .Produces<MatchPage>()
            .WithSummary("保険者をまたぐ本人の候補。card を書けば、その人についての判断")
            .Audits(AuditKind.MatchRead);
        matches.MapQuestion<IRegisteredPeople, MatchAct, MatchActed>("", async (people, by, act, ct) =>
                Acted(await people.Decide(by, act.One, act.Other, act.Same, act.Reason, ct)))
            .WithSummary("本人の候補についての判断（同じ人か、別人か）")
            .Audits(AuditKind.MatchDecided);
        matches.MapPost("/{id:guid}/undo", async (Guid id, HttpRequest request, IRegisteredPeople people, ICurrentActor current, CancellationToken ct) =>
                Acted(await people.Undo(current.Actor, id, (await Json.Body<ReasonGiven>(request, ct)).Reason, ct)).ToResult(undone => Results.Json(undone, SiteJson.Options)))
            .Takes<ReasonGiven>()
            .Produces<MatchActed>()
            .WithSummary("判断の取消。その判断から導かれていたことは、すべてなくなる")
            .Audits(AuditKind.MatchDecided);
        endpoints.MapQuestion<IRegisteredPeople, StopRequest, ViewingStopped>("/eligibility/stops", async (people, by, stop, ct) =>
                (await people.Stop(by, stop.Card, stop.Reason, ct)).Refused(out var refusal, out var stopped) ? refusal : new ViewingStopped(stopped))
            .WithSummary("閲覧停止")
            .Requires(Permission.ManageRegistered)
            .Audits(AuditKind.ViewingStopped);
    }

    private static Outcome<MatchActed> Acted(Outcome<Guid> done) => done.Refused(out var refusal, out var id) ? refusal : new MatchActed(id);

    private static async Task<IResult> Search(HttpRequest request, IRegisteredPeople people, ICurrentActor current, CancellationToken ct)
    {
        var query = await Json.Body<MatchQuery>(request, ct);
        return query.Card is { } card
            ? (await people.Decisions(current.Actor, card, ct)).ToResult(found => Results.Json(found, SiteJson.Options))
            : (await people.Proposals(current.Actor, query.After, ct)).ToResult(page => Results.Json(page, SiteJson.Options));
    }

    public ValueTask<Outcome<MatchPage>> Proposals(Actor by, string? after, CancellationToken ct) => Get<Matches>().Proposals(by, after, ct);

    public ValueTask<Outcome<IReadOnlyList<MatchDecision>>> Decisions(Actor by, CardKeys card, CancellationToken ct) => Get<Matches>().Decisions(by, card, ct);

    public ValueTask<Outcome<Guid>> Decide(Actor by, Guid one, Guid other, bool same, string reason, CancellationToken ct) =>
        Get<DecideMatch>().Run(by, one, other, same, reason, ct);

    public ValueTask<Outcome<Guid>> Undo(Actor by, Guid link, string reason, CancellationToken ct) => Get<DecideMatch>().Undo(by, link, reason, ct);

    public ValueTask<Outcome<int>> Stop(Actor by, CardKeys card, string reason, CancellationToken ct) => Get<StopViewing>().Run(by, card, reason, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
