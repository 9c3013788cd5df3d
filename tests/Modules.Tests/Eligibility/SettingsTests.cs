using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Tests.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>医療機関環境設定情報 is obeyed: what a facility does not use is neither asked, nor kept, nor shown, whatever the person agreed to.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<ConsentKind, string> _flags = new()
    {
        [ConsentKind.Medicines] = "PharmacistsInfo",
        [ConsentKind.Diagnoses] = "DiagnosisInfo",
        [ConsentKind.Operations] = "OperationInfo",
        [ConsentKind.Checkups] = "SpecificHealthCheckupsInfo",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task KindSwitchedOff_IsClosedAtEveryDoor_AndOpenAgainAsLongAsTheConsentHolds(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        await Bring(world.World, entry);
        using var doors = await ViewDoors.Of(world.World, entry);
        var clinic = world.World.ClinicOrganisation.Id;
        foreach (var kind in FacilityUses.Switched)
        {
            await world.World.Site.Uses(clinic, FacilityUses.Switched);
            Assert.Equal((ConsentStanding.Given, true, "1"), await Show(world, card, kind, true));
            await doors.All(kind, "");
            Assert.Equal([kind], (await InForce(world, entry)).Select(c => c.Kind).Where(_flags.ContainsKey));

            await world.World.Site.Uses(clinic, [.. FacilityUses.Switched.Except([kind])]);
            await doors.All(kind, "EL-0315");
            Assert.Equal((ConsentStanding.None, false, "0"), await Show(world, card, kind, null));
            Assert.DoesNotContain(await InForce(world, entry), c => c.Kind == kind);

            await world.World.Site.Uses(clinic, FacilityUses.Switched);
            await doors.All(kind, "");
            Assert.Equal((ConsentStanding.None, true, "0"), await Show(world, card, kind, false));
            await doors.All(kind, kind == ConsentKind.Checkups ? "EL-0612" : "EL-0503");
        }

        var recorded = (await world.World.Site.Audited(AuditKind.MedicinesViewed)).Concat(await world.World.Site.Audited(AuditKind.CheckupsViewed)).ToList();
        Assert.Equal(doors.Refused["EL-0315"], recorded.Count(e => e.EndsWith(": EL-0315", StringComparison.Ordinal)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Yes_ToWhatIsNotUsed_IsToldAndNotKept_AndNoStillTakesBack(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        using var doors = await ViewDoors.Of(world.World, entry);
        var clinic = world.World.ClinicOrganisation.Id;

        // As published: 薬剤 and 特定健診 are used, 診療 and 手術 are not.
        var everything = _flags.Keys.ToDictionary(k => k, _ => true);
        var reply = (await world.Inquire(card, new CardInquiry { Consents = everything })).Value;
        Assert.Equal([true, true, true, false, false, true], reply.Answer.Consents.Select(c => c.Used));
        Assert.Equal([1, 0, 1, 0, 0, 1], reply.Answer.Consents.Select(c => c.Code));
        var warning = Assert.Single(reply.Answer.Warnings);
        Assert.Equal("EL-0441", warning.Code);
        Assert.StartsWith("診療情報・手術情報は、", warning.Text, StringComparison.Ordinal);
        Assert.Contains("/eligibility/settings", warning.Advice, StringComparison.Ordinal);
        Assert.Contains("SEKISHO-EL-0441", Encoding.UTF8.GetString(reply.Bytes), StringComparison.Ordinal);
        Assert.Contains("not used Diagnoses Operations", Assert.Single(await world.World.Site.Audited(AuditKind.ConsentChanged)), StringComparison.Ordinal);

        // Switched on afterwards it does not begin to count: nobody was asked since.
        await world.World.Site.Uses(clinic, FacilityUses.Switched);
        Assert.Equal(ConsentStanding.None, (await Show(world, card, ConsentKind.Diagnoses, null)).Standing);

        // 手術 is a part of 診療情報: without it there is none.
        await Show(world, card, ConsentKind.Operations, true);
        await world.World.Site.Uses(clinic, ConsentKind.Operations);
        await doors.All(ConsentKind.Operations, "EL-0315");

        // A no is always taken.
        await Show(world, card, ConsentKind.Operations, false);
        await world.World.Site.Uses(clinic, FacilityUses.Switched);
        Assert.DoesNotContain(await InForce(world, entry), c => c.Kind == ConsentKind.Operations);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Kiosk_AsksWhatItsFacilityUses_AndOneFacilityDoesNotTouchAnother(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        var (clinic, pharmacy) = (world.World.ClinicOrganisation, world.World.PharmacyOrganisation);
        var secret = (await world.World.In<IKiosks, Outcome<string>>(k => k.Open(world.Clerk, "1", null, Ct))).Value;
        Assert.Equal([ConsentKind.Diseases, ConsentKind.Medicines, ConsentKind.Checkups], await Asked());
        await world.World.Site.Uses(clinic.Id, ConsentKind.Diagnoses, ConsentKind.Operations);
        Assert.Equal([ConsentKind.Diseases, ConsentKind.Diagnoses, ConsentKind.Operations], await Asked());
        await world.World.Site.Uses(clinic.Id);
        Assert.Equal([ConsentKind.Diseases], await Asked());

        // An answer of a screen drawn before the change counts by what is used now.
        var turn = await Turn();
        var old = new Dictionary<ConsentKind, bool> { [ConsentKind.Medicines] = true, [ConsentKind.Diseases] = true };
        Assert.Equal("", CardWorld.Code(await world.World.In<IKiosks, Outcome<bool>>(k => k.Answer(secret, null, turn.Inquiry, old, false, Ct))));
        Assert.Equal([1, 1, 0, 0, 0, 0], (await world.Result(turn.Inquiry)).Value.Answer.Consents.Select(c => c.Code));

        var there = CardWorld.Device(world.World.Pharmacy);
        await world.Answer(card, new CardInquiry { Consents = new Dictionary<ConsentKind, bool> { [ConsentKind.Medicines] = true } }, there);
        var query = new MedicinesQuery { Card = EligibilityWorld.Ask(entry).Card };
        Assert.Equal("", CardWorld.Code(await View(As(pharmacy, Permission.ViewMedicines))));
        Assert.Equal("EL-0315", CardWorld.Code(await View(As(clinic, Permission.ViewMedicines))));
        Assert.Equal((0L, 2L), (await Version(pharmacy), await Version(clinic)));

        async Task<IReadOnlyList<ConsentKind>> Asked() => (await Turn()).Kinds;

        async Task<KioskTurn> Turn()
        {
            await world.Answer(card, new CardInquiry { Kiosk = "1" });
            return (await world.World.In<IKiosks, Outcome<(string Name, KioskTurn? Turn)>>(k => k.Look(secret, null, Ct))).Value.Turn!;
        }

        Task<Outcome<MedicinesAnswer>> View(Actor by) => world.World.In<IMedicines, Outcome<MedicinesAnswer>>(m => m.View(by, query, Ct));

        async Task<long> Version(Contracts.Identity.Organisation facility) =>
            (await world.World.In<IFacilitySettings, Outcome<IReadOnlyList<FacilityUseVersion>>>(s => s.Read(As(facility, Permission.InquireEligibility), Ct))).Value[0].Version;
    }

    /// <summary>The card at the reader with an answer to one kind (null: not asked): how the kind stands in the answer, and its flag in the file.</summary>
    private static async Task<(ConsentStanding Standing, bool Used, string Flag)> Show(CardWorld world, SoftCard card, ConsentKind kind, bool? answer)
    {
        var consents = answer is { } yes ? new Dictionary<ConsentKind, bool> { [kind] = yes } : [];
        var reply = (await world.Inquire(card, new CardInquiry { Consents = consents })).Value;
        var consent = reply.Answer.Consents.Single(c => c.Kind == kind);
        var result = XDocument.Parse(Encoding.UTF8.GetString(reply.Bytes)).Descendants("ResultOfQualificationConfirmation").Single();
        Assert.Equal(consent.At is not null, result.Element(_flags[kind] + "ConsTime") is not null);
        return (consent.Standing, consent.Used, result.Element(_flags[kind] + "ConsFlg")!.Value);
    }

    /// <summary>What the reception shows as viewable.</summary>
    private static async Task<IReadOnlyList<Consent>> InForce(CardWorld world, CoverageEntry entry)
    {
        await using var scope = world.World.Site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DbSession>().Read(Ct);
        var member = (await scope.ServiceProvider.GetRequiredService<MemberOf>().Find(EligibilityWorld.Ask(entry).Card, Ct)).Value;
        return await scope.ServiceProvider.GetRequiredService<Consents>().InForce(member.Person, world.World.ClinicOrganisation.Id, Ct);
    }

    private static async Task Bring(EligibilityWorld world, CoverageEntry entry)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        ClaimService[] services =
        [
            new(ServiceKind.Drug, 21, "620003471", 1, 28, [(10, 28)]), new(ServiceKind.Procedure, 13, "113001810", null, 1, [(10, 1)]), new(ServiceKind.Procedure, 50, "150000110", null, 1, [(12, 1)]),
        ];
        await scope.ServiceProvider.GetRequiredService<GivenStore>().Keep(
            "受付1", 1, YearMonth.Of(new DateOnly(2026, 8, 1)), EligibilityWorld.Ask(entry).Card, new Given("1310101017", "関所診療所", false, services), Ct);
        await session.Commit(Ct);
    }
}
