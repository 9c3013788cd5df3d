using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>A PKCS#10 request, PEM or DER. Only its key counts, and the proof that whoever asks holds it; what else it says is not read.</summary>
internal static class SigningRequest
{
    public const int Longest = 16 * 1024;
    private const string NistP256 = "1.2.840.10045.3.1.7";

    /// <summary>The key asked for; ID-0607 when it is not a P-256 key whose holder signed the request.</summary>
    public static Outcome<PublicKey> KeyOf(byte[] request)
    {
        if (request.Length is 0 or > Longest)
        {
            return Refusals.RequestUnreadable;
        }

        try
        {
            var read = request.AsSpan().StartsWith("-----"u8) || request.AsSpan().IndexOf("-----BEGIN"u8) >= 0
                ? CertificateRequest.LoadSigningRequestPem(Encoding.Latin1.GetString(request), HashAlgorithmName.SHA256)
                : CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256, out _);
            using var key = read.PublicKey.GetECDsaPublicKey();
            return key is not null && key.KeySize == 256 && key.ExportParameters(false).Curve.Oid.Value == NistP256
                ? PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _)
                : Refusals.RequestUnfit;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return Refusals.RequestUnreadable;
        }
    }
}
