using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Bench.Load;

/// <summary>A facility's device with one kept-alive connection: signs what it asks, verifies who answered, and what.</summary>
internal sealed class Asker : IDisposable
{
    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private readonly HttpClient _http;
    private readonly JwsSigner _signer;
    private readonly byte[] _centre;
    private readonly ECDsa _centreKey;
    private readonly Uri _path;

    private Asker(HttpClient http, X509Certificate2 own, X509Certificate2 centre, string path)
    {
        _http = http;
        _signer = new JwsSigner(own);
        _centre = centre.GetCertHash(HashAlgorithmName.SHA256);
        _centreKey = centre.GetECDsaPublicKey()!;
        _path = new Uri(path, UriKind.Relative);
    }

    public static async Task<Asker> Connect(Uri machines, Member member, X509Certificate2 authority, string path)
    {
        var http = Http(machines, member, authority);
        using var centre = await Centre(http, authority);
        return new Asker(http, member.Certificate, centre, path);
    }

    /// <summary>One that knows already who signs at the centre, and connects with its first question.</summary>
    public static Asker Knowing(X509Certificate2 centre, Uri machines, Member member, X509Certificate2 authority, string path) =>
        new(Http(machines, member, authority), member.Certificate, centre, path);

    /// <summary>The certificate of who signs at the centre, checked.</summary>
    public static async Task<X509Certificate2> Centre(HttpClient http, X509Certificate2 authority)
    {
        var centre = X509Certificate2.CreateFromPem(await http.GetStringAsync(new Uri("/identity/centre.pem", UriKind.Relative)));
        var trust = new Trust([authority], SiteEnvironment.Development);
        return trust.Operators.Contains(trust.Check(centre, TimeProvider.System.GetUtcNow()).Value.Organisation)
            ? centre
            : throw new InvalidOperationException("The centre certificate is not the centre's");
    }

    /// <summary>A connection of its own with the member's certificate; a server without one of the authority is not spoken to.</summary>
    public static HttpClient Http(Uri address, Member member, X509Certificate2? authority)
    {
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = SslStreamCertificateContext.Create(member.Certificate, null, offline: true),
        };
        if (authority is null)
        {
            options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        }
        else
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.Add(authority);
        }

        return new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false, UseCookies = false, AllowAutoRedirect = false, SslOptions = options })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The centre's signed answer to a signed question.</summary>
    public async Task<byte[]> Ask(byte[] question)
    {
        var now = TimeProvider.System.GetUtcNow();
        var signature = _signer.Sign(JwsTypes.Inquiry, now, question);
        using var body = new ByteArrayContent(question);
        body.Headers.ContentType = _json;
        using var request = new HttpRequestMessage(HttpMethod.Post, _path) { Content = body };
        request.Headers.TryAddWithoutValidation(DetachedJws.HttpHeader, signature);
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
        {
            throw new AskAgain(response.Headers.RetryAfter?.Delta);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{response.StatusCode}: {System.Text.Encoding.UTF8.GetString(answer)}");
        }

        var jws = DetachedJws.Parse(response.Headers.GetValues(DetachedJws.HttpHeader).Single()).Value;
        return jws.VerifyAnswer(answer, signature, _centreKey).Value.Certificate.Span.SequenceEqual(_centre)
            ? answer
            : throw new InvalidOperationException("An answer by somebody else");
    }

    /// <summary>資格有効性 in an answer.</summary>
    public static int Validity(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("code").GetInt32();
    }

    public void Dispose()
    {
        _http.Dispose();
        _signer.Dispose();
        _centreKey.Dispose();
    }
}

/// <summary>The centre asked for patience.</summary>
internal sealed class AskAgain(TimeSpan? after) : Exception("The centre asked for patience")
{
    public TimeSpan? After { get; } = after;
}
