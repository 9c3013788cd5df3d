using Microsoft.Extensions.Configuration;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity;

/// <summary>What identity needs to know of the site. Keys: <c>Environment</c>, <c>Site:PublicUrl</c>, <c>Site:Hosts</c>, <c>Site:CentreName</c>, <c>Revocation:MaxAge</c>.</summary>
internal sealed class SiteOptions(IConfiguration configuration)
{
    public SiteEnvironment Environment { get; } = Enum.TryParse<SiteEnvironment>(configuration["Environment"], ignoreCase: true, out var environment)
        ? environment
        : throw new InvalidOperationException("設定 Environment は development・test・production のいずれかにしてください。");

    /// <summary>Name of the operator's organisation when it is first created.</summary>
    public string CentreName { get; } = configuration["Site:CentreName"] is { Length: > 0 } name ? name : "関所センター";

    /// <summary>Host names and addresses in the server certificate, besides the loopback ones.</summary>
    public IReadOnlyList<string> Hosts { get; } = configuration.GetSection("Site:Hosts").Get<string[]>() ?? [];

    /// <summary>How old the revocation list may become before machines are no longer served; never beyond what the list itself promises.</summary>
    public TimeSpan RevocationMaxAge { get; } = configuration.GetValue("Revocation:MaxAge", TimeSpan.FromDays(7));

    /// <summary>Where the revocation list is published.</summary>
    public Uri RevocationListUrl { get; } = new(new Uri(configuration["Site:PublicUrl"] is { Length: > 0 } url ? url : "http://localhost:5080"), "/identity/crl");
}
