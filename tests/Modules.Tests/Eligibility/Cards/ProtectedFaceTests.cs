using System.Text;
using System.Xml.Linq;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>The <c>face</c> file of a protected person, element by element beside that of somebody who is not.</summary>
public sealed class ProtectedFaceTests
{
    /// <summary>Where they live, and with whom; 医療扶助 tickets have their own test.</summary>
    private static readonly string[] _withheld = ["Address", "InsuredName", "PostNumber"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "flag"), InlineData(DatabaseProvider.Sqlite, "self"), InlineData(DatabaseProvider.Sqlite, "list")]
    [InlineData(DatabaseProvider.PostgreSql, "flag"), InlineData(DatabaseProvider.PostgreSql, "list")]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_Face_OfAProtectedPerson_IsWithoutWhereaboutsAndOtherwiseWhole(DatabaseProvider provider, string by)
    {
        await using var world = await CardWorld.Start(provider);
        var person = Whole("A1", "1") with { NonDisclosure = by == "flag", NoSelfDisclosure = by == "self" };
        await world.World.Has(person);
        var other = await world.World.Has(Whole("A2", "2"));
        if (by == "list")
        {
            Assert.True((await world.World.Protect(new DataSubject { Name = person.Coverage!.Name, Birth = "19800505" })).Succeeded(out _, out _));
        }

        var (shown, all) = (await Face(world, person), await Face(world, other));
        Assert.Equal(_withheld, all.Keys.Except(shown.Keys).Order());
        Assert.Empty(shown.Keys.Except(all.Keys));
        Assert.Equal(
            ("関所　A1", "ｾｷｼｮ A1", "通称　花子", "06139999", "1", "01", "2"),
            (shown["Name"], shown["NameKana"], shown["NameOfOther"], shown["InsurerNumber"].Trim(), shown["InsuredIdentificationNumber"], shown["InsuredBranchNumber"], shown["PersonalFamilyClassification"]));
        Assert.All(_withheld, name => Assert.NotEqual("", all[name]));
        Assert.Equal("20", shown["ElderlyRecipientCertificateInfo"][^2..]);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_Face_OfSomebodyProtectedAtOneInsurer_TellsNothingAtTheOther(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var person = await world.World.Has(Whole("A1", "1"));
        await world.World.Has(With(Entry("B1", insurer: SecondNumber), c => c with { Name = "関所　A1", Kana = "セキショ A1", Address = "架空市9-9" }), world.World.OtherInsurer);
        var proposal = Assert.Single((await world.World.In<IRegisteredPeople, Outcome<MatchPage>>(p => p.Proposals(world.World.Office, null, Ct))).Value.Proposals);
        await world.World.In<IRegisteredPeople, Outcome<Guid>>(p => p.Decide(world.World.Office, proposal.One, proposal.Other, true, Why, Ct));
        using var card = world.Card();
        Assert.Equal("", await world.Register(card, person));
        Assert.Equal(["東京都架空区かくう1-2-3", "架空市9-9"], (await world.Answer(card)).Coverages.Select(c => c.Address).Order());

        // By another name the list would not find them; the flag of the one insurer counts for the person.
        await world.World.Register(With(Entry("B1", insurer: SecondNumber), c => c with { Name = "関所　●", Kana = "セキショ A1", Address = "架空市9-9" }), world.World.OtherInsurer);
        await world.World.Register(person with { NonDisclosure = true });
        var answer = await world.Answer(card);
        Assert.Equal(2, answer.Coverages.Count);
        Assert.All(answer.Coverages, c => Assert.Equal(("", "", ""), (c.Address, c.PostalCode, c.Holder)));
    }

    /// <summary>By the other insurer's card, at every door that would tell where somebody is.</summary>
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_OtherCoverage_OfSomebodyProtectedAtOneInsurer_TellsNothingAtAnyDoor(DatabaseProvider provider)
    {
        await using var cards = await CardWorld.Start(provider);
        var world = cards.World;
        var flagged = await world.Has(Whole("A1", "1"));
        var other = With(Entry("B1", number: "55", insurer: SecondNumber), c => c with { Kana = "セキショ A1", Address = "架空市9-9" });
        await world.Has(other, world.OtherInsurer);
        await MatchTests.Link(world);
        var registrar = As(world.Second, Permission.RegisterCoverage, Permission.HandOutAccessLog);
        Assert.Equal("架空市9-9", (await world.Answer(Ask(other))).Coverage!.Address);
        Assert.NotEmpty((await Log()).Accesses);
        await world.In<IEmergencies, Outcome<bool>>(e => e.Permit(world.Office with { Permissions = new HashSet<Permission> { Permission.ManageCards } }, world.Clinic.Organisation, true, Why, Ct));

        await world.Register(flagged with { NonDisclosure = true });
        Assert.Equal("", (await world.Answer(Ask(other))).Coverage!.Address);
        Assert.Empty((await Log()).Accesses);
        var doctor = await EmergencyTests.Doctor(world, world.ClinicOrganisation, cards.Clock.GetUtcNow());
        var asked = new EmergencyRequest { Card = Ask(other).Card, Reason = "意識がなく同意を得られない", Code = EmergencyTests.Now(cards.Clock.GetUtcNow()) };
        Assert.Equal("", (await world.In<IEmergencies, Outcome<EmergencyAccess>>(e => e.Open(doctor, asked, Ct))).Value.Coverage.Address);
        var member = (await world.In<MemberOf, Outcome<Member>>(m => m.Find(Ask(other).Card, Ct))).Value;
        Assert.True(member.Protected && member.Coverage.Address.Length == 0);

        // Taken back, everything is as before once the site's list has been told.
        await world.Register(flagged);
        for (var tries = 0; tries < 2000 && (await world.Answer(Ask(other))).Coverage!.Address.Length == 0; tries++)
        {
            await Task.Delay(50, Ct);
        }

        Assert.Equal("架空市9-9", (await world.Answer(Ask(other))).Coverage!.Address);

        async Task<AccessLog> Log() => (await world.In<IAccessLogs, Outcome<AccessLog>>(
            l => l.HandOut(registrar, new AccessLogRequest { Card = Ask(other).Card, Reason = "本人の求め、窓口で本人確認" }, Ct))).Value;
    }

    private static CoverageEntry Whole(string id, string number) => With(Entry(id, number), c => c with
    {
        Relation = "2",
        Holder = "関所　世帯主",
        OtherName = "通称　花子",
        OtherKana = "ツウショウ ハナコ",
        Elderly = [new(null, new DateOnly(2026, 8, 1), new DateOnly(2027, 7, 31), "020")],
    });

    /// <summary>Every element of the result, by its name.</summary>
    private static async Task<Dictionary<string, string>> Face(CardWorld world, CoverageEntry entry)
    {
        using var card = world.Card();
        Assert.Equal("", await world.Register(card, entry));
        var reply = (await world.Inquire(card)).Value;
        return XDocument.Parse(Encoding.UTF8.GetString(reply.Bytes)).Descendants("ResultOfQualificationConfirmation").Single().Elements()
            .Where(e => e.Value.Length > 0).ToDictionary(e => e.Name.LocalName, e => e.Value);
    }
}
