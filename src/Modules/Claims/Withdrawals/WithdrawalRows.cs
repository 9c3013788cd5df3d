using System.Data.Common;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Withdrawals;

/// <summary>取下げ依頼 as they are stored. Scoped; runs in the caller's transaction.</summary>
internal sealed class WithdrawalRows(DbSession session, TimeProvider time)
{
    /// <summary>How many claims one act may name.</summary>
    public const int MostAtOnce = 100;

    private const int MostListed = 500;

    private string Table => session.Prefix("claims") + "withdrawal";

    /// <summary>What anybody's act needs before it is looked at: claims, and a reason.</summary>
    public static Refusal? Against(IReadOnlyCollection<int> ordinals, string reason) =>
        ordinals.Count is 0 or > MostAtOnce ? Refusals.NothingToWithdraw
        : !Audit.IsReason(reason) ? Refusals.WithdrawalReasonMissing
        : reason.Length > Reasons.Longest ? Refusals.ReasonTooLong
        : null;

    /// <summary>The latest request of each of these claims that has any.</summary>
    public async ValueTask<Dictionary<int, WithdrawalState>> Latest(string reception, IEnumerable<int> ordinals, CancellationToken ct)
    {
        var all = await session.Query(
            $"SELECT ordinal, state FROM {Table} WHERE reception = @reception ORDER BY ordinal, sequence",
            r => (Ordinal: r.GetInt32(0), State: Enum.Parse<WithdrawalState>(r.GetString(1))),
            ct,
            ("reception", reception));
        return all.GroupBy(w => w.Ordinal).Where(w => ordinals.Contains(w.Key)).ToDictionary(w => w.Key, w => w.Last().State);
    }

    public async ValueTask Add(Actor by, string reception, int ordinal, string reason, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} (reception, ordinal, sequence, state, reason, requested_by, requested_person, requested_at)
        VALUES (@reception, @ordinal, (SELECT COUNT(*) + 1 FROM {Table} WHERE reception = @reception AND ordinal = @ordinal), @state, @reason, @by, @person, @at)
        """,
        ct,
        ("reception", reception),
        ("ordinal", ordinal),
        ("state", WithdrawalState.Requested),
        ("reason", reason),
        ("by", by.Organisation.Value),
        ("person", by.Person?.Value),
        ("at", time.Now()));

    public async ValueTask Answer(Actor by, string reception, int ordinal, WithdrawalState state, string answer, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Table} SET state = @state, answer = @answer, decided_by = @by, decided_person = @person, decided_at = @at
        WHERE reception = @reception AND ordinal = @ordinal AND state = @open
        """,
        ct,
        ("reception", reception),
        ("ordinal", ordinal),
        ("open", WithdrawalState.Requested),
        ("state", state),
        ("answer", answer),
        ("by", by.Organisation.Value),
        ("person", by.Person?.Value),
        ("at", time.Now()));

    /// <summary>Requests for claims of receptions that meet a condition on <c>r</c>, the open ones first, then the newest.</summary>
    public async ValueTask<IReadOnlyList<Withdrawal>> Where(string condition, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        await session.Query(
            $"""
            SELECT w.reception, w.ordinal, r.institution, r.institution_name, r.month, c.treatment_month, c.points, c.state,
                w.state, w.reason, w.requested_at, w.answer, w.decided_at
            FROM {Table} w JOIN {session.Prefix("claims")}reception r ON r.number = w.reception
            JOIN {session.Prefix("claims")}claim c ON c.reception = w.reception AND c.ordinal = w.ordinal
            WHERE {condition}
            ORDER BY CASE w.state WHEN 'Requested' THEN 0 ELSE 1 END, w.requested_at DESC, w.reception, w.ordinal, w.sequence DESC LIMIT {MostListed}
            """,
            Read,
            ct,
            parameters);

    /// <summary>What now stands of these claims.</summary>
    public async ValueTask<List<Withdrawal>> Of(string reception, IReadOnlyCollection<int> ordinals, CancellationToken ct) =>
        [.. (await Where("w.reception = @reception", ct, ("reception", reception))).Where(w => ordinals.Contains(w.Ordinal)).DistinctBy(w => w.Ordinal).OrderBy(w => w.Ordinal)];

    private static Withdrawal Read(DbDataReader r) => new(
        r.GetString(0),
        r.GetInt32(1),
        r.GetString(2),
        r.GetString(3),
        YearMonth.TryParse(r.GetString(4), out var month) ? month : null,
        r.GetString(5),
        r.GetInt64(6),
        Enum.Parse<ClaimState>(r.GetString(7)),
        Enum.Parse<WithdrawalState>(r.GetString(8)),
        r.GetString(9),
        Instants.FromMicroseconds(r.GetInt64(10)),
        r.GetString(11),
        r.IsDBNull(12) ? null : Instants.FromMicroseconds(r.GetInt64(12)));
}
