using System.Buffers;
using System.Security.Cryptography;

namespace Sekisho.Wire;

/// <summary>What a verification has shown; the more, the stronger.</summary>
[Flags]
public enum ProvenParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The signer stands by the statement: signature, certificate and environment hold.</summary>
    Signature = 1,

    /// <summary>The content at hand is the content that was received, to the last bit.</summary>
    Content = 2,

    /// <summary>The statement is in the ledger at the stated position, under a checkpoint its operator signed.</summary>
    Ledger = 4,
}

/// <summary>An acknowledgement that was verified.</summary>
/// <param name="Statement">What is acknowledged.</param>
/// <param name="Signer">Who acknowledges.</param>
/// <param name="LogOrigin">Which ledger.</param>
/// <param name="LogIndex">Zero-based position in it.</param>
/// <param name="Proven">Which parts were proven: only what was supplied can be.</param>
/// <param name="Checkpoint">The ledger state that proves the position; null when no proof was supplied.</param>
public sealed record VerifiedAcknowledgement(
    AcknowledgementStatement Statement,
    CertificateIdentity Signer,
    string LogOrigin,
    long LogIndex,
    ProvenParts Proven,
    Checkpoint? Checkpoint);

/// <summary>What an auditor does with the files at hand, offline. The same code on both ends and in <c>sekisho verify</c>.</summary>
public static class Verifier
{
    /// <summary>
    /// Verifies a signed acknowledgement as of <paramref name="at"/>: signature, certificate, environment, and that the centre signed it when the CA names the centre
    /// (<see cref="Trust.Operators"/>; otherwise compare <see cref="VerifiedAcknowledgement.Signer"/> with whom you sent to). With <paramref name="content"/> (read from its
    /// current position to its end) also length and digest, with <paramref name="proof"/> also the position in the ledger. Anything supplied that does not hold refuses the whole.
    /// </summary>
    /// <returns>WI-02xx, WI-03xx, WI-04xx or WI-05xx when refused.</returns>
    public static Outcome<VerifiedAcknowledgement> Acknowledgement(
        ReadOnlySpan<byte> ackCms, Trust trust, DateTimeOffset at, Stream? content = null, LogProof? proof = null)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (Cms.Verify(ackCms, trust, at).Refused(out var refusal, out var signed))
        {
            return refusal;
        }

        using var certificate = signed.Signer;
        if (Wire.Acknowledgement.Parse(signed.Content).Refused(out refusal, out var acknowledgement)
            || AcknowledgementStatement.Parse(acknowledgement.Statement.Span).Refused(out refusal, out var statement))
        {
            return refusal;
        }

        if (statement.Environment != signed.Identity.Environment)
        {
            return Refusals.SignerEnvironment;
        }

        if (!trust.MaySpeakForCentre(certificate))
        {
            return Refusals.NotTheOperator;
        }

        if (content is not null && !IsContent(content, statement))
        {
            return Refusals.ContentDiffers;
        }

        Checkpoint? checkpoint = null;
        if (proof is not null && Position(acknowledgement, proof, signed.Identity, trust, at).Refused(out refusal, out checkpoint))
        {
            return refusal;
        }

        var proven = ProvenParts.Signature
            | (content is null ? ProvenParts.None : ProvenParts.Content)
            | (proof is null ? ProvenParts.None : ProvenParts.Ledger);
        return new VerifiedAcknowledgement(statement, signed.Identity, acknowledgement.LogOrigin, acknowledgement.LogIndex, proven, checkpoint);
    }

    /// <summary>
    /// Verifies that a C2SP proof shows the place an acknowledgement names: its statement's leaf, its index, its ledger, under the policy's log and witnesses. The
    /// acknowledgement's own signature is not judged here. WI-05xx.
    /// </summary>
    public static Outcome<TrustedCheckpoint> Place(ReadOnlySpan<byte> ackCms, TlogProof proof, TlogPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (Cms.Content(ackCms).Refused(out var refusal, out var content) || Wire.Acknowledgement.Parse(content).Refused(out refusal, out var acknowledgement))
        {
            return refusal;
        }

        if (proof.Index != acknowledgement.LogIndex || proof.Checkpoint.Checkpoint.Origin != acknowledgement.LogOrigin)
        {
            return Refusals.OtherLedger;
        }

        return proof.Verify(MerkleTree.LeafHash(acknowledgement.Statement.Span), policy);
    }

    private static Outcome<Checkpoint> Position(Acknowledgement acknowledgement, LogProof proof, CertificateIdentity signer, Trust trust, DateTimeOffset at)
    {
        if (proof.Index != acknowledgement.LogIndex)
        {
            return Refusals.OtherLedger;
        }

        if (proof.Verify(MerkleTree.LeafHash(acknowledgement.Statement.Span), trust, at, signer.Organisation).Refused(out var refusal, out var checkpoint))
        {
            return refusal;
        }

        return checkpoint.Origin == acknowledgement.LogOrigin ? checkpoint : Refusals.OtherLedger;
    }

    private static bool IsContent(Stream content, AcknowledgementStatement statement)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            var length = 0L;
            for (int read; (read = content.Read(buffer)) > 0; length += read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
            }

            return length == statement.Length && Convert.ToHexStringLower(hash.GetHashAndReset()) == statement.ContentSha256;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
