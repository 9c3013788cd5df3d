using System.Diagnostics;
using System.Text.RegularExpressions;
using Sekisho.Modules.Tests.Claims;

namespace Sekisho.Modules.Tests;

/// <summary>A page as chromium shows it, its style sheet put into it: pictures of the documents, renewed with SEKISHO_APPROVE=1.</summary>
internal static partial class PageLook
{
    private const string Chromium = "/usr/bin/chromium";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task Take(HttpClient http, string page, string name, int height = 1900)
    {
        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") != "1" || !File.Exists(Chromium))
        {
            return;
        }

        var style = await http.GetStringAsync(new Uri(StyleSheet().Match(page).Groups[1].Value, UriKind.Relative), Ct);
        var folder = Directory.CreateTempSubdirectory("sekisho-look-");
        try
        {
            var file = Path.Combine(folder.FullName, "page.html");
            await File.WriteAllTextAsync(file, Picture().Replace(StyleSheet().Replace(page, $"<style>{style}</style>"), "").Replace("http-equiv=\"refresh\"", "", StringComparison.Ordinal), Ct);
            var start = new ProcessStartInfo(Chromium, [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={folder.FullName}/profile", $"--window-size=1280,{height}",
                $"--screenshot={Path.Combine(Repository.Root(), "docs/screenshots", name + ".png")}", new Uri(file).AbsoluteUri])
            { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(Ct);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<link rel=\"stylesheet\" href=\"([^\"]+)\">")]
    private static partial Regex StyleSheet();

    // The site's mark, which is not there without the site.
    [GeneratedRegex("<img [^>]*>")]
    private static partial Regex Picture();
}
