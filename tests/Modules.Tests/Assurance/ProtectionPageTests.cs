using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>保護対象者 on its page: registered and ended with a reason, by those who may, and named nowhere.</summary>
public sealed partial class ProtectionPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Page_RegistersAndEnds_WithAReason_AndNeverNamesAnybody(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        using var administrator = site.Browser((await site.Person(await site.Centre(), GovernanceRole.SystemAdministrator)).Id);
        using var clerk = site.Browser((await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk)).Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(clerk, "/protections")).Status);

        (string, string)[] whom = [("Form.Name", "保護　花子"), ("Form.Birth", "1980/1/2"), ("Form.Ground", "Violence")];
        var (bare, _, text) = await PageForms.Post(administrator, "/protections", "/protections", [.. whom, ("Form.Reason", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare);
        Assert.Contains("理由が入力されていません", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PageForms.Post(administrator, "/protections", "/protections", ("Form.Reason", "支援措置の通知"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await PageForms.Post(administrator, "/protections", "/protections", [.. whom, ("Form.Reason", "支援措置の通知")])).Status);

        var protectedPersons = (Contracts.Assurance.IProtectedPersons)site.Services.CreateScope().ServiceProvider.GetService(typeof(Contracts.Assurance.IProtectedPersons))!;
        Assert.True(await protectedPersons.IsProtected(new DataSubject { Name = "保護　花子", Birth = "19800102" }, Ct));
        var (_, list) = await PageForms.Get(administrator, "/protections");
        Assert.Contains("DV・虐待等の支援措置", list, StringComparison.Ordinal);
        Assert.DoesNotContain("花子", list, StringComparison.Ordinal);
        var id = Registration().Match(list).Groups[1].Value;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PageForms.Post(administrator, "/protections", "/protections?handler=end", ("id", id), ("reason", " "))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await PageForms.Post(administrator, "/protections", "/protections?handler=end", ("id", id), ("reason", "措置の終了"))).Status);
        Assert.Contains("に解除", (await PageForms.Get(administrator, "/protections")).Text, StringComparison.Ordinal);
        Assert.Equal([$"{id}: registered", $"{id}: ended"], await site.Audited(AuditKind.ProtectionChanged));
    }

    [GeneratedRegex("name=\"id\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex Registration();
}
