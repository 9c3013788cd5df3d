using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>カードの紛失 at an insurer's desk, by keys alone, and 医療機関の設定 by its administrator.</summary>
public sealed class DeskSettingsTests
{
    [Fact]
    public async Task LostCard_ReportedByKeysAlone_EndsIt_AndTellsNothingOfTheCard()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server);
        await using var clerk = await site.Visit();
        await clerk.SignIn(site.Account("insurer"));
        await clerk.Page.GotoAsync("/eligibility/cards");
        await clerk.SeeHeading("カードの紛失");

        await clerk.Page.Locator("#card-insurer").FocusAsync();
        await Type(clerk, DemoHolder.Insurer, "１２－３", "78", "01");
        await clerk.Page.Locator("#card-birth").FillAsync("1980-05-05");
        await clerk.Page.Locator("#reason").FillAsync("本人の届出、窓口で本人確認");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.See("EL-0121");
        await clerk.Look();

        // What was typed is still there: only what was wrong is typed again.
        await clerk.Page.Locator("#card-number").FillAsync("77");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.See("この人のカードの利用登録をすべて終わりにしました");
        Assert.Equal("", await clerk.Page.Locator("#card-number").InputValueAsync());
        await clerk.LookAtBothWidths("lost-cards");
    }

    [Fact]
    public async Task Settings_AreChangedByTheAdministrator_AndSeenByTheOthers()
    {
        await using var site = await PagesSite.Open();
        await using (var administrator = await site.Visit())
        {
            await administrator.SignIn(site.Account("clinic"));
            await administrator.Page.GotoAsync("/eligibility/settings");
            await administrator.SeeHeading("医療機関の設定");
            await administrator.Page.GetByLabel("手術情報").CheckAsync();
            await administrator.Click("保存する");
            await administrator.See("医療機関の設定を保存しました");
            await administrator.See("診療情報を利用しないので、手術情報も表示されません。");
            await administrator.Page.GetByLabel("診療情報").First.CheckAsync();
            await administrator.Click("保存する");
            await Assertions.Expect(administrator.Page.GetByText("手術情報も表示されません。")).ToHaveCountAsync(0);
            await administrator.LookAtBothWidths("settings");
        }

        await using var doctor = await site.Visit();
        await doctor.SignIn(site.Account("doctor"));
        await doctor.Page.GotoAsync("/eligibility/settings");
        await doctor.See("変えるには、自組織のシステム管理者に依頼してください。");
        await Assertions.Expect(doctor.Page.GetByRole(AriaRole.Button, new() { Name = "保存する" })).ToHaveCountAsync(0);
        Assert.True(await doctor.Page.GetByLabel("手術情報").IsDisabledAsync());
        await doctor.Look();
    }

    private static async Task Type(Visitor visitor, params string[] fields)
    {
        foreach (var field in fields)
        {
            await visitor.Page.Keyboard.InsertTextAsync(field);
            await visitor.Page.Keyboard.PressAsync("Tab");
        }
    }
}
