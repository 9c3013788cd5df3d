using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sekisho.Server.Edge;

/// <summary>
/// Configuration section <c>Limits</c>: what one peer can make the edge hold or wait for. All of them, and those of the exchange, are listed in
/// docs/operations/limits.md.
/// </summary>
internal sealed class Limits
{
    /// <summary>Connections of both ports at a time; more are closed at once.</summary>
    public int Connections { get; set; } = 5000;

    /// <summary>How long a TLS handshake may take.</summary>
    public TimeSpan Handshake { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>TLS handshakes of both ports at a time; the next wait in line.</summary>
    public int Handshakes { get; set; } = 1000;

    /// <summary>Connections that wait for their handshake; more are closed at once.</summary>
    public int HandshakeLine { get; set; } = 20_000;

    /// <summary>How long the headers of a request may take.</summary>
    public TimeSpan Headers { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may rest between requests.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>Bytes of a body, but for the content of uploads and files brought on a page.</summary>
    public long Body { get; set; } = 4L * 1024 * 1024;

    /// <summary>Bytes a second below which a body is cut off, after <see cref="BodyGrace"/>.</summary>
    public double BodyRate { get; set; } = 240;

    public TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads of one organisation a minute; 0: no limit. Acknowledgements and proofs are not counted.</summary>
    public int Reads { get; set; } = 6000;

    /// <summary>Requests a minute of one address (IPv6: network) that is not known yet; 0: no limit.</summary>
    public int Anonymous { get; set; } = 600;

    /// <summary>Sign-ins a minute from one address; 0: no limit.</summary>
    public int SignInByAddress { get; set; } = 120;

    /// <summary>Sign-ins a minute with one login; 0: no limit.</summary>
    public int SignInByLogin { get; set; } = 20;

    /// <summary>Within this window the following are counted by device, organisation, certificate or address.</summary>
    public TimeSpan MisuseWindow { get; set; } = TimeSpan.FromMinutes(10);

    public int MisuseDenials { get; set; } = 20;

    public int MisuseSignatures { get; set; } = 5;

    public int MisuseCertificates { get; set; } = 10;

    public int MisuseSignIns { get; set; } = 20;

    public int MisusePaces { get; set; } = 50;

    public static Limits Of(IConfiguration configuration) => configuration.GetSection("Limits").Get<Limits>() ?? new Limits();

    public void Apply(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.RequestHeadersTimeout = Headers;
        limits.KeepAliveTimeout = Rest;
        limits.MaxRequestBodySize = Body;
        limits.MinRequestBodyDataRate = new MinDataRate(BodyRate, BodyGrace);
        limits.MinResponseDataRate = new MinDataRate(BodyRate, BodyGrace);
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.Http2.MaxStreamsPerConnection = 100;
    }
}
