using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <inheritdoc cref="ISignedInquiries"/>
internal sealed class SignedInquiries(IHttpContextAccessor accessor, CentreKey centre, TimeProvider time) : ISignedInquiries
{
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(5);

    /// <summary>A connection asks many times with one certificate: its key and thumbprint are read once.</summary>
    private readonly ConditionalWeakTable<X509Certificate2, Signer> _signers = [];

    private sealed record Signer(ECDsa Key, byte[] Thumbprint);

    public Outcome<JwsHeader> Verify(string? signature, ReadOnlySpan<byte> question)
    {
        if (string.IsNullOrEmpty(signature) || accessor.HttpContext?.Connection.ClientCertificate is not { } certificate)
        {
            return Refusals.SignatureMissing;
        }

        if (DetachedJws.Parse(signature).Refused(out var refusal, out var jws))
        {
            return refusal;
        }

        var signer = _signers.GetValue(certificate, c => new(c.GetECDsaPublicKey()!, c.GetCertHash(HashAlgorithmName.SHA256)));
        if (!jws.Header.Certificate.Span.SequenceEqual(signer.Thumbprint))
        {
            return Refusals.SignatureOfAnother;
        }

        return (time.GetUtcNow() - jws.Header.At).Duration() > _fresh ? Refusals.SignatureStale : jws.Verify(question, JwsTypes.Inquiry, signer.Key);
    }

    public string Sign(ReadOnlySpan<byte> answer, string question) => centre.Signer.Sign(JwsTypes.Answer, time.GetUtcNow(), answer, DetachedJws.Digest(question));
}
