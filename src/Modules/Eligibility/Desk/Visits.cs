using System.Data.Common;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>A line of a day's list, with what is on file of its patient.</summary>
internal sealed record VisitRow(Guid Id, Guid PatientId, DateOnly Day, string Time, DateTimeOffset? Arrived, DeskPatient Patient);

/// <summary>予約と受付: one line for each patient and day. Scoped.</summary>
internal sealed class Visits(DbSession session, Patients patients, TimeProvider time)
{
    /// <summary>After that only the answers are left.</summary>
    public const int DaysKept = 31;

    private string Prefix => session.Prefix("eligibility");

    public ValueTask<List<VisitRow>> OfDay(OrganisationId facility, DateOnly day, CancellationToken ct) => Query(facility, "v.day = @day", ct, ("day", day));

    public async ValueTask<VisitRow?> Find(OrganisationId facility, Guid id, CancellationToken ct) => (await Query(facility, "v.id = @id", ct, ("id", id))) is [var row] ? row : null;

    /// <summary>Puts a patient on a day's list, or changes the time there; the line.</summary>
    public async ValueTask<(Guid Id, Kept Kept)> Put(OrganisationId facility, Guid patient, DateOnly day, string at, CancellationToken ct)
    {
        var known = await session.Query(
            $"SELECT id, time FROM {Prefix}desk_visit WHERE facility = @facility AND day = @day AND patient = @patient",
            r => (Id: r.GetGuid(0), Time: r.GetString(1)),
            ct,
            ("facility", facility.Value),
            ("day", day),
            ("patient", patient));
        if (known is [var (id, before)])
        {
            if (before == at || at.Length == 0)
            {
                return (id, Kept.Same);
            }

            await session.Execute($"UPDATE {Prefix}desk_visit SET time = @time WHERE id = @id", ct, ("time", at), ("id", id));
            return (id, Kept.Changed);
        }

        id = Guid.CreateVersion7(time.Now());
        await session.Execute(
            $"INSERT INTO {Prefix}desk_visit (id, facility, patient, day, time, arrived) VALUES (@id, @facility, @patient, @day, @time, NULL)",
            ct,
            ("id", id),
            ("facility", facility.Value),
            ("patient", patient),
            ("day", day),
            ("time", at));
        return (id, Kept.Created);
    }

    /// <summary>An appointment: the plan asks about it.</summary>
    public async ValueTask<Kept> Book(OrganisationId facility, Guid patient, DateOnly day, string at, CancellationToken ct)
    {
        var (id, kept) = await Put(facility, patient, day, at, ct);
        await session.Execute($"UPDATE {Prefix}desk_visit SET booked = 1 WHERE id = @id AND booked = 0", ct, ("id", id));
        return kept;
    }

    public ValueTask<int> Arrived(Guid id, CancellationToken ct) =>
        session.Execute($"UPDATE {Prefix}desk_visit SET arrived = @at WHERE id = @id AND arrived IS NULL", ct, ("id", id), ("at", time.Now()));

    public ValueTask<int> Remove(Guid id, CancellationToken ct) => session.Execute($"DELETE FROM {Prefix}desk_visit WHERE id = @id", ct, ("id", id));

    public ValueTask<int> Remove(Guid patient, DateOnly day, CancellationToken ct) =>
        session.Execute($"DELETE FROM {Prefix}desk_visit WHERE patient = @patient AND day = @day", ct, ("patient", patient), ("day", day));

    public ValueTask<int> RemoveAll(Guid patient, CancellationToken ct) => session.Execute($"DELETE FROM {Prefix}desk_visit WHERE patient = @patient", ct, ("patient", patient));

    /// <summary>A line as it is shown.</summary>
    public static DeskVisit Shown(VisitRow row, DeskAnswer? answer) => new(
        row.Id, row.Day, row.Time, row.Arrived, row.Patient, answer, Differences.Of(row.Patient, answer?.Answer), ReferenceDiffers(row.Patient, answer?.Answer));

    /// <summary>What the centre has of this person is another 患者番号: nothing is registered over it.</summary>
    public static bool ReferenceDiffers(DeskPatient patient, InquiryAnswer? answer) =>
        answer is { Reference.Length: > 0 } && TextFold.Code(answer.Reference) != TextFold.Code(patient.Chart);

    private async ValueTask<List<VisitRow>> Query(OrganisationId facility, string where, CancellationToken ct, params (string, object?)[] parameters)
    {
        var rows = await session.Query(
            $"""
            SELECT v.id, v.patient, v.day, v.time, v.arrived, p.sealed FROM {Prefix}desk_visit v JOIN {Prefix}desk_patient p ON p.id = v.patient
            WHERE v.facility = @facility AND {where} AND p.sealed IS NOT NULL
            """,
            r => Read(r, facility),
            ct,
            [("facility", facility.Value), .. parameters]);
        return [.. rows.OrderBy(v => v.Time.Length == 0).ThenBy(v => v.Time, StringComparer.Ordinal).ThenBy(v => v.Arrived ?? DateTimeOffset.MaxValue).ThenBy(v => v.Id)];
    }

    private VisitRow Read(DbDataReader r, OrganisationId facility) => new(
        r.GetGuid(0),
        r.GetGuid(1),
        DateOnly.ParseExact(r.GetString(2), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        r.GetString(3),
        r.IsDBNull(4) ? null : Instants.FromMicroseconds(r.GetInt64(4)),
        patients.Open(facility, r.GetGuid(1), (byte[])r.GetValue(5))!);
}
