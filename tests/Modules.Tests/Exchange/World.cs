using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>A site with a clinic and a payer, on a day on which claims are taken.</summary>
internal sealed class World : IAsyncDisposable
{
    private World(TestSite site, Sender clinic, Sender payer)
    {
        Site = site;
        Clinic = clinic;
        PayerDevice = payer;
    }

    public TestSite Site { get; }

    public Sender Clinic { get; }

    public Sender PayerDevice { get; }

    public Organisation Payer => PayerDevice.Organisation;

    public static Task<World> Start(DatabaseProvider provider, params string[] settings) => StartOn(null, provider, settings);

    /// <summary>The same on a machine whose services (its clock) the test decides.</summary>
    public static async Task<World> StartOn(Action<IServiceCollection>? machine, DatabaseProvider provider, params string[] settings)
    {
        var site = await TestSite.StartOn(machine, provider, settings);
        await site.SimulateTime(new DateTimeOffset(2021, 11, 8, 10, 0, 0, TimeSpan.FromHours(9)));
        return new World(
            site,
            await Sender.Of(site, OrganisationKind.MedicalInstitution, Sender.Institution),
            await Sender.Of(site, OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1")));
    }

    public async ValueTask DisposeAsync()
    {
        Clinic.Dispose();
        PayerDevice.Dispose();
        await Site.DisposeAsync();
    }

    public async Task Restart()
    {
        await Site.Restart();
        Clinic.Reconnect();
        PayerDevice.Reconnect();
    }

    public static Actor Person(Organisation organisation) => new(
        organisation.Id,
        organisation.Name,
        null,
        new PersonId(Guid.NewGuid()),
        "試験 太郎",
        new HashSet<Permission> { Permission.SendTransmissions, Permission.ReceiveTransmissions });

    public string Table(string module, string table) => Site.Services.GetRequiredService<Database>().Prefix(module) + table;

    public async Task<long> Count(string module, string table, string where) =>
        Convert.ToInt64(await Scalar($"SELECT COUNT(*) FROM {Table(module, table)} WHERE {where}"), CultureInfo.InvariantCulture);

    public async Task<object?> Scalar(string sql)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Read(TestContext.Current.CancellationToken);
        return await session.Scalar(sql, TestContext.Current.CancellationToken);
    }

    public async Task Execute(string sql, params (string, object?)[] parameters)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Write(TestContext.Current.CancellationToken);
        Assert.Equal(1, await session.Execute(sql, TestContext.Current.CancellationToken, parameters));
        await session.Commit(TestContext.Current.CancellationToken);
    }

    public async Task<IReadOnlyList<string>> Health() =>
        await Site.Services.GetRequiredService<ISiteHealth>().Verify(TestContext.Current.CancellationToken);

    /// <summary>The object that holds a transmission's content.</summary>
    public async Task<Guid> ContentOf(Guid id)
    {
        var stored = (await Scalar($"SELECT content FROM {Table("exchange", "transmission")} WHERE id = '{id}'"))!;
        return stored as Guid? ?? Guid.Parse((string)stored);
    }

    public async Task<byte[]> Stored(Guid id)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        await using var stream = (await scope.ServiceProvider.GetRequiredService<IExchange>().Open(new(id), TestContext.Current.CancellationToken)).Value;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
