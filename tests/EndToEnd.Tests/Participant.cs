using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests;

/// <summary>Somebody with a certificate on the machine port, speaking plain HTTP contract: what no command of <c>sekisho</c> does, and what must be refused.</summary>
internal sealed class Participant : IDisposable
{
    private readonly HttpClient _client;

    /// <summary>Connects with the certificate of a PFX; the server must be of the authority in <paramref name="authorityFile"/>, else of the one in the PFX.</summary>
    public Participant(Uri machines, string pfx, string? authorityFile = null)
    {
        var certificates = X509CertificateLoader.LoadPkcs12CollectionFromFile(pfx, null);
        Certificate = certificates.First(c => c.HasPrivateKey);
        var authority = authorityFile is null ? certificates.First(c => !c.HasPrivateKey) : X509CertificateLoader.LoadCertificateFromFile(authorityFile);
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = Tls(Certificate, authority) }) { BaseAddress = machines };
    }

    /// <summary>TLS as a device speaks it.</summary>
    public static SslClientAuthenticationOptions Tls(X509Certificate2 certificate, X509Certificate2 authority) => new()
    {
        TargetHost = "localhost",
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateContext = SslStreamCertificateContext.Create(certificate, [authority], offline: true),
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    public X509Certificate2 Certificate { get; }

    public async Task<JsonElement> Get(string path)
    {
        using var response = await _client.GetAsync(path);
        return await Read(response, path);
    }

    public async Task<byte[]> GetBytes(string path)
    {
        using var response = await _client.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<JsonElement> Post(string path, object? body = null)
    {
        using var response = await _client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        return await Read(response, path);
    }

    /// <summary>POST of bytes as they are.</summary>
    public async Task<JsonElement> PostBytes(string path, byte[] bytes, string type)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(type);
        using var response = await _client.PostAsync(path, content);
        return await Read(response, path);
    }

    /// <summary>POST of JSON with the device's signature over it; the answer is not verified.</summary>
    public async Task<JsonElement> PostSigned(string path, object body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web);
        using var signer = new JwsSigner(Certificate);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add(DetachedJws.HttpHeader, signer.Sign(JwsTypes.Inquiry, TimeProvider.System.GetUtcNow(), bytes));
        using var response = await _client.SendAsync(request);
        return await Read(response, path);
    }

    /// <summary>Status and problem code of a request that should be refused.</summary>
    public async Task<(HttpStatusCode Status, string Code)> Refused(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        using var response = await _client.SendAsync(request);
        Assert.False(response.IsSuccessStatusCode, $"{path} was not refused");
        if (method == HttpMethod.Head)
        {
            return (response.StatusCode, "");
        }

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, problem.GetProperty("code").GetString() ?? "");
    }

    /// <summary>Sets the simulated business time (needs the centre's certificate).</summary>
    public Task SetBusinessTime(DateTimeOffset moment) => Post("/development/business-time", new { moment });

    public void Dispose() => _client.Dispose();

    private static async Task<JsonElement> Read(HttpResponseMessage response, string path)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
