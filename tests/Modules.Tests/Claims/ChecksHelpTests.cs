using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>The help pages and docs/checks/reception.md say what the list says; SEKISHO_APPROVE=1 writes the latter.</summary>
public sealed class ChecksHelpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Help_EveryCheckOfTheList_IsOnThePagesAsTheListSaysIt()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await using var scope = site.Services.CreateAsyncScope();
        var entries = scope.ServiceProvider.GetRequiredService<IClaimChecks>().Entries;
        Assert.Equal([.. CheckList.医科.Select(e => e.Rule), .. ReceptionRules.All], entries.Select(e => e.Rule));
        using var anybody = site.Browser();
        anybody.DefaultRequestHeaders.Add("Accept", "text/html");
        var list = WebUtility.HtmlDecode(await anybody.GetStringAsync(new Uri("/help/checks", UriKind.Relative), Ct));
        foreach (var entry in entries)
        {
            var (rule, page) = (entry.Rule, WebUtility.HtmlDecode(await anybody.GetStringAsync(new Uri("/help/checks/" + entry.Rule.Number, UriKind.Relative), Ct)));
            Assert.All([rule.Number, rule.Title, rule.Remedy], text => Assert.Contains(text, list, StringComparison.Ordinal));
            Assert.All([rule.Number, rule.Title, rule.Remedy, rule.Clause], text => Assert.Contains(text, page, StringComparison.Ordinal));
        }

        foreach (var severity in Enum.GetValues<Severity>())
        {
            var some = await anybody.GetStringAsync(new Uri($"/help/checks?severity={severity}", UriKind.Relative), Ct);
            Assert.All(entries, e => Assert.Equal(e.Rule.Severity == severity, some.Contains($"/help/checks/{e.Rule.Number}\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void ReceptionPage_Committed_EqualsTheList()
    {
        var file = Path.Combine(Repository.Root(), "docs", "checks", "reception.md");
        var page = new StringBuilder("# 受付だけが行う点検\n\n")
            .Append("届出・日程・既に受け付けたものと照らす点検です。`sekisho check` では行わず、受付と画面の「点検だけ行う」で行います。この頁は `ReceptionRules` から作られ、テストが一致を確かめます（`SEKISHO_APPROVE=1` で書き直し）。\n\n")
            .Append("| 番号 | 結果 | 題名 | 根拠 | 対処 |\n|---|---|---|---|---|\n");
        foreach (var rule in ReceptionRules.All)
        {
            page.Append($"| {rule.Number} | {rule.Severity} | {rule.Title} | {rule.Clause} | {rule.Remedy} |\n");
        }

        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            File.WriteAllText(file, page.ToString());
        }

        Assert.Equal(page.ToString(), File.ReadAllText(file));
    }
}
