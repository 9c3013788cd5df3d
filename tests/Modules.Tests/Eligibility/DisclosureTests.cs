using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Protected persons: where they live is told to nobody, whether they are insured is told to every desk.</summary>
public sealed class DisclosureTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_ProtectedPerson_IsAnsweredWithoutWhereabouts(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var listed = await world.Has(Entry("A1", number: "1"));
        var flagged = await world.Has(Entry("A2", number: "2") with { NonDisclosure = true });
        var withheld = await world.Has(Entry("A3", number: "3") with { NoSelfDisclosure = true });
        var other = await world.Has(Entry("A4", number: "4"));
        Assert.NotEqual("", (await world.Answer(Ask(listed))).Coverage!.Address);
        Assert.True((await world.Protect(new DataSubject { Name = listed.Coverage!.Name, Birth = "19800505" })).Succeeded(out _, out _));
        foreach (var entry in new[] { listed, flagged, withheld })
        {
            var answer = await world.Answer(Ask(entry));
            Assert.Equal((1, entry.Coverage!.Name, "", ""), (answer.Code, answer.Coverage!.Name, answer.Coverage.Address, answer.Coverage.PostalCode));
        }

        Assert.Equal("東京都架空区かくう1-2-3", (await world.Answer(Ask(other))).Coverage!.Address);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Certificates_AreShownWhenInForce_LimitsWithConsent_DiseasesNeverByCard(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        DateOnly[] period = [new(2026, 8, 1), new(2027, 7, 31)];
        var entry = await world.Has(With(Entry("A1"), c => c with
        {
            Elderly = [new(null, period[0], period[1], "020"), new(null, new(2025, 8, 1), new(2026, 7, 31), "010")],
            Limits = [new("01", "B01", null, period[0], period[1], null)],
            Diseases = [new("1", null, period[0], period[1], 10000)],
        }));
        var plain = (await world.Answer(Ask(entry))).Coverage!;
        Assert.Equal(("020", 0, 0), (Assert.Single(plain.Elderly).Ratio, plain.Limits.Count, plain.Diseases.Count));
        Assert.Equal("B01", Assert.Single((await world.Answer(Ask(entry) with { LimitConsent = true })).Coverage!.Limits).Category);
        Assert.Empty((await world.Answer(Ask(entry, new(2027, 8, 1)) with { LimitConsent = true })).Coverage!.Limits);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_FlagOfTheInsurer_ShutsTheAccessLog_UntilItIsTakenBack(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1") with { NonDisclosure = true });
        var subject = new DataSubject { Name = entry.Coverage!.Name, Birth = "19800505" };
        Assert.True(await Becomes(world, subject, isProtected: true));

        // By another name still the same person, and still protected; by the old one not any more.
        await world.Register(With(entry, c => c with { Name = "関所　改姓" }));
        Assert.True(await Becomes(world, subject with { Name = "関所　改姓" }, isProtected: true));
        Assert.True(await Becomes(world, subject, isProtected: false));
        await world.Register(With(entry with { NonDisclosure = false }, c => c with { Name = "関所　改姓" }));
        Assert.True(await Becomes(world, subject with { Name = "関所　改姓" }, isProtected: false));
        Assert.NotEqual("", (await world.Answer(Ask(entry))).Coverage!.Address);
    }

    private static async Task<bool> Becomes(EligibilityWorld world, DataSubject subject, bool isProtected)
    {
        for (var i = 0; i < 2000; i++)
        {
            if (await world.In<IProtectedPersons, bool>(p => p.IsProtected(subject, TestContext.Current.CancellationToken)) == isProtected)
            {
                return true;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return false;
    }
}
