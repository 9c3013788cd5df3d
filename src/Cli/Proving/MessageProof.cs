using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Sekisho.Cli.Site;
using Sekisho.Formats;
using Sekisho.Wire;

namespace Sekisho.Cli.Proving;

/// <summary>Asks of a signed message, without a line, everything that can be asked: an acknowledgement with its place in the ledger, a delivery receipt, an envelope.</summary>
internal static class MessageProof
{
    /// <summary>Refused only when it is none of the messages this program knows; what does not hold is a failed step.</summary>
    public static async Task<Outcome<Proof>> Of(byte[] message, string? contentFile, byte[]? logProof, KnownSites known, TimeProvider time, CancellationToken ct)
    {
        var content = Peek(message);
        var trust = known.ToTrust();
        if (Acknowledgement.Parse(content).Succeeded(out var whole, out _) && AcknowledgementStatement.Parse(whole.Statement.Span).Succeeded(out var statement, out _))
        {
            return OfAcknowledgement(message, whole, statement, contentFile, logProof, trust);
        }

        if (DeliveryReceipt.Parse(content).Succeeded(out var receipt, out _))
        {
            return await OfReceipt(message, receipt, contentFile, trust, ct);
        }

        return Envelope.Parse(content).Succeeded(out var envelope, out _) ? await OfEnvelope(message, envelope, contentFile, trust, time, ct) : Refusals.NotOurMessage;
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

    private static Proof OfAcknowledgement(
        byte[] message, Acknowledgement acknowledgement, AcknowledgementStatement statement, string? contentFile, byte[]? logProof, Trust trust)
    {
        var proof = new Proof();
        var at = statement.ReceivedAt;
        if (Verifier.Acknowledgement(message, trust, at).Succeeded(out var verified, out var refusal))
        {
            proof.Add("署名", true, $"ECDSA P-256 / SHA-256 · 環境 {verified.Signer.Environment} · 組織 {verified.Signer.Organisation}");
            Centre(proof, verified.Signer, trust);
            proof.Add("受領確認", true, $"受付番号 {statement.Number} · 受領 {Jst(at)} · 伝送 {statement.Transmission}");
            foreach (var fact in statement.Facts)
            {
                proof.Add("付記", true, fact);
            }
        }
        else
        {
            proof.Add("署名", false, Said(refusal));
        }

        ContentOf(proof, message, statement, contentFile, trust);
        PlaceOf(proof, message, acknowledgement, statement, logProof, trust);
        return proof;
    }

    private static void ContentOf(Proof proof, byte[] message, AcknowledgementStatement statement, string? file, Trust trust)
    {
        if (file is null)
        {
            SkipContent(proof, statement.ContentSha256, statement.Length);
            return;
        }

        using var content = Files.OpenSequential(file);
        var outcome = Verifier.Acknowledgement(message, trust, statement.ReceivedAt, content);
        proof.Add("内容", outcome.Succeeded(out _, out var refusal), refusal is null ? $"{file} · SHA-256 {statement.ContentSha256}" : Said(refusal));
    }

    private static void PlaceOf(Proof proof, byte[] message, Acknowledgement acknowledgement, AcknowledgementStatement statement, byte[]? logProof, Trust trust)
    {
        if (logProof is null)
        {
            proof.Skip("台帳", string.Create(CultureInfo.InvariantCulture, $"{acknowledgement.LogOrigin} の {acknowledgement.LogIndex} 番 (--proof で照合できます)"));
            return;
        }

        if (LogProof.Parse(logProof).Refused(out var refusal, out var sidecar)
            || Verifier.Acknowledgement(message, trust, statement.ReceivedAt, proof: sidecar).Refused(out refusal, out var verified))
        {
            proof.Add("台帳", false, Said(refusal));
            return;
        }

        var checkpoint = verified.Checkpoint!;
        proof.Add("台帳", true, string.Create(
            CultureInfo.InvariantCulture,
            $"{checkpoint.Origin} の {verified.LogIndex} 番 · 台帳 {checkpoint.Size} 件 · 根 {Convert.ToHexStringLower(checkpoint.Root)}"));
    }

    private static async Task<Proof> OfReceipt(byte[] message, DeliveryReceipt receipt, string? contentFile, Trust trust, CancellationToken ct)
    {
        var proof = new Proof();
        if (Signature(proof, message, trust, receipt.ReceivedAt) is { } signer)
        {
            proof.Add("署名者は受取人", signer.Organisation == receipt.Recipient && signer.Environment == receipt.Environment, $"組織 {receipt.Recipient}");
            proof.Add("受取証", true, $"伝送 {receipt.Transmission} · 受取 {Jst(receipt.ReceivedAt)}");
        }

        await Content(proof, contentFile, receipt.ContentSha256, receipt.Length, ct);
        return proof;
    }

    private static async Task<Proof> OfEnvelope(byte[] message, Envelope envelope, string? contentFile, Trust trust, TimeProvider time, CancellationToken ct)
    {
        var proof = new Proof();
        var at = envelope.Created < time.GetUtcNow() ? envelope.Created : time.GetUtcNow();
        if (Signature(proof, message, trust, at) is { } signer)
        {
            var byCentre = trust.Operators.Contains(signer.Organisation);
            proof.Add(
                "署名者",
                (byCentre || signer.Organisation == envelope.Sender) && signer.Environment == envelope.Environment,
                byCentre ? $"センター {signer.Organisation} (送信者 {envelope.Sender} に代わって)" : $"組織 {signer.Organisation}");
            proof.Add("封筒", true, $"伝送 {envelope.Id} · {envelope.Kind} · {envelope.FileName} · 作成 {Jst(envelope.Created)}");
        }

        await Content(proof, contentFile, envelope.Sha256, envelope.Length, ct);
        return proof;
    }

    private static CertificateIdentity? Signature(Proof proof, byte[] message, Trust trust, DateTimeOffset at)
    {
        var outcome = Cms.Verify(message, trust, at);
        proof.Add("署名", outcome.Succeeded(out var signed, out var refusal), refusal is null ? $"{signed!.Signer.Subject} · 環境 {signed.Identity.Environment}" : Said(refusal));
        return signed?.Identity;
    }

    private static void Centre(Proof proof, CertificateIdentity signer, Trust trust)
    {
        if (trust.Operators.Count > 0)
        {
            proof.Add("署名者はセンター", trust.Operators.Contains(signer.Organisation), "認証局の証明書に記載されたセンターです");
        }
        else
        {
            proof.Skip("署名者はセンター", "認証局の証明書にセンターの記載がないため、組織番号を運営者の公表するものと照合してください");
        }
    }

    private static async Task Content(Proof proof, string? file, string sha256, long length, CancellationToken ct)
    {
        if (file is null)
        {
            SkipContent(proof, sha256, length);
            return;
        }

        var digest = await Files.Digest(file, ct);
        var same = digest == sha256 && new FileInfo(file).Length == length;
        proof.Add("内容", same, same ? $"{file} · SHA-256 {digest}" : $"{file} の SHA-256 {digest} は署名された {sha256} と違います");
    }

    private static void SkipContent(Proof proof, string sha256, long length) =>
        proof.Skip("内容", string.Create(CultureInfo.InvariantCulture, $"SHA-256 {sha256} · {length:N0} バイト (--content で照合できます)"));

    private static string Said(Refusal refusal) => $"{refusal.Text} [{refusal.Code}]";

    private static string Jst(DateTimeOffset instant) => instant.InJapan().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
