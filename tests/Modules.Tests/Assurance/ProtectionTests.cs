using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>Protected persons: nothing that is shown to anybody tells that they were here.</summary>
public sealed class ProtectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_ProtectedPerson_IsNowhereInSight_AndAskedForLikeAStranger(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var before = Assert.Single(await world.Find(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead }));
        Assert.Equal("AU-0103", (await world.Persons(p => p.Protect(world.SiteAuditor, AuditWorld.Ichiro, ProtectionGround.Violence, "", Ct))).Refusal.Code);
        Assert.Equal("AU-0110", (await world.Persons(p => p.Protect(world.SiteAuditor, new DataSubject(), ProtectionGround.Violence, AuditWorld.Reason, Ct))).Refusal.Code);
        var made = (await world.Persons(p => p.Protect(world.SiteAuditor, AuditWorld.Ichiro, ProtectionGround.Violence, AuditWorld.Reason, Ct))).Value;
        Assert.True(await world.Persons(p => p.IsProtected(AuditWorld.Ichiro with { Number = "", Symbol = "" }, Ct)));
        Assert.False(await world.Persons(p => p.IsProtected(AuditWorld.Jiro with { Number = "457" }, Ct)));
        await world.ReadClaim(1);

        foreach (var auditor in new[] { world.Auditor, world.SiteAuditor })
        {
            var stranger = AuditWorld.Ichiro with { Name = "架空　三郎", Number = "999", Birth = "19700101" };
            var (theirs, nobodys) = (
                (await world.Log(l => l.Search(auditor, new AuditQuery { Whose = AuditWorld.Ichiro }, Ct))).Value,
                (await world.Log(l => l.Search(auditor, new AuditQuery { Whose = stranger }, Ct))).Value);
            Assert.Equal((nobodys.Next, nobodys.From, nobodys.Until), (null, theirs.From, theirs.Until));
            Assert.Empty(theirs.Entries.Concat(nobodys.Entries));

            // Nor do the events of the two searches tell them apart.
            Assert.Equal([true, true], (await world.Find(auditor, new AuditQuery { Kind = AuditKind.AuditRead })).Take(2).Select(e => e.HasWhose));
            Assert.DoesNotContain(await world.Find(auditor, new AuditQuery { Subject = world.Number }), e => e.Subject.EndsWith("/claims/1", StringComparison.Ordinal));
            Assert.Equal("AU-0104", (await world.Log(l => l.Find(auditor, before.Id, Ct))).Refusal.Code);
            Assert.Equal("AU-0104", (await world.Log(l => l.Proof(auditor, before.Id, Ct))).Refusal.Code);
            Assert.Single(await world.Find(auditor, new AuditQuery { Whose = AuditWorld.Jiro, Kind = AuditKind.ClaimRead }));
        }

        Assert.True((await world.Persons(p => p.End(world.SiteAuditor, made.Id, AuditWorld.Reason, Ct))).Succeeded(out _, out _));
        Assert.Equal(2, (await world.Find(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead })).Count);
        Assert.Equal("AU-0111", (await world.Persons(p => p.End(world.SiteAuditor, made.Id, AuditWorld.Reason, Ct))).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ProtectedPerson_ShowsToTheSiteAuditor_WithReasonAndSecondPermissionOnly(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        await world.Persons(p => p.Protect(world.SiteAuditor, AuditWorld.Ichiro, ProtectionGround.NonDisclosure, AuditWorld.Reason, Ct));
        var query = new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead, IncludeProtected = true };
        Assert.Equal("AU-0102", (await world.Log(l => l.Search(world.Auditor, query with { Reason = AuditWorld.Reason }, Ct))).Refusal.Code);
        var second = world.SiteAuditor with { Permissions = world.SiteAuditor.Permissions.Except([Permission.OpenSealed]).ToHashSet() };
        Assert.Equal("AU-0102", (await world.Log(l => l.Search(second, query with { Reason = AuditWorld.Reason }, Ct))).Refusal.Code);
        Assert.Equal("AU-0103", (await world.Log(l => l.Search(world.SiteAuditor, query, Ct))).Refusal.Code);
        Assert.Single(await world.Find(world.SiteAuditor, query with { Reason = AuditWorld.Reason }));

        // The event of that search is about the protected person, and hidden as they are.
        Assert.Empty(await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.ProtectedRead }));
        var read = Assert.Single(await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.ProtectedRead, IncludeProtected = true, Reason = AuditWorld.Reason }));
        Assert.Equal(AuditWorld.Reason, read.Reason);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task JudgementOfAProtectedPersonsClaim_IsHiddenToo(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        await using (var scope = world.Site.Services.CreateAsyncScope())
        {
            var own = scope.ServiceProvider.GetRequiredService<DbSession>();
            var audit = scope.ServiceProvider.GetRequiredService<Audit>();
            await own.Write(Ct);
            await audit.Record(world.Claims.Clinic, AuditKind.FindingJudged, world.Number, "L3220 Institution Wrong 1,2", Ct);
            await audit.Record(world.Claims.Clinic, AuditKind.FindingJudged, world.Number, "L3220 Institution Wrong 2", Ct);
            await own.Commit(Ct);
        }

        Assert.Equal(2, (await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.FindingJudged })).Count);
        await world.Persons(p => p.Protect(world.SiteAuditor, AuditWorld.Ichiro, ProtectionGround.Violence, AuditWorld.Reason, Ct));
        Assert.Equal("L3220 Institution Wrong 2", Assert.Single(await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.FindingJudged })).Result);
    }
}
