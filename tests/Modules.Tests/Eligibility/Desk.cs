using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>A facility's device at the machine port: signs what it asks, verifies what is answered.</summary>
internal sealed class Desk : IDisposable
{
    private readonly HttpClient _http;
    private readonly JwsSigner _signer;
    private readonly X509Certificate2 _certificate;

    private Desk(HttpClient http, X509Certificate2 certificate)
    {
        _http = http;
        _certificate = certificate;
        _signer = new JwsSigner(certificate);
    }

    /// <summary>SHA-256 of the last answer's signature, as the audit log keeps it.</summary>
    public string LastSignature { get; private set; } = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Desk> Of(TestSite site, Organisation organisation)
    {
        var certificate = await site.Device(organisation);
        return new Desk(site.Client(certificate), certificate);
    }

    public static byte[] Bytes(Inquiry inquiry) => JsonSerializer.SerializeToUtf8Bytes(inquiry, SiteJson.Options);

    public string Sign(byte[] question, DateTimeOffset? at = null, string? type = null) =>
        _signer.Sign(type ?? JwsTypes.Inquiry, at ?? TimeProvider.System.GetUtcNow(), question);

    public Task<HttpResponseMessage> Send(byte[] question, string? signature) => Send("/eligibility/inquiries", "application/json", question, signature);

    /// <summary>Sends a request file of the interface.</summary>
    public Task<HttpResponseMessage> SendFile(string name, byte[] question, string? signature) =>
        Send("/eligibility/messages/" + Uri.EscapeDataString(name), "application/xml", question, signature);

    /// <summary>Sends a request file as the protocol says; the result file is the centre's, to this request.</summary>
    public async Task<(string Name, byte[] Bytes)> Exchange(string name, byte[] question)
    {
        var signature = Sign(question);
        using var response = await SendFile(name, question, signature);
        var result = await Proven(response, signature);
        return (response.Headers.GetValues("Sekisho-File-Name").Single(), result);
    }

    /// <summary>Asks at any signed door as the protocol says; the answer is the centre's, to this question.</summary>
    public async Task<JsonElement> Ask(string path, object question)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(question, SiteJson.Options);
        var signature = Sign(bytes);
        using var response = await Send(path, "application/json", bytes, signature);
        return JsonSerializer.Deserialize<JsonElement>(await Proven(response, signature));
    }

    /// <summary>Asks the same way; it is refused with this code.</summary>
    public async Task Refused(string path, object question, string code)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(question, SiteJson.Options);
        using var response = await Send(path, "application/json", bytes, Sign(bytes));
        Assert.False(response.IsSuccessStatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    public async Task<HttpResponseMessage> Send(string path, string type, byte[] question, string? signature)
    {
        using var body = new ByteArrayContent(question);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        if (signature is not null)
        {
            request.Headers.Add(DetachedJws.HttpHeader, signature);
        }

        return await _http.SendAsync(request, Ct);
    }

    /// <summary>Asks as the protocol says; the answer is the centre's, to this question.</summary>
    public async Task<InquiryAnswer> Ask(Inquiry inquiry)
    {
        var question = Bytes(inquiry);
        var signature = Sign(question);
        using var response = await Send(question, signature);
        return JsonSerializer.Deserialize<InquiryAnswer>(await Proven(response, signature), SiteJson.Options)!;
    }

    private async Task<byte[]> Proven(HttpResponseMessage response, string signature)
    {
        var answer = await response.Content.ReadAsByteArrayAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(answer));
        using var centre = X509Certificate2.CreateFromPem(await _http.GetStringAsync(new Uri("/identity/centre.pem", UriKind.Relative), Ct));
        using var authority = X509Certificate2.CreateFromPem(await _http.GetStringAsync(new Uri("/identity/ca.pem", UriKind.Relative), Ct));
        var trust = new Trust([authority], SiteEnvironment.Development);
        Assert.Contains(trust.Check(centre, TimeProvider.System.GetUtcNow()).Value.Organisation, trust.Operators);
        var jws = response.Headers.GetValues(DetachedJws.HttpHeader).Single();
        using var key = centre.GetECDsaPublicKey()!;
        var header = DetachedJws.Parse(jws).Value.Verify(answer, JwsTypes.Answer, key).Value;
        Assert.Equal(DetachedJws.Digest(signature), header.Answers.ToArray());
        LastSignature = Convert.ToHexStringLower(DetachedJws.Digest(jws));
        return answer;
    }

    public void Dispose()
    {
        _http.Dispose();
        _signer.Dispose();
        _certificate.Dispose();
    }
}
