using System.Data.Common;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.SignIn.Recovery;

/// <summary>A request for recovery and who approved it.</summary>
internal sealed record RecoveryRow(
    Guid Id, Guid Person, DateTimeOffset Requested, string Address, RecoveryState State, Guid? First, Guid? Second, string? Code, DateTimeOffset? Expires)
{
    public static async ValueTask<RecoveryRow?> ById(Store.Unit unit, Guid id, CancellationToken ct) =>
        (await Select(unit, "id = @id", ct, ("id", id))).SingleOrDefault();

    public static ValueTask<List<RecoveryRow>> Waiting(Store.Unit unit, CancellationToken ct) =>
        Select(unit, "state IN ('Requested', 'Approved') ORDER BY requested", ct);

    public static ValueTask<List<RecoveryRow>> Of(Store.Unit unit, Guid person, CancellationToken ct) =>
        Select(unit, "person = @person AND state IN ('Requested', 'Approved', 'Issued')", ct, ("person", person));

    public ValueTask<int> Insert(Store.Unit unit, CancellationToken ct) => unit.Session.Execute(
        $"""
        INSERT INTO {unit.Session.Prefix("identity")}recovery (id, person, requested, address, state, code, expires)
        VALUES (@id, @person, @requested, @address, @state, @code, @expires)
        """,
        ct,
        [("id", Id), ("person", Person), ("requested", Requested), ("address", Address), ("state", State), ("code", Code), ("expires", Expires)]);

    /// <summary>Takes the next state unless somebody was faster; 0 then.</summary>
    public ValueTask<int> Become(Store.Unit unit, RecoveryRow next, DateTimeOffset now, CancellationToken ct) => unit.Session.Execute(
        $"""
        UPDATE {unit.Session.Prefix("identity")}recovery
        SET state = @next, first = @first, first_at = COALESCE(first_at, @first_at), second = @second, second_at = COALESCE(second_at, @second_at), code = @code, expires = @expires
        WHERE id = @id AND state = @state
        """,
        ct,
        [
            ("next", next.State), ("first", next.First), ("first_at", next.First is null ? null : Instants.ToMicroseconds(now)), ("second", next.Second),
            ("second_at", next.Second is null ? null : Instants.ToMicroseconds(now)), ("code", next.Code), ("expires", next.Expires), ("id", Id), ("state", State),
        ]);

    private static ValueTask<List<RecoveryRow>> Select(Store.Unit unit, string where, CancellationToken ct, params (string Name, object? Value)[] values) => unit.Session.Query(
        $"SELECT id, person, requested, address, state, first, second, code, expires FROM {unit.Session.Prefix("identity")}recovery WHERE {where}", Read, ct, values);

    private static RecoveryRow Read(DbDataReader r) => new(
        r.GetGuid(0),
        r.GetGuid(1),
        Instants.FromMicroseconds(r.GetInt64(2)),
        r.GetString(3),
        Enum.Parse<RecoveryState>(r.GetString(4)),
        r.IsDBNull(5) ? null : r.GetGuid(5),
        r.IsDBNull(6) ? null : r.GetGuid(6),
        r.IsDBNull(7) ? null : r.GetString(7),
        r.IsDBNull(8) ? null : Instants.FromMicroseconds(r.GetInt64(8)));
}
