using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Bench.Load;

/// <summary>What a sender holds in the end.</summary>
internal readonly record struct Sent(Guid Id, string Number, long LogIndex);

/// <summary>An organisation with one device and one kept-alive connection, doing what the protocol asks of it: signing, sending, verifying.</summary>
internal sealed class Participant : IDisposable
{
    private readonly HttpClient _http;
    private readonly X509Certificate2 _certificate;
    private readonly Trust _trust;
    private long _requests;

    public Participant(Uri machines, Organisation organisation, X509Certificate2 certificate, X509Certificate2 authority)
    {
        Organisation = organisation;
        _certificate = certificate;
        _trust = new Trust([authority], SiteEnvironment.Development);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 1,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                CertificateChainPolicy = policy,
                ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        })
        {
            BaseAddress = machines,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Organisation Organisation { get; }

    /// <summary>Requests made so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The whole passage of one file: signed, sent, acknowledged, the acknowledgement verified against what was sent.</summary>
    public async Task<Sent> Send(Organisation recipient, byte[] content)
    {
        var envelope = new Envelope(
            Guid.CreateVersion7(),
            SiteEnvironment.Development,
            Organisation.Id.Value,
            recipient.Id.Value,
            TransmissionKinds.Claim,
            "RECEIPTC.UKE",
            Classification.StrictlyConfidential,
            Convert.ToHexStringLower(SHA256.HashData(content)),
            content.Length,
            DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        var cms = Cms.Sign(envelope.ToBytes(), _certificate);
        await Open(cms);
        return Verified(envelope, cms, await Upload(envelope.Id, content));
    }

    public async Task<byte[]> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await Ask(request);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task<JsonElement> Post(string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        using var answer = await Ask(request);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Fetches a delivery, verifies the centre's envelope and the content, and signs the receipt.</summary>
    public async Task<int> Collect(Guid delivery)
    {
        var signed = Cms.Verify(await Get($"/exchange/deliveries/{delivery}/envelope"), _trust, TimeProvider.System.GetUtcNow()).Value;
        var envelope = Envelope.Parse(signed.Content).Value;
        var content = await Get($"/exchange/deliveries/{delivery}/content");
        Require(Convert.ToHexStringLower(SHA256.HashData(content)) == envelope.Sha256, "a delivery differs from its envelope");
        var receipt = new DeliveryReceipt(delivery, SiteEnvironment.Development, Organisation.Id.Value, envelope.Sha256, envelope.Length, TimeProvider.System.GetUtcNow());
        using var body = Typed(Cms.Sign(receipt.ToBytes(), _certificate), "application/cms");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/exchange/deliveries/{delivery}/receipt") { Content = body };
        using var answer = await Ask(request);
        return content.Length;
    }

    /// <summary>A proof of the ledger, verified down to the signed checkpoint; its size.</summary>
    public async Task<long> Prove(Sent sent)
    {
        var acknowledgement = await Get($"/exchange/transmissions/{sent.Id}/acknowledgement");
        var proof = LogProof.Parse(await Get($"/exchange/transmissions/{sent.Id}/proof")).Value;
        return Verifier.Acknowledgement(acknowledgement, _trust, TimeProvider.System.GetUtcNow(), proof: proof).Value.Checkpoint!.Size;
    }

    public void Dispose() => _http.Dispose();

    private async Task Open(byte[] cms)
    {
        using var body = Typed(cms, "application/cms");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/exchange/transmissions") { Content = body };
        using var answer = await Ask(request);
    }

    private async Task<byte[]> Upload(Guid id, byte[] content)
    {
        using var body = Typed(content, "application/offset+octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/exchange/uploads/{id}") { Content = body };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", "0");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/cms"));
        using var answer = await Ask(request);
        return answer.Content.Headers.ContentType?.MediaType == "application/cms"
            ? await answer.Content.ReadAsByteArrayAsync()
            : await Get($"/exchange/transmissions/{id}/acknowledgement");
    }

    private Sent Verified(Envelope envelope, byte[] cms, byte[] acknowledgement)
    {
        var verified = Verifier.Acknowledgement(acknowledgement, _trust, TimeProvider.System.GetUtcNow()).Value;
        var statement = verified.Statement;
        Require(
            statement.Transmission == envelope.Id && statement.ContentSha256 == envelope.Sha256 && statement.Length == envelope.Length
            && statement.EnvelopeSha256 == Convert.ToHexStringLower(SHA256.HashData(cms)) && statement.Sender == envelope.Sender,
            "an acknowledgement states something else than was sent");
        return new Sent(envelope.Id, statement.Number, verified.LogIndex);
    }

    private async Task<HttpResponseMessage> Ask(HttpRequestMessage request)
    {
        Interlocked.Increment(ref _requests);
        var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            var text = await answer.Content.ReadAsStringAsync();
            throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {answer.StatusCode} {text}");
        }

        return answer;
    }

    private static ByteArrayContent Typed(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
