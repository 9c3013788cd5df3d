using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Sekisho.Bench.Load;

/// <summary>
/// What the same web server can do when it has nothing to do: a process of its own, TLS 1.3 with the same client certificates, one endpoint that reads the body and
/// answers a fixed text. Beside it a figure says what our part of the work costs.
/// </summary>
internal sealed class EmptyServer : IDisposable
{
    private readonly Process _process;
    private readonly string _authority;

    private EmptyServer(Process process, string authority, Uri address)
    {
        _process = process;
        _authority = authority;
        Address = address;
    }

    public Uri Address { get; }

    public TimeSpan Cpu => _process.TotalProcessorTime;

    /// <summary>Starts the process; it ends when its standard input closes, so also with this one.</summary>
    public static async Task<EmptyServer> Start(X509Certificate2 authority, int answer)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["empty", file, answer.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The empty server did not start");
        return new EmptyServer(process, file, new Uri(line));
    }

    /// <summary>The process itself.</summary>
    public static async Task<int> Serve(string authority, int answer)
    {
        using var root = X509CertificateLoader.LoadCertificateFromFile(authority);
        using var own = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(Options(own, root)),
        })));
        await using var app = builder.Build();
        var text = new byte[answer];
        Array.Fill(text, (byte)'a');
        app.MapPost("/empty", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.ContentLength = text.Length;
            await http.Response.Body.WriteAsync(text);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(10_000);
        _process.Dispose();
        File.Delete(_authority);
    }

    private static SslServerAuthenticationOptions Options(X509Certificate2 own, X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.Add(root);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own, null, offline: true),
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateRequired = true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = policy,
        };
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
