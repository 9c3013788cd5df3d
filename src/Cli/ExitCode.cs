namespace Sekisho.Cli;

/// <summary>Exit codes of every command; documented in docs/operations/cli.md.</summary>
internal static class ExitCode
{
    /// <summary>Done, and the answer is yes.</summary>
    public const int Ok = 0;

    /// <summary>Done, and the answer is no: findings, not proven, 受付不能, a step that did not hold.</summary>
    public const int No = 1;

    /// <summary>A file or a certificate cannot be used.</summary>
    public const int Input = 2;

    /// <summary>The site refused.</summary>
    public const int Refused = 3;

    /// <summary>The line or the site failed; the same command again goes on where it stopped.</summary>
    public const int Line = 4;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 64;
}
