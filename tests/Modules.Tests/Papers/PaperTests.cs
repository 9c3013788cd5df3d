using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Papers;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Papers;

/// <summary>Papers, really printed by the chromium of this machine.</summary>
public sealed partial class PaperTests : IDisposable
{
    private const string Secret = "関所花子様の紙";

    private static readonly Paper _paper = new("Trial", "試し刷り", Classification.StrictlyConfidential, Secret);

    private readonly DirectoryInfo _printers = Directory.CreateTempSubdirectory("sekisho-printer-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _printers.Delete(recursive: true);

    [Fact]
    public async Task Pdf_HasPages_AndNothingOfItStays()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var papers = Printing(site);

        var pdf = (await papers.Pdf(_paper, Ct)).Value;

        var text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        Assert.NotEmpty(PageObject().Matches(text));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(site.DataFolder, "papers")));
    }

    [Fact]
    public async Task Html_CarriesItsClassificationInTheMargin_AndNeedsNothingElse()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);

        var html = await site.Services.GetRequiredService<IPapers>().Html(_paper, Ct);

        Assert.Contains(Secret, html, StringComparison.Ordinal);
        Assert.Contains("<title>【厳秘】試し刷り</title>", html, StringComparison.Ordinal);
        Assert.Contains("@top-left { content: \"【厳秘】\"", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<link|src=|url\\(", html);
    }

    [Fact]
    public async Task Pdf_InASiteWithoutChromium_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Papers:Chromium=/nowhere/chromium");
        var papers = site.Services.GetRequiredService<IPapers>();

        Assert.Null(papers.Printer);
        Assert.Equal("WE-0901", Refused(await papers.Pdf(_paper, Ct)));
    }

    [Fact]
    public async Task Pdf_BeyondItsTime_IsRefusedAndStopped()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, $"Papers:Chromium={Program("sleep 600")}", "Papers:Limit=00:00:01");

        Assert.Equal("WE-0902", Refused(await site.Services.GetRequiredService<IPapers>().Pdf(_paper, Ct)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(site.DataFolder, "papers")));
    }

    [Fact]
    public async Task Pdf_FromAPrinterThatFails_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, $"Papers:Chromium={Program("exit 7")}");

        Assert.Equal("WE-0903", Refused(await site.Services.GetRequiredService<IPapers>().Pdf(_paper, Ct)));
    }

    [Fact]
    public async Task Pdfs_AreNotPrintedMoreAtOnceThanAllowed()
    {
        var marks = _printers.CreateSubdirectory("marks").FullName;
        // A printer that leaves a mark while it prints, counts the marks, and says so in its paper.
        var program = Program($"touch {marks}/$$; sleep 0.2; ls {marks} | wc -l > paper.pdf; rm {marks}/$$");
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, $"Papers:Chromium={program}", "Papers:AtOnce=2");
        var papers = site.Services.GetRequiredService<IPapers>();

        var printed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => papers.Pdf(_paper, Ct).AsTask()));

        Assert.All(printed, p => Assert.InRange(int.Parse(Encoding.ASCII.GetString(p.Value), System.Globalization.CultureInfo.InvariantCulture), 1, 2));
    }

    [Fact]
    public async Task Printer_IsToldNothingOfThePaper_AndOnlyItsOwnerReadsIt()
    {
        var program = Program("{ echo \"$@\"; env; ls; stat -c '%a %n' . paper.html; } > paper.pdf");
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, $"Papers:Chromium={program}");

        var told = Encoding.UTF8.GetString((await site.Services.GetRequiredService<IPapers>().Pdf(_paper, Ct)).Value);

        Assert.DoesNotContain("花子", told, StringComparison.Ordinal);
        Assert.DoesNotContain("試し刷り", told, StringComparison.Ordinal);
        Assert.Contains("700 .\n600 paper.html", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DeletesWhatACrashLeft()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var left = Directory.CreateDirectory(Path.Combine(site.DataFolder, "papers", "left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "paper.html"), Secret, Ct);

        await site.Restart();

        Assert.False(Directory.Exists(left));
    }

    private static IPapers Printing(TestSite site)
    {
        var papers = site.Services.GetRequiredService<IPapers>();
        Assert.SkipWhen(papers.Printer is null, "chromium がありません。");
        return papers;
    }

    private static string Refused(Outcome<byte[]> outcome) => outcome.Refused(out var refusal, out _) ? refusal.Code : "";

    /// <summary>A printer of our own, in the place of chromium.</summary>
    private string Program(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "シェルスクリプトを使う試験です。");
        var path = Path.Combine(_printers.FullName, "printer");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    [GeneratedRegex("/Type\\s*/Page\\b")]
    private static partial Regex PageObject();
}
