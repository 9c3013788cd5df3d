using Microsoft.Extensions.Configuration;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>Configuration section <c>SignIn</c>.</summary>
internal sealed class SignInOptions(IConfiguration configuration, SiteOptions site)
{
    /// <summary>Without a request for this long, a session ends.</summary>
    public TimeSpan Idle { get; } = TimeSpan.FromSeconds(configuration.GetValue("SignIn:IdleSeconds", 15 * 60));

    /// <summary>No session lives longer.</summary>
    public TimeSpan Longest { get; } = TimeSpan.FromHours(configuration.GetValue("SignIn:LongestHours", 12));

    /// <summary>A sign-in that was begun must be finished in this time.</summary>
    public TimeSpan Unfinished { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a session that is over stays listed before its row is deleted; the audit trail keeps its events longer.</summary>
    public TimeSpan Kept { get; } = TimeSpan.FromDays(configuration.GetValue("SignIn:KeptDays", 90));

    /// <summary>How long a one-time code of the システム管理者 counts.</summary>
    public TimeSpan RecoveryCode { get; } = TimeSpan.FromMinutes(configuration.GetValue("SignIn:RecoveryCodeMinutes", 30));

    /// <summary>True when people need a device of their organisation, too.</summary>
    public bool RequireDevice { get; } = configuration.GetValue("SignIn:RequireDevice", site.Environment != SiteEnvironment.Development);

    /// <summary>Host name that passkeys are bound to.</summary>
    public string PasskeyDomain { get; } = site.RevocationListUrl.Host;

    public bool IsDevelopment { get; } = site.Environment == SiteEnvironment.Development;
}
