using System.Data.Common;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>One version of a ticket as it is stored; <see cref="Sealed"/> says whose it is and for what.</summary>
internal sealed record TicketRow(
    Guid Id, OrganisationId Office, byte[] Entry, byte[] Recipient, string Month, string Institution, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil, byte[] Sealed);

/// <summary>What is sealed of a ticket.</summary>
internal sealed record SealedTicket(string Id, CardKeys Recipient, MedicalTicket Ticket);

/// <summary>The versions of 医療券・調剤券: found by keyed hashes, by the recipient's the same as the coverage. Scoped.</summary>
internal sealed class Tickets(DbSession session, RegistryKeys keys)
{
    private const string Columns = "t.id, t.office, t.entry, t.recipient, t.month, t.institution, t.known_from, t.known_until, t.sealed";

    private string Table => session.Prefix("eligibility") + "ticket";

    /// <summary>What is known now of one of the office's own rows.</summary>
    public async ValueTask<TicketRow?> Current(OrganisationId office, string entry, CancellationToken ct) =>
        (await Where("t.entry IN ({0}) AND t.known_until IS NULL", k => keys.Ticket(office, entry, k), [], ct)).FirstOrDefault();

    /// <summary>Versions of one of the office's own rows, oldest first; all of them, or as known then.</summary>
    public ValueTask<List<TicketRow>> OfEntry(OrganisationId office, string entry, DateTimeOffset? asOf, CancellationToken ct) =>
        Where("t.entry IN ({0})" + Known(asOf), k => keys.Ticket(office, entry, k), At(asOf), ct);

    /// <summary>An office's own tickets of a recipient, oldest first; all versions, or as known then.</summary>
    public ValueTask<List<TicketRow>> OfRecipient(OrganisationId office, CardKeys recipient, DateTimeOffset? asOf, CancellationToken ct) =>
        Where("t.recipient IN ({0}) AND t.office = @office" + Known(asOf), k => keys.Card(recipient, k), [("office", office.Value), .. At(asOf)], ct);

    /// <summary>What is known now for a recipient in a month, whoever is to treat.</summary>
    public ValueTask<List<TicketRow>> InMonth(CardKeys recipient, YearMonth month, CancellationToken ct) =>
        Where("t.recipient IN ({0}) AND t.month = @month AND t.known_until IS NULL", k => keys.Card(recipient, k), [("month", month.ToString())], ct);

    /// <summary>What is known now for a facility's code in a month.</summary>
    public ValueTask<List<TicketRow>> OfInstitution(string institution, YearMonth month, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} t WHERE t.institution = @institution AND t.month = @month AND t.known_until IS NULL ORDER BY t.id",
        Read,
        ct,
        ("institution", institution),
        ("month", month.ToString()));

    public SealedTicket Open(TicketRow row) => JsonSerializer.Deserialize<SealedTicket>(keys.Open(row.Sealed, row.Id), Json.Options)!;

    /// <summary>The new version of a row, not yet kept.</summary>
    public TicketRow Version(OrganisationId office, SealedTicket said, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        return new TicketRow(
            id, office, keys.Ticket(office, said.Id), keys.Card(said.Recipient), said.Ticket.Month.ToString(), said.Ticket.Institution, at, null,
            keys.Seal(Bytes(said), id));
    }

    /// <summary>Two sayings are the same when their bytes are.</summary>
    public static byte[] Bytes(SealedTicket said) => JsonSerializer.SerializeToUtf8Bytes(said, Json.Options);

    /// <summary>From now on <paramref name="after"/>, or nothing, is known instead of <paramref name="before"/>.</summary>
    public async ValueTask Replace(TicketRow? before, TicketRow? after, DateTimeOffset at, CancellationToken ct)
    {
        if (before is not null)
        {
            await session.Defer($"UPDATE {Table} SET known_until = @at WHERE id = @id AND known_until IS NULL", ct, ("at", at), ("id", before.Id));
        }

        if (after is not null)
        {
            await session.Defer(
                $"""
                INSERT INTO {Table} (id, office, entry, recipient, month, institution, known_from, sealed)
                VALUES (@id, @office, @entry, @recipient, @month, @institution, @from, @sealed)
                """,
                ct,
                ("id", after.Id),
                ("office", after.Office.Value),
                ("entry", after.Entry),
                ("recipient", after.Recipient),
                ("month", after.Month),
                ("institution", after.Institution),
                ("from", after.KnownFrom),
                ("sealed", after.Sealed));
        }
    }

    /// <summary>Under every key still kept: {0} is the list of their hashes.</summary>
    private ValueTask<List<TicketRow>> Where(string condition, Func<int, byte[]> hash, (string, object?)[] more, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} t WHERE {condition.Replace("{0}", string.Join(", ", Enumerable.Range(0, keys.Count).Select(k => $"@k{k}")), StringComparison.Ordinal)} ORDER BY t.known_from, t.id",
        Read,
        ct,
        [.. Enumerable.Range(0, keys.Count).Select(k => ($"k{k}", (object?)hash(k))), .. more]);

    private static string Known(DateTimeOffset? asOf) => asOf is null ? "" : " AND t.known_from <= @at AND (t.known_until IS NULL OR t.known_until > @at)";

    private static (string, object?)[] At(DateTimeOffset? asOf) => asOf is { } at ? [("at", at)] : [];

    private static TicketRow Read(DbDataReader row) => new(
        row.GetGuid(0),
        new OrganisationId(row.GetGuid(1)),
        (byte[])row.GetValue(2),
        (byte[])row.GetValue(3),
        row.GetString(4),
        row.GetString(5),
        Instants.FromMicroseconds(row.GetInt64(6)),
        row.IsDBNull(7) ? null : Instants.FromMicroseconds(row.GetInt64(7)),
        (byte[])row.GetValue(8));
}
