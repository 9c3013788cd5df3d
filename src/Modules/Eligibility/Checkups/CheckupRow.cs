using System.Data.Common;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>One version of a 健診結果 as it is stored; <see cref="Sealed"/> says what was found.</summary>
internal sealed record CheckupRow(
    Guid Id, PersonKey Person, OrganisationId Insurer, byte[] Place, DateOnly Held, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil, byte[] Sealed)
{
    public const string Columns = "c.id, c.person, c.insurer, c.place, c.held, c.known_from, c.known_until, c.sealed";

    public static CheckupRow Read(DbDataReader row) => new(
        row.GetGuid(0),
        new PersonKey(row.GetGuid(1)),
        new OrganisationId(row.GetGuid(2)),
        (byte[])row.GetValue(3),
        DateOnly.ParseExact(row.GetString(4), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Instants.FromMicroseconds(row.GetInt64(5)),
        row.IsDBNull(6) ? null : Instants.FromMicroseconds(row.GetInt64(6)),
        (byte[])row.GetValue(7));
}
