using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>What people see of the checks: before sending, in the help, and when they look whether a finding is right.</summary>
public sealed class ChecksTests
{
    private const string Csv = "点検の結果をCSVで保存";

    [Fact]
    public async Task Preview_ShowsWhatReceptionWouldFind_KeepsNothing_AndLeadsOnToSending()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await clinic.SignIn(site.Account("clinic"));
        await Preview(site, clinic);
        await clinic.See("まだ何も送信していません。");
        await clinic.See("このまま送ると、1件のレセプトが受け付けられません");
        await clinic.Look("preview");
        Assert.Equal(0L, await Receptions(site));
        var (_, csv) = await clinic.Export(Csv);
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);

        await clinic.Click("このファイルを送信する");
        await clinic.SeeHeading("センターが受け取りました");
        await clinic.Click("点検の結果を見る");
        await clinic.SeeBadge("結果（確定待ち）");
        var (_, received) = await clinic.Export("指摘をCSVで保存", "指摘をファイルに書き出す");
        Assert.Equal(Findings(received), Findings(csv));
        Assert.Equal(1L, await Receptions(site));
    }

    [Fact]
    public async Task Preview_WithoutJavaScript_IsAFormLikeAnyOther()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit(javaScript: false);
        await clinic.SignIn(site.Account("clinic"));
        await Preview(site, clinic);
        await clinic.See("まだ何も送信していません。");
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
        var (_, csv) = await clinic.Export(Csv);
        Assert.NotEmpty(Findings(csv));
        await clinic.Click("もう一度点検だけ行う");
        await clinic.SeeHeading("送信前の点検の結果");
        Assert.Equal(0L, await Receptions(site));
        await clinic.Page.Locator("table.findings a").First.ClickAsync();
        await clinic.SeeHeading("点検");
        await clinic.See("直し方");
    }

    [Fact]
    public async Task Help_ListsEveryCheck_ToEverybody()
    {
        await using var site = await PagesSite.Open();
        await using var anybody = await site.Visit();
        await anybody.Page.GotoAsync("/help/checks");
        await anybody.SeeHeading("点検の一覧");
        await anybody.Look("help-checks");
        await anybody.Page.GetByLabel("区分", new() { Exact = true }).SelectOptionAsync("返戻対象");
        await anybody.Page.GetByLabel("番号・ことば").FillAsync("主傷病");
        await anybody.Click("絞り込む");
        await anybody.Look();
        await anybody.Page.GetByRole(AriaRole.Link, new() { Name = "L3220" }).First.ClickAsync();
        await anybody.SeeHeading("L3220");
        await anybody.Look("help-check");
        Assert.Equal(404, (await anybody.Page.GotoAsync("/help/checks/L0000"))!.Status);
        await anybody.See("WE-0501");
    }

    [Fact]
    public async Task Judging_ClinicOneClaim_PayerManyAtOnce_CentreSeesTheNumbers()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await clinic.SignIn(site.Account("clinic"));
        await SendMany(site, clinic);
        await JudgeOne(clinic);

        await using var payer = await site.Visit();
        await payer.SignIn(site.Account("payer"));
        await payer.Click("点検の見直し");
        await payer.SeeHeading("点検の見直し");
        await payer.Page.GetByRole(AriaRole.Link, new() { Name = "L3220" }).ClickAsync();
        await JudgeMany(payer);
        await payer.Click("点検の見直し");
        await payer.Look("checks");
        var (_, csv) = await payer.Download("CSVで保存");
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);

        await using var centre = await site.Visit();
        await centre.SignIn(site.Account("centre"));
        await centre.Page.GotoAsync("/claims/checks");
        await centre.See("すべての審査支払機関の合計です。");
        await centre.Look();
        await using var insurer = await site.Visit();
        await insurer.SignIn(site.Account("insurer"));
        Assert.Equal(403, (await insurer.Page.GotoAsync("/claims/checks"))!.Status);
    }

    private static async Task JudgeOne(Visitor clinic)
    {
        await clinic.Page.GetByLabel("点検番号").SelectOptionAsync("L3220");
        await clinic.Click("絞り込む");
        await clinic.Page.Locator(".finding-title a").First.ClickAsync();
        await clinic.SeeHeading("診療報酬明細書");
        await clinic.Page.GetByLabel("理由（任意）").FillAsync("届出の様式に合わせて記録している");
        await clinic.Look("judge-one");
        await clinic.Click("正当（点検の見直しが必要）");
        await clinic.See("L3220 の指摘 1件を「正当（点検の見直しが必要）」としました。");
        await clinic.See("届出の様式に合わせて記録している");
        await clinic.Page.GetByText("判断の経過").ClickAsync();
        await clinic.Look();
    }

    private static async Task JudgeMany(Visitor payer)
    {
        await payer.SeeHeading("L3220");
        await payer.See("医療機関：正当（点検の見直しが必要）");
        var boxes = payer.Page.Locator("tbody input[type=checkbox]");
        await Assertions.Expect(boxes).ToHaveCountAsync(100);
        await boxes.First.FocusAsync();
        await payer.Page.Keyboard.PressAsync("Space");
        await payer.Page.Keyboard.PressAsync("ArrowDown");
        await payer.Page.Keyboard.PressAsync("Space");
        await payer.See("2件を選んでいます");
        await payer.Look("judging");
        await payer.Click("正当（点検の見直しが必要）");
        await payer.See("L3220 の指摘 2件を「正当（点検の見直しが必要）」としました。");
        await payer.Page.GetByRole(AriaRole.Link, new() { Name = "まだ判断していない" }).ClickAsync();
        await payer.Page.GetByText("この画面の 100件をすべて選ぶ").ClickAsync();
        await payer.Page.GetByRole(AriaRole.Button, new() { Name = "指摘どおり" }).ClickAsync();
        await payer.See("L3220 の指摘 100件を「指摘どおり」としました。");
        await payer.See("まだ判断していない 18件");
        await payer.Look();
    }

    private static async Task SendMany(PagesSite site, Visitor clinic)
    {
        var many = Path.Combine(site.Server.Folder, "many", "RECEIPTC.UKE");
        Directory.CreateDirectory(Path.GetDirectoryName(many)!);
        ClaimFiles.Multiply(site.ClaimFile, many, 120);
        await clinic.Page.GotoAsync("/claims/send");
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(many);
        await clinic.Page.GetByRole(AriaRole.Button, new() { Name = "送信する" }).ClickAsync();
        await clinic.SeeHeading("センターが受け取りました");
        await clinic.Click("点検の結果を見る");
        await clinic.SeeBadge("結果（確定待ち）");
        await clinic.Look();
    }

    private static async Task Preview(PagesSite site, Visitor clinic)
    {
        await clinic.Page.GotoAsync("/claims/send");
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
        await clinic.Click("点検だけ行う");
        await clinic.SeeHeading("送信前の点検の結果");
    }

    private static async Task<object?> Receptions(PagesSite site) =>
        await site.Server.Database.Scalar($"SELECT COUNT(*) FROM {site.Server.Database.Table("claims", "reception")}");

    /// <summary>Number, severity, line, claim, record, item, name, value, message of each finding.</summary>
    private static List<string> Findings(byte[] csv) =>
        [.. System.Text.Encoding.UTF8.GetString(csv).Split("\r\n").Skip(1).Where(l => l.Length > 0).Select(l => string.Join(',', l.Split(',')[..9]))];
}
