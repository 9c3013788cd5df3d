using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests;

/// <summary>A site of 本番: both ports speak TLS.</summary>
internal sealed partial class TestSite
{
    public static Task<TestSite> StartProduction(params string[] settings) =>
        Start(DatabaseProvider.Sqlite, ["Environment=production", "Listen:People=https://127.0.0.1:0", .. settings]);

    /// <summary>A client of the people port over TLS, as nobody: the port that listens second.</summary>
    public HttpClient HttpsBrowser() => new(Handler(null))
    {
        BaseAddress = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last()),
    };
}
