using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.MedicinesWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What a claim brought goes when the claim is withdrawn, in whatever order the facts are read, and does not come back.</summary>
public sealed class MedicineWithdrawalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WithdrawnClaim_ShowsNothingAnyMore_AndTheOtherStays(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        var number = await world.Passage(Claim());
        await world.Passage(world.Claims.Other, ClaimsWorld.OtherCode, 12, Claim(Other));
        await world.AgreeToAll(entry, world.Doctor);
        Assert.Equal([Other, Amlodipine], await Drugs(world, entry));

        // Asked for only, everything stands.
        await Request(world, number);
        Assert.Equal([Other, Amlodipine], await Drugs(world, entry));
        await Grant(world, number);
        Assert.Equal([Other], await Drugs(world, entry));
        Assert.DoesNotContain((await world.View(world.Doctor, Query(entry))).Value.Services, s => s.Place.Code == ClaimsWorld.ClinicCode);

        // Read anew from the submitted file, it still brings nothing; the claim that is sent instead does.
        await Accept(world, number);
        Assert.Equal([Other], await Drugs(world, entry));
        await world.Passage(world.Claims.Clinic, ClaimsWorld.ClinicCode, 12, Claim("620009999", day: 11));
        Assert.Equal(["620009999", Other], (await Drugs(world, entry)).OrderDescending());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WithdrawnCorrection_DoesNotBringBackWhatItReplaced(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        var first = await world.Passage(Claim());
        var second = await world.Passage(world.Claims.Clinic, ClaimsWorld.ClinicCode, 12, Claim(Other));
        await world.AgreeToAll(entry, world.Doctor);
        await Request(world, second);
        await Grant(world, second);
        Assert.Empty(await Drugs(world, entry));

        // Not even when the first is read, or read again, after all that.
        await Accept(world, first);
        Assert.Empty(await Drugs(world, entry));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WithdrawalOfTheReplacedClaim_LeavesTheCorrection(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        var first = await world.Passage(Claim());
        await world.Passage(world.Claims.Clinic, ClaimsWorld.ClinicCode, 12, Claim(Other));
        await world.AgreeToAll(entry, world.Doctor);
        await Request(world, first);
        await Grant(world, first);
        Assert.Equal([Other], await Drugs(world, entry));
    }

    /// <summary>The withdrawal is taken before the claim is read, and before the fact of its acceptance.</summary>
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WithdrawalBeforeTheClaimWasRead_Wins(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        var number = await world.Passage(Claim());
        await world.AgreeToAll(entry, world.Doctor);
        await Forget(world);
        Assert.Empty(await Drugs(world, entry));
        await Request(world, number);
        await Grant(world, number);
        await Forget(world);
        await Accept(world, number);
        Assert.Empty(await Drugs(world, entry));
        Assert.Equal(1, await world.Count("eligibility", "medicine", "1 = 1"));
    }

    /// <summary>A reading begun before the withdrawal does not keep what it read.</summary>
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WithdrawalWhileTheClaimIsRead_MakesTheReadingVoid(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        var number = await world.Passage(Claim());
        await world.AgreeToAll(entry, world.Doctor);
        await Forget(world);
        await world.Write("eligibility", "INSERT INTO {0}medicine_work (reception, ordinal) VALUES (@reception, 1)", ("reception", number));
        await using var scope = world.Site.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var slow = new Meanwhile(services.GetRequiredService<IClaimContents>(), async () =>
        {
            await Request(world, number);
            await Grant(world, number);
        });
        await new ReadClaims(services.GetRequiredService<DbSession>(), slow, services.GetRequiredService<GivenStore>(), services.GetRequiredService<IBusinessTime>())
            .Some(number, Ct);
        await world.Read();
        Assert.Empty(await Drugs(world, entry));
    }

    /// <summary>Reads, and lets something happen before it answers.</summary>
    private sealed class Meanwhile(IClaimContents claims, Func<Task> happens) : IClaimContents
    {
        public MasterSet Masters => claims.Masters;

        public async ValueTask<IReadOnlyList<AcceptedContents>> Read(string reception, IReadOnlyCollection<int> ordinals, CancellationToken ct)
        {
            var read = await claims.Read(reception, ordinals, ct);
            await happens();
            return read;
        }
    }

    /// <summary>As if nothing had been read yet.</summary>
    private static Task Forget(MedicinesWorld world) => world.Write("eligibility", "DELETE FROM {0}medicine");

    /// <summary>The claim's acceptance is taken, now or once more, and the claim read.</summary>
    private static async Task Accept(MedicinesWorld world, string number)
    {
        await world.Write("eligibility", "INSERT INTO {0}medicine_work (reception, ordinal) VALUES (@reception, 1)", ("reception", number));
        await world.In<ReadClaims, bool>(r => r.Some(number, Ct));
    }

    private static async Task<IEnumerable<string>> Drugs(MedicinesWorld world, CoverageEntry entry) =>
        (await world.View(world.Doctor, Query(entry))).Value.Drugs.Select(d => d.Code).Order();

    private static async Task Request(MedicinesWorld world, string number)
    {
        var asked = await world.Claims.In(w => w.Request(world.Claims.Clinic, number, [1], "患者を取り違えて請求した", Ct));
        Assert.True(asked.Succeeded(out _, out var why), why?.Text);
    }

    private static async Task Grant(MedicinesWorld world, string number)
    {
        var decided = await world.Claims.In(w => w.Decide(world.Claims.Payer, number, [1], WithdrawalDecision.Grant, "依頼のとおり", Ct));
        Assert.True(decided.Succeeded(out _, out var why), why?.Text);
        await world.Read();
    }
}
