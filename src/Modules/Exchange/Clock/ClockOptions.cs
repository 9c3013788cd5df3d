using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Clock;

/// <summary>Whether the machine's clock is asked how good it is.</summary>
internal enum ClockMode
{
    /// <summary>Not said: <see cref="None"/> in 開発, <see cref="Kernel"/> otherwise.</summary>
    Unstated,

    /// <summary>Not at all; every acknowledgement says so.</summary>
    None,

    /// <summary>The kernel is asked, which any time service (chrony, ntpd, systemd-timesyncd) keeps informed.</summary>
    Kernel,
}

/// <summary>What the configuration leaves unsaid.</summary>
internal static class ClockModes
{
    public static ClockMode Of(ClockOptions options, SiteEnvironment environment) => options.Mode != ClockMode.Unstated ? options.Mode
        : environment == SiteEnvironment.Development ? ClockMode.None
        : ClockMode.Kernel;
}

/// <summary>Configuration section <c>Clock</c>; see docs/operations/limits.md.</summary>
internal sealed class ClockOptions
{
    public ClockMode Mode { get; set; }

    /// <summary>Largest error of the clock that is still vouched for.</summary>
    public TimeSpan Error { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A difference between the wall clock and the steady one, since they were last compared, that is a jump.</summary>
    public TimeSpan Jump { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the clock is looked at.</summary>
    public TimeSpan Check { get; set; } = TimeSpan.FromMinutes(1);
}
