using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>救急時の閲覧: who may, what it opens and for how long, and that somebody looks at it afterwards.</summary>
public sealed class EmergencyTests
{
    private static readonly byte[] _key = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-6-7")]
    public async Task OQ_6_7_Emergency_OpensForHours_WithPermitRoleAndSecondFactorOnly(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(Entry("A1"));
        await world.World.Site.Uses(world.World.ClinicOrganisation.Id, FacilityUses.Switched);
        var doctor = await Doctor(world);
        var asked = new EmergencyRequest { Card = EligibilityWorld.Ask(entry).Card, Reason = "意識がなく同意を得られない" };
        Assert.Equal("EL-0451", await Open(world, doctor, asked));
        Assert.Equal("EL-0451", await Permit(world, world.Clerk));
        Assert.Equal("EL-0459", await Permit(world, Centre(world), world.World.First));
        Assert.Equal("EL-0454", await Permit(world, Centre(world), reason: "可"));
        Assert.Equal("", await Permit(world, Centre(world)));
        Assert.Equal("EL-0451", await Open(world, world.Clerk, asked));
        Assert.Equal("EL-0451", await Open(world, doctor with { Person = null }, asked));
        Assert.Equal("EL-0454", await Open(world, doctor, asked with { Reason = "急" }));
        Assert.Equal("EL-0453", CardWorld.Code(await world.World.In<IEmergencies, Outcome<EmergencyAccess>>(e => e.Open(doctor, asked, Ct))));
        Assert.Equal("EL-0452", await Open(world, doctor, asked with { Card = null }));
        Assert.Equal("ID-0520", await Open(world, doctor, asked with { Code = "12345x" }));
        Assert.Equal("EL-0121", await Open(world, doctor, asked with { Card = asked.Card with { Number = "99" } }));

        world.Clock.Move(TimeSpan.FromMinutes(1));
        var once = asked with { Code = Now(world.Clock.GetUtcNow()) };
        Assert.Equal("", await Open(world, doctor, once));
        Assert.Equal("ID-0520", await Open(world, doctor, once));
        var person = await PersonOf(world, entry);
        foreach (var kind in Enum.GetValues<ConsentKind>())
        {
            Assert.Equal(kind is not (ConsentKind.Limits or ConsentKind.Diseases), await Holds(world, person, world.World.Clinic, kind));
            Assert.False(await Holds(world, person, world.World.Pharmacy, kind));
            Assert.False(await Holds(world, person, world.World.Clinic, kind, CareForm.Outpatient));
        }

        world.Clock.Move(TimeSpan.FromHours(4));
        Assert.False(await Holds(world, person, world.World.Clinic, ConsentKind.Medicines));
        var events = (await world.World.Site.Audited(AuditKind.EmergencyOpened)).Select(e => e[(e.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        Assert.Equal(["EL-0451", "ID-0520", "EL-0121", "opened", "ID-0520"], events);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Emergency_WithoutACard_FindsTheOnePerson_AndNobodyElse(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        await world.World.Has(With(Entry("A1"), c => c with { Kana = "セキショ ハナコ" }));
        await world.World.Has(With(Entry("A2", number: "2"), c => c with { Kana = "セキショ フタゴ", Birth = new(1990, 1, 1) }));
        await world.World.Has(With(Entry("A3", number: "3"), c => c with { Kana = "セキショ フタゴ", Birth = new(1990, 1, 1) }));
        Assert.Equal("", await Permit(world, Centre(world)));
        var doctor = await Doctor(world);
        var asked = new EmergencyRequest { Kana = "ｾｷｼｮ ﾊﾅｺ", Birth = new DateOnly(1980, 5, 5), Sex = "2", Reason = "意識がなく同意を得られない" };
        Assert.Equal("", await Open(world, doctor, asked));
        foreach (var (other, code) in new[] { (asked with { Sex = "1" }, "EL-0121"), (asked with { Kana = "ｾｷｼｮ ﾌﾀｺﾞ", Birth = new DateOnly(1990, 1, 1) }, "EL-0122") })
        {
            world.Clock.Move(TimeSpan.FromMinutes(1));
            Assert.Equal(code, await Open(world, doctor, other));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Emergency_OpensWhatTheFacilityUses_AndIsRefusedWhereThatIsNothing(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(Entry("A1"));
        Assert.Equal("", await Permit(world, Centre(world)));
        var doctor = await Doctor(world);
        var asked = new EmergencyRequest { Card = EligibilityWorld.Ask(entry).Card, Reason = "意識がなく同意を得られない" };
        await world.World.Site.Uses(world.World.ClinicOrganisation.Id);
        Assert.Equal("EL-0315", await Open(world, doctor, asked));

        world.Clock.Move(TimeSpan.FromMinutes(1));
        await world.World.Site.Uses(world.World.ClinicOrganisation.Id, ConsentKind.Medicines, ConsentKind.Operations);
        var code = Now(world.Clock.GetUtcNow());
        var opened = (await world.World.In<IEmergencies, Outcome<EmergencyAccess>>(e => e.Open(doctor, asked with { Code = code }, Ct))).Value;
        Assert.Equal([ConsentKind.Medicines], opened.Kinds);

        // Switched on later, what was not opened stays shut; switched off, what was opened is.
        await world.World.Site.Uses(world.World.ClinicOrganisation.Id, ConsentKind.Diagnoses, ConsentKind.Operations, ConsentKind.Checkups);
        var person = await PersonOf(world, entry);
        foreach (var kind in FacilityUses.Switched)
        {
            Assert.False(await Holds(world, person, world.World.Clinic, kind));
        }

        Assert.Equal(["EL-0315", "opened"], (await world.World.Site.Audited(AuditKind.EmergencyOpened)).Select(e => e[(e.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-9-1-b")]
    public async Task G_9_1_b_Emergency_IsReviewedBySomebodyElse_Once(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(Entry("A1"));
        Assert.Equal("", await Permit(world, Centre(world)));
        var doctor = (await Doctor(world)) with { Permissions = new HashSet<Permission> { Permission.OpenInEmergency, Permission.ReviewEmergencies } };
        Assert.Equal("", await Open(world, doctor, new EmergencyRequest { Card = EligibilityWorld.Ask(entry).Card, Reason = "意識がなく同意を得られない" }));
        var (admin, _) = await world.World.Site.Person(world.World.ClinicOrganisation, GovernanceRole.SystemAdministrator);
        var reviewer = As(world.World.ClinicOrganisation, Permission.ReviewEmergencies) with { Person = admin };
        var elsewhere = As(world.World.PharmacyOrganisation, Permission.ReviewEmergencies) with { Person = admin };

        var waiting = Assert.Single((await List(world, reviewer)).Value);
        Assert.Equal(("試験 花子", "", null), (waiting.OpenerName, waiting.ReviewerName, waiting.Verdict));
        Assert.Empty((await List(world, elsewhere)).Value);
        Assert.Equal("EL-0455", CardWorld.Code(await List(world, world.Clerk)));
        var detail = (await world.World.In<IEmergencies, Outcome<EmergencyDetail>>(e => e.Read(reviewer, waiting.Id, Ct))).Value;
        Assert.Equal(("意識がなく同意を得られない", "関所　A1", false), (detail.Reason, detail.Name, detail.Own));
        Assert.Equal("EL-0456", CardWorld.Code(await world.World.In<IEmergencies, Outcome<EmergencyDetail>>(e => e.Read(elsewhere, waiting.Id, Ct))));
        Assert.Equal("EL-0456", await Review(world, elsewhere, waiting.Id));
        Assert.Equal("EL-0457", await Review(world, doctor, waiting.Id));
        Assert.Equal("EL-0454", await Review(world, reviewer, waiting.Id, "可"));
        Assert.Equal("", await Review(world, reviewer, waiting.Id));
        Assert.Equal("EL-0458", await Review(world, reviewer, waiting.Id));
        var reviewed = Assert.Single((await List(world, reviewer)).Value);
        Assert.Equal(("管理 太郎", EmergencyVerdict.Proper), (reviewed.ReviewerName, reviewed.Verdict));
    }

    private static Actor Centre(CardWorld world) => world.World.Office with { Permissions = new HashSet<Permission> { Permission.ManageCards } };

    /// <summary>A physician with one-time codes.</summary>
    internal static async Task<Actor> Doctor(EligibilityWorld world, Organisation at, DateTimeOffset now)
    {
        var (id, _) = await world.Site.Person(at, BusinessRole.Physician);
        await using (var unit = await world.Site.Services.GetRequiredService<Store>().Write(Ct))
        {
            var sealedKey = world.Site.Services.GetRequiredService<Sealed>().Key(_key);
            await ((await Credential.Of(unit, id.Value, Ct)) with { Totp = sealedKey, TotpSince = now }).Save(unit, Ct);
            await unit.Commit(Ct);
        }

        return As(at, Permission.OpenInEmergency) with { Person = id };
    }

    /// <summary>What the doctor's one-time codes say now.</summary>
    internal static string Now(DateTimeOffset now) => Totp.Code(_key, Totp.StepAt(now));

    private static Task<Actor> Doctor(CardWorld world) => Doctor(world.World, world.World.ClinicOrganisation, world.Clock.GetUtcNow());

    private static async Task<string> Open(CardWorld world, Actor by, EmergencyRequest asked)
    {
        var code = asked.Code.Length > 0 ? asked.Code : Now(world.Clock.GetUtcNow());
        return CardWorld.Code(await world.World.In<IEmergencies, Outcome<EmergencyAccess>>(e => e.Open(by, asked with { Code = code }, Ct)));
    }

    private static async Task<string> Permit(CardWorld world, Actor by, Organisation? facility = null, string reason = "救命救急センターのため") => CardWorld.Code(
        await world.World.In<IEmergencies, Outcome<bool>>(e => e.Permit(by, (facility ?? world.World.ClinicOrganisation).Id, true, reason, Ct)));

    private static Task<Outcome<IReadOnlyList<EmergencySummary>>> List(CardWorld world, Actor by) =>
        world.World.In<IEmergencies, Outcome<IReadOnlyList<EmergencySummary>>>(e => e.List(by, Ct));

    private static async Task<string> Review(CardWorld world, Actor by, Guid id, string note = "搬送の記録と合っている") =>
        CardWorld.Code(await world.World.In<IEmergencies, Outcome<Guid>>(e => e.Review(by, id, EmergencyVerdict.Proper, note, Ct)));

    /// <summary>The key that a card of the person leads to.</summary>
    private static async Task<PersonKey> PersonOf(CardWorld world, CoverageEntry entry)
    {
        using var card = world.Card();
        Assert.Equal("", await world.Register(card, entry));
        await using var scope = world.World.Site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DbSession>().Read(Ct);
        return (await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.Cards.Cards>().Find(
            world.Authority.Id, CardAuthorities.Serial(card.Certificate), Ct))!.Person;
    }

    private static async Task<bool> Holds(CardWorld world, PersonKey person, Actor by, ConsentKind kind, CareForm care = CareForm.Emergency)
    {
        await using var scope = world.World.Site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DbSession>().Read(Ct);
        return (await scope.ServiceProvider.GetRequiredService<Consents>().At(person, by.Organisation, care, Ct)).Single(k => k.Kind == kind).Shown;
    }
}
