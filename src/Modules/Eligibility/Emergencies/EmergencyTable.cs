using System.Data.Common;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Emergencies;

/// <summary>An emergency as it was opened, and what came of the review.</summary>
internal sealed record EmergencyRow(
    Guid Id,
    OrganisationId Facility,
    PersonKey Person,
    PersonId Opener,
    string Reason,
    DateTimeOffset At,
    DateTimeOffset Until,
    PersonId? Reviewer = null,
    DateTimeOffset? Reviewed = null,
    EmergencyVerdict? Verdict = null,
    string Note = "");

/// <summary>Emergencies and the facilities that may open them; what people wrote is sealed. In the current transaction. Scoped.</summary>
internal sealed class EmergencyTable(DbSession session, RegistryKeys keys, TimeProvider time)
{
    private const string Columns = "e.id, e.facility, e.person, e.opener, e.reason, e.at, e.until, e.reviewer, e.reviewed, e.verdict, e.note";

    private string Table => session.Prefix("eligibility") + "emergency";

    private string PermitTable => session.Prefix("eligibility") + "emergency_permit";

    public async ValueTask Add(EmergencyRow row, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} (id, facility, person, opener, reason, at, until) VALUES (@id, @facility, @person, @opener, @reason, @at, @until)
        """,
        ct,
        ("id", row.Id),
        ("facility", row.Facility.Value),
        ("person", row.Person.Value),
        ("opener", row.Opener.Value),
        ("reason", Sealed(row.Id, row.Reason)),
        ("at", row.At),
        ("until", row.Until));

    /// <summary>Those of a facility: unreviewed ones first, newest first.</summary>
    public ValueTask<List<EmergencyRow>> Of(OrganisationId facility, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} e WHERE e.facility = @facility ORDER BY CASE WHEN e.reviewed IS NULL THEN 0 ELSE 1 END, e.at DESC LIMIT 200",
        Read,
        ct,
        ("facility", facility.Value));

    public async ValueTask<EmergencyRow?> Find(OrganisationId facility, Guid id, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Table} e WHERE e.id = @id AND e.facility = @facility", Read, ct, ("id", id), ("facility", facility.Value))).FirstOrDefault();

    /// <summary>Keeps a review; false when there is one.</summary>
    public async ValueTask<bool> Review(Guid id, PersonId reviewer, EmergencyVerdict verdict, string note, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET reviewer = @reviewer, reviewed = @now, verdict = @verdict, note = @note WHERE id = @id AND reviewed IS NULL",
        ct,
        ("reviewer", reviewer.Value),
        ("now", time.Now()),
        ("verdict", verdict),
        ("note", Sealed(id, note)),
        ("id", id)) == 1;

    public ValueTask<List<(OrganisationId Facility, DateTimeOffset Since)>> Permits(CancellationToken ct) => session.Query(
        $"SELECT facility, since FROM {PermitTable} ORDER BY since", r => (new OrganisationId(r.GetGuid(0)), Instants.FromMicroseconds(r.GetInt64(1))), ct);

    public async ValueTask<bool> MayOpen(OrganisationId facility, CancellationToken ct) =>
        await session.Scalar($"SELECT 1 FROM {PermitTable} WHERE facility = @facility", ct, ("facility", facility.Value)) is not null;

    public async ValueTask Permit(OrganisationId facility, bool permitted, CancellationToken ct) => await session.Execute(
        permitted
            ? $"INSERT INTO {PermitTable} (facility, since) VALUES (@facility, @now) ON CONFLICT (facility) DO NOTHING"
            : $"DELETE FROM {PermitTable} WHERE facility = @facility AND since <= @now",
        ct,
        ("facility", facility.Value),
        ("now", time.Now()));

    private byte[] Sealed(Guid id, string text) => keys.Seal(Encoding.UTF8.GetBytes(text), id);

    private EmergencyRow Read(DbDataReader row)
    {
        var id = row.GetGuid(0);
        return new EmergencyRow(
            id,
            new OrganisationId(row.GetGuid(1)),
            new PersonKey(row.GetGuid(2)),
            new PersonId(row.GetGuid(3)),
            Encoding.UTF8.GetString(keys.Open((byte[])row.GetValue(4), id)),
            Instants.FromMicroseconds(row.GetInt64(5)),
            Instants.FromMicroseconds(row.GetInt64(6)),
            row.IsDBNull(7) ? null : new PersonId(row.GetGuid(7)),
            row.IsDBNull(8) ? null : Instants.FromMicroseconds(row.GetInt64(8)),
            row.IsDBNull(9) ? null : Enum.Parse<EmergencyVerdict>(row.GetString(9)),
            row.IsDBNull(10) ? "" : Encoding.UTF8.GetString(keys.Open((byte[])row.GetValue(10), id)));
    }
}
