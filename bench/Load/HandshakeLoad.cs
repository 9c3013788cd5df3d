using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// New connections, one after the other on each of several lines: TCP, TLS 1.3 with a client certificate, one small request, its answer read, closed. Once with a
/// full handshake each, once with the session of the line's first connection taken up again.
/// </summary>
internal static class HandshakeLoad
{
    /// <summary>Answered to everybody and from memory: what is measured is the connection.</summary>
    private static readonly byte[] _request = Encoding.ASCII.GetBytes("GET /identity/ca.pem HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    public static async Task<int> Run(int seconds, int lines, DatabaseProvider provider, string[] settings)
    {
        await using var site = await LoadSite.Create(provider, settings);
        Cast? cast = null;
        await site.Prepare(async services => cast = await Cast.Register(services, lines));
        await site.Start();
        var full = 0;
        foreach (var resume in new[] { false, true })
        {
            var all = cast!.Institutions.Select(m => new Line(site.Machines, m.Certificate, cast.Authority, resume)).ToList();
            await Task.WhenAll(all.Select(l => l.Connect(TimeSpan.FromSeconds(5), warmUp: true)));
            var (client, server, start) = (Process.GetCurrentProcess().TotalProcessorTime, site.ServerCpu, Stopwatch.GetTimestamp());
            await Task.WhenAll(all.Select(l => l.Connect(TimeSpan.FromSeconds(seconds), warmUp: false)));
            var elapsed = Stopwatch.GetElapsedTime(start);
            (client, server) = (Process.GetCurrentProcess().TotalProcessorTime - client, site.ServerCpu - server);
            var latencies = new Latencies();
            all.SelectMany(l => l.Taken).ToList().ForEach(latencies.Add);
            var count = all.Sum(l => l.Taken.Count);
            var bytes = all.Sum(l => l.Received) / Math.Max(1, count);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(resume ? "resumed" : "full")} handshakes, {lines} at once: {count} in {elapsed.TotalSeconds:F1} s = {count / elapsed.TotalSeconds:F0}/s; {latencies}; {bytes} bytes received each; server {server.TotalMilliseconds / count:F2} ms, client {client.TotalMilliseconds / count:F2} ms of CPU each"));
            full = resume ? full : (int)bytes;
            if (resume && bytes > full - 300)
            {
                Console.WriteLine("no session was taken up again: the server's certificate came each time");
                return 1;
            }
        }

        return 0;
    }

    /// <summary>A device that connects, asks and leaves, again and again.</summary>
    private sealed class Line(Uri address, X509Certificate2 certificate, X509Certificate2 authority, bool resume)
    {
        private readonly SslClientAuthenticationOptions _options = new()
        {
            TargetHost = "localhost",
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = resume,
            CertificateChainPolicy = Policy(authority),
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
        };

        public List<TimeSpan> Taken { get; } = [];

        public long Received { get; private set; }

        public async Task Connect(TimeSpan duration, bool warmUp)
        {
            var begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun) < duration)
            {
                var start = Stopwatch.GetTimestamp();
                var received = await Once();
                if (!warmUp)
                {
                    Taken.Add(Stopwatch.GetElapsedTime(start));
                    Received += received;
                }
            }
        }

        private async Task<long> Once()
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port);
            await using var counted = new Counted(new NetworkStream(socket, ownsSocket: false));
            await using var tls = new SslStream(counted);
            await tls.AuthenticateAsClientAsync(_options);
            await tls.WriteAsync(_request);
            var buffer = new byte[4096];
            var answered = 0;
            for (int read; (read = await tls.ReadAsync(buffer)) > 0;)
            {
                answered += read;
            }

            return answered > 0 ? counted.Received : throw new IOException("No answer");
        }

        private static X509ChainPolicy Policy(X509Certificate2 authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(authority);
            return policy;
        }
    }

    /// <summary>Counts what comes from the other end: without the server's certificate it is a good deal less.</summary>
    private sealed class Counted(Stream inner) : Stream
    {
        public long Received { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Received += read;
            return read;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
