using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity;

public sealed class ConnectionTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Device_WithItsCertificate_IsItsOrganisation(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1311234567"));
        using var client = await site.Client(clinic);
        var me = await client.GetFromJsonAsync<JsonElement>(_me, TestContext.Current.CancellationToken);
        Assert.Equal(clinic.Id.Value, me.GetProperty("organisation").GetGuid());
        Assert.Equal(clinic.Name, me.GetProperty("organisationName").GetString());
        Assert.Contains("SendTransmissions", me.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()));
    }
}
