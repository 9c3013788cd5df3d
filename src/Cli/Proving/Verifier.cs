using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Proving;

/// <summary>Verifies what was signed, without a line: acknowledgements with their place in the ledger, delivery receipts, envelopes.</summary>
internal static class Verifier
{
    /// <summary>Asks every question that can be asked of the message; refused only when it is none of the messages this program knows.</summary>
    public static async Task<Outcome<Proof>> Run(byte[] message, string? contentFile, byte[]? logProof, KnownSites known, TimeProvider time, CancellationToken ct)
    {
        var content = Peek(message);
        if (AcknowledgementContent(content) is { } acknowledgement)
        {
            return await OfAcknowledgement(message, acknowledgement.Whole, acknowledgement.Statement, contentFile, logProof, known, ct);
        }

        if (DeliveryReceipt.Parse(content).Succeeded(out var receipt, out _))
        {
            return await OfReceipt(message, receipt, contentFile, known, ct);
        }

        return Envelope.Parse(content).Succeeded(out var envelope, out _)
            ? await OfEnvelope(message, envelope, contentFile, known, time, ct)
            : Refusals.NotOurMessage;
    }

    /// <summary>What the message claims to be; nothing of it is believed before its signature is verified.</summary>
    private static byte[] Peek(byte[] message)
    {
        try
        {
            var cms = new SignedCms();
            cms.Decode(message);
            return cms.ContentInfo.Content;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static (Acknowledgement Whole, AcknowledgementStatement Statement)? AcknowledgementContent(byte[] content) =>
        Acknowledgement.Parse(content).Succeeded(out var whole, out _) && AcknowledgementStatement.Parse(whole.Statement.Span).Succeeded(out var statement, out _)
            ? (whole, statement)
            : null;

    private static async Task<Proof> OfAcknowledgement(
        byte[] message, Acknowledgement acknowledgement, AcknowledgementStatement statement, string? contentFile, byte[]? logProof, KnownSites known, CancellationToken ct)
    {
        var proof = new Proof();
        var trust = TrustOf(known, statement.Environment);
        var signer = Signature(proof, message, trust, statement.ReceivedAt);
        if (signer is not null)
        {
            SignedByCentre(proof, signer, known);
            proof.Add("受領確認", true, $"受付番号 {statement.Number} · 受領 {Jst(statement.ReceivedAt)} · 伝送 {statement.Transmission}");
            foreach (var fact in statement.Facts)
            {
                proof.Add("付記", true, fact);
            }
        }

        await Content(proof, contentFile, statement.ContentSha256, statement.Length, ct);
        Ledger(proof, acknowledgement, statement, logProof, trust, signer);
        return proof;
    }

    private static async Task<Proof> OfReceipt(byte[] message, DeliveryReceipt receipt, string? contentFile, KnownSites known, CancellationToken ct)
    {
        var proof = new Proof();
        if (Signature(proof, message, TrustOf(known, receipt.Environment), receipt.ReceivedAt) is { } signer)
        {
            proof.Add("署名者は受取人", signer.Organisation == receipt.Recipient, $"組織 {receipt.Recipient}");
            proof.Add("受取証", true, $"伝送 {receipt.Transmission} · 受取 {Jst(receipt.ReceivedAt)}");
        }

        await Content(proof, contentFile, receipt.ContentSha256, receipt.Length, ct);
        return proof;
    }

    private static async Task<Proof> OfEnvelope(byte[] message, Envelope envelope, string? contentFile, KnownSites known, TimeProvider time, CancellationToken ct)
    {
        var proof = new Proof();
        var at = envelope.Created < time.GetUtcNow() ? envelope.Created : time.GetUtcNow();
        if (Signature(proof, message, TrustOf(known, envelope.Environment), at) is { } signer)
        {
            var byCentre = known.Centres.Contains(signer.Organisation);
            proof.Add("署名者", byCentre || signer.Organisation == envelope.Sender, byCentre ? $"センター {signer.Organisation} (送信者 {envelope.Sender} に代わって)" : $"送信者 {envelope.Sender}");
            proof.Add("封筒", true, $"伝送 {envelope.Id} · {envelope.Kind} · {envelope.FileName} · 作成 {Jst(envelope.Created)}");
        }

        await Content(proof, contentFile, envelope.Sha256, envelope.Length, ct);
        return proof;
    }

    private static Trust TrustOf(KnownSites known, SiteEnvironment environment) => new(known.Authorities, environment, known.RevocationLists);

    private static CertificateIdentity? Signature(Proof proof, byte[] message, Trust trust, DateTimeOffset at)
    {
        if (Cms.Verify(message, trust, at).Refused(out var refusal, out var signed))
        {
            proof.Add("署名", false, $"{refusal.Text} [{refusal.Code}]");
            return null;
        }

        proof.Add("署名", true, $"{signed.Signer.Subject} · 環境 {signed.Identity.Environment}");
        return signed.Identity;
    }

    private static void SignedByCentre(Proof proof, CertificateIdentity signer, KnownSites known)
    {
        if (known.Centres.Count > 0)
        {
            proof.Add("署名者はセンター", known.Centres.Contains(signer.Organisation), $"組織 {signer.Organisation}");
        }
        else
        {
            proof.Skip("署名者はセンター", $"組織 {signer.Organisation} (登録済みのセンターがないため、この番号を運営者の公表するものと照合してください)");
        }
    }

    private static async Task Content(Proof proof, string? file, string sha256, long length, CancellationToken ct)
    {
        if (file is null)
        {
            proof.Skip("内容", string.Create(CultureInfo.InvariantCulture, $"SHA-256 {sha256} · {length:N0} バイト (--content で照合できます)"));
            return;
        }

        var digest = await Files.Digest(file, ct);
        proof.Add("内容", digest == sha256 && new FileInfo(file).Length == length, digest == sha256 ? $"SHA-256 {digest}" : $"SHA-256 {digest} は署名された {sha256} と違います");
    }

    private static void Ledger(Proof proof, Acknowledgement acknowledgement, AcknowledgementStatement statement, byte[]? logProof, Trust trust, CertificateIdentity? signer)
    {
        if (logProof is null)
        {
            proof.Skip("台帳", string.Create(CultureInfo.InvariantCulture, $"{acknowledgement.LogOrigin} の {acknowledgement.LogIndex} 番 (--proof で照合できます)"));
            return;
        }

        proof.Add("台帳", InLedger(acknowledgement, statement, logProof, trust, signer, out var detail), detail);
    }

    /// <summary>The statement is a leaf of the ledger whose checkpoint the same organisation signed.</summary>
    private static bool InLedger(
        Acknowledgement acknowledgement, AcknowledgementStatement statement, byte[] logProof, Trust trust, CertificateIdentity? signer, out string detail)
    {
        if (LogProof.Parse(logProof).Refused(out var refusal, out var proof)
            || proof.Verify(MerkleTree.LeafHash(acknowledgement.Statement.Span), trust, statement.ReceivedAt).Refused(out refusal, out var checkpoint)
            || Cms.Verify(proof.SignedCheckpoint, trust, statement.ReceivedAt).Refused(out refusal, out var signed))
        {
            detail = $"{refusal.Text} [{refusal.Code}]";
            return false;
        }

        detail = string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Origin} の {proof.Index} 番 / 全 {checkpoint.Size} 件 · 根 {Convert.ToHexStringLower(checkpoint.Root)}");
        return proof.Index == acknowledgement.LogIndex && checkpoint.Origin == acknowledgement.LogOrigin && signed.Identity.Organisation == signer?.Organisation;
    }

    private static string Jst(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
