namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>How received content is looked at for malicious software.</summary>
internal enum ScannerMode
{
    /// <summary>Not said: <see cref="None"/> in 開発; in 試験 and 本番 the site does not start.</summary>
    Unstated,

    /// <summary>Not at all; every acknowledgement says so.</summary>
    None,

    /// <summary>By clamd (INSTREAM) at <see cref="ScannerOptions.Address"/>.</summary>
    Clamd,
}

/// <summary>Configuration section <c>Scanner</c>; see docs/operations/limits.md.</summary>
internal sealed class ScannerOptions
{
    public ScannerMode Mode { get; set; }

    /// <summary><c>unix:/run/clamav/clamd.ctl</c> or <c>tcp:host:port</c>. Given, the mode is clamd.</summary>
    public string Address { get; set; } = "";

    /// <summary>What clamd really looks at: the smallest of its StreamMaxLength, MaxFileSize and MaxScanSize. Longer content is said to be not scanned.</summary>
    public long MaxLength { get; set; } = 25L * 1024 * 1024;

    /// <summary>How long clamd may take to accept a piece, and to answer after the last.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often clamd is asked whether it is well.</summary>
    public TimeSpan Check { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Contents scanned at a time.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Times that clamd may fail on one content before an operator decides about it.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>After so long in quarantine an operator may decide.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Signatures older than this are reported.</summary>
    public TimeSpan SignatureAge { get; set; } = TimeSpan.FromDays(7);

    public bool IsOn => Mode == ScannerMode.Clamd || (Mode == ScannerMode.Unstated && Address.Length > 0);
}
