using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>
/// That a card is there: it signs a random number of the centre, which is good once, for two minutes, for the device (or sign-in) it was given to, and for the
/// purpose it was asked for. Scoped.
/// </summary>
internal sealed class CardProofs(DbSession session, OwnInstitution institutions, ICertificates site, TimeProvider time)
{
    private const int MaxBody = 4 * 1024;
    private const int NonceLength = 32;
    private const int LongestStatement = 200;
    private static readonly TimeSpan _good = TimeSpan.FromMinutes(2);

    private string Table => session.Prefix("eligibility") + "card_challenge";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<CardProofs, CardChallengeRequest, CardChallenge>(
            "/eligibility/cards/challenges", (proofs, by, asked, ct) => proofs.Challenge(by, asked, ct), MaxBody)
        .WithSummary("カードに署名させる乱数を受け取る")
        .Requires(Permission.InquireEligibility)
        .NotAudited("乱数を渡すだけで、だれのことも尋ねていない。使った照会が記録される。");

    /// <summary>Something new to sign. Commits; EL-0401.</summary>
    public async ValueTask<Outcome<CardChallenge>> Challenge(Actor by, CardChallengeRequest asked, CancellationToken ct)
    {
        if ((await institutions.Of(by, asked.Institution, ct)).Refused(out var refusal, out var institution))
        {
            return refusal;
        }

        var now = time.Now();
        var challenge = new CardChallenge(
            Guid.CreateVersion7(now), RandomNumberGenerator.GetBytes(NonceLength), asked.Purpose, institution, Environment, now + _good);
        await session.Write(ct);
        await session.Execute($"DELETE FROM {Table} WHERE expires < @now", ct, ("now", now));
        await session.Execute(
            $"""
            INSERT INTO {Table} (id, facility, asker, purpose, institution, nonce, expires)
            VALUES (@id, @facility, @asker, @purpose, @institution, @nonce, @expires)
            """,
            ct,
            ("id", challenge.Id),
            ("facility", by.Organisation.Value),
            ("asker", Asker(by)),
            ("purpose", challenge.Purpose),
            ("institution", institution),
            ("nonce", challenge.Nonce),
            ("expires", challenge.Expires));
        await session.Commit(ct);
        return challenge;
    }

    /// <summary>What does not need to be looked up to be wrong; null when nothing is.</summary>
    public static Refusal? Fault(CardShown shown, bool sightAllowed)
    {
        var signed = shown.Challenge is not null && shown.Signature.Length > 0;
        var text = shown switch
        {
            { Certificate.Length: 0 } => "電子証明書がありません。",
            { Statement.Length: > LongestStatement } => "読み取り装置の言明（statement）は200文字までです。",
            { Method: PersonProof.Face, Statement.Length: 0 } => "顔認証では、読み取り装置の言明（statement）が要ります。",
            { Method: PersonProof.Face or PersonProof.Pin } when !signed => "乱数（challenge）と署名（signature）が要ります。",
            { Method: PersonProof.Sight } when !sightAllowed => "目視では、この手続きはできません。カードの署名が要ります。",
            { Method: PersonProof.Sight, Signature.Length: > 0 } or { Method: PersonProof.Sight, Challenge: not null } => "目視では、乱数と署名を空にします。",
            { Method: PersonProof.Face or PersonProof.Pin or PersonProof.Sight } => "",
            _ => "本人確認の方法（method）は Face・Pin・Sight のどれかです。",
        };
        return text.Length > 0 ? Refusals.CardRequestWrong with { Text = text } : null;
    }

    /// <summary>
    /// In the current transaction: takes the challenge, which is gone whatever comes of it, and verifies what the card signed. The institution it was for; EL-0401,
    /// EL-0403, EL-0409.
    /// </summary>
    public async ValueTask<Outcome<string>> Prove(Actor by, CardShown shown, CardPurpose purpose, CardCertificate certificate, CancellationToken ct)
    {
        if (shown.Method == PersonProof.Sight)
        {
            return await institutions.Of(by, shown.Institution, ct);
        }

        var taken = await session.Query(
            $"DELETE FROM {Table} WHERE id = @id AND facility = @facility AND asker = @asker AND purpose = @purpose RETURNING nonce, institution, expires",
            r => (Nonce: (byte[])r.GetValue(0), Institution: r.GetString(1), Expires: Instants.FromMicroseconds(r.GetInt64(2))),
            ct,
            ("id", shown.Challenge ?? default),
            ("facility", by.Organisation.Value),
            ("asker", Asker(by)),
            ("purpose", purpose));
        if (taken is not [var (nonce, institution, expires)] || expires <= time.Now())
        {
            return Refusals.ChallengeUnusable;
        }

        if (shown.Institution.Length > 0 && shown.Institution != institution)
        {
            return Refusals.NotOwnInstitution;
        }

        var text = $"sekisho-card-v1\n{Environment}\n{purpose}\n{shown.Challenge:D}\n{Convert.ToBase64String(nonce)}\n{institution}";
        return Verifies(certificate.Certificate, Encoding.UTF8.GetBytes(text), shown.Signature) ? institution : Refusals.CardSignatureFalse;
    }

    private string Environment => site.Environment.ToString().ToLowerInvariant();

    private static bool Verifies(X509Certificate2 certificate, byte[] text, byte[] signature)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        return rsa is { KeySize: >= 2048 } ? rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ecdsa?.KeySize switch
            {
                256 => ecdsa.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
                384 => ecdsa.VerifyData(text, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence),
                _ => false,
            };
    }

    private static string Asker(Actor by) => (by.Session ?? by.Device?.Value ?? by.Person?.Value ?? default).ToString("D");
}
