using System.Net;
using System.Net.Sockets;

namespace Sekisho.EndToEnd.Tests;

/// <summary>
/// A line that can be watched and stopped: passes TCP through to a server that may change its port. It can stop passing what the client sends after a
/// number of bytes, and hold back what the server answers.
/// </summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Uri> _server;
    private long _sent;

    public CutLine(Func<Uri> server)
    {
        _server = server;
        _listener.Start();
        _ = Accept();
    }

    /// <summary>Where the client connects; stays the same when the server is started again.</summary>
    public Uri Url => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Bytes passed from client to server so far (all connections).</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>After so many client bytes nothing passes any more, in either direction.</summary>
    public long StopAfter { get; set; } = long.MaxValue;

    /// <summary>After so many client bytes the server's answers no longer pass; what the client sends still does.</summary>
    public long DeafAfter { get; set; } = long.MaxValue;

    /// <summary>Completes when <see cref="StopAfter"/> or <see cref="DeafAfter"/> is reached.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Counts from zero again and passes everything.</summary>
    public void Mend()
    {
        Interlocked.Exchange(ref _sent, 0);
        (StopAfter, DeafAfter) = (long.MaxValue, long.MaxValue);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Carry(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The line ends with the test.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var upstream = new TcpClient();
        try
        {
            await upstream.ConnectAsync(IPAddress.Loopback, _server().Port, _end.Token);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            var up = Up(client.GetStream(), upstream.GetStream(), both.Token);
            var down = Down(upstream.GetStream(), client.GetStream(), both.Token);
            await Task.WhenAny(up, down);
            await both.CancelAsync();
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            // A cut line.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task Up(NetworkStream from, NetworkStream to, CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
            if (Interlocked.Add(ref _sent, read) >= Math.Min(StopAfter, DeafAfter))
            {
                _reached.TrySetResult();
            }

            if (Sent >= StopAfter)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
        }
    }

    private async Task Down(NetworkStream from, NetworkStream to, CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
        {
            if (Sent < Math.Min(StopAfter, DeafAfter))
            {
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
    }
}
