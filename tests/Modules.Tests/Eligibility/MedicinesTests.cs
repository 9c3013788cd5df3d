using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.MedicinesWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>From a claim that went through the claims month to what a doctor is shown, and to what nobody is.</summary>
public sealed class MedicinesTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ClosedClaim_WithConsent_ShowsWhatWasGivenAndDone(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        await world.Passage(Claim());
        await world.AgreeToAll(entry, world.Doctor);
        var answer = (await world.View(world.Doctor, Query(entry))).Value;
        Assert.Equal(("架空　花子", false, "202012", "202111"), (answer.Name, answer.Withheld, answer.From.ToString(), answer.Until.ToString()));

        var drug = Assert.Single(answer.Drugs);
        Assert.Equal((Amlodipine, 1m, 14, 21, "投薬・内服"), (drug.Code, drug.Quantity, drug.Times, drug.Section, drug.SectionName));
        Assert.Equal((new DateOnly(2021, 10, 10), new DateOnly(2021, 10, 23), false), (drug.Day, drug.LastDay, drug.Inpatient));
        Assert.Equal((ClaimsWorld.ClinicCode, "関所診療所", MedicineSource.Claim), (drug.Place.Code, drug.Place.Name, drug.Source));
        Assert.Equal([(Operation, true), (Visit, false), ("111000110", false)], answer.Services.Select(s => (s.Code, s.Operation)));
        Assert.All(answer.Kinds, k => Assert.True(k.Shown && k.Until > answer.At));
        Assert.Contains(answer.Remarks, r => r.Contains("1か月半", StringComparison.Ordinal));

        // Its insurer sees that the doctor's institution looked.
        var insurer = new Actor(world.Claims.InsurerOrganisation.Id, "", null, null, "", new HashSet<Permission> { Permission.RegisterCoverage });
        var state = (await world.In<IRegistrationQuality, Sekisho.Wire.Outcome<RegistrationState>>(
            q => q.State(insurer, new DateOnly(2021, 11, 1), new DateOnly(2021, 11, 30), TestContext.Current.CancellationToken))).Value;
        Assert.Equal((world.Claims.Clinic.Organisation, 1L), state.Looks is [var look] ? (look.Facility, look.Count) : default);

        // Without masters the code is shown, and that is said.
        Assert.Equal(("", "", ""), (drug.Name, drug.GenericName, drug.Ingredient));
        Assert.Contains(answer.Remarks, r => r.Contains("コードだけ", StringComparison.Ordinal));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_WithoutConsentOrRole_NothingIsShown_AndTheRefusalIsRecorded(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        await world.Passage(Claim());
        Assert.Equal("EL-0503", (await world.View(world.Doctor, Query(entry))).Refusal.Code);
        await world.AgreeToAll(entry, world.OtherDoctor);
        Assert.Equal("EL-0503", (await world.View(world.Doctor, Query(entry))).Refusal.Code);
        Assert.Equal("EL-0503", (await world.View(world.OtherDoctor, Query(entry) with { Care = CareForm.Online })).Refusal.Code);
        Assert.Equal("EL-0501", (await world.View(world.Claims.Other, Query(entry))).Refusal.Code);
        Assert.Equal("EL-0121", (await world.View(world.OtherDoctor, Query(With(entry, c => c with { Branch = "02" })))).Refusal.Code);
        Assert.Single((await world.View(world.OtherDoctor, Query(entry))).Value.Drugs);
        var recorded = await world.Site.Audited(AuditKind.MedicinesViewed);
        Assert.Equal(["EL-0503", "EL-0503", "EL-0503", "EL-0501", "EL-0121", "Medicines・Diagnoses・Operations"], recorded.Select(r => r[(r.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EachKind_NeedsAConsentOfItsOwn(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        var narcotic = new MadeService("IY", "54", Other, 20);
        await world.Passage(Claim() with { Services = [.. Claim().Services, narcotic] });
        await world.Agree(entry, world.Doctor, ConsentKind.Medicines);
        var medicines = (await world.View(world.Doctor, Query(entry))).Value;
        Assert.Equal([Amlodipine], medicines.Drugs.Select(d => d.Code));
        Assert.Empty(medicines.Services);
        Assert.Equal([true, false, false], medicines.Kinds.Select(k => k.Shown));

        await world.Agree(entry, world.OtherDoctor, ConsentKind.Diagnoses);
        var diagnoses = (await world.View(world.OtherDoctor, Query(entry))).Value;
        Assert.Empty(diagnoses.Drugs);
        Assert.DoesNotContain(diagnoses.Services, s => s.Operation);
        Assert.Contains(diagnoses.Services, s => s.Code == Visit);

        // What was used in an operation tells that there was one.
        await world.Agree(entry, world.Doctor, ConsentKind.Operations);
        var operations = (await world.View(world.Doctor, Query(entry))).Value;
        Assert.Equal([Other, Amlodipine], operations.Drugs.Select(d => d.Code));
        Assert.All(operations.Services, s => Assert.True(s.Operation));

        // Whoever may see medicines only does not see the rest, whatever the person agreed to.
        await world.AgreeToAll(entry, world.Doctor);
        var narrow = (await world.View(world.Doctor with { Permissions = new HashSet<Permission> { Permission.ViewMedicines } }, Query(entry))).Value;
        Assert.Equal([true, false, false], narrow.Kinds.Select(k => k.Shown));
        Assert.Empty(narrow.Services);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ClaimSentAgain_TakesTheOneBeforeBack_OnlyThat(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        await world.Passage(Claim());
        await world.Passage(world.Claims.Other, ClaimsWorld.OtherCode, 12, Claim(Other));
        await world.AgreeToAll(entry, world.Doctor);
        Assert.Equal([Other, Amlodipine], (await world.View(world.Doctor, Query(entry))).Value.Drugs.Select(d => d.Code).Order());

        await world.Passage(world.Claims.Clinic, ClaimsWorld.ClinicCode, 12, Claim("620009999", day: 11));
        Assert.Equal(["620009999", Other], (await world.View(world.Doctor, Query(entry))).Value.Drugs.Select(d => d.Code));
        Assert.Equal(2, await world.Count("eligibility", "medicine", "1 = 1"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task CoverageRegisteredLate_BringsItsClaims_AndAWrongBranchBringsNone(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await world.Passage(Claim());
        Assert.Equal(1, await world.Count("eligibility", "medicine", "1 = 1"));
        var entry = await world.Register(Entry());
        await world.AgreeToAll(entry, world.Doctor);
        Assert.Single((await world.View(world.Doctor, Query(entry))).Value.Drugs);

        var twin = await world.Register(Entry("P2", "02"));
        await world.AgreeToAll(twin, world.Doctor);
        Assert.Empty((await world.View(world.Doctor, Query(twin))).Value.Drugs);
        Assert.Single((await world.View(world.Doctor, Query(entry))).Value.Drugs);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ClaimWithoutBranch_IsNobodys_AsSoonAsTwoPeopleFit(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        await world.Passage(Claim(branch: ""));
        await world.AgreeToAll(entry, world.Doctor);
        Assert.Single((await world.View(world.Doctor, Query(entry))).Value.Drugs);
        var twin = await world.Register(Entry("P2", "02"));
        await world.AgreeToAll(twin, world.Doctor);
        Assert.Empty((await world.View(world.Doctor, Query(entry))).Value.Drugs);
        Assert.Empty((await world.View(world.Doctor, Query(twin))).Value.Drugs);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task CoverageOfOtherDays_BringsNoClaims(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(With(Entry(), c => c with { Acquired = new(2021, 10, 21) }));
        await world.Passage(Claim());
        await world.AgreeToAll(entry, world.Doctor);
        Assert.Empty((await world.View(world.Doctor, Query(entry))).Value.Drugs);
        await world.Register(With(Entry(), c => c with { Acquired = new(2021, 10, 20) }));
        Assert.Single((await world.View(world.Doctor, Query(entry))).Value.Drugs);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ThreeYears_AreShown_AndNothingOlderIsKept(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry());
        await world.Passage(Claim());
        await world.Site.SimulateTime(new DateTimeOffset(2024, 10, 31, 10, 0, 0, JapanTime.Offset));
        await world.AgreeToAll(entry, world.Doctor);
        Assert.Equal("EL-0502", (await world.View(world.Doctor, Query(entry, "202411", "202410"))).Refusal.Code);
        Assert.Single((await world.View(world.Doctor, Query(entry, "202001", "202410"))).Value.Drugs);
        await Expire(world);
        Assert.Equal(1, await world.Count("eligibility", "medicine", "1 = 1"));

        await world.Site.SimulateTime(new DateTimeOffset(2024, 11, 1, 10, 0, 0, JapanTime.Offset));
        var later = (await world.View(world.Doctor, Query(entry, "202001", "202411"))).Value;
        Assert.Equal(("202111", 0), (later.From.ToString(), later.Drugs.Count));
        Assert.Equal("EL-0502", (await world.View(world.Doctor, Query(entry, "202001", "202110"))).Refusal.Code);
        await Expire(world);
        Assert.Equal(0, await world.Count("eligibility", "medicine", "1 = 1"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_ProtectedPerson_ShowsNoInstitution_ButEveryMedicineAndHint(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Register(Entry() with { NonDisclosure = true });
        await world.Passage(Claim());
        await world.Passage(world.Claims.Other, ClaimsWorld.OtherCode, 12, Claim(day: 15));
        await world.AgreeToAll(entry, world.Doctor);
        var answer = (await world.View(world.Doctor, Query(entry))).Value;
        Assert.Equal((true, 2), (answer.Withheld, answer.Drugs.Count));
        var hint = Assert.Single(answer.Hints);
        Assert.Equal((new DateOnly(2021, 10, 15), new DateOnly(2021, 10, 23)), (hint.From, hint.Until));
        var json = System.Text.Json.JsonSerializer.Serialize(answer, Sekisho.Platform.Web.SiteJson.Options);
        Assert.DoesNotContain("診療所", json, StringComparison.Ordinal);
        Assert.DoesNotContain(ClaimsWorld.ClinicCode, json, StringComparison.Ordinal);
        Assert.DoesNotContain(ClaimsWorld.OtherCode, json, StringComparison.Ordinal);
    }

    internal static async Task Expire(MedicinesWorld world)
    {
        while (await world.In<Modules.Eligibility.Medicines.ReadClaims, int>(r => r.Expire(TestContext.Current.CancellationToken)) > 0)
        {
        }
    }

    private static CoverageEntry With(CoverageEntry entry, Func<Coverage, Coverage> change) => EligibilityWorld.With(entry, change);
}
