using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Wire;

/// <summary>The state of a ledger; its text is the body of a C2SP checkpoint (origin, size, base64 root, one line each).</summary>
/// <param name="Origin">Names the ledger, e.g. <c>sekisho.example/development</c>.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The checkpoint body, UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n"));

    /// <summary>Reads a checkpoint body; WI-05xx.</summary>
    public static Outcome<Checkpoint> Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > 512 || Encoding.Latin1.GetString(body).Split('\n') is not [var origin, var size, var root, ""])
        {
            return Refusals.CheckpointMalformed;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes + 1];
        if (!Tokens.IsOrigin(origin)
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
            || root.Length != 44 || !Convert.TryFromBase64String(root, hash, out var length) || length != SHA256.HashSizeInBytes)
        {
            return Refusals.CheckpointMalformed;
        }

        var checkpoint = new Checkpoint(origin, leaves, hash[..length].ToArray());
        return body.SequenceEqual(checkpoint.ToBytes()) ? checkpoint : Refusals.CheckpointMalformed;
    }
}

/// <summary>The sidecar that proves an acknowledgement's leaf offline: audit path and a checkpoint signed by the ledger's operator (CMS). JSON file <c>FILE.ack.proof</c>.</summary>
/// <param name="Index">Leaf index.</param>
/// <param name="Path">Audit path, leaf side first.</param>
/// <param name="SignedCheckpoint">CMS over <see cref="Checkpoint.ToBytes"/>.</param>
public sealed record LogProof(long Index, IReadOnlyList<byte[]> Path, byte[] SignedCheckpoint)
{
    private const string Type = "sekisho/log-proof/1";
    private const int MaxPath = 63;

    /// <summary>JSON bytes.</summary>
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("index", Index)
        .Add("path", Path.Select(Convert.ToBase64String))
        .Add("checkpoint", SignedCheckpoint)
        .End();

    /// <summary>Reads JSON; WI-05xx.</summary>
    public static Outcome<LogProof> Parse(ReadOnlySpan<byte> json) => json.Length > CanonicalJson.MaxBytes
        ? Refusals.ProofMalformed
        : CanonicalJson.Parse(json, Type, Read, p => p.Fault(), p => p.ToBytes(), Refusals.ProofMalformed);

    /// <summary>Verifies checkpoint signature and inclusion of <paramref name="leafHash"/>; WI-05xx.</summary>
    public Outcome<Checkpoint> Verify(byte[] leafHash, Trust trust, DateTimeOffset at) => Verify(leafHash, trust, at, null);

    /// <summary>
    /// Verifies checkpoint signature and inclusion of <paramref name="leafHash"/>, and that <paramref name="operatedBy"/> signed the checkpoint; WI-05xx. Without it,
    /// the centre named by the CA must have signed, if the CA names one.
    /// </summary>
    public Outcome<Checkpoint> Verify(byte[] leafHash, Trust trust, DateTimeOffset at, Guid? operatedBy)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (Cms.Verify(SignedCheckpoint, trust, at).Refused(out var refusal, out var signed))
        {
            return refusal;
        }

        using var certificate = signed.Signer;
        if ((operatedBy is { } expected && signed.Identity.Organisation != expected) || !trust.MaySpeakForCentre(certificate))
        {
            return Refusals.LedgerSigner;
        }

        if (Checkpoint.Parse(signed.Content).Refused(out refusal, out var checkpoint))
        {
            return refusal;
        }

        return MerkleTree.VerifyInclusion(leafHash, Index, checkpoint.Size, Path, checkpoint.Root) ? checkpoint : Refusals.NotIncluded;
    }

    private Refusal? Fault() =>
        Index is >= 0 and <= CanonicalJson.MaxInteger && Path.All(p => p.Length == SHA256.HashSizeInBytes) ? null : Refusals.ProofMalformed;

    private static LogProof? Read(ref CanonicalReader reader) =>
        new(reader.Integer("index"), [.. reader.Texts("path", MaxPath).Select(Convert.FromBase64String)], reader.Bytes("checkpoint"));
}
