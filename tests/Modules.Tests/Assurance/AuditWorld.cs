using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>A site where a clinic has sent two patients' claims and read one of them, with auditors of the clinic and of the site.</summary>
internal sealed class AuditWorld : IAsyncDisposable
{
    public const string Reason = "定期監査のため";

    private AuditWorld(ClaimsWorld claims) => Claims = claims;

    public ClaimsWorld Claims { get; }

    public TestSite Site => Claims.Site;

    /// <summary>Reads the clinic's own events.</summary>
    public Actor Auditor { get; private set; } = null!;

    /// <summary>Reads everybody's, opens and protects.</summary>
    public Actor SiteAuditor { get; private set; } = null!;

    /// <summary>受付番号 of the sent file; claim 1 is 一郎's, claim 2 二郎's.</summary>
    public string Number { get; private set; } = "";

    public static DataSubject Ichiro { get; } = new()
    {
        Insurer = "06132013",
        Symbol = "123",
        Number = "456",
        Name = "関所　一郎",
        Birth = "19800101",
    };

    public static DataSubject Jiro { get; } = Ichiro with { Name = "関所　二郎", Birth = "19810202" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AuditWorld> Start(DatabaseProvider provider)
    {
        var world = new AuditWorld(await ClaimsWorld.Start(provider));
        world.Auditor = world.Claims.Clinic with { Permissions = new HashSet<Permission> { Permission.ReadAudit, Permission.ExportAudit } };
        world.SiteAuditor = world.Claims.Clinic with
        {
            Organisation = (await world.Site.Centre()).Id,
            Permissions = new HashSet<Permission>
            {
                Permission.ReadAudit, Permission.ReadSiteAudit, Permission.OpenSealed, Permission.ExportAudit, Permission.ProtectPersons,
            },
        };
        var file = ClaimsWorld.File(new MadeClaim(Ichiro.Name, "101"), new MadeClaim(Jiro.Name, "102") { Born = Jiro.Birth });
        world.Number = (await world.Claims.Receive(world.Claims.Clinic, file)).Reception.Number;
        await world.ReadClaim(1);
        await world.ReadClaim(2);
        return world;
    }

    /// <summary>The clinic's machine reads a claim over the API.</summary>
    public async Task ReadClaim(int ordinal)
    {
        using var client = await Site.Client((await Site.Directory.Organisation(Claims.Clinic.Organisation, Ct)).Value);
        using var answer = await client.GetAsync(new Uri($"/claims/receptions/{Number}/claims/{ordinal}", UriKind.Relative), Ct);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<T> Log<T>(Func<IAuditLog, ValueTask<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IAuditLog>());
    }

    public async Task<T> Persons<T>(Func<IProtectedPersons, ValueTask<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IProtectedPersons>());
    }

    /// <summary>What the asker finds.</summary>
    public async Task<IReadOnlyList<AuditEntry>> Find(Actor by, AuditQuery query) => (await Log(l => l.Search(by, query, Ct))).Value.Entries;

    /// <summary>Runs SQL on the site's database as somebody with a hand on it would.</summary>
    public async Task<int> Sql(string sql, params (string, object?)[] parameters)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Write(Ct);
        var count = await session.Execute(sql.Replace("{audit}", session.Prefix("platform") + "audit", StringComparison.Ordinal), Ct, parameters);
        await session.Commit(Ct);
        return count;
    }

    public async Task<List<string>> Texts(string sql)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return await session.Query(
            sql.Replace("{audit}", session.Prefix("platform") + "audit", StringComparison.Ordinal).Replace("{ledger}", session.Prefix("exchange") + "ledger_entry", StringComparison.Ordinal),
            r => Convert.ToString(r.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!,
            Ct);
    }

    public ValueTask DisposeAsync() => Claims.DisposeAsync();
}
