using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>A clinic with its device, sending to a payer as the protocol says.</summary>
internal sealed class Sender(TestSite site, Organisation organisation, X509Certificate2 certificate) : IDisposable
{
    private HttpClient _http = site.Client(certificate);

    public Organisation Organisation => organisation;

    public X509Certificate2 Certificate => certificate;

    public HttpClient Http => _http;

    public static async Task<Sender> Of(TestSite site, OrganisationKind kind, params OrganisationCode[] codes)
    {
        var organisation = await site.Organisation(kind, codes);
        return new Sender(site, organisation, await site.Device(organisation));
    }

    public static OrganisationCode Institution => new(CodeSystem.Institution, "131" + RandomNumberGenerator.GetString("0123456789", 7));

    public void Dispose() => _http.Dispose();

    /// <summary>After a restart the site listens elsewhere.</summary>
    public void Reconnect()
    {
        _http.Dispose();
        _http = site.Client(certificate);
    }

    public Envelope Envelope(Organisation recipient, byte[] content) => new(
        Guid.CreateVersion7(),
        SiteEnvironment.Development,
        organisation.Id.Value,
        recipient.Id.Value,
        TransmissionKinds.Claim,
        "RECEIPTC.UKE",
        Classification.StrictlyConfidential,
        Convert.ToHexStringLower(SHA256.HashData(content)),
        content.Length,
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    public byte[] Signed(Envelope envelope) => Cms.Sign(envelope.ToBytes(), certificate);

    public async Task<HttpResponseMessage> Open(byte[] cms)
    {
        using var body = new ByteArrayContent(cms);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/cms");
        return await _http.PostAsync(new Uri("/exchange/transmissions", UriKind.Relative), body, Ct);
    }

    public async Task<HttpResponseMessage> Patch(Guid id, long offset, HttpContent body, string? version = "1.0.0")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/exchange/uploads/{id}") { Content = body };
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        if (version is not null)
        {
            request.Headers.Add("Tus-Resumable", version);
        }

        body.Headers.ContentType ??= new MediaTypeHeaderValue("application/offset+octet-stream");
        return await _http.SendAsync(request, Ct);
    }

    public Task<HttpResponseMessage> Patch(Guid id, long offset, byte[] bytes) => Patch(id, offset, new ByteArrayContent(bytes));

    public async Task<HttpResponseMessage> Upload(HttpMethod method, Guid id)
    {
        using var request = new HttpRequestMessage(method, $"/exchange/uploads/{id}");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return await _http.SendAsync(request, Ct);
    }

    public async Task<long> Offset(Guid id)
    {
        using var answer = await Upload(HttpMethod.Head, id);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), Ct);

    public async Task<byte[]> Bytes(string path)
    {
        using var answer = await Get(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return await answer.Content.ReadAsByteArrayAsync(Ct);
    }

    public Task<byte[]> Acknowledgement(Guid id) => Bytes($"/exchange/transmissions/{id}/acknowledgement");

    /// <summary>The whole passage; returns the acknowledgement.</summary>
    public async Task<(Guid Id, byte[] Acknowledgement)> Send(Organisation recipient, byte[] content)
    {
        var envelope = Envelope(recipient, content);
        using var opened = await Open(Signed(envelope));
        Assert.True(opened.StatusCode == HttpStatusCode.Created, await opened.Content.ReadAsStringAsync(Ct));
        using var sent = await Patch(envelope.Id, 0, content);
        Assert.True(sent.StatusCode == HttpStatusCode.NoContent, await sent.Content.ReadAsStringAsync(Ct));
        return (envelope.Id, await Acknowledgement(envelope.Id));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
