namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>保護対象者 as the centre's administrator registers and ends one.</summary>
public sealed class ProtectionsTests
{
    [Fact]
    public async Task Protection_IsRegisteredAndEnded_AndTheListNamesNobody()
    {
        await using var site = await PagesSite.Open();
        await using var centre = await site.Visit();
        await centre.SignIn(site.Account("centre"));
        await centre.Click("保護対象者");
        await centre.SeeHeading("保護対象者");
        await centre.Page.GetByLabel("氏名", new() { Exact = true }).FillAsync("架空　花子");
        await centre.Page.GetByLabel("生年月日").FillAsync("1980-01-02");
        await centre.Page.GetByLabel("理由 ※必須", new() { Exact = true }).FillAsync("支援措置の通知（第12号）");
        await centre.Click("登録する");
        await centre.See("保護の対象として登録しました。");
        await centre.Look("protections");
        Assert.DoesNotContain("花子", await centre.Page.ContentAsync(), StringComparison.Ordinal);
        await centre.Page.GetByLabel("解除の理由").FillAsync("措置の終了");
        await centre.Click("解除する");
        await centre.See("に解除");
        await centre.Look();
    }
}
