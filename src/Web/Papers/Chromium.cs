using System.Diagnostics;

namespace Sekisho.Web.Papers;

/// <summary>Where chromium is and how it prints one file: without a network, without scripts, without leaving anything outside the folder.</summary>
internal static class Chromium
{
    public const string Page = "paper.html";
    public const string Pdf = "paper.pdf";

    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome.exe", "msedge.exe"];

    /// <summary>The configured one, or the first in PATH; null when it is not there.</summary>
    public static string? Find(string configured)
    {
        IEnumerable<string> candidates = configured.Length > 0
            ? [Path.GetFullPath(configured)]
            : from name in _names
              from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
              select Path.Combine(folder, name);
        return candidates.FirstOrDefault(File.Exists);
    }

    public static ProcessStartInfo Start(string program, string folder)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in Arguments(folder))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in new[] { "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" })
        {
            start.Environment[name] = folder;
        }

        // It makes a socket there, and the path of a socket may have no more than 107 bytes.
        start.Environment["TMPDIR"] = ".";

        return start;
    }

    private static List<string> Arguments(string folder)
    {
        List<string> arguments =
        [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-breakpad", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND",
            $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={Path.Combine(folder, Pdf)}",
        ];

        // Chromium's sandbox refuses root. What is printed is our own page without scripts; a site runs as a user of its own.
        if (!OperatingSystem.IsWindows() && Environment.UserName == "root")
        {
            arguments.Add("--no-sandbox");
        }

        arguments.Add(new Uri(Path.Combine(folder, Page)).AbsoluteUri);
        return arguments;
    }
}
