namespace Sekisho.Wire;

/// <summary>
/// Up to where a ledger was verified: what a verifier keeps between two runs, so that the next one reads only what is new and finds that what it saw was taken back or
/// changed. JSON file.
/// </summary>
/// <param name="Origin">Which ledger.</param>
/// <param name="Key">The vkey its checkpoints were verified with; empty when they were not.</param>
/// <param name="Size">Leaves verified.</param>
/// <param name="Edge">Hashes of the complete subtrees, largest first (<see cref="TreeEdge"/>); they give the root.</param>
public sealed record LedgerMark(string Origin, string Key, long Size, IReadOnlyList<byte[]> Edge)
{
    private const string Type = "sekisho/ledger-mark/1";
    private const int MaxEdge = 63;

    /// <summary>JSON bytes.</summary>
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("origin", Origin)
        .Add("key", Key)
        .Add("size", Size)
        .Add("edge", Edge.Select(Convert.ToBase64String))
        .End();

    /// <summary>Reads JSON; WI-0513.</summary>
    public static Outcome<LedgerMark> Parse(ReadOnlySpan<byte> json) => json.Length > CanonicalJson.MaxBytes
        ? Refusals.MarkMalformed
        : CanonicalJson.Parse(json, Type, Read, m => m.ToEdge() is null ? Refusals.MarkMalformed : null, m => m.ToBytes(), Refusals.MarkMalformed);

    /// <summary>The edge to go on from; null when the hashes do not fit the size.</summary>
    public TreeEdge? ToEdge() => Edge.All(h => h.Length == 32) ? TreeEdge.Of(Size, Edge) : null;

    private static LedgerMark? Read(ref CanonicalReader reader) => new(
        reader.Text("origin"), reader.Text("key"), reader.Integer("size"), [.. reader.Texts("edge", MaxEdge).Select(Convert.FromBase64String)]);
}
