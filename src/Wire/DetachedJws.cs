using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Sekisho.Wire;

/// <summary>What a detached signature says about itself.</summary>
/// <param name="Type">What was signed, e.g. <see cref="JwsTypes.Inquiry"/>: a signature over one kind of message never passes for another.</param>
/// <param name="Certificate">SHA-256 of the signer's certificate (DER), 32 bytes.</param>
/// <param name="At">When it was signed (UTC, seconds).</param>
/// <param name="Answers">In an answer: SHA-256 of the signature of the request it answers. Empty in a request.</param>
public sealed record JwsHeader(string Type, ReadOnlyMemory<byte> Certificate, DateTimeOffset At, ReadOnlyMemory<byte> Answers);

/// <summary>The values of <see cref="JwsHeader.Type"/>.</summary>
public static class JwsTypes
{
    /// <summary>照会: what a facility asks.</summary>
    public static string Inquiry => "sekisho-inquiry";

    /// <summary>回答: what the centre answers.</summary>
    public static string Answer => "sekisho-answer";
}

/// <summary>
/// 切り離した署名 — JWS compact serialisation without its payload (RFC 7515 appendix F, RFC 7797 <c>"b64":false</c>), ES256: the proof of who asked and what was
/// answered on the path where a CMS would cost too much. The content travels as the HTTP body, the signature as the header <see cref="DetachedJws.HttpHeader"/>.
/// </summary>
public sealed class DetachedJws
{
    internal const int SignatureLength = 64;
    private const int MaxLength = 2048;
    private const int ThumbprintLength = 32;
    private static readonly HashSet<string> _known = ["alg", "b64", "crit", "typ", "iat", "x5t#S256", "req"];
    private readonly string _encoded;
    private readonly byte[] _signature;

    private DetachedJws(JwsHeader header, string encoded, byte[] signature)
    {
        Header = header;
        _encoded = encoded;
        _signature = signature;
    }

    /// <summary>Name of the HTTP header.</summary>
    public static string HttpHeader => "Sekisho-Signature";

    /// <summary>What the signature says about itself; to be believed after <see cref="Verify"/>.</summary>
    public JwsHeader Header { get; }

    /// <summary>Reads a signature as it travels; WI-0801 when it is none of ours.</summary>
    public static Outcome<DetachedJws> Parse(string jws)
    {
        ArgumentNullException.ThrowIfNull(jws);
        var end = jws.IndexOf("..", StringComparison.Ordinal);
        return jws.Length <= MaxLength
            && end > 0
            && Decoded(jws.AsSpan(end + 2)) is { Length: SignatureLength } signature
            && ReadHeader(jws.AsSpan(0, end)) is { } header
                ? new DetachedJws(header, jws[..end], signature)
                : Refusals.JwsMalformed;
    }

    /// <summary>The header when <paramref name="key"/> signed exactly this content as <paramref name="type"/>; WI-0802 another kind of message, WI-0803 does not hold.</summary>
    public Outcome<JwsHeader> Verify(ReadOnlySpan<byte> content, string type, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Header.Type != type)
        {
            return Refusals.JwsType;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(_encoded, content, hash);
        return key.VerifyHash(hash, _signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? Header : Refusals.JwsSignature;
    }

    /// <summary>The same for an answer, which must also name the signature of <paramref name="question"/>; WI-0804 when it answers something else.</summary>
    public Outcome<JwsHeader> VerifyAnswer(ReadOnlySpan<byte> answer, string question, ECDsa key) =>
        Verify(answer, JwsTypes.Answer, key).Refused(out var refusal, out var header) ? refusal
        : header.Answers.Span.SequenceEqual(Digest(question)) ? header
        : Refusals.JwsOtherQuestion;

    /// <summary>SHA-256 of a signature as it travels: what <see cref="JwsHeader.Answers"/> holds.</summary>
    public static byte[] Digest(string jws) => SHA256.HashData(Encoding.ASCII.GetBytes(jws));

    /// <summary>Signing input of RFC 7797: the encoded header, a full stop, the content as it is.</summary>
    internal static void Hash(ReadOnlySpan<char> header, ReadOnlySpan<byte> content, Span<byte> hash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> ascii = stackalloc byte[header.Length + 1];
        Encoding.ASCII.GetBytes(header, ascii);
        ascii[^1] = (byte)'.';
        sha.AppendData(ascii);
        sha.AppendData(content);
        sha.GetHashAndReset(hash);
    }

    private static JwsHeader? ReadHeader(ReadOnlySpan<char> encoded)
    {
        if (Decoded(encoded) is not { } json)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? ReadHeader(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Members may come in any order; one of ours twice, another algorithm or an extension we do not know makes it none of ours.</summary>
    private static JwsHeader? ReadHeader(JsonElement header)
    {
        var members = header.EnumerateObject().Where(m => _known.Contains(m.Name)).ToList();
        if (members.DistinctBy(m => m.Name).Count() != members.Count
            || header.GetProperty("alg"u8).GetString() != "ES256"
            || header.GetProperty("b64"u8).GetBoolean()
            || header.GetProperty("crit"u8).EnumerateArray().Select(c => c.GetString()).ToList() is not ["b64"])
        {
            return null;
        }

        var certificate = Decoded(header.GetProperty("x5t#S256"u8).GetString());
        var answers = header.TryGetProperty("req"u8, out var req) ? Decoded(req.GetString()) : [];
        var seconds = header.GetProperty("iat"u8).GetInt64();
        return certificate is { Length: ThumbprintLength } && answers is { Length: 0 or SHA256.HashSizeInBytes } && seconds is >= 0 and <= 253_402_300_799
            ? new JwsHeader(header.GetProperty("typ"u8).GetString() ?? "", certificate, DateTimeOffset.FromUnixTimeSeconds(seconds), answers)
            : null;
    }

    private static byte[]? Decoded(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return text.IndexOfAny('=', ' ') < 0 && Base64Url.DecodeFromChars(text, bytes, out var read, out var written) == OperationStatus.Done && read == text.Length
            ? bytes[..written]
            : null;
    }
}

/// <summary>Signs as the holder of one certificate; keeps what does not change from message to message. Safe for many threads.</summary>
public sealed class JwsSigner : IDisposable
{
    private readonly ECDsa _key;
    private readonly string _thumbprint;

    /// <summary>From a certificate with its private key (P-256).</summary>
    public JwsSigner(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("No EC private key", nameof(certificate));
        _thumbprint = Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    /// <summary>The signature over the content, as it travels.</summary>
    /// <param name="type">See <see cref="JwsTypes"/>.</param>
    /// <param name="at">Now.</param>
    /// <param name="content">The bytes of the body.</param>
    /// <param name="answers">In an answer: <see cref="DetachedJws.Digest"/> of the request's signature.</param>
    public string Sign(string type, DateTimeOffset at, ReadOnlySpan<byte> content, ReadOnlySpan<byte> answers = default)
    {
        var req = answers.IsEmpty ? "" : $",\"req\":\"{Base64Url.EncodeToString(answers)}\"";
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
            $"{{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"],\"typ\":\"{type}\",\"iat\":{at.ToUnixTimeSeconds()},\"x5t#S256\":\"{_thumbprint}\"{req}}}"));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        DetachedJws.Hash(header, content, hash);
        Span<byte> signature = stackalloc byte[DetachedJws.SignatureLength];
        _key.SignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{header}..{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
