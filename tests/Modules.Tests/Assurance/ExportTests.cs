using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Assurance.Retention;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>What leaves the site, and what is deleted when its time is over.</summary>
public sealed class ExportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-6-7")]
    public async Task OQ_6_7_Export_AsksForAReason_AndIsAnEventWithItsDigest(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        Assert.Equal("AU-0103", (await world.Log(l => l.Export(world.Auditor, new AuditQuery { Reason = "  a " }, Ct))).Refusal.Code);
        Assert.Equal("AU-0101", (await world.Log(l => l.Export(world.Claims.Clinic, new AuditQuery { Reason = AuditWorld.Reason }, Ct))).Refusal.Code);
        Assert.Equal("AU-0108", (await world.Log(l => l.Export(world.Auditor, new AuditQuery { Reason = AuditWorld.Reason, Kind = AuditKind.SignOut }, Ct))).Refusal.Code);
        Assert.Empty(await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.AuditExported }));

        var (name, digest, files) = await Export(world, world.Auditor, new AuditQuery());
        Assert.StartsWith("【厳秘】監査ログ_", name, StringComparison.Ordinal);
        var exported = Assert.Single(await world.Find(world.Auditor, new AuditQuery { Kind = AuditKind.AuditExported }));
        Assert.Equal(("sha256:" + digest, AuditWorld.Reason), (exported.Subject, exported.Reason));
        Assert.Contains("厳秘", files[AuditBundle.Manifest], StringComparison.Ordinal);
        Assert.Contains("full=False", exported.Result, StringComparison.Ordinal);
        Assert.DoesNotContain(files.Values, f => f.Contains("一郎", StringComparison.Ordinal) || f.Contains("19800101", StringComparison.Ordinal));
        Assert.StartsWith("\uFEFF" + AuditBundle.Header + "\r\n", files[AuditBundle.Events], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(world.Site.DataFolder, "exports")));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-3-2")]
    [Trait("Clause", "HK-3-2"), Trait("Clause", "MI-3-2"), Trait("Clause", "JA-第3条2")]
    public async Task KH_3_2_FullExport_HasNoGap_AndShowsOfTheProtectedOnlyThatSomethingStandsThere(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var read = Assert.Single(await world.Find(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro, Kind = AuditKind.ClaimRead }));
        await world.Persons(p => p.Protect(world.SiteAuditor, AuditWorld.Ichiro, ProtectionGround.Violence, AuditWorld.Reason, Ct));
        var (name, _, files) = await Export(world, world.SiteAuditor, new AuditQuery());
        Assert.Contains("【厳秘】", name, StringComparison.Ordinal);
        var lines = Lines(files);
        Assert.Equal(Enumerable.Range((int)lines[0].Position, lines.Count).Select(i => (long)i), lines.Select(l => l.Position));
        var hidden = lines.Where(l => l.State == "Protected").ToList();
        Assert.Equal(2, hidden.Count); // the reading, and the act of protecting
        Assert.All(hidden, l => Assert.Null(l.Record));
        Assert.DoesNotContain(read.Id.ToString("D"), files[AuditBundle.Positions] + files[AuditBundle.Events], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.State == "Other");
        Assert.Contains(lines, l => l.Record?.Contains("/claims/2", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(lines, l => l.Record?.Contains(world.Number + "/claims/1", StringComparison.Ordinal) == true);

        // Narrowed to the protected person it says what it says of a stranger.
        Assert.Equal("AU-0108", (await world.Log(l => l.Export(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro, Reason = AuditWorld.Reason }, Ct))).Refusal.Code);
        Assert.Equal(
            "AU-0108",
            (await world.Log(l => l.Export(world.SiteAuditor, new AuditQuery { Whose = AuditWorld.Ichiro with { Number = "9", Name = "" }, Reason = AuditWorld.Reason }, Ct))).Refusal.Code);
        var (_, _, narrowed) = await Export(world, world.SiteAuditor, new AuditQuery { Kind = AuditKind.ClaimRead });
        Assert.EndsWith("/claims/2", AuditRecord.Parse(Encoding.UTF8.GetBytes(Assert.Single(Lines(narrowed)).Record!)).Value.Subject, StringComparison.Ordinal);
        var (_, _, whole) = await Export(world, world.SiteAuditor, new AuditQuery { Kind = AuditKind.ClaimRead, IncludeProtected = true });
        Assert.Equal(2, Lines(whole).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-9-1-a")]
    public async Task G_9_1_a_DetailsBeforeTheirTime_Stay_AfterIt_GoWhileTheLogStillVerifies(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var now = TimeProvider.System.GetUtcNow();
        var claim = AuditKinds.Retentions.Single(r => r.Class == AuditRetention.Personal).Years;
        Assert.Equal(0, await Expire(world, now));
        Assert.Equal(0, await Expire(world, now.AddYears(3).AddDays(-1)));
        var due = (await world.Log(l => Wrapped(l.Due(Ct)))).Single(d => d.Kind == AuditKind.ClaimRead);
        Assert.Equal((claim, false), (due.Years, due.Overdue));
        Assert.InRange(due.NextDue!.Value, now.AddYears(claim).AddMinutes(-5), now.AddYears(claim).AddMinutes(5));

        Assert.True(await Expire(world, now.AddYears(6)) > 0);
        Assert.Equal(0, await Expire(world, now.AddYears(6)));
        var gone = await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.ClaimRead });
        Assert.Equal(2, gone.Count);
        Assert.All(gone, e => Assert.Equal((true, "", false, false), (e.Expired, e.Subject, e.HasWhose, e.HasSealed)));
        Assert.All(gone, e => Assert.NotNull(e.Position));
        Assert.Empty(await world.Texts("SELECT id FROM {audit} WHERE expired IS NOT NULL AND (salt IS NOT NULL OR sealed IS NOT NULL OR whose IS NOT NULL OR person IS NOT NULL)"));
        Assert.Contains(await world.Find(world.SiteAuditor, new AuditQuery { Kind = AuditKind.AuditExpired }), e => e.Subject == "ClaimRead" && e.Result.StartsWith("2 until", StringComparison.Ordinal));
        Assert.Null((await world.Log(l => Wrapped(l.Due(Ct)))).Single(d => d.Kind == AuditKind.ClaimRead).NextDue);

        Assert.Empty(await world.Site.Services.GetRequiredService<ISiteHealth>().Verify(Ct));
        var proof = (await world.Log(l => l.Proof(world.SiteAuditor, gone[0].Id, Ct))).Value;
        var leaf = await world.Texts($"SELECT position FROM {{ledger}} WHERE id = '{gone[0].Id:D}'");
        Assert.Equal(proof.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(leaf));
        var (_, _, files) = await Export(world, world.SiteAuditor, new AuditQuery { Kind = AuditKind.ClaimRead });
        Assert.All(Lines(files), l => Assert.Equal(("Expired", null), (l.State, l.Record)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EveryEvent_RebuiltFromItsRow_IsItsLeaf(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        var (_, _, files) = await Export(world, world.SiteAuditor, new AuditQuery());
        var lines = Lines(files);
        var events = lines.Where(l => l.State == "Event").ToList();
        Assert.True(events.Count > 10);
        Assert.DoesNotContain(lines, l => l.State == "Earlier");
        foreach (var line in events)
        {
            var record = AuditRecord.Parse(Encoding.UTF8.GetBytes(line.Record!)).Value;
            Assert.Equal(line.LeafHash, MerkleTree.LeafHash(record.Leaf()));
            Assert.NotEmpty(record.Correlation);
        }

        using var certificate = world.Site.Authority;
        Assert.True(Cms.Verify(Convert.FromBase64String(files["checkpoint"]), world.Site.Certificates.Trust, TimeProvider.System.GetUtcNow()).Succeeded(out var signed, out _));
        var checkpoint = Checkpoint.Parse(signed.Content).Value;
        var proof = files[AuditBundle.Proof].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Convert.FromBase64String).ToList();
        Assert.Equal(checkpoint.Root, MerkleBatch.Root([.. lines.Select(l => l.Position)], [.. lines.Select(l => l.LeafHash)], checkpoint.Size, proof));
    }

    private static async ValueTask<T> Wrapped<T>(ValueTask<T> value) => await value;

    private static async Task<int> Expire(AuditWorld world, DateTimeOffset now)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Expire>().Run(now, Ct);
    }

    private static async Task<(string Name, string Digest, Dictionary<string, string> Files)> Export(AuditWorld world, Actor by, AuditQuery query)
    {
        var export = (await world.Log(l => l.Export(by, query with { Reason = AuditWorld.Reason }, Ct))).Value;
        using var bytes = new MemoryStream();
        await using (export.Content)
        {
            await export.Content.CopyToAsync(bytes, Ct);
        }

        Assert.Equal(export.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())));
        using var zip = new ZipArchive(bytes);
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var one = new MemoryStream();
            await using var stream = await entry.OpenAsync(Ct);
            await stream.CopyToAsync(one, Ct);
            files[entry.FullName] = Encoding.UTF8.GetString(one.ToArray());
            if (entry.FullName == AuditBundle.Checkpoint)
            {
                files["checkpoint"] = Convert.ToBase64String(one.ToArray());
            }
        }

        return (export.FileName, export.Sha256, files);
    }

    private static List<(long Position, string State, byte[] LeafHash, string? Record)> Lines(Dictionary<string, string> files) =>
    [
        .. files[AuditBundle.Positions].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).Select(l => (
            l.GetProperty("position").GetInt64(), l.GetProperty("state").GetString()!, l.GetProperty("leafHash").GetBytesFromBase64(), l.GetProperty("record").GetString())),
    ];
}
