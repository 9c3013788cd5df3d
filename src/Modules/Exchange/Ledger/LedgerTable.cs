using Npgsql;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>An entry as the sequencer takes it; an acknowledgement with the kind of its transmission, and whether its content stays closed for now.</summary>
internal sealed record LedgerEntry(long Sequence, Guid Id, string Kind, byte[] Leaf, string? TransmissionKind, bool IsHeld = false);

/// <summary>The ledger as last committed.</summary>
internal sealed record LedgerHead(long Size, byte[] Root);

/// <summary>The hash of a complete subtree.</summary>
internal readonly record struct LedgerNode(int Level, long Index, byte[] Hash);

/// <summary>The ledger's tables, in the session's transaction.</summary>
internal sealed class LedgerTable(DbSession session) : IHashReader
{
    private string Entries => session.Prefix("exchange") + "ledger_entry";

    private string Nodes => session.Prefix("exchange") + "ledger_node";

    private string Transmissions => session.Prefix("exchange") + "transmission";

    private string Heads => session.Prefix("exchange") + "ledger_head";

    public async ValueTask<LedgerHead> Head(CancellationToken ct) =>
        (await session.Query($"SELECT size, root FROM {Heads} WHERE id = 1", r => new LedgerHead(r.GetInt64(0), (byte[])r.GetValue(1)), ct))[0];

    /// <summary>Committed entries without a position, of sequences above <paramref name="floor"/>.</summary>
    public ValueTask<List<LedgerEntry>> Waiting(long floor, int limit, CancellationToken ct) => session.Query(
        $"""
        SELECT e.sequence, e.id, e.kind, e.leaf, t.kind, q.transmission FROM {Entries} e
        LEFT JOIN {Transmissions} t ON t.id = e.id AND e.kind = '{LedgerKinds.Acknowledgement}'
        LEFT JOIN {session.Prefix("exchange")}quarantine q ON q.transmission = t.id
        WHERE e.position IS NULL AND e.sequence > @floor ORDER BY e.sequence LIMIT {limit}
        """,
        r => new LedgerEntry(r.GetInt64(0), r.GetGuid(1), r.GetString(2), (byte[])r.GetValue(3), r.IsDBNull(4) ? null : r.GetString(4), !r.IsDBNull(5)),
        ct,
        ("floor", floor));

    /// <summary>Hash of a stored node; a fault when it is missing.</summary>
    public async ValueTask<byte[]> Read(int level, long index, CancellationToken ct) => (byte[]?)await session.Scalar(
        $"SELECT hash FROM {Nodes} WHERE level = @level AND idx = @index", ct, ("level", level), ("index", index))
        ?? throw new InvalidDataException($"Ledger node {level}/{index} is missing");

    /// <summary>Stored hashes from one index on, in one query; null where one is missing.</summary>
    public async ValueTask<byte[]?[]> Hashes(int level, long first, int count, CancellationToken ct)
    {
        var hashes = new byte[]?[count];
        var rows = await session.Query(
            $"SELECT idx, hash FROM {Nodes} WHERE level = @level AND idx >= @first AND idx < @end",
            r => (Index: r.GetInt64(0), Hash: (byte[])r.GetValue(1)),
            ct,
            ("level", level),
            ("first", first),
            ("end", first + count));
        foreach (var (index, hash) in rows)
        {
            hashes[index - first] = hash;
        }

        return hashes;
    }

    /// <summary>Leaves with a position, in its order.</summary>
    public ValueTask<List<byte[]>> Leaves(long from, long until, CancellationToken ct) => session.Query(
        $"SELECT leaf FROM {Entries} WHERE position >= @from AND position < @until ORDER BY position",
        r => (byte[])r.GetValue(0),
        ct,
        ("from", from),
        ("until", until));

    /// <summary>Stores a batch; false when another sequencer was faster, and the transaction must be given up.</summary>
    public async ValueTask<bool> Store(LedgerBatch batch, CancellationToken ct)
    {
        var moved = await session.Execute(
            $"UPDATE {Heads} SET size = @size, root = @root WHERE id = 1 AND size = @from",
            ct,
            ("size", batch.Head.Size),
            ("root", batch.Head.Root),
            ("from", batch.From));
        if (moved == 0)
        {
            return false;
        }

        await Bulk(
            $"UPDATE {Entries} SET position = @position WHERE sequence = @sequence",
            $"UPDATE {Entries} e SET position = v.position FROM unnest(@position, @sequence) AS v(position, sequence) WHERE e.sequence = v.sequence",
            ct,
            ("position", batch.Entries.Select((_, i) => batch.From + i).ToArray()),
            ("sequence", batch.Entries.Select(e => e.Sequence).ToArray()));
        await Bulk(
            $"INSERT INTO {Nodes} (level, idx, hash) VALUES (@level, @idx, @hash)",
            $"INSERT INTO {Nodes} (level, idx, hash) SELECT * FROM unnest(@level, @idx, @hash)",
            ct,
            ("level", batch.Nodes.Select(n => n.Level).ToArray()),
            ("idx", batch.Nodes.Select(n => n.Index).ToArray()),
            ("hash", batch.Nodes.Select(n => n.Hash).ToArray()));
        await Bulk(
            $"UPDATE {Transmissions} SET log_index = @position, acknowledgement = @cms WHERE id = @id",
            $"UPDATE {Transmissions} t SET log_index = v.position, acknowledgement = v.cms FROM unnest(@position, @cms, @id) AS v(position, cms, id) WHERE t.id = v.id",
            ct,
            ("position", batch.Acknowledgements.Select(a => a.Position).ToArray()),
            ("cms", batch.Acknowledgements.Select(a => a.Cms).ToArray()),
            ("id", batch.Acknowledgements.Select(a => a.Transmission).ToArray()));
        return true;
    }

    /// <summary>One statement for all rows: arrays on PostgreSQL, one prepared statement in a loop on SQLite.</summary>
    private async ValueTask Bulk(string row, string arrays, CancellationToken ct, params (string Name, Array Values)[] columns)
    {
        var count = columns[0].Values.Length;
        if (count == 0)
        {
            return;
        }

        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            await using var command = session.Command(arrays);
            foreach (var (name, values) in columns)
            {
                command.Parameters.Add(new NpgsqlParameter(name, values));
            }

            await command.ExecuteNonQueryAsync(ct);
            return;
        }

        await using var each = session.Command(row, [.. columns.Select(c => (c.Name, c.Values.GetValue(0)))]);
        await each.PrepareAsync(ct);
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var value = columns[c].Values.GetValue(i);
                each.Parameters[c].Value = value is Guid id ? id.ToString("D") : value;
            }

            await each.ExecuteNonQueryAsync(ct);
        }
    }
}
