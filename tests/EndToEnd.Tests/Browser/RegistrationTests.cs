namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>登録の状況 and 利用の記録 as an insurer's clerk uses them.</summary>
public sealed class RegistrationTests
{
    private const string Insurer = "06139018";

    [Fact]
    public async Task Clerk_SeesWhatToPutRight_OneCardWithItsHistory_AndWhoLooked()
    {
        await using var site = await PagesSite.Open();
        using (var insurer = new Participant(site.Server.Machines, site.Server.Demo("insurer.pfx")))
        {
            await insurer.Post("/eligibility/coverages", Entry("架空　花●"));
            await insurer.Post("/eligibility/coverages", Entry("架空　花子●"));
        }

        await using var clerk = await site.Visit();
        await clerk.SignIn(site.Account("insurer"));
        await clerk.Page.GotoAsync("/eligibility/registration?notice=EL-0714");
        await clerk.SeeHeading("登録の状況");
        await clerk.See("K-1");
        await clerk.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "K-1 の登録を調べる" }).ClickAsync();
        await clerk.See("架空　花子●");
        await clerk.See("前の内容");
        await clerk.Look("registration");
        await clerk.LookAtBothWidths();
        await clerk.Page.SetViewportSizeAsync(1280, 900);

        await clerk.Page.GotoAsync("/eligibility/access-log");
        await clerk.Page.GetByLabel("保険者番号（医療扶助は公費負担者番号）").FillAsync(Insurer);
        await clerk.Page.GetByLabel("記号").FillAsync("12");
        await clerk.Page.GetByLabel("番号（受給者番号）").FillAsync("45");
        await clerk.Page.GetByLabel("枝番").FillAsync("01");
        await clerk.Page.GetByLabel("生年月日").FillAsync("1980-05-05");
        await clerk.Page.Locator("#reason").FillAsync("本人の求め、窓口で本人確認");
        await clerk.Click("表示する");
        await clerk.See("加入者情報の登録・訂正・取消");
        await clerk.Look("access-log");
        await clerk.LookAtBothWidths();
    }

    private static object Entry(string name) => new
    {
        id = "K-1",
        coverage = new
        {
            insurer = Insurer,
            symbol = "12",
            number = "45",
            branch = "01",
            name,
            kana = "カクウ ハナコ",
            sex = "2",
            birth = "1980-05-05",
            acquired = "2020-04-01",
        },
    };
}
