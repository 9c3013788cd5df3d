using System.Data.Common;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>What one claim says, as it is stored; <see cref="Sealed"/> says what.</summary>
internal sealed record GivenRow(Guid Id, string Reception, int Ordinal, YearMonth Month, byte[] Search, byte[]? Branch, byte[] Sealed);

/// <summary>What claims say was given and done: found by the card they carry. In the current transaction. Scoped.</summary>
internal sealed class GivenStore(DbSession session, RegistryKeys keys)
{
    /// <summary>薬剤・診療情報 are shown for three years.</summary>
    public const int MonthsKept = 36;

    private const string Columns = "m.id, m.reception, m.ordinal, m.month, m.search, m.branch, m.sealed";

    private string Table => session.Prefix("eligibility") + "medicine";

    public static YearMonth Oldest(DateOnly today) => YearMonth.Of(today).Add(-MonthsKept);

    /// <summary>Of these cards, under every key still kept, from one month to another.</summary>
    public async ValueTask<List<GivenRow>> Of(IEnumerable<CardKeys> cards, YearMonth from, YearMonth until, CancellationToken ct)
    {
        var found = new List<GivenRow>();
        foreach (var search in cards.SelectMany(Hashes))
        {
            found.AddRange(await session.Query(
                $"SELECT {Columns} FROM {Table} m WHERE m.search = @search AND m.month >= @from AND m.month <= @until",
                Read,
                ct,
                ("search", search),
                ("from", from.ToString()),
                ("until", until.ToString())));
        }

        return found;
    }

    /// <summary>
    /// Keeps what a claim says in place of what an earlier reception said of the same card, institution, month and 入院・入院外: a claim sent again takes the one before
    /// back. Claims of one reception stand side by side.
    /// </summary>
    public async ValueTask Keep(string reception, int ordinal, YearMonth month, CardKeys card, Given given, CancellationToken ct)
    {
        foreach (var other in await Of([card], month, month, ct))
        {
            if (other.Reception == reception || !SameBranch(other, card) || Open(other) is not { } before
                || before.Institution != given.Institution || before.Inpatient != given.Inpatient)
            {
                continue;
            }

            if (string.CompareOrdinal(other.Reception, reception) > 0)
            {
                return;
            }

            await session.Execute($"DELETE FROM {Table} WHERE id = @id", ct, ("id", other.Id));
        }

        var id = Guid.CreateVersion7();
        await session.Execute(
            $"""
            INSERT INTO {Table} (id, reception, ordinal, month, search, branch, sealed) VALUES (@id, @reception, @ordinal, @month, @search, @branch, @sealed)
            ON CONFLICT (reception, ordinal) DO NOTHING
            """,
            ct,
            ("id", id),
            ("reception", reception),
            ("ordinal", ordinal),
            ("month", month.ToString()),
            ("search", keys.Card(card)),
            ("branch", keys.Branch(card)),
            ("sealed", keys.Seal(GivenBytes.Write(given), id)));
    }

    /// <summary>Forgets what a claim said.</summary>
    public async ValueTask Drop(string reception, int ordinal, CancellationToken ct) => await session.Execute(
        $"DELETE FROM {Table} WHERE reception = @reception AND ordinal = @ordinal", ct, ("reception", reception), ("ordinal", ordinal));

    /// <summary>Deletes some of what is older than may be shown; how many.</summary>
    public async ValueTask<int> Expire(YearMonth oldest, int most, CancellationToken ct) => await session.Execute(
        $"DELETE FROM {Table} WHERE id IN (SELECT id FROM {Table} WHERE month < @oldest LIMIT @most)", ct, ("oldest", oldest.ToString()), ("most", (long)most));

    public Given Open(GivenRow row) => GivenBytes.Read(keys.Open(row.Sealed, row.Id));

    /// <summary>The claim's 枝番, where it has one, is the card's.</summary>
    public bool IsOf(GivenRow row, CardKeys card) =>
        row.Branch is { } branch && Enumerable.Range(0, keys.Count).Any(k => keys.Branch(card, k).AsSpan().SequenceEqual(branch));

    private bool SameBranch(GivenRow row, CardKeys card) => row.Branch is null || keys.Branch(card) is null || IsOf(row, card);

    private IEnumerable<byte[]> Hashes(CardKeys card) => Enumerable.Range(0, keys.Count).Select(k => keys.Card(card, k));

    private static GivenRow Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetInt32(2),
        YearMonth.TryParse(row.GetString(3), out var month) ? month : throw new InvalidDataException(row.GetString(3)),
        (byte[])row.GetValue(4),
        row.IsDBNull(5) ? null : (byte[])row.GetValue(5),
        (byte[])row.GetValue(6));
}
