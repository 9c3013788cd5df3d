using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>A facility's plan that is on, and who set it.</summary>
internal sealed record PlannedNight(OrganisationId Facility, TimeOnly At, PersonId? Person);

/// <summary>When a facility's appointments are asked about by themselves. Scoped.</summary>
internal sealed class Plans(DbSession session, NightSignal signal, Audit audit)
{
    /// <summary>From the first file on that a person or a device of the facility brings, or the first 該当資格なし at the desk; until then nothing is asked.</summary>
    public static readonly NightPlan Usual = new(true, new TimeOnly(2, 0), true);

    private const string Form = "HH:mm";

    private string Table => session.Prefix("eligibility") + "desk_plan";

    public async ValueTask<NightPlan> Of(OrganisationId facility, CancellationToken ct) =>
        (await session.Query(
            $"SELECT night, night_at, use_reference FROM {Table} WHERE facility = @facility",
            r => new NightPlan(r.GetInt32(0) != 0, At(r.GetString(1)), r.GetInt32(2) != 0),
            ct,
            ("facility", facility.Value))) is [var plan] ? plan : Usual with { On = false };

    public ValueTask<List<PlannedNight>> On(CancellationToken ct) => session.Query(
        $"SELECT facility, night_at, person FROM {Table} WHERE night = 1",
        r => new PlannedNight(new OrganisationId(r.GetGuid(0)), At(r.GetString(1)), r.IsDBNull(2) ? null : new PersonId(r.GetGuid(2))),
        ct);

    /// <summary>The usual plan, for a facility that has none yet.</summary>
    public async ValueTask Begin(Actor by, CancellationToken ct)
    {
        if (by.Person is not null || by.Device is not null)
        {
            await Put(by, Usual, "DO NOTHING", ct);
        }
    }

    public async ValueTask<Outcome<NightPlan>> Change(Actor by, NightPlan plan, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility) || by.Person is null)
        {
            return by.May(Permission.InquireEligibility) ? Refusals.PersonOnly : Refusals.NotAllowed;
        }

        await session.Write(ct);
        await Put(by, plan, "(facility) DO UPDATE SET night = excluded.night, night_at = excluded.night_at, use_reference = excluded.use_reference, person = excluded.person", ct);
        await audit.Record(by, AuditKind.NightPlanChanged, "facility:" + by.Organisation, plan.On ? Text(plan.At) : "off", ct);
        session.AfterCommit(signal.Set);
        await session.Commit(ct);
        return plan;
    }

    private ValueTask<int> Put(Actor by, NightPlan plan, string conflict, CancellationToken ct) => session.Execute(
        $"INSERT INTO {Table} (facility, night, night_at, use_reference, person) VALUES (@facility, @night, @at, @reference, @person) ON CONFLICT {conflict}",
        ct,
        ("facility", by.Organisation.Value),
        ("night", plan.On),
        ("at", Text(plan.At)),
        ("reference", plan.References),
        ("person", by.Person?.Value));

    private static string Text(TimeOnly at) => at.ToString(Form, CultureInfo.InvariantCulture);

    private static TimeOnly At(string text) => TimeOnly.ParseExact(text, Form, CultureInfo.InvariantCulture);
}
