using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>A new first line of <c>eligibility-search.key</c>: whoever was registered under the key before is found, beside those registered under the new one.</summary>
public sealed class SearchKeyTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task NewKey_EverybodyIsFoundAsBefore(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var valid = await world.Has(Entry("V1", number: "9", branch: "02"));
        var old = await world.Has(Entry("A1", until: "2026-10-01"));
        await world.Has(With(Entry("B1", number: "55", insurer: SecondNumber, from: "2026-10-01"), c => c with { Kana = "ｾｷｼｮA1" }), world.OtherInsurer);
        await MatchTests.Link(world);
        Assert.True((await MatchTests.Reference(world, world.Clinic, old, "4711")).Succeeded(out _, out _));
        KeyFiles.Rotate(Path.Combine(world.Site.DataFolder, "eligibility-search.key"));
        await world.Site.Restart();

        Assert.Equal(1, (await world.Answer(Ask(valid))).Code);
        await AssertReplaced(world, old);
        Assert.Equal((3, ""), await Told(world, old, world.Pharmacy));

        // What is written from now on is under the new key: a correction, and a twin of somebody under the one before.
        var report = await world.Register(With(old, c => c with { Lost = new(2026, 9, 1) }));
        Assert.Equal(EntryResult.Changed, report.Result);
        await AssertReplaced(world, old);
        await world.Has(Entry("V2", number: "9", branch: "03"));
        Assert.Equal(5, (await world.Answer(Ask(valid, branch: ""))).Code);
        Assert.Equal(("関所　V1", "関所　V2"), ((await world.Answer(Ask(valid))).Coverage!.Name, (await world.Answer(Ask(valid, branch: "03"))).Coverage!.Name));
    }

    private static async Task AssertReplaced(EligibilityWorld world, CoverageEntry old) => Assert.Equal((3, "4711"), await Told(world, old, world.Clinic));

    private static async Task<(int Code, string Reference)> Told(EligibilityWorld world, CoverageEntry entry, Contracts.Actor by)
    {
        var answer = await world.Answer(Ask(entry), by);
        return (answer.Code, answer.Reference);
    }
}
