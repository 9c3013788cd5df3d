using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

public sealed class MastersTests
{
    [Fact]
    public async Task Load_FolderOfMasters_AreKeptAndInUse()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        var shelf = world.Site.Services.GetRequiredService<MasterShelf>();
        Assert.False(shelf.Current.Covers(MasterKind.Disease, ClaimsWorld.November));
        await using var scope = world.Site.Services.CreateAsyncScope();
        var administration = scope.ServiceProvider.GetRequiredService<IClaimsAdministration>();
        var report = await administration.LoadMasters(Path.Combine(Repository.Root(), "tests/Samples/masters"), TestContext.Current.CancellationToken);
        Assert.Contains(report, load => load.Kind == MasterKind.Disease && load.Rows > 0);
        Assert.True(shelf.Current.Covers(MasterKind.Disease, ClaimsWorld.November));
        Assert.Equal(report.Count(load => load.Kind is not null), Directory.GetFiles(Path.Combine(world.Site.DataFolder, "masters")).Length);
        Assert.True(new MasterShelf(world.Site.Services.GetRequiredService<Platform.DataFolder>()).Current.Covers(MasterKind.Disease, ClaimsWorld.November));
    }

    [Fact]
    public async Task Load_MissingFolder_SaysSo()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        await using var scope = world.Site.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<IClaimsAdministration>().LoadMasters(
            Path.Combine(world.Site.DataFolder, "nowhere"), TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(report).Kind);
    }
}
