using System.Net;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>What is recorded, and who may read it.</summary>
public sealed class TrailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-9-1-a")]
    public async Task G_9_1_a_ClaimRead_SaysWhoWhatAndWhose_AndIsFoundByEach(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var all = await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.ClaimRead });
        Assert.Equal(2, all.Count);
        Assert.Equal([2, 1], all.Select(e => int.Parse(e.Subject[^1..], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(all, e =>
        {
            Assert.Equal((world.Claims.Clinic.Organisation.Value, "関所診療所", "200"), (e.Organisation, e.OrganisationName, e.Result));
            Assert.NotNull(e.Device);
            Assert.True(e.HasWhose && e.HasSealed);
            Assert.Equal(32, e.Correlation.Length);
            Assert.Contains(world.Number, e.Subject, StringComparison.Ordinal);
        });

        Assert.EndsWith("/1", Assert.Single(await world.Find(world.Auditor, new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead })).Subject, StringComparison.Ordinal);
        Assert.EndsWith("/2", Assert.Single(await world.Find(world.Auditor, new AuditQuery { Whose = AuditWorld.Jiro, Kind = AuditKind.ClaimRead })).Subject, StringComparison.Ordinal);
        Assert.Equal(2, (await world.Find(world.Auditor, new AuditQuery { Subject = world.Number + "/claims" })).Count);
        Assert.Equal(2, (await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.ClaimRead, Result = "20" })).Count);
        Assert.Empty(await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.ClaimRead, Result = "4_4" }));
        Assert.Empty(await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.ClaimRead, Until = new DateOnly(2020, 1, 1) }));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-2")]
    public async Task G_5_2_Auditor_SeesOwnOrganisationOnly_SiteAuditorAll(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        Assert.All(await world.Find(world.Auditor, new AuditQuery()), e => Assert.Equal(world.Claims.Clinic.Organisation.Value, e.Organisation));
        Assert.Empty(await world.Find(world.Auditor, new AuditQuery { Organisation = (await world.Site.Centre()).Id.Value }));
        Assert.Empty(await world.Find(world.Auditor with { Organisation = world.Claims.Other.Organisation }, new AuditQuery { Whose = AuditWorld.Ichiro }));
        Assert.Contains(await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.OrganisationChanged }), e => e.Result.Length > 0);
        Assert.Single(await world.Find(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead }));

        var nobody = world.Claims.Clinic;
        Assert.Equal("AU-0101", (await world.Log(l => l.Search(nobody, new AuditQuery(), Ct))).Refusal.Code);
        var id = (await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.OrganisationChanged }))[0].Id;
        Assert.Equal("AU-0104", (await world.Log(l => l.Find(world.Auditor, id, Ct))).Refusal.Code);
        Assert.Equal("AU-0104", (await world.Log(l => l.Proof(world.Auditor, id, Ct))).Refusal.Code);
        Assert.Equal("AU-0101", (await world.Log(l => l.Open(world.Auditor, id, AuditWorld.Reason, Ct))).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Sealed_OpensWithAReasonOnly_AndThatIsAnEvent(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var read = Assert.Single(await world.Find(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead }));
        Assert.Equal("AU-0103", (await world.Log(l => l.Open(world.SiteAuditor, read.Id, "   ", Ct))).Refusal.Code);
        var whose = (await world.Log(l => l.Open(world.SiteAuditor, read.Id, AuditWorld.Reason, Ct))).Value;
        Assert.Equal((AuditWorld.Ichiro.Name, AuditWorld.Ichiro.Birth, "06132013"), (whose.Name, whose.Birth, whose.Insurer.Trim()));
        var opened = Assert.Single(await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.AuditOpened }));
        Assert.Equal((read.Id.ToString("D"), "opened", AuditWorld.Reason), (opened.Subject, opened.Result, opened.Reason));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Trail_NeverHoldsAValueOfAPerson_OutsideTheSeal(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        await world.Find(world.Auditor, new AuditQuery { Whose = AuditWorld.Ichiro, Subject = "456", Result = "関所" });
        await world.Persons(p => p.Protect(world.SiteAuditor, AuditWorld.Jiro, ProtectionGround.Violence, AuditWorld.Reason, Ct));
        var texts = await world.Texts("SELECT kind || ' ' || subject || ' ' || result || ' ' || reason || ' ' || correlation || ' ' || COALESCE(whose, '') FROM {audit}");
        Assert.NotEmpty(texts);
        foreach (var value in new[] { "一郎", "二郎", "19800101", "１２３", "４５６", " 456 ", "06132013" })
        {
            Assert.DoesNotContain(texts, t => t.Contains(value, StringComparison.Ordinal));
        }

        Assert.Contains(texts, t => t.Contains("subject=given", StringComparison.Ordinal) && t.Contains("whose=given", StringComparison.Ordinal));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_Denials_OfKnownDevices_AreRecorded(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var clinic = (await world.Site.Directory.Organisation(world.Claims.Clinic.Organisation, Ct)).Value;
        using var certificate = await world.Site.Device(clinic);
        using var client = world.Site.Client(certificate);
        using var forbidden = await client.PostAsync(new Uri("/assurance/audit/search", UriKind.Relative), new StringContent("{}", null, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        var device = (await world.Site.Devices.DeviceOf(certificate.SerialNumber, Ct)).Value;
        Assert.True((await world.Site.Devices.Revoke(device, "試験", Ct)).Succeeded(out _, out _));
        using var refused = await client.GetAsync(new Uri("/claims/receptions", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var denied = await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.AccessDenied, Device = device.Value });
        Assert.Equal([("/claims/receptions", "401"), ("/assurance/audit/search", "ReadAudit")], denied.Select(e => (e.Subject, e.Result)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Search_ByPages_GivesEveryEventOnce_NewestFirst(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        for (var i = 0; i < 120; i++)
        {
            await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.SignOut });
        }

        var seen = new List<Guid>();
        Guid? after = null;
        do
        {
            var page = (await world.Log(l => l.Search(world.Auditor, new AuditQuery { Kind = AuditKind.AuditRead, After = after }, Ct))).Value;
            seen.AddRange(page.Entries.Select(e => e.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.True(seen.Count >= 120);
        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task G_9_1_b_Rows_CannotBeChangedOrDeleted_NotEvenWithAHandOnTheDatabase(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        foreach (var sql in new[]
        {
            "DELETE FROM {audit}",
            "UPDATE {audit} SET subject = ''",
            "UPDATE {audit} SET expired = at, due = NULL, salt = NULL, subject = ''",
            "UPDATE {audit} SET due = 0",
        })
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => world.Sql(sql));
        }
    }
}
