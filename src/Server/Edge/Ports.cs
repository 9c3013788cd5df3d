using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sekisho.Modules.Identity;
using Sekisho.Platform.Web;

namespace Sekisho.Server.Edge;

/// <summary>The two listeners: machines with a client certificate (<c>Listen:Machines</c>), people (<c>Listen:People</c>).</summary>
internal static class Ports
{
    public static void Listen(WebHostBuilderContext context, KestrelServerOptions kestrel)
    {
        var configuration = context.Configuration;
        kestrel.AddServerHeader = false;
        var limits = Limits.Of(configuration);
        limits.Apply(kestrel.Limits);
        var proxies = new Proxies(configuration, limits.Handshake);
        var line = new HandshakeLine(limits);
        kestrel.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(line.Dispose);
        var machines = Address(configuration, "Listen:Machines");
        if (machines.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException("設定 Listen:Machines は https:// で始めてください。");
        }

        Bind(kestrel, machines, listen => listen.Behind(proxies).Marked(new MachinePort()).UseHttps(line, Tls(limits, () => kestrel.ApplicationServices.MachineTls())));
        var people = Address(configuration, "Listen:People");
        if (people.Scheme == Uri.UriSchemeHttps)
        {
            Bind(kestrel, people, listen => listen.Behind(proxies).Marked(new PeoplePort()).UseHttps(line, Tls(limits, () => kestrel.ApplicationServices.PeopleTls())));
        }
        else if (configuration.IsDevelopmentSite() && people.IsLoopback)
        {
            Bind(kestrel, people, listen => listen.Behind(proxies).Marked(new PeoplePort()));
        }
        else
        {
            throw new InvalidOperationException("設定 Listen:People の http:// は、開発環境の localhost だけで使えます。https:// にしてください。");
        }
    }

    /// <summary>Says on every request of the listener which port it came through.</summary>
    private static ListenOptions Marked<TMark>(this ListenOptions listen, TMark mark)
    {
        listen.Use(next => connection =>
        {
            connection.Features.Set(mark);
            return next(connection);
        });
        return listen;
    }

    private static TlsHandshakeCallbackOptions Tls(Limits limits, Func<System.Net.Security.SslServerAuthenticationOptions> options) =>
        new() { OnConnection = _ => ValueTask.FromResult(options()), HandshakeTimeout = limits.Handshake };

    private static Uri Address(IConfiguration configuration, string key) =>
        Uri.TryCreate(configuration[key], UriKind.Absolute, out var address)
            ? address
            : throw new InvalidOperationException($"設定 {key} を https://アドレス:ポート の形で指定してください。");

    private static void Bind(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (address.Host == "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, configure);
            return;
        }

        var ip = address.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "0.0.0.0" or "*" or "+" => IPAddress.Any,
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var parsed) => parsed,
            var host => throw new InvalidOperationException($"設定 Listen の「{host}」は IP アドレスか localhost にしてください（名前は Site:Hosts に書きます）。"),
        };
        kestrel.Listen(ip, address.Port, configure);
    }
}
