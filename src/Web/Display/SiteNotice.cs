using Microsoft.Extensions.Configuration;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Display;

/// <summary>What the status line says about this site.</summary>
internal sealed class SiteNotice(ICertificates certificates, IBusinessTime time, IConfiguration configuration, TimeProvider clock)
{
    public SiteEnvironment Environment => certificates.Environment;

    /// <summary>The simulated business day, when there is one.</summary>
    public string? SimulatedDay => time.IsSimulated ? Show.Day(DateOnly.FromDateTime(time.Now.DateTime)) : null;

    /// <summary>Whole seconds from now, by the real clock.</summary>
    public int SecondsUntil(DateTimeOffset instant) => Math.Max(0, (int)Math.Ceiling((instant - clock.GetUtcNow()).TotalSeconds));

    public bool IsDemo => configuration.GetValue<bool>("Demo");
}
