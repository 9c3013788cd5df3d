using System.Data.Common;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>An entry as it is written, whatever is wrong with it.</summary>
internal sealed record StoredEntry(long Sequence, string Id, string Kind, long Position, byte[] Leaf);

/// <summary>The database as a source of the verifier, in the session's reading transaction.</summary>
internal sealed class StoredLedger(DbSession session, string origin) : ILedgerSource
{
    private readonly LedgerTable _table = new(session);

    /// <summary>The entries behind the leaves that were read last.</summary>
    public IReadOnlyList<StoredEntry> Entries { get; private set; } = [];

    public async ValueTask<Checkpoint> Head(CancellationToken ct)
    {
        var head = await _table.Head(ct);
        return new Checkpoint(origin, head.Size, head.Root);
    }

    public async ValueTask<IReadOnlyList<LedgerLeaf>> Leaves(long from, long until, CancellationToken ct)
    {
        Entries = await session.Query(
            $"SELECT sequence, id, kind, position, leaf FROM {session.Prefix("exchange")}ledger_entry WHERE position >= @from AND position < @until ORDER BY position",
            r => new StoredEntry(r.GetInt64(0), Text(r, 1), r.GetString(2), r.GetInt64(3), Bytes(r, 4)),
            ct,
            ("from", from),
            ("until", until));
        return [.. Entries.Select(e => new LedgerLeaf(e.Position, e.Leaf, $"記録 {e.Id}"))];
    }

    public async ValueTask<IReadOnlyList<byte[]?>?> Hashes(int level, long first, int count, CancellationToken ct) => await _table.Hashes(level, first, count, ct);

    /// <summary>A column as text, also where it does not hold what it should.</summary>
    public static string Text(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        Guid id => id.ToString("D"),
        string text => text,
        DBNull => "",
        var other => Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    public static byte[] Bytes(DbDataReader reader, int column) => reader.GetValue(column) as byte[] ?? [];
}
