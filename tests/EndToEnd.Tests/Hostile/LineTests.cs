using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sekisho.EndToEnd.Tests.Death;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>Slow, garbled and far too many connections and uploads: each ends by itself, and the site serves others meanwhile.</summary>
public sealed class LineTests(HostileSite site) : IClassFixture<HostileSite>
{
    private static readonly TimeSpan _often = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Headers_Dripping_AreCutOff()
    {
        using var line = await RawLine.Open(site.Server);
        await line.Write("GET /identity/me HTTP/1.1\r\nHost: localhost\r\n");

        var took = await line.Drip("X", _often);

        Assert.InRange(took.TotalSeconds, 0.5, 20);
        await site.IsWell();
    }

    [Fact]
    public async Task Handshake_NeverBegun_IsCutOff()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, site.Server.Machines.Port, TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await tcp.GetStream().ReadAtLeastAsync(new byte[1000], 1000, throwOnEndOfStream: false, patience.Token));
        await site.IsWell();
    }

    [Fact]
    public async Task Envelope_Dripping_IsCutOff()
    {
        using var line = await RawLine.Open(site.Server);
        await line.Write("POST /exchange/transmissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/cms\r\nContent-Length: 5000\r\n\r\n");

        var took = await line.Drip("x", _often);

        Assert.InRange(took.TotalSeconds, 0.5, 25);
        Assert.True(line.Said.Length == 0 || line.Said.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), line.Said);
        await site.IsWell();
    }

    [Fact]
    public async Task Content_Dripping_IsCutOffAndWhatCameIsKept()
    {
        var content = Sending.Variant(site.File, 101);
        var sending = await site.Opened(content);
        using var line = await RawLine.Open(site.Server);
        await line.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"PATCH /exchange/uploads/{sending.Id} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {content.Length}\r\n\r\n"));
        await line.Write(content[..500]);

        await line.Drip(((char)content[500]).ToString(), TimeSpan.FromSeconds(10), 40);

        await Books.Eventually("the upload is free again", async () =>
        {
            using var head = await site.Clinic.Send(HttpMethod.Head, $"/exchange/uploads/{sending.Id}");
            return head.StatusCode == HttpStatusCode.OK
                && long.Parse(head.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture) is >= 500 and <= 501;
        });
        await sending.Advance(site.Clinic);
        await site.IsWell();
    }

    [Theory]
    [InlineData("garbage\r\n\r\n", "400")]
    [InlineData("GET /identity/me HTTP/1.1\r\nHost: localhost\r\n\r\n\u0001\u0002\u0003 garbage\r\n\r\n", "200")]
    [InlineData("GET /identity/me HTTP/9.9\r\nHost: localhost\r\n\r\n", "505")]
    [InlineData("GET /identity/me HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET /identity/me HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400")]
    [InlineData("GET /identity/me HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n", "400")]
    [InlineData("GET /identity/me HTTP/1.1\r\nHost: localhost\r\nbad\u0000name: x\r\n\r\n", "400")]
    [InlineData("POST /exchange/transmissions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/cms\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nabc\r\n", "400")]
    [InlineData("POST /exchange/transmissions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/cms\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", "400")]
    [InlineData("POST /exchange/transmissions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/cms\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n", "400")]
    public async Task Http_Garbled_IsRefusedAndTheLineClosed(string request, string status)
    {
        using var line = await RawLine.Open(site.Server);

        await line.Write(request);

        Assert.StartsWith($"HTTP/1.1 {status} ", await line.ToEnd(), StringComparison.Ordinal);
        await site.IsWell();
    }

    [Theory, InlineData("url", "414"), InlineData("header", "431"), InlineData("count", "431")]
    public async Task Http_Oversized_IsRefusedAndTheLineClosed(string what, string status)
    {
        var request = new StringBuilder("GET /identity/me").Append(what == "url" ? "?" + new string('a', 10_000) : "").Append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (var i = 0; what != "url" && i < (what == "header" ? 1 : 200); i++)
        {
            request.Append(CultureInfo.InvariantCulture, $"X-{i}: {new string('a', what == "header" ? 40_000 : 1)}\r\n");
        }

        using var line = await RawLine.Open(site.Server);
        try
        {
            await line.Write(request.Append("\r\n").ToString());
        }
        catch (IOException)
        {
            // Closed while still sending.
        }

        Assert.StartsWith($"HTTP/1.1 {status} ", await line.ToEnd(), StringComparison.Ordinal);
        await site.IsWell();
    }

    [Fact]
    public async Task Connections_FarTooMany_AreClosedAndComeBack()
    {
        var many = new List<TcpClient>();
        try
        {
            for (var i = 0; i < HostileSite.Connections * 3; i++)
            {
                var tcp = new TcpClient();
                await tcp.ConnectAsync(IPAddress.Loopback, site.Server.Machines.Port, TestContext.Current.CancellationToken);
                many.Add(tcp);
            }
        }
        finally
        {
            many.ForEach(t => t.Dispose());
        }

        await Books.Eventually("others are served again", async () =>
        {
            try
            {
                await site.IsWell();
                return true;
            }
            catch (Exception fault) when (Courier.IsGone(fault))
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Handshakes_NeverFinished_HoldTheLineOnlyForTheirTime()
    {
        var silent = new List<TcpClient>();
        try
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < HostileSite.Handshakes * 2; i++)
            {
                var tcp = new TcpClient();
                await tcp.ConnectAsync(IPAddress.Loopback, site.Server.Machines.Port, TestContext.Current.CancellationToken);
                silent.Add(tcp);
            }

            // Accepted connections enter the line as the server's threads come to them: only then is the next one behind them.
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

            // Behind two rounds of them, none of which says a word: in its turn, and served.
            await site.IsWell();
            Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(3), "Nobody waited: the line was not there");
        }
        finally
        {
            silent.ForEach(t => t.Dispose());
        }
    }

    [Fact]
    public async Task Uploads_FarTooManyHalves_AreRefusedUntilSomeAreGivenUp()
    {
        var open = new List<Sending>();
        var number = 1000;
        HttpResponseMessage answer;
        while ((answer = await Open(Sending.Variant(site.File, ++number))).StatusCode == HttpStatusCode.Created)
        {
            answer.Dispose();
            Assert.InRange(open.Count, 0, HostileSite.OpenUploads);
        }

        using (answer)
        {
            Assert.Equal((429, "EX-0214"), await HostileSite.Problem(answer));
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        var refused = open[^1];
        open.RemoveAt(open.Count - 1);
        foreach (var sending in open)
        {
            using var gone = await site.GiveUp(sending);
            await Courier.Expect(gone, "give up", HttpStatusCode.NoContent);
        }

        await refused.Advance(site.Clinic);

        Task<HttpResponseMessage> Open(byte[] content)
        {
            var sending = new Sending(site.Clinic, site.Payer, content);
            open.Add(sending);
            return site.Clinic.Open(sending.Cms);
        }
    }
}
