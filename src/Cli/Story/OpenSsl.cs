using System.ComponentModel;
using System.Diagnostics;

namespace Sekisho.Cli.Story;

/// <summary>The stock tool anybody has; the story asks it for a second opinion when it is installed.</summary>
internal static class OpenSsl
{
    /// <summary>What <c>openssl cms -verify</c> says; null when there is no openssl.</summary>
    public static async Task<(bool Held, string Said)?> Verify(string cms, string authority, CancellationToken ct)
    {
        var start = new ProcessStartInfo("openssl", ["cms", "-verify", "-inform", "DER", "-in", cms, "-CAfile", authority, "-binary"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var content = process.StandardOutput.ReadToEndAsync(ct);
            var said = await process.StandardError.ReadToEndAsync(ct);
            await content;
            await process.WaitForExitAsync(ct);
            return (process.ExitCode == 0, said.Trim());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
