using System.Net;
using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>What the pages refuse, and how they say it.</summary>
public sealed class PageAccessTests
{
    [Fact]
    public async Task Pages_WhatIsNotYours_IsRefusedInWords()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await clinic.SignIn(site.Account("clinic"));

        Assert.Equal(404, (await clinic.Page.GotoAsync("/claims/receptions/20990101-000001-0"))!.Status);
        await clinic.See("CL-0101");
        await clinic.Look("refused");
        Assert.Equal(404, (await clinic.Page.GotoAsync("/claims/sent/00000000-0000-0000-0000-000000000001"))!.Status);
        await clinic.Look();
        Assert.Equal(404, (await clinic.Page.GotoAsync("/inbox/00000000-0000-0000-0000-000000000001/content"))!.Status);
        Assert.Equal(404, (await clinic.Page.GotoAsync("/nowhere"))!.Status);
        await clinic.SeeHeading("ページが見つかりません");
        await clinic.Look();
        Assert.Equal(403, (await clinic.Page.GotoAsync("/payer/receptions"))!.Status);
        await clinic.SeeHeading("権限がありません");
        await clinic.Look();
    }

    [Fact]
    public async Task SendPage_WithNothingChosen_SaysWhatIsMissing()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit(javaScript: false);
        await clinic.SignIn(site.Account("clinic"));
        await clinic.Page.GotoAsync("/claims/send");
        var empty = new FilePayload { Name = "RECEIPTC.UKE", MimeType = "application/octet-stream", Buffer = [] };
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(empty);
        await clinic.Click("送信する");
        await clinic.See("ファイルが空（0バイト）です。");
    }

    [Fact]
    public async Task Forms_WithoutTheirToken_ChangeNothing()
    {
        await using var site = await PagesSite.Open();
        var account = site.Account("clinic");
        await using var clinic = await site.Visit();
        await clinic.SignIn(account);
        var request = clinic.Page.Context.APIRequest;
        var html = new Dictionary<string, string> { ["Accept"] = "text/html" };

        var form = request.CreateFormData();
        form.Set("payer", Guid.NewGuid().ToString());
        form.Set("file", new FilePayload { Name = "RECEIPTC.UKE", MimeType = "application/octet-stream", Buffer = [1] });
        var upload = await request.PostAsync("/claims/send", new() { Multipart = form, Headers = html });
        Assert.Equal((int)HttpStatusCode.UnprocessableEntity, upload.Status);
        Assert.Contains("WE-0205", await upload.TextAsync(), StringComparison.Ordinal);

        var signOut = await request.PostAsync("/sign-out", new() { Headers = html });
        Assert.Equal((int)HttpStatusCode.BadRequest, signOut.Status);
    }

    [Fact]
    public async Task Reception_SameAddress_AnswersPeopleAndMachines()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await clinic.SignIn(site.Account("clinic"));
        var request = clinic.Page.Context.APIRequest;
        var page = await request.GetAsync("/claims/receptions", new() { Headers = new Dictionary<string, string> { ["Accept"] = "text/html" } });
        var machine = await request.GetAsync("/claims/receptions", new() { Headers = new Dictionary<string, string> { ["Accept"] = "application/json" } });
        Assert.StartsWith("text/html", page.Headers["content-type"], StringComparison.Ordinal);
        Assert.StartsWith("application/json", machine.Headers["content-type"], StringComparison.Ordinal);
    }
}
