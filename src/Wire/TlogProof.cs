using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Wire;

/// <summary>C2SP <c>tlog-proof@v1</c>: an entry's place in the ledger, proven offline. File <c>FILE.tlog-proof</c>; independent of CMS and the centre's certificate.</summary>
/// <param name="Index">Leaf index.</param>
/// <param name="Path">Audit path, leaf side first.</param>
/// <param name="Checkpoint">Signed by the log, cosigned by witnesses.</param>
public sealed record TlogProof(long Index, IReadOnlyList<byte[]> Path, SignedCheckpoint Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int MaxPath = 63;
    private const int MaxBytes = 300 * 1024;

    /// <summary>The proof's text.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(Header).Append('\n').Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Checkpoint.Note.ToBytes()];
    }

    /// <summary>Reads a proof; WI-05xx. Extra data is allowed, and ignored because nothing vouches for it.</summary>
    public static Outcome<TlogProof> Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\n\n"u8);
        if (bytes.Length > MaxBytes || end < 0)
        {
            return Refusals.TlogProofMalformed;
        }

        var lines = Encoding.UTF8.GetString(bytes[..end]).Split('\n').ToList();
        if (lines.Count > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal))
        {
            lines.RemoveAt(1);
        }

        var path = lines.Skip(2).Select(TlogLines.Hash).OfType<byte[]>().ToList();
        if (lines.Count < 2 || lines[0] != Header || lines.Count > MaxPath + 2 || IndexOf(lines[1]) is not { } index || path.Count != lines.Count - 2)
        {
            return Refusals.TlogProofMalformed;
        }

        return SignedCheckpoint.Parse(bytes[(end + 2)..]).Refused(out var refusal, out var checkpoint) ? refusal : new TlogProof(index, path, checkpoint);
    }

    /// <summary>True when the first line says that this is such a proof.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.ASCII.GetBytes(Header + "\n"));

    /// <summary>Verifies log signature, quorum of witnesses and inclusion of <paramref name="leafHash"/>; WI-05xx.</summary>
    public Outcome<TrustedCheckpoint> Verify(byte[] leafHash, TlogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Check(Checkpoint).Refused(out var refusal, out var trusted))
        {
            return refusal;
        }

        var state = Checkpoint.Checkpoint;
        return MerkleTree.VerifyInclusion(leafHash, Index, state.Size, Path, state.Root) ? trusted : Refusals.NotIncluded;
    }

    private static long? IndexOf(string line) =>
        line.StartsWith("index ", StringComparison.Ordinal) && long.TryParse(line.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && line[6..] == index.ToString(CultureInfo.InvariantCulture) ? index : null;
}

/// <summary>Lines that the C2SP formats share.</summary>
internal static class TlogLines
{
    /// <summary>Base64 of one SHA-256 hash, or null.</summary>
    public static byte[]? Hash(string line)
    {
        var bytes = new byte[SHA256.HashSizeInBytes + 1];
        return line.Length == 44 && Convert.TryFromBase64String(line, bytes, out var length) && length == SHA256.HashSizeInBytes
            && Convert.ToBase64String(bytes, 0, length) == line ? bytes[..length] : null;
    }
}
