using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>What a facility was answered: appended, never changed; evidence for its claims. Scoped.</summary>
internal sealed class Answers(DbSession session, RegistryKeys keys, Disclosure disclosure)
{
    /// <summary>As long as a claim can be asked about (診療報酬請求権の時効).</summary>
    public const int YearsKept = 5;

    private const int MostShown = 50;
    private const string Columns = "a.id, a.facility, a.source, a.sealed";

    private string Table => session.Prefix("eligibility") + "desk_answer";

    /// <summary>Keeps an answer; the same one asked for again is kept once.</summary>
    public ValueTask<int> Add(OrganisationId facility, Guid? patient, DeskSource source, InquiryAnswer answer, CancellationToken ct) => session.Execute(
        $"INSERT INTO {Table} (id, facility, patient, day, at, code, source, dismissed, sealed) VALUES (@id, @facility, @patient, @day, @at, @code, @source, 0, @sealed) ON CONFLICT (id) DO NOTHING",
        ct,
        ("id", answer.Id),
        ("facility", facility.Value),
        ("patient", patient),
        ("day", answer.On),
        ("at", answer.At),
        ("code", answer.Code),
        ("source", source),
        ("sealed", keys.Seal(JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options), answer.Id, facility.Value)));

    /// <summary>Of a patient, latest first.</summary>
    public ValueTask<IReadOnlyList<DeskAnswer>> OfPatient(Guid patient, CancellationToken ct) => Shown(session.Query(
        $"SELECT {Columns} FROM {Table} a WHERE a.patient = @patient ORDER BY a.at DESC LIMIT {MostShown}", Row.Read, ct, ("patient", patient)), ct);

    /// <summary>The latest of each patient of a day's list.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, DeskAnswer>> OfDay(OrganisationId facility, DateOnly day, CancellationToken ct)
    {
        var rows = await session.Query(
            $"""
            SELECT {Columns}, a.patient FROM {session.Prefix("eligibility")}desk_visit v JOIN {Table} a ON a.patient = v.patient AND a.day = v.day
            WHERE v.facility = @facility AND v.day = @day ORDER BY a.at
            """,
            r => (Patient: r.GetGuid(4), Row: Row.Read(r)),
            ct,
            ("facility", facility.Value),
            ("day", day));
        var latest = new Dictionary<Guid, DeskAnswer>();
        foreach (var (patient, row) in rows.GroupBy(r => r.Patient).Select(g => g.Last()))
        {
            latest[patient] = await Shown(row, ct);
        }

        return latest;
    }

    /// <summary>One of the facility's, of that patient (null: a card result that waits).</summary>
    public async ValueTask<DeskAnswer?> Find(OrganisationId facility, Guid? patient, Guid id, CancellationToken ct)
    {
        var found = await session.Query(
            $"SELECT {Columns} FROM {Table} a WHERE a.id = @id AND a.facility = @facility AND {(patient is null ? "a.patient IS NULL AND a.dismissed = 0" : "a.patient = @patient")}",
            Row.Read,
            ct,
            patient is null ? [("id", id), ("facility", facility.Value)] : [("id", id), ("facility", facility.Value), ("patient", patient)]);
        return found is [var row] ? await Shown(row, ct) : null;
    }

    /// <summary>Card results nobody has decided about, newest first.</summary>
    public ValueTask<IReadOnlyList<DeskAnswer>> Waiting(OrganisationId facility, CancellationToken ct) => Shown(session.Query(
        $"SELECT {Columns} FROM {Table} a WHERE a.facility = @facility AND a.patient IS NULL AND a.dismissed = 0 ORDER BY a.at DESC LIMIT {MostShown}",
        Row.Read, ct, ("facility", facility.Value)), ct);

    public async ValueTask<int> CountWaiting(OrganisationId facility, CancellationToken ct) => Convert.ToInt32(
        await session.Scalar($"SELECT COUNT(*) FROM {Table} WHERE facility = @facility AND patient IS NULL AND dismissed = 0", ct, ("facility", facility.Value)), CultureInfo.InvariantCulture);

    /// <summary>Says once whose a card result is; null: nobody's here.</summary>
    public ValueTask<int> Decide(Guid id, Guid? patient, CancellationToken ct) => patient is null
        ? session.Execute($"UPDATE {Table} SET dismissed = 1 WHERE id = @id AND patient IS NULL", ct, ("id", id))
        : session.Execute($"UPDATE {Table} SET patient = @patient WHERE id = @id AND patient IS NULL", ct, ("id", id), ("patient", patient));

    private async ValueTask<IReadOnlyList<DeskAnswer>> Shown(ValueTask<List<Row>> rows, CancellationToken ct)
    {
        var shown = new List<DeskAnswer>();
        foreach (var row in await rows)
        {
            shown.Add(await Shown(row, ct));
        }

        return shown;
    }

    /// <summary>Somebody may have come under protection since: whereabouts are asked for anew whenever an answer is shown.</summary>
    private async ValueTask<DeskAnswer> Shown(Row row, CancellationToken ct)
    {
        var answer = Json.Read<InquiryAnswer>(keys.Open(row.Sealed, row.Id, row.Facility));
        answer = answer.Coverage is { } coverage ? answer with { Coverage = await disclosure.Whereabouts(coverage, false, ct) } : answer;
        return new DeskAnswer(row.Source, answer, DeskWording.Light(answer.Validity), DeskWording.Say(answer));
    }

    private sealed record Row(Guid Id, Guid Facility, DeskSource Source, byte[] Sealed)
    {
        public static Row Read(DbDataReader r) => new(r.GetGuid(0), r.GetGuid(1), Enum.Parse<DeskSource>(r.GetString(2)), (byte[])r.GetValue(3));
    }
}
