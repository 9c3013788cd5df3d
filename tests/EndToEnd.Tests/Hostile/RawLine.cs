using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>A TLS connection to the machine port on which any bytes can be written: what no HTTP client would send.</summary>
internal sealed class RawLine : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly SslStream _tls;

    private RawLine(TcpClient tcp, SslStream tls)
    {
        _tcp = tcp;
        _tls = tls;
    }

    public static Task<RawLine> Open(ServerProcess server, string who = "clinic") => HostileSite.Patiently(() => Opened(server, who));

    private static async Task<RawLine> Opened(ServerProcess server, string who)
    {
        var certificates = X509CertificateLoader.LoadPkcs12CollectionFromFile(server.Demo(who + ".pfx"), null);
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Machines.Port);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(Participant.Tls(certificates.First(c => c.HasPrivateKey), certificates.First(c => !c.HasPrivateKey)));
        return new RawLine(tcp, tls);
    }

    public Task Write(string text) => Write(Encoding.Latin1.GetBytes(text));

    public async Task Write(byte[] bytes)
    {
        await _tls.WriteAsync(bytes);
        await _tls.FlushAsync();
    }

    /// <summary>Everything the server says until it closes the line; fails when it does not close within the time.</summary>
    public async Task<string> ToEnd(int seconds = 20)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var said = new MemoryStream();
        try
        {
            await _tls.CopyToAsync(said, patience.Token);
        }
        catch (IOException)
        {
            // Cut: closed as well.
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The line is still open after {seconds} seconds: {Encoding.Latin1.GetString(said.ToArray())}");
        }

        return Encoding.Latin1.GetString(said.ToArray());
    }

    /// <summary>Sends one byte every so often until the server closes the line; how long that took.</summary>
    public async Task<TimeSpan> Drip(string drop, TimeSpan pause, int seconds = 30)
    {
        var clock = Stopwatch.StartNew();
        var end = ToEnd(seconds);
        while (!end.IsCompleted)
        {
            try
            {
                await Write(drop);
            }
            catch (IOException)
            {
                break;
            }

            await Task.WhenAny(end, Task.Delay(pause));
        }

        Said = await end;
        return clock.Elapsed;
    }

    /// <summary>What the server said during <see cref="Drip"/>.</summary>
    public string Said { get; private set; } = "";

    public void Dispose()
    {
        _tls.Dispose();
        _tcp.Dispose();
    }
}
