using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>端末と証明書, 接続, 利用規約 as the administrator of a small clinic and the centre use them.</summary>
public sealed class DevicesTests
{
    [Fact]
    public async Task Devices_FromRegistrationToTheFirstCertificate_AndOut()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await clinic.SignIn(site.Account("clinic"));
        await clinic.Click("端末と証明書");
        await clinic.SeeHeading("端末と証明書");
        await Register(clinic, "受付1");
        await clinic.Click("証明書を申請する");
        await clinic.See("センターの承認を待っています。");
        await clinic.Look();
        await Approve(site, "受付1");

        await clinic.Page.ReloadAsync();
        await clinic.Click("証明書を受け取る");
        await clinic.See("一度だけ表示するパスワード");
        await clinic.Look("device-password");
        var (name, bundle) = await clinic.Download("証明書ファイルをダウンロードする（1回だけ）");
        Assert.Equal("sekisho-device.pfx", name);
        var password = await clinic.Page.Locator(".one-time-password").TextContentAsync();
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadPkcs12(bundle, password);
        Assert.True(certificate.HasPrivateKey);

        await clinic.Page.GotoAsync("/devices");
        await clinic.Look("devices", whole: true);
        await clinic.Page.GetByRole(AriaRole.Link, new() { Name = "受付1" }).ClickAsync();
        await clinic.Page.Locator("summary", new() { HasText = "端末を持ち出す" }).ClickAsync();
        await clinic.Page.Locator("#carrier").FillAsync("看護 みどり");
        await clinic.Page.Locator("#destination").FillAsync("往診");
        await clinic.Page.Locator("#carry-reason").FillAsync("往診先での資格確認");
        await clinic.Page.Locator("#due").FillAsync("2099-12-31");
        await clinic.Click("持出しを承認する");
        await clinic.SeeBadge("持出し中");
        await clinic.Look("device", whole: true);
        await clinic.Click("返却を記録する");
        await clinic.SeeBadge("使用中");
        await clinic.Page.Locator("summary", new() { HasText = "端末を廃止する" }).ClickAsync();
        await clinic.Page.Locator("#retire-reason").FillAsync("買替え");
        await clinic.Page.GetByRole(AriaRole.Button, new() { Name = "端末を廃止する" }).ClickAsync();
        await clinic.SeeBadge("廃止");
        await clinic.Look();
    }

    [Fact]
    public async Task Connections_AreStatedAndConfirmed_AndTermsAreAgreedTo_WithoutJavaScript()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await clinic.SignIn(site.Account("clinic"));
        await clinic.Click("接続");
        await clinic.SeeHeading("接続");
        await clinic.Page.GetByLabel("回線事業者").FillAsync("架空回線株式会社");
        await clinic.Page.GetByLabel("接続元の範囲").FillAsync("203.0.113.0/28\n2001:db8:10::/48");
        await clinic.Click("届け出る");
        await clinic.See("接続を届け出ました。");
        await clinic.Look("connections", whole: true);

        await using var centre = await site.Visit(javaScript: false);
        await centre.SignIn(site.Account("centre"));
        await centre.Page.GotoAsync("/connections");
        await centre.Click("確認して有効にする");
        await centre.See("接続を確認しました。");
        await centre.Page.GotoAsync("/terms");
        await centre.Page.Locator("#version").FillAsync("第1版");
        await centre.Page.Locator("#effective").FillAsync(ClaimFiles.Moment(site.ClaimFile, 8).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await centre.Page.Locator("#text").FillAsync("第1条　請求の情報を、権限のない人に見せないこと。");
        await centre.Click("公開する");
        await centre.See("利用規約を公開しました。");

        await clinic.Page.GotoAsync("/claims/send");
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
        await clinic.Click("送信する");
        await clinic.See("ID-0710");
        await clinic.Page.GotoAsync("/terms");
        await clinic.See("まだ同意していません。");
        await clinic.Look("terms");
        await clinic.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("第1版") }).ClickAsync();
        await clinic.Look();
        await clinic.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("として同意する") }).ClickAsync();
        await clinic.See("に同意しました。");
        await clinic.Page.GotoAsync("/claims/send");
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
        await clinic.Click("送信する");
        await clinic.SeeHeading("センターが受け取りました");
    }

    private static async Task Register(Visitor clinic, string name)
    {
        await clinic.Click("端末を登録する");
        await clinic.Page.GetByLabel("端末名").FillAsync(name);
        await clinic.Page.GetByLabel("設置場所").FillAsync("受付カウンター");
        await clinic.Page.Locator("#os").FillAsync("Windows 11 Pro");
        await clinic.Look();
        await clinic.Click("登録する");
        await clinic.See("端末を登録しました。");
    }

    private static async Task Approve(PagesSite site, string device)
    {
        await using var centre = await site.Visit();
        await centre.SignIn(site.Account("centre"));
        await centre.Page.GotoAsync("/devices/applications");
        await centre.See(device);
        await centre.Look("device-applications");
        await centre.Click("承認する");
        await centre.See("を承認しました。");
    }
}
