using System.Data.Common;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>A run somebody works on.</summary>
internal sealed record OpenRun(Guid Id, OrganisationId Facility, DateOnly Day, PersonId? Person);

/// <summary>One patient and day of a run.</summary>
internal sealed record RunItem(Guid Patient, DateOnly Day, Guid Visit, Guid? Answer, string Refusal);

/// <summary>一括照会: which lines, and how far. Scoped.</summary>
internal sealed class Runs(DbSession session, TimeProvider time)
{
    /// <summary>該当資格なし is asked again on each of so many days after the visit: an insurer has five to register.</summary>
    public const int RecheckDays = 7;

    // Long enough for the lines of one step; who died with it is followed after as long.
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);

    private string Prefix => session.Prefix("eligibility");

    /// <summary>Whether the plan has something to ask about that day.</summary>
    public async ValueTask<bool> IsDue(OrganisationId facility, DateOnly day, DateOnly today, CancellationToken ct)
    {
        var (_, where, parameters) = await Planned(facility, day, today, ct);
        return await session.Scalar($"SELECT 1 FROM {Prefix}desk_visit v WHERE {where} LIMIT 1", ct, parameters) is not null;
    }

    /// <summary>By a person: everybody of the day's list, and what is to be asked again; null when there is no list.</summary>
    public async ValueTask<Guid?> Begin(OrganisationId facility, DateOnly day, PersonId? person, CancellationToken ct)
    {
        (string, object?)[] parameters = [("facility", facility.Value), ("day", day), ("from", day.AddDays(-RecheckDays)), ("before", day)];
        return await session.Scalar($"SELECT 1 FROM {Prefix}desk_visit v WHERE v.facility = @facility AND v.day = @day LIMIT 1", ct, ("facility", facility.Value), ("day", day)) is not null
            && await New(facility, day, person, automatic: false, ct) is { } id
            ? await Fill(id, $"v.facility = @facility AND (v.day = @day OR {Again})", parameters, ct)
            : null;
    }

    /// <summary>By the plan: one run for a facility and day, which goes on with the appointments that came since. Nobody is asked about whom the desk asked about that day.</summary>
    public async ValueTask<Guid?> BeginPlanned(OrganisationId facility, DateOnly day, DateOnly today, PersonId? person, CancellationToken ct)
    {
        var (run, where, parameters) = await Planned(facility, day, today, ct);
        if (run is { } known)
        {
            await session.Execute($"UPDATE {Prefix}desk_run SET ended = NULL WHERE id = @id", ct, ("id", known));
            return await Fill(known, where, parameters, ct);
        }

        return await New(facility, day, person, automatic: true, ct) is { } id ? await Fill(id, where, parameters, ct) : null;
    }

    /// <summary>Takes one that nobody else works on.</summary>
    public async ValueTask<OpenRun?> Take(CancellationToken ct)
    {
        var now = time.Now();
        var open = await session.Query(
            $"SELECT id, facility, day, person FROM {Prefix}desk_run WHERE ended IS NULL AND lease < @now ORDER BY started LIMIT 1",
            r => new OpenRun(r.GetGuid(0), new OrganisationId(r.GetGuid(1)), Day(r, 2), r.IsDBNull(3) ? null : new PersonId(r.GetGuid(3))),
            ct,
            ("now", now));
        return open is [var run] && await session.Execute(
            $"UPDATE {Prefix}desk_run SET lease = @until WHERE id = @id AND lease < @now", ct, ("until", now + _lease), ("id", run.Id), ("now", now)) == 1 ? run : null;
    }

    public ValueTask<int> GiveBack(Guid run, CancellationToken ct) => session.Execute($"UPDATE {Prefix}desk_run SET lease = 0 WHERE id = @id", ct, ("id", run));

    /// <summary>Unless an appointment came while the last lines were asked about.</summary>
    public ValueTask<int> End(Guid run, CancellationToken ct) => session.Execute(
        $"UPDATE {Prefix}desk_run SET ended = @at WHERE id = @id AND NOT EXISTS (SELECT 1 FROM {Prefix}desk_run_item i WHERE i.run = @id AND i.answer IS NULL AND i.refusal = '')",
        ct,
        ("id", run),
        ("at", time.Now()));

    public ValueTask<List<RunItem>> Items(Guid run, bool openOnly, int most, CancellationToken ct) => session.Query(
        $"""
        SELECT patient, day, visit, answer, refusal FROM {Prefix}desk_run_item WHERE run = @run {(openOnly ? "AND answer IS NULL AND refusal = ''" : "")}
        ORDER BY day DESC, visit LIMIT {most.ToString(CultureInfo.InvariantCulture)}
        """,
        r => new RunItem(r.GetGuid(0), Day(r, 1), r.GetGuid(2), r.IsDBNull(3) ? null : r.GetGuid(3), r.GetString(4)),
        ct,
        ("run", run));

    /// <summary>False when somebody who took the run over was faster: their answer is the one.</summary>
    public async ValueTask<bool> Settle(Guid run, RunItem item, Guid? answer, string refusal, CancellationToken ct) => await session.Execute(
        $"UPDATE {Prefix}desk_run_item SET answer = @answer, refusal = @refusal WHERE run = @run AND patient = @patient AND day = @day AND answer IS NULL AND refusal = ''",
        ct,
        ("answer", answer),
        ("refusal", refusal),
        ("run", run),
        ("patient", item.Patient),
        ("day", item.Day)) == 1;

    /// <summary>A facility's, newest first.</summary>
    public ValueTask<List<NightRun>> Of(OrganisationId facility, CancellationToken ct) => Read(facility, "", ct);

    public async ValueTask<NightRun?> Find(OrganisationId facility, Guid id, CancellationToken ct) => (await Read(facility, "AND r.id = @id", ct, ("id", id))) is [var run] ? run : null;

    public async ValueTask<bool> IsOpen(OrganisationId facility, DateOnly day, CancellationToken ct) => await session.Scalar(
        $"SELECT 1 FROM {Prefix}desk_run WHERE facility = @facility AND day = @day AND ended IS NULL", ct, ("facility", facility.Value), ("day", day)) is not null;

    /// <summary>Lists and runs of long ago, and evidence no claim can rest on any more.</summary>
    public async ValueTask<int> Forget(DateOnly today, CancellationToken ct)
    {
        var day = ("day", (object?)today.AddDays(-Visits.DaysKept));
        var gone = await session.Execute($"DELETE FROM {Prefix}desk_visit WHERE day < @day", ct, day);
        gone += await session.Execute($"DELETE FROM {Prefix}desk_run_item WHERE run IN (SELECT id FROM {Prefix}desk_run WHERE day < @day)", ct, day);
        gone += await session.Execute($"DELETE FROM {Prefix}desk_run WHERE day < @day", ct, day);
        return gone + await session.Execute($"DELETE FROM {Prefix}desk_answer WHERE at < @at", ct, ("at", time.Now().AddYears(-Answers.YearsKept)));
    }

    private ValueTask<List<NightRun>> Read(OrganisationId facility, string where, CancellationToken ct, params (string, object?)[] parameters) => session.Query(
        $"""
        SELECT r.id, r.day, r.automatic, r.started, r.ended, COUNT(i.patient), COUNT(CASE WHEN i.answer IS NOT NULL OR i.refusal <> '' THEN 1 END)
        FROM {Prefix}desk_run r LEFT JOIN {Prefix}desk_run_item i ON i.run = r.id
        WHERE r.facility = @facility {where} GROUP BY r.id, r.day, r.automatic, r.started, r.ended ORDER BY r.started DESC LIMIT 30
        """,
        r => new NightRun(
            r.GetGuid(0), Day(r, 1), r.GetInt32(2) != 0, Instants.FromMicroseconds(r.GetInt64(3)), r.IsDBNull(4) ? null : Instants.FromMicroseconds(r.GetInt64(4)), r.GetInt32(5), r.GetInt32(6)),
        ct,
        [("facility", facility.Value), .. parameters]);

    /// <summary>Null: another server was faster.</summary>
    private async ValueTask<Guid?> New(OrganisationId facility, DateOnly day, PersonId? person, bool automatic, CancellationToken ct)
    {
        var at = time.Now();
        var id = Guid.CreateVersion7(at);
        return await session.Execute(
            $"""
            INSERT INTO {Prefix}desk_run (id, facility, day, automatic, person, started, ended, lease) VALUES (@id, @facility, @day, @automatic, @person, @at, NULL, 0)
            ON CONFLICT DO NOTHING
            """,
            ct,
            ("id", id),
            ("facility", facility.Value),
            ("day", day),
            ("automatic", automatic),
            ("person", person?.Value),
            ("at", at)) == 1 ? id : null;
    }

    private async ValueTask<Guid> Fill(Guid run, string where, (string, object?)[] parameters, CancellationToken ct)
    {
        await session.Execute(
            $"""
            INSERT INTO {Prefix}desk_run_item (run, patient, day, visit, answer, refusal) SELECT @run, v.patient, v.day, v.id, NULL, '' FROM {Prefix}desk_visit v WHERE {where}
            ON CONFLICT DO NOTHING
            """,
            ct,
            [("run", run), .. parameters]);
        return run;
    }

    /// <summary>
    /// The day's planned run, if it has begun, and who is to be asked about: the appointments without an answer of today; before anything has begun, what is to be asked again, too.
    /// Who comes in without an appointment is asked about at the desk.
    /// </summary>
    private async ValueTask<(Guid? Run, string Where, (string, object?)[] Parameters)> Planned(OrganisationId facility, DateOnly day, DateOnly today, CancellationToken ct)
    {
        var begun = await session.Query(
            $"SELECT id FROM {Prefix}desk_run WHERE facility = @facility AND day = @day AND automatic = 1", r => r.GetGuid(0), ct, ("facility", facility.Value), ("day", day));
        var fresh = $"v.day = @day AND v.booked = 1 AND NOT EXISTS (SELECT 1 FROM {Prefix}desk_answer a WHERE a.patient = v.patient AND a.day = v.day AND a.at >= @midnight)";
        (string, object?)[] parameters =
            [("facility", facility.Value), ("day", day), ("midnight", new DateTimeOffset(time.Now().DayInJapan(), default, JapanTime.Offset))];
        return begun is [var run]
            ? (run, $"v.facility = @facility AND {fresh} AND NOT EXISTS (SELECT 1 FROM {Prefix}desk_run_item i WHERE i.run = @begun AND i.patient = v.patient AND i.day = v.day)", [.. parameters, ("begun", run)])
            : (null, $"v.facility = @facility AND (({fresh}) OR {Again})", [.. parameters, ("from", day.AddDays(-RecheckDays)), ("before", day < today ? day : today)]);
    }

    private string Again =>
        $"""
        (v.day < @before AND v.day >= @from AND 4 =
            (SELECT a.code FROM {Prefix}desk_answer a WHERE a.patient = v.patient AND a.day = v.day ORDER BY a.at DESC LIMIT 1))
        """;

    private static DateOnly Day(DbDataReader row, int column) => DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
