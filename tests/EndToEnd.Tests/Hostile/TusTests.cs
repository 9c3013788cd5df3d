using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>What tus does not allow gets its status and code, and the upload goes on as if it had not been said.</summary>
public sealed class TusTests(HostileSite site) : IClassFixture<HostileSite>
{
    [Theory]
    [InlineData(null, "0", "application/offset+octet-stream", 412, "EX-0207")]
    [InlineData("0.2.2", "0", "application/offset+octet-stream", 412, "EX-0207")]
    [InlineData("1.0.0", null, "application/offset+octet-stream", 400, "EX-0209")]
    [InlineData("1.0.0", "-1", "application/offset+octet-stream", 400, "EX-0209")]
    [InlineData("1.0.0", "9223372036854775808", "application/offset+octet-stream", 400, "EX-0209")]
    [InlineData("1.0.0", "1e3", "application/offset+octet-stream", 400, "EX-0209")]
    [InlineData("1.0.0", "0, 0", "application/offset+octet-stream", 400, "EX-0209")]
    [InlineData("1.0.0", "0", null, 415, "EX-0208")]
    [InlineData("1.0.0", "0", "application/octet-stream", 415, "EX-0208")]
    [InlineData("1.0.0", "7", "application/offset+octet-stream", 409, "EX-0206")]
    [InlineData("1.0.0", "9223372036854775807", "application/offset+octet-stream", 409, "EX-0206")]
    public async Task Patch_NotAsTusSays_IsRefusedAndTheUploadGoesOn(string? version, string? offset, string? type, int status, string code)
    {
        var content = Variant();
        var sending = await site.Opened(content);
        using var line = await RawLine.Open(site.Server);
        var request = new StringBuilder($"PATCH /exchange/uploads/{sending.Id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n");
        Header(request, "Tus-Resumable", version);
        Header(request, "Upload-Offset", offset);
        Header(request, "Content-Type", type);

        await line.Write(request.Append("\r\nabc").ToString());
        var answer = await line.ToEnd();

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
        Assert.Equal(status == 412, answer.Contains("Tus-Version: 1.0.0", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(status == 409, answer.Contains("Upload-Offset: 0", StringComparison.OrdinalIgnoreCase));
        await sending.Advance(site.Clinic);
        await site.IsWell();
    }

    [Theory]
    [InlineData("Content-Length: -5")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    [InlineData("Transfer-Encoding: gzip")]
    public async Task Patch_ImpossibleLength_ClosesTheLineAndTheUploadGoesOn(string header)
    {
        var sending = await site.Opened(Variant());
        using var line = await RawLine.Open(site.Server);

        await line.Write(
            $"PATCH /exchange/uploads/{sending.Id} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n{header}\r\n\r\n");

        // Refused, or read until it stands still too long: closed in any case, and nothing taken.
        Assert.DoesNotContain(" 204 ", (await line.ToEnd()).Split('\n')[0], StringComparison.Ordinal);
        await sending.Advance(site.Clinic);
        await site.IsWell();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Patch_BeyondTheLength_TakesNothingTooMuch(bool announced)
    {
        var content = Variant();
        var sending = await site.Opened(content);
        using var body = new ByteArrayContent([.. content, 1, 2, 3]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var chunked = new StreamContent(new MemoryStream([.. content, 1, 2, 3]));
        chunked.Headers.ContentType = body.Headers.ContentType;
        chunked.Headers.ContentLength = null;

        using var answer = await site.Clinic.Send(HttpMethod.Patch, $"/exchange/uploads/{sending.Id}", announced ? body : new Chunked(chunked), 0);

        Assert.Equal((413, "EX-0210"), await HostileSite.Problem(answer));
        await sending.Advance(site.Clinic);
    }

    [Fact]
    public async Task Patch_TwoAtOnce_OneIsToldToWait()
    {
        var content = Variant();
        var sending = await site.Opened(content);
        using var slow = await RawLine.Open(site.Server);
        await slow.Write(
            string.Create(CultureInfo.InvariantCulture, $"PATCH /exchange/uploads/{sending.Id} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {content.Length}\r\n\r\n"));
        await slow.Write(content[..1000]);
        await Death.Books.Eventually("the first is begun", () => IsLocked(sending.Id));

        using var second = await site.Clinic.Patch(sending.Id, 0, content);
        Assert.Equal((423, "EX-0205"), await HostileSite.Problem(second));
        Assert.True(await IsLocked(sending.Id));

        await slow.Write(content[1000..]);
        await Death.Books.Eventually("the first is done", async () => !await IsLocked(sending.Id));
        await sending.Advance(site.Clinic);
    }

    private async Task<bool> IsLocked(Guid id)
    {
        using var head = await site.Clinic.Send(HttpMethod.Head, $"/exchange/uploads/{id}");
        return head.StatusCode == HttpStatusCode.Locked;
    }

    [Fact]
    public async Task Upload_OfOthersOrNobody_DoesNotExist()
    {
        var sending = await site.Opened(Variant());
        using var other = new Death.Courier(site.Server, "payer");

        using var theirs = await other.Patch(sending.Id, 0, new byte[3]);
        using var nobodys = await site.Clinic.Patch(Guid.NewGuid(), 0, new byte[3]);
        using var garbage = await site.Clinic.Send(HttpMethod.Patch, "/exchange/uploads/%00%ff..%2f..%2fmaster.key");

        Assert.Contains(theirs.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        Assert.Equal((404, "EX-0101"), await HostileSite.Problem(nobodys));
        Assert.Contains((int)garbage.StatusCode, new[] { 400, 404 });
        await sending.Advance(site.Clinic);
    }

    private static int _count = 10;

    private byte[] Variant() => Death.Sending.Variant(site.File, Interlocked.Increment(ref _count));

    private static void Header(StringBuilder request, string name, string? value)
    {
        if (value is not null)
        {
            request.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
    }

    /// <summary>Hides the length, so that the body goes in chunks.</summary>
    private sealed class Chunked : HttpContent
    {
        private readonly HttpContent _inner;

        public Chunked(HttpContent inner)
        {
            _inner = inner;
            Headers.ContentType = inner.Headers.ContentType;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _inner.CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
