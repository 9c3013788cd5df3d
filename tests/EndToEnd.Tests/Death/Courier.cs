using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>
/// A device of the demo world that speaks the HTTP contract to a server which may be gone at any moment, and comes back under other ports. What it is
/// told it remembers. A request that meets no server throws what <see cref="IsGone"/> knows; a <see cref="SocketException"/> when the server goes while it connects.
/// </summary>
internal sealed class Courier : IDisposable
{
    private readonly ServerProcess _server;
    private readonly X509Certificate2 _authority;
    private readonly HttpMessageInvoker _http;

    public Courier(ServerProcess server, string who)
    {
        _server = server;
        var certificates = X509CertificateLoader.LoadPkcs12CollectionFromFile(server.Demo(who + ".pfx"), null);
        Certificate = certificates.First(c => c.HasPrivateKey);
        _authority = certificates.First(c => !c.HasPrivateKey);
        Organisation = CertificateIdentity.Of(Certificate).Value.Organisation;
        _http = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = Participant.Tls(Certificate, _authority) });
    }

    public X509Certificate2 Certificate { get; }

    public Guid Organisation { get; }

    /// <summary>An honest "not now" (a problem with Retry-After) counts as a server that is gone; anything else that is not a success does not.</summary>
    public bool TakesNotNow { get; init; }

    /// <summary>True for what a vanished server looks like.</summary>
    public static bool IsGone(Exception fault) => fault is HttpRequestException or IOException or SocketException or OperationCanceledException;

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body = null, long? offset = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var request = new HttpRequestMessage(method, new Uri(_server.Machines, path)) { Content = body };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        if (offset is { } at)
        {
            request.Headers.Add("Upload-Offset", at.ToString(CultureInfo.InvariantCulture));
        }

        var response = await _http.SendAsync(request, patience.Token);
        await response.Content.LoadIntoBufferAsync(patience.Token);
        if (TakesNotNow && response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Locked)
        {
            var problem = method == HttpMethod.Head ? "" : await response.Content.ReadAsStringAsync(patience.Token);
            Assert.True(response.StatusCode == HttpStatusCode.Locked || response.Headers.RetryAfter is not null, problem);
            response.Dispose();
            throw new HttpRequestException("not now: " + problem);
        }

        return response;
    }

    /// <summary>The signed envelope opens, or asks for, its transmission.</summary>
    public Task<HttpResponseMessage> Open(byte[] cms) => Send(HttpMethod.Post, "/exchange/transmissions", Body(cms, "application/cms"));

    public Task<HttpResponseMessage> Patch(Guid id, long offset, ReadOnlyMemory<byte> bytes) =>
        Send(HttpMethod.Patch, $"/exchange/uploads/{id}", Body(bytes, "application/offset+octet-stream"), offset);

    /// <summary>Sends only <paramref name="part"/> of what it announced and hangs up.</summary>
    public async Task Break(Guid id, long offset, byte[] bytes, int part)
    {
        using var body = new StreamContent(new BrokenStream(bytes, part));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        body.Headers.ContentLength = bytes.Length;
        try
        {
            using var answer = await Send(HttpMethod.Patch, $"/exchange/uploads/{id}", body, offset);
        }
        catch (Exception fault) when (IsGone(fault))
        {
            // That is the point.
        }
    }

    /// <summary>The bytes of a 200; asserts that it is one.</summary>
    public async Task<byte[]> Bytes(string path)
    {
        using var response = await Send(HttpMethod.Get, path);
        await Expect(response, path, HttpStatusCode.OK);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<JsonElement> Get(string path) => JsonSerializer.Deserialize<JsonElement>(await Bytes(path));

    public async Task<JsonElement> Post(string path, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var response = await Send(HttpMethod.Post, path, content);
        await Expect(response, path, HttpStatusCode.OK);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Fetches a delivery and acknowledges it; the receipt sent.</summary>
    public async Task<byte[]> Receive(JsonElement delivery)
    {
        var id = delivery.GetProperty("id").GetGuid();
        var content = await Bytes($"/exchange/deliveries/{id}/content");
        Assert.Equal(delivery.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        var receipt = new DeliveryReceipt(
            id, SiteEnvironment.Development, Organisation, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000));
        var cms = Cms.Sign(receipt.ToBytes(), Certificate);
        using var answer = await Send(HttpMethod.Post, $"/exchange/deliveries/{id}/receipt", Body(cms, "application/cms"));
        await Expect(answer, "receipt", HttpStatusCode.OK);
        return cms;
    }

    public static async Task Expect(HttpResponseMessage response, string what, params HttpStatusCode[] expected) => Assert.True(
        expected.Contains(response.StatusCode), $"{what}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Body(ReadOnlyMemory<byte> bytes, string type)
    {
        var body = new ByteArrayContent(bytes.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return body;
    }

    /// <summary>Gives a part and then fails, so that the request is cut off in its body.</summary>
    private sealed class BrokenStream(byte[] bytes, int part) : MemoryStream(bytes, 0, part)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                // What was given is on its way before the line is cut.
                await Task.Delay(150, cancellationToken);
                throw new IOException("cut");
            }

            return read;
        }
    }
}
