using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>Terms of use gate what they cover; a revision asks again and leaves time until its day.</summary>
public sealed class TermsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "G-7-3")]
    public async Task G_7_3_WithoutConsentToTheVersionInForce_NothingIsSent_AndARevisionAsksAgain(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var payer = await site.Organisation(OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1"));
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var administrator = clinic.Administrator();
        var gate = site.Services.GetRequiredService<ITermsGate>();
        Assert.True(Admits(gate, clinic, payer));

        var first = (await site.Terms().Publish(payer.Administrator(), TermsScope.OnlineClaims, "第1版", "守ること", DeviceWorld.Today, Ct)).Value;
        Assert.Equal("ID-0712", (await site.Terms().Publish(payer.Administrator(), TermsScope.OnlineClaims, "第1版", "別の文", DeviceWorld.Today, Ct)).Refusal.Code);
        var refusal = gate.Admit(clinic.Id, payer.Id, TermsScope.OnlineClaims).Refusal;
        Assert.Equal("ID-0710", refusal.Code);
        Assert.Contains("/terms", refusal.Remedy, StringComparison.Ordinal);
        Assert.True(gate.Admit(clinic.Id, payer.Id, TermsScope.OnlineEligibility).Succeeded(out _, out _));
        Assert.True(Admits(gate, payer, payer));

        Assert.Equal("ID-0713", (await site.Terms().Accept(administrator with { Person = null }, first, Ct)).Refusal.Code);
        var accepted = (await site.Terms().Accept(administrator with { Device = new DeviceId(Guid.CreateVersion7()) }, first, Ct)).Value;
        Assert.Equal((administrator.Person, true), (accepted.Given!.Person, accepted.Given.Device is not null));
        Assert.True(Admits(gate, clinic, payer));

        // Announced for later: what was agreed to counts until then.
        await site.Terms().Publish(payer.Administrator(), TermsScope.OnlineClaims, "第2版", "守ることが増えた", DeviceWorld.Today.AddDays(10), Ct);
        Assert.True(Admits(gate, clinic, payer));
        Assert.Contains(await site.Terms().List(administrator, Ct), t => t is { IsNext: true, Given: null });
        await site.SimulateTime(TimeProvider.System.GetUtcNow().AddDays(11));
        Assert.False(Admits(gate, clinic, payer));
        var second = (await site.Terms().List(administrator, Ct)).Single(t => t.IsInForce);
        Assert.Equal("第2版", second.Terms.Version);
        await site.Terms().Accept(administrator, second.Terms.Id, Ct);
        await site.Terms().Accept(administrator, second.Terms.Id, Ct);
        Assert.True(Admits(gate, clinic, payer));
        Assert.Equal(2, (await site.Audited(AuditKind.TermsAccepted)).Count);
        Assert.Equal("守ること", (await site.Terms().Find(administrator, first, Ct)).Value.Terms.Text);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "G-7-2")]
    public async Task G_7_2_TheCentresTerms_GateEverybody_AlsoAfterARestart(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var payer = await site.Organisation(OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1"));
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        await site.Terms().Publish((await site.Centre()).Administrator(), TermsScope.OnlineClaims, "第1版", "センターの規約", DeviceWorld.Today, Ct);
        await site.Restart();
        var gate = site.Services.GetRequiredService<ITermsGate>();
        Assert.False(Admits(gate, clinic, payer));
        var terms = Assert.Single(await site.Terms().List(clinic.Administrator(), Ct));
        await site.Terms().Accept(clinic.Administrator(), terms.Terms.Id, Ct);
        await site.Restart();
        Assert.True(Admits(site.Services.GetRequiredService<ITermsGate>(), clinic, payer));
    }

    [Fact, Trait("Clause", "OQ-A5"), Trait("Clause", "OQ-A8")]
    public async Task OQ_A5_A8_CarriersAnswers_MissingOrEnding_AreWarnedOf60DaysAhead()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var line = new LineFacts("架空回線", LineKind.IpsecIke, ["198.51.100.7"], null, DeviceWorld.Today, DeviceWorld.Today.AddDays(59), "");
        Assert.Equal("ID-0701", (await site.Connections().State(clinic, line with { Ranges = ["198.51.100.0/33"] }, Ct)).Refusal.Code);
        Assert.Equal("ID-0701", (await site.Connections().State(clinic, line with { Ranges = ["0.0.0.0/0"] }, Ct)).Refusal.Code);
        var own = (await site.Connections().State(clinic, line, Ct)).Value;
        Assert.Equal("ID-0704", (await site.Connections().Decide(clinic with { Permissions = new HashSet<Permission>() }, own, true, "", Ct)).Refusal.Code);
        Assert.Equal("ID-0703", (await site.Connections().Decide(clinic, own, true, "", Ct)).Refusal.Code);
        var shown = Assert.Single(await site.Connections().List(clinic, Ct));
        Assert.Equal(["198.51.100.7/32"], shown.Facts.Ranges);
        Assert.Equal(2, shown.Warnings.Count);
        Assert.Contains("あと59日", shown.Warnings[0].Text, StringComparison.Ordinal);
    }

    private static bool Admits(ITermsGate gate, Organisation user, Organisation publisher) => gate.Admit(user.Id, publisher.Id, TermsScope.OnlineClaims).Succeeded(out _, out _);
}
