using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>Organisations, their kinds and codes.</summary>
public sealed class DirectoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Organisation_Registered_IsFoundByIdCodeAndKind(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var id = new OrganisationId(Guid.CreateVersion7());
        var kinds = new HashSet<OrganisationKind> { OrganisationKind.Payer, OrganisationKind.Insurer };
        OrganisationCode[] codes = [new(CodeSystem.Payer, "1"), new(CodeSystem.Insurer, "06130012")];
        Assert.True((await site.Directory.Register(new Organisation(id, "支払基金（試験）", kinds, codes), Ct)).Succeeded(out _, out _));

        var found = (await site.Directory.Holder(codes[1], Ct)).Value;
        Assert.Equal(id, found.Id);
        Assert.Equal(codes, found.Codes);
        Assert.True(kinds.SetEquals(found.Kinds));
        Assert.Equal(id, Assert.Single(await site.Directory.OfKind(OrganisationKind.Insurer, Ct)).Id);
        Assert.Equal("ID-0101", (await site.Directory.Organisation(new OrganisationId(Guid.CreateVersion7()), Ct)).Refusal.Code);
        Assert.Equal("ID-0102", (await site.Directory.Holder(new OrganisationCode(CodeSystem.Payer, "213"), Ct)).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Organisation_RegisteredAgain_TakesTheNewCodesAtOnce(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var insurer = await site.Organisation("若葉（試験）", OrganisationKind.Insurer, new OrganisationCode(CodeSystem.Insurer, "06130012"));
        Assert.Equal("若葉（試験）", (await site.Directory.Organisation(insurer.Id, Ct)).Value.Name);
        var moved = insurer with { Name = "青葉（試験）", Codes = [new OrganisationCode(CodeSystem.Insurer, "06130020")] };
        Assert.True((await site.Directory.Register(moved, Ct)).Succeeded(out _, out _));
        Assert.Equal("青葉（試験）", (await site.Directory.Holder(moved.Codes[0], Ct)).Value.Name);
        Assert.Equal("ID-0102", (await site.Directory.Holder(insurer.Codes[0], Ct)).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Code_HeldByAnother_IsRefusedAndNothingChanges(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var code = new OrganisationCode(CodeSystem.Institution, "1311234567");
        var first = await site.Organisation(OrganisationKind.MedicalInstitution, code);
        var second = new Organisation(
            new OrganisationId(Guid.CreateVersion7()), "別の診療所", new HashSet<OrganisationKind> { OrganisationKind.MedicalInstitution }, [code]);
        Assert.Equal("ID-0103", (await site.Directory.Register(second, Ct)).Refusal.Code);
        Assert.Equal("ID-0101", (await site.Directory.Organisation(second.Id, Ct)).Refusal.Code);
        Assert.Equal(first.Id, (await site.Directory.Holder(code, Ct)).Value.Id);
    }

    [Theory]
    [InlineData(CodeSystem.Payer, "2")]
    [InlineData(CodeSystem.Insurer, "0613001")]
    [InlineData(CodeSystem.Institution, "131123456７")]
    public async Task Code_OfAnImpossibleForm_IsRefused(CodeSystem system, string value)
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var organisation = new Organisation(new OrganisationId(Guid.CreateVersion7()), "名", new HashSet<OrganisationKind>(), [new(system, value)]);
        Assert.Equal("ID-0106", (await site.Directory.Register(organisation, Ct)).Refusal.Code);
    }

    [Fact]
    public async Task Holder_AskedOverHttp_AnswersOrIsNotFound()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var payer = await site.Organisation("支払基金（試験）", OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1"));
        using var client = await site.Client(await site.Organisation(OrganisationKind.MedicalInstitution));
        var found = await client.GetFromJsonAsync<JsonElement>(new Uri("/identity/organisations?system=Payer&code=1", UriKind.Relative), Ct);
        Assert.Equal(payer.Id.Value, found.GetProperty("id").GetGuid());
        Assert.Equal("Payer", found.GetProperty("kinds")[0].GetString());
        Assert.Equal("1", found.GetProperty("codes")[0].GetProperty("value").GetString());
        using var unknown = await client.GetAsync(new Uri("/identity/organisations?system=Payer&code=213", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
