using System.Data.Common;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>One version of a coverage as it is stored; <see cref="Sealed"/> says whose it is.</summary>
internal sealed record CoverageRow(
    Guid Id,
    PersonKey Person,
    OrganisationId Insurer,
    byte[] Entry,
    byte[] Search,
    byte[]? Branch,
    byte[]? Alike,
    DateOnly From,
    DateOnly? Until,
    DateTimeOffset KnownFrom,
    DateTimeOffset? KnownUntil,
    bool Stopped,
    bool Shielded,
    DateOnly? Notified,
    byte[] Sealed)
{
    public const string Columns = "c.id, c.person, c.insurer, c.entry, c.search, c.branch, c.alike, c.valid_from, c.valid_until, c.known_from, c.known_until, c.stopped, c.shielded, c.notified, c.sealed";

    /// <summary>資格取得日 is covered, 資格喪失日 is not.</summary>
    public bool Covers(DateOnly day) => From <= day && (Until is not { } until || day < until);

    public static CoverageRow Read(DbDataReader row) => Read(row, 0);

    /// <summary>From columns that begin at <paramref name="at"/>.</summary>
    public static CoverageRow Read(DbDataReader row, int at) => new(
        row.GetGuid(at),
        new PersonKey(row.GetGuid(at + 1)),
        new OrganisationId(row.GetGuid(at + 2)),
        (byte[])row.GetValue(at + 3),
        (byte[])row.GetValue(at + 4),
        row.IsDBNull(at + 5) ? null : (byte[])row.GetValue(at + 5),
        row.IsDBNull(at + 6) ? null : (byte[])row.GetValue(at + 6),
        Day(row, at + 7)!.Value,
        Day(row, at + 8),
        Instants.FromMicroseconds(row.GetInt64(at + 9)),
        row.IsDBNull(at + 10) ? null : Instants.FromMicroseconds(row.GetInt64(at + 10)),
        row.GetInt32(at + 11) != 0,
        row.GetInt32(at + 12) != 0,
        Day(row, at + 13),
        (byte[])row.GetValue(at + 14));

    private static DateOnly? Day(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
