using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>An acknowledgement, signed, with the position it names.</summary>
internal readonly record struct GivenAcknowledgement(Guid Transmission, string Kind, long Position, byte[] Cms, bool IsHeld);

/// <summary>What one turn of the sequencer adds to the ledger.</summary>
internal sealed class LedgerBatch : IHashReader
{
    private readonly Dictionary<(int Level, long Index), byte[]> _hashes = [];
    private readonly IHashReader _stored;
    private readonly List<LedgerNode> _nodes = [];

    private LedgerBatch(LedgerHead from, IReadOnlyList<LedgerEntry> entries, IHashReader stored)
    {
        From = from.Size;
        Head = from;
        Entries = entries;
        _stored = stored;
    }

    /// <summary>Position of the first entry.</summary>
    public long From { get; }

    public LedgerHead Head { get; private set; }

    public IReadOnlyList<LedgerEntry> Entries { get; }

    public IReadOnlyList<LedgerNode> Nodes => _nodes;

    public List<GivenAcknowledgement> Acknowledgements { get; } = [];

    /// <summary>Appends the entries to the tree in memory; reads at most the right edge from what is stored.</summary>
    public static async ValueTask<LedgerBatch> Build(LedgerHead from, IReadOnlyList<LedgerEntry> entries, IHashReader stored, CancellationToken ct)
    {
        var batch = new LedgerBatch(from, entries, stored);
        var position = from.Size;
        foreach (var entry in entries)
        {
            foreach (var (level, index, hash) in await MerkleTree.Append(position, MerkleTree.LeafHash(entry.Leaf), batch, ct))
            {
                batch._hashes[(level, index)] = hash;
                batch._nodes.Add(new LedgerNode(level, index, hash));
            }

            position++;
        }

        batch.Head = new LedgerHead(position, await MerkleTree.Root(position, batch, ct));
        return batch;
    }

    public async ValueTask<byte[]> Read(int level, long index, CancellationToken ct)
    {
        if (!_hashes.TryGetValue((level, index), out var hash))
        {
            hash = await _stored.Read(level, index, ct);
            _hashes[(level, index)] = hash;
        }

        return hash;
    }
}
