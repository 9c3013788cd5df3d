using System.Globalization;
using System.Text;

namespace Sekisho.Wire;

/// <summary>C2SP tlog-witness, <c>add-checkpoint</c>: what a log asks of a witness.</summary>
/// <param name="OldSize">Size of the checkpoint the witness cosigned last, as the log believes.</param>
/// <param name="Proof">Consistency proof from there.</param>
/// <param name="Checkpoint">The checkpoint's bytes.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<byte[]> Proof, byte[] Checkpoint)
{
    /// <summary>Media type of the answer that states the size the witness holds.</summary>
    public const string SizeMediaType = "text/x.tlog.size";

    /// <summary>Longest body taken.</summary>
    public const int MaxBytes = 300 * 1024;

    private const int MaxProof = 63;

    /// <summary>The request's body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        foreach (var hash in Proof)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Checkpoint];
    }

    /// <summary>Reads a body; null when it is none.</summary>
    public static AddCheckpoint? Parse(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\n\n"u8);
        if (end < 0 || body.Length > MaxBytes)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(body[..end]).Split('\n');
        if (lines.Length > MaxProof + 1 || !lines[0].StartsWith("old ", StringComparison.Ordinal)
            || !long.TryParse(lines[0].AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || lines[0][4..] != size.ToString(CultureInfo.InvariantCulture))
        {
            return null;
        }

        var proof = lines.Skip(1).Select(TlogLines.Hash).OfType<byte[]>().ToList();
        return proof.Count == lines.Length - 1 ? new AddCheckpoint(size, proof, body[(end + 2)..].ToArray()) : null;
    }
}

/// <summary>What a witness answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Signature lines, the size it holds, or why not.</param>
/// <param name="MediaType">Content type.</param>
public sealed record WitnessAnswer(int Status, string Body, string MediaType = "text/plain; charset=utf-8");

/// <summary>Where a witness keeps what it cosigned last. Must be durable when it returns.</summary>
public interface IWitnessState
{
    /// <summary>The last cosigned checkpoint's bytes for a log; null when there is none yet.</summary>
    byte[]? Read(string origin);

    /// <summary>Replaces it, whole or not at all.</summary>
    void Write(string origin, byte[] checkpoint);
}

/// <summary>
/// A witness: remembers the last checkpoint of each log and cosigns only what extends it. One at a time, so that no two requests can race. Whoever runs one sees no
/// content of the ledger, and nobody can show two different ledgers to two people who both ask for its cosignature.
/// </summary>
public sealed class Witness(NoteSigner key, IReadOnlyList<NoteKey> logs, IWitnessState state, TimeProvider time)
{
    private readonly Lock _one = new();

    /// <summary>Answers an <c>add-checkpoint</c> body.</summary>
    public WitnessAnswer Add(ReadOnlySpan<byte> body)
    {
        if (AddCheckpoint.Parse(body) is not { } request || SignedCheckpoint.Parse(request.Checkpoint).Refused(out _, out var signed))
        {
            return new WitnessAnswer(400, "malformed\n");
        }

        var known = logs.Where(l => l.Name == signed.Checkpoint.Origin).ToList();
        if (known.Count == 0)
        {
            return new WitnessAnswer(404, "unknown log\n");
        }

        if (!known.Exists(l => l.Check(signed.Note).Succeeded(out _, out _)))
        {
            return new WitnessAnswer(403, "no signature of the log\n");
        }

        lock (_one)
        {
            return Judge(request, signed);
        }
    }

    private WitnessAnswer Judge(AddCheckpoint request, SignedCheckpoint signed)
    {
        var next = signed.Checkpoint;
        if (request.OldSize > next.Size)
        {
            return new WitnessAnswer(400, "old size beyond the checkpoint\n");
        }

        var last = Last(next.Origin);
        if (request.OldSize != last.Size)
        {
            return new WitnessAnswer(409, string.Create(CultureInfo.InvariantCulture, $"{last.Size}\n"), AddCheckpoint.SizeMediaType);
        }

        if (next.Size == last.Size && last.Size > 0 && !next.Root.AsSpan().SequenceEqual(last.Root))
        {
            return new WitnessAnswer(409, string.Create(CultureInfo.InvariantCulture, $"{last.Size}\n"), AddCheckpoint.SizeMediaType);
        }

        var consistent = last.Size == 0
            ? request.Proof.Count == 0 && (next.Size > 0 || next.Root.AsSpan().SequenceEqual(MerkleTree.EmptyRoot))
            : MerkleTree.VerifyConsistency(last.Size, last.Root, next.Size, next.Root, request.Proof);
        if (!consistent)
        {
            return new WitnessAnswer(422, "not consistent\n");
        }

        state.Write(next.Origin, request.Checkpoint);
        return new WitnessAnswer(200, key.Sign(signed.Note.Text, time.GetUtcNow()).ToLine());
    }

    private Checkpoint Last(string origin) => state.Read(origin) is not { } bytes ? new Checkpoint(origin, 0, MerkleTree.EmptyRoot)
        : SignedCheckpoint.Parse(bytes).Succeeded(out var signed, out _) && signed.Checkpoint.Origin == origin ? signed.Checkpoint
        : throw new InvalidDataException($"The witness's record of {origin} is damaged");
}
