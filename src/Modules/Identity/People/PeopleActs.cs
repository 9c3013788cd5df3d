using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>
/// One act on an organisation's chart: one at a time (the version's row is the lock), judged by what it leaves behind, recorded in its transaction, and
/// noticed by every running server.
/// </summary>
internal sealed class PeopleActs(Store store, IDirectory directory, Standing standing, TimeProvider time)
{
    /// <summary>An act in progress.</summary>
    internal sealed record Scene(Store.Unit Unit, Chart Chart, Actor By, DateTimeOffset Now)
    {
        public IdentityContext Context => Unit.Context;

        public Guid? Person => By.Person?.Value;

        public ValueTask Record(AuditKind kind, Guid subject, string result, CancellationToken ct) => Unit.Record(By, kind, subject.ToString("D"), result, ct);
    }

    /// <summary>Acts on the actor's own organisation; <paramref name="at"/> is when the act takes effect, if later than now.</summary>
    public async ValueTask<Outcome<T>> Run<T>(Actor by, Permission needed, DateTimeOffset? at, Func<Scene, ValueTask<Outcome<T>>> act, CancellationToken ct) =>
        by.May(needed)
            ? await Run(by, by.Organisation, at, scene => Still(scene, needed) ? act(scene) : ValueTask.FromResult<Outcome<T>>(Refusals.NotYours), ct)
            : Refusals.NotYours;

    /// <summary>What let them in may have ended while they waited for their turn.</summary>
    private static bool Still(Scene scene, Permission needed) =>
        scene.By.Person is { } person && scene.Chart.Memberships.Any(m => m.Person == person.Value && Permissions.OfPerson(
            scene.Chart.Organisation.Kinds, scene.Chart.GovernanceOf(m, scene.Now), scene.Chart.BusinessOf(m, scene.Now).ToHashSet()).Contains(needed));

    /// <summary>Acts on an organisation; who may is the caller's to judge.</summary>
    public async ValueTask<Outcome<T>> Run<T>(Actor by, OrganisationId where, DateTimeOffset? at, Func<Scene, ValueTask<Outcome<T>>> act, CancellationToken ct)
    {
        if ((await directory.Organisation(where, ct)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        var outcome = await Within(by, organisation, at, act, ct);
        if (outcome.Succeeded(out _, out _))
        {
            await standing.Refresh(ct);
        }

        return outcome;
    }

    private async ValueTask<Outcome<T>> Within<T>(Actor by, Organisation organisation, DateTimeOffset? at, Func<Scene, ValueTask<Outcome<T>>> act, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        var now = time.Now();
        var chart = await Chart.Load(unit, organisation, now, ct);
        DateTimeOffset[] instants = at > now ? [now, at.Value] : [now];
        var before = instants.Select(i => AppointmentRules.Judge(chart, i)).ToList();
        var outcome = await act(new Scene(unit, chart, by, now));
        if (outcome.Refused(out var refusal, out _))
        {
            return refusal;
        }

        // What was wrong before does not hinder: only what this act would make wrong.
        var after = instants.Select(i => AppointmentRules.Judge(chart, i)).Where((r, i) => r is not null && r != before[i]).FirstOrDefault();
        after ??= await Elsewhere(unit, chart, now, ct);
        if (after is not null)
        {
            return after;
        }

        await unit.Commit(ct);
        return outcome;
    }

    /// <summary>The centre's auditor audits every organisation here, and so operates in none.</summary>
    private static async ValueTask<Refusal?> Elsewhere(Store.Unit unit, Chart chart, DateTimeOffset now, CancellationToken ct)
    {
        var working = chart.Memberships.Where(m => m.InForce(now) && !chart.GovernanceOf(m, now).Contains(GovernanceRole.Auditor)).Select(m => m.Person).ToHashSet();
        var auditing = chart.Memberships.Where(m => m.InForce(now) && chart.GovernanceOf(m, now).Contains(GovernanceRole.Auditor)).Select(m => m.Person).ToHashSet();
        var centre = chart.Organisation.Kinds.Contains(OrganisationKind.Centre);
        var here = chart.Organisation.Id.Value;
        var centres = unit.Context.Kinds.Where(k => k.Kind == OrganisationKind.Centre).Select(k => k.Organisation);
        if (centre && auditing.Count > 0)
        {
            return await unit.Context.Memberships.AnyAsync(m => auditing.Contains(m.Person) && m.Organisation != here && (m.Until == null || m.Until > now), ct)
                ? Refusals.AuditorOperates : null;
        }

        return !centre && working.Count > 0 && await unit.Context.Appointments.AnyAsync(
            a => working.Contains(a.Person) && a.Role == GovernanceRole.Auditor && centres.Contains(a.Organisation) && (a.Until == null || a.Until > now), ct)
            ? Refusals.AuditorOperates : null;
    }
}
