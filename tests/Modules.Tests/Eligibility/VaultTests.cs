using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>本人の鍵の保管庫 in the place of the one that comes with the site: it knows who is one person across insurers, and everything follows it.</summary>
public sealed class VaultTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task VaultThatLinks_NeedsNobodyToConfirm(DatabaseProvider provider)
    {
        await using var world = await StartOn(services => services.AddSingleton<IPersonVault, LinkingVault>(), provider);
        var old = await world.Has(Entry("A1", until: "2026-10-01") with { Member = "P-1" });
        var next = With(Entry("B1", number: "55", insurer: SecondNumber, from: "2026-10-01"), c => c with { Kana = "ｾｷｼｮA1" }) with { Member = "P-1" };
        await world.Has(next, world.OtherInsurer);
        var other = await world.Has(Entry("A2", number: "2", until: "2026-10-01") with { Member = "P-2" });

        Assert.Equal((3, FirstNumber), await world.Answer(Ask(old)) is var answer ? (answer.Code, answer.Coverage!.Insurer) : default);
        Assert.Equal(2, (await world.Answer(Ask(other))).Code);
        Assert.Equal(1, (await world.Answer(Ask(next))).Code);
    }

    /// <summary>One key per 加入者番号, whichever insurer says it: as if that were what the real one links by.</summary>
    private sealed class LinkingVault : IPersonVault
    {
        private readonly ConcurrentDictionary<string, PersonKey> _keys = new();

        public ValueTask<IReadOnlyList<PersonKey>> Assign(IReadOnlyList<VaultName> names, CancellationToken ct) =>
            ValueTask.FromResult<IReadOnlyList<PersonKey>>([.. names.Select(n => _keys.GetOrAdd(n.Member, _ => new PersonKey(Guid.CreateVersion7())))]);
    }
}
