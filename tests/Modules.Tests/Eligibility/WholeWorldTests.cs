using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Responsibility;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;
using ConsentKind = Sekisho.Contracts.Eligibility.ConsentKind;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>
/// One property over every door: in an answer, a page, a log, a row or a file stands exactly what is whoever's who asks. Random worlds from a fixed seed; what a
/// door may show is said once, in <see cref="Shown"/>.
/// </summary>
public sealed partial class WholeWorldTests
{
    private const int Steps = 110;
    private static readonly ConsentKind[] _kinds = [ConsentKind.Medicines, ConsentKind.Checkups];
    private static readonly CareForm[] _cares = [CareForm.Outpatient, CareForm.HomeVisit];
    private static readonly CareForm[] _viewed = [.. _cares, CareForm.Emergency];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 21), InlineData(DatabaseProvider.Sqlite, 22), InlineData(DatabaseProvider.PostgreSql, 23)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_RandomWorld_EveryDoorShowsExactlyWhatIsTheAskers(DatabaseProvider provider, int seed)
    {
#pragma warning disable RS0030 // A property test repeats itself by its seed.
        var dice = new Random(seed);
#pragma warning restore RS0030
        await using var world = await WholeWorld.Start(provider);
        for (var step = 0; step < Steps; step++)
        {
            await Act(world, dice);
        }

        await Saturate(world);
        foreach (var person in world.Registered.Order())
        {
            await Desks(world, person);
            await Registrars(world, person);
        }

        foreach (var facility in Enumerable.Range(0, 3))
        {
            await Lists(world, facility);
        }

        await Emergencies(world);
        await Doctors(world);
        await Papers(world);
        await AccessLogs(world);
        await Pages(world);
        await Exports(world);
        Assert.Empty(Seen(world, string.Join('\n', world.Log)));
        await Disk(world, provider);
    }

    /// <summary>So that no world is without the telling cases: every holder of a card, protected ones too, has data and agreed at the first facility only.</summary>
    private static async Task Saturate(WholeWorld world)
    {
        foreach (var person in Enumerable.Range(WholeWorld.Insured, 2).Where(p => !world.Registered.Contains(p)))
        {
            await world.Register(person);
        }

        for (var person = 0; person < WholeWorld.Cards; person++)
        {
            if (!world.Registered.Contains(person))
            {
                await world.Register(person);
            }

            if (world.Lost.Contains(person))
            {
                await world.Lose(person, found: true);
            }

            await world.Use(0, _kinds);
            await world.Claim(person);
            await world.Claim(person);
            await world.WithdrawClaim(world.Claims - 1);
            await world.Checkup(person);
            await world.Refer(person % 3, person);
            await world.Show(0, person, _cares[person % 2], _kinds);
        }

        await world.Protect(1);
        await world.LeaveOnlyTheFlag([.. world.Registered.Where(p => p % 4 == 3)]);

        // In an emergency: nobody's, a protected person's; reviewed or not. And a kind that was agreed to and is not used any more.
        await world.Permit(0, true);
        await world.Permit(2, false);
        await world.Open(1, 0);
        await world.Open(2, 0);
        await world.Permit(2, true);
        await world.Use(2, _kinds);
        await world.Open(0, 2);
        await world.Open(2, 3);
        await world.Open(2, 1);
        await world.Review(world.Openings[^1], world.Reviewer(0));
        await world.Review(world.Openings[^1], world.Reviewer(2));
        await world.Review(world.Openings[^1], world.Reviewer(2));
        await world.Use(1, _kinds);
        await world.Show(1, 2, CareForm.Outpatient, _kinds);
        await world.Use(1, ConsentKind.Medicines);

        // A ticket that goes from one facility to another, and one that is taken back.
        await world.Ticket(0, WholeWorld.Insured, 0);
        await world.Correct(world.Tickets - 1, 2);
        await world.Ticket(1, WholeWorld.Insured + 1, 0);
        await world.TakeBack(world.Tickets - 1);
        await world.Lose(4);
    }

    private static async Task Act(WholeWorld world, Random dice)
    {
        var (person, facility) = (dice.Next(WholeWorld.People), dice.Next(3));
        if (!world.Registered.Contains(person))
        {
            // Those with cards one after the other.
            await world.Register(person < WholeWorld.Cards ? Enumerable.Range(0, WholeWorld.Cards).First(p => !world.Registered.Contains(p)) : person);
            return;
        }

        switch (dice.Next(12))
        {
            case 0:
                await world.Register(person);
                break;
            case 1:
                await world.Refer(facility, person);
                break;
            case 2 when dice.Next(2) == 0 && person != 3:
                await world.Protect(person);
                break;
            case 3 when world.HasCard(person):
                await world.Withdraw(facility, person, _kinds[dice.Next(2)], _cares[dice.Next(2)]);
                break;
            case 4 or 5 when person >= WholeWorld.Insured:
                await world.Ticket(facility, person, dice.Next(3) - 1);
                break;
            case 4 when person < WholeWorld.Insured:
                await world.Claim(person);
                break;
            case 5 when person < WholeWorld.Insured:
                await world.Checkup(person);
                break;
            case 6 or 7 when world.HasCard(person):
                var text = await world.Show(facility, person, _cares[dice.Next(2)], [.. _kinds.Where(_ => dice.Next(2) == 0)]);
                Exactly(world, text.Length == 0 ? [] : Shown(world, facility, person), text, "card");
                break;
            case 8 when person < WholeWorld.Insured:
                var opened = await world.Open(facility, person);
                Exactly(world, opened.Length == 0 ? [] : Shown(world, facility, person).Where(s => s.Kind == SecretKind.Address), opened, "emergency");
                break;
            default:
                await Unusual(world, dice, person, facility);
                break;
        }
    }

    private static async Task Unusual(WholeWorld world, Random dice, int person, int facility)
    {
        switch (dice.Next(7))
        {
            case 0:
                await world.Permit(facility, dice.Next(3) > 0);
                break;
            case 1:
                await world.Use(facility, [.. _kinds.Where(_ => dice.Next(4) > 0)]);
                break;
            case 2 when world.HasCard(person):
                await world.Lose(person, found: world.Lost.Contains(person));
                break;
            case 3 when world.Tickets > 0:
                await world.Correct(dice.Next(world.Tickets), facility);
                break;
            case 4 when world.Tickets > 0 && dice.Next(2) == 0:
                await world.TakeBack(dice.Next(world.Tickets));
                break;
            case 5 when world.Openings.Count > 0:
                await world.Review(world.Openings[dice.Next(world.Openings.Count)], world.Reviewer(facility));
                break;
            case 6 when world.Claims > 0:
                await world.WithdrawClaim(dice.Next(world.Claims));
                break;
            default:
                break;
        }
    }

    /// <summary>What a desk that knows the card is shown of the person.</summary>
    private static IEnumerable<Secret> Shown(WholeWorld world, int facility, int person)
    {
        var own = world.Facilities[facility].By.Organisation;
        return world.Secrets.Where(s => s.Person == person).Where(s => s.Kind switch
        {
            SecretKind.Address => s.Text == world.Address(person) && !world.Protected.Contains(person),
            SecretKind.Reference => s.Owner == own,
            SecretKind.Ticket => s.Owner == own && s.Now,
            SecretKind.Contact => s.Owner == own && s.Now && !world.Protected.Contains(person),
            _ => false,
        });
    }

    private static IEnumerable<Secret> Viewed(WholeWorld world, int person, SecretKind kind, Func<Secret, bool> place) => world.Secrets.Where(
        s => s.Person == person && s.Now && (s.Kind == kind || (s.Kind == SecretKind.Place && !world.Protected.Contains(person) && place(s))));

    /// <summary>All addresses there were, to whoever registered them; of a protected person not even to them.</summary>
    private static IEnumerable<Secret> Lived(WholeWorld world, int person) =>
        world.Protected.Contains(person) ? [] : world.Secrets.Where(s => s.Person == person && s.Kind == SecretKind.Address);

    private static async Task Desks(WholeWorld world, int person)
    {
        for (var facility = 0; facility < 3; facility++)
        {
            var (by, code, organisation) = world.Facilities[facility];
            world.Looked.Add((person, by.Organisation));
            var answer = await world.Site.Answer(new Contracts.Eligibility.Inquiry { Card = world.CardOf(person) }, by);
            Exactly(world, Shown(world, facility, person), Text(answer), "inquiry");
            using var desk = await Desk.Of(world.Site.Site, organisation);
            var (_, file) = await desk.Exchange("OQSsiquc01req_1.xml", Request("OQSsiquc01req", world, person, code));
            Exactly(world, Shown(world, facility, person), Encoding.UTF8.GetString(file), "OQSsiquc01");
            if (person >= WholeWorld.Insured)
            {
                continue;
            }

            var (_, again) = await desk.Exchange("OQSsihvq01req_1.xml", Request("OQSsihvq01req", world, person, code));
            Exactly(world, world.Agreed.Any(a => a.Person == person && a.Facility == by.Organisation && a.Care == CareForm.HomeVisit) ? Shown(world, facility, person) : [], Encoding.UTF8.GetString(again), "OQSsihvq01");
            foreach (var care in _viewed)
            {
                await View(world, person, by, care);
            }

            // A reference is no key, in whatever field it is put.
            foreach (var reference in world.Secrets.Where(s => s.Kind == SecretKind.Reference).Take(2))
            {
                Assert.Equal(4, (await world.Site.Answer(new Contracts.Eligibility.Inquiry { Card = world.CardOf(person) with { Number = reference.Text } }, by)).Code);
            }
        }
    }

    private static async Task View(WholeWorld world, int person, Actor by, CareForm care)
    {
        var medicines = await world.Site.In<IMedicines, Outcome<MedicinesAnswer>>(m => m.View(by, new MedicinesQuery { Card = world.CardOf(person), Care = care }, Ct));
        Exactly(world, Medicines(world, person, by.Organisation, care), Text(medicines), "medicines");
        Assert.Equal(Code(ConsentKind.Medicines, "EL-0503"), CheckupWorld.Code(medicines));
        var checkups = await world.Site.In<ICheckups, Outcome<CheckupView>>(c => c.View(by, new CheckupQuery { Card = world.CardOf(person), Care = care }, Ct));
        Exactly(world, Checkups(world, person, by.Organisation, care), Text(checkups), "checkups");
        Assert.Equal(Code(ConsentKind.Checkups, "EL-0612"), CheckupWorld.Code(checkups));

        string Code(ConsentKind kind, string without) => May(world, person, by.Organisation, kind, care) ? "" : Uses(world, by.Organisation, kind) ? without : "EL-0315";
    }

    private static bool Uses(WholeWorld world, OrganisationId facility, ConsentKind kind) => world.Uses(Enumerable.Range(0, 3).Single(f => world.Facilities[f].By.Organisation == facility), kind);

    /// <summary>Agreed to there or opened in an emergency, and used there.</summary>
    private static bool May(WholeWorld world, int person, OrganisationId facility, ConsentKind kind, CareForm care) =>
        world.Agreed.Contains((person, facility, kind, care)) && Uses(world, facility, kind);

    private static IEnumerable<Secret> Medicines(WholeWorld world, int person, OrganisationId facility, CareForm care) =>
        May(world, person, facility, ConsentKind.Medicines, care) ? Viewed(world, person, SecretKind.Drug, s => s.Owner == default) : [];

    private static IEnumerable<Secret> Checkups(WholeWorld world, int person, OrganisationId facility, CareForm care) =>
        May(world, person, facility, ConsentKind.Checkups, care) ? Viewed(world, person, SecretKind.Checkup, s => s.Owner != default) : [];

    private static async Task Registrars(WholeWorld world, int person)
    {
        foreach (var by in world.Registrars)
        {
            var own = by == world.Home(person);
            var addresses = own ? Lived(world, person) : [];
            var found = await world.Site.In<ICoverageRegistration, Outcome<IReadOnlyList<RegisteredVersion>>>(r => r.Find(by, new RegisteredQuery { Card = world.CardOf(person) }, Ct));
            Exactly(world, addresses, Text(found), "coverages by card");
            var tickets = await world.Site.In<ITicketRegistration, Outcome<IReadOnlyList<TicketVersion>>>(t => t.Find(by, new TicketQuery { Recipient = world.CardOf(person) }, Ct));
            Exactly(world, own ? world.Secrets.Where(s => s.Person == person && s.Kind is SecretKind.Ticket or SecretKind.Contact) : [], Text(tickets), "tickets");
            var checkups = await world.Site.In<ICheckupRegistration, Outcome<IReadOnlyList<RegisteredCheckup>>>(c => c.Find(by, new RegisteredCheckupsQuery { Card = world.CardOf(person) }, Ct));
            Exactly(world, own ? world.Secrets.Where(s => s.Person == person && s.Kind == SecretKind.Checkup) : [], Text(checkups), "checkups registered");
        }

        var payer = As(world.Site.First, Permission.ReviewClaims);
        var question = new ResponsibilityQuestion { Card = world.CardOf(person), Days = [Day] };
        Exactly(world, [], Text(await world.Site.In<AskResponsible, Outcome<ResponsibilityDay[]>>(a => a.Handle(payer, question, _ => "", Ct))), "responsibility");
        Assert.Equal("EL-0125", CheckupWorld.Code(await world.Site.In<AskResponsible, Outcome<ResponsibilityDay[]>>(a => a.Handle(world.Facilities[0].By, question, _ => "", Ct))));
    }

    /// <summary>What comes as a list: everybody who agreed, everybody with a ticket, everybody asked about.</summary>
    private static async Task Lists(WholeWorld world, int facility)
    {
        var (by, code, organisation) = world.Facilities[facility];
        using var desk = await Desk.Of(world.Site.Site, organisation);
        var today = TimeProvider.System.GetUtcNow().DayInJapan();
        var span = new QualificationConfirmSearchInfo { ConsentDateFrom = today.AddDays(-1), ConsentDateTo = today, MedicalTreatmentFlag = MedicalTreatmentKind.訪問診療等 };
        var agreed = world.Agreed.Where(a => a.Facility == by.Organisation && a.Care == CareForm.HomeVisit).Select(a => a.Person).Distinct();
        var all = await desk.Bulk("OQSmuhvq", Write("OQSmuhvq01req", span, code), code);
        Exactly(world, agreed.SelectMany(p => Shown(world, facility, p)), all.ToString(), "OQSmuhvq");

        // Nor how many agreed elsewhere.
        Assert.Equal(agreed.Count(), all.Descendants("BulkConfirmUnit").Count());

        var month = new QualificationConfirmSearchInfo { MedicalTreatmentMonth = TicketWorld.Month };
        var commissioned = world.Secrets.Where(s => s.Kind == SecretKind.Ticket && s.Owner == by.Organisation && s.Now).Select(s => s.Person).Distinct();
        world.Looked.UnionWith(commissioned.Select(p => (p, by.Organisation)));
        Exactly(world, commissioned.SelectMany(p => Shown(world, facility, p)), (await desk.Bulk("OQSmutic", Write("OQSmutic01req", month, code), code)).ToString(), "OQSmutic");
        var foreign = world.Facilities[(facility + 1) % 3].Code;
        Assert.Equal("SEKISHO-EL-0304", (await desk.Send("OQSmutic01req", Write("OQSmutic01req", month, foreign))).Header("ErrorCode"));

        var list = new BulkInquiry { Rows = [.. world.Registered.Order().Select(p => new BulkInquiryRow { Card = world.CardOf(p), Identifier = $"{p}" })] };
        var number = (await desk.Ask("/eligibility/bulk-inquiries", list)).GetProperty("number").GetString()!;
        var result = await desk.Fetch("OQSmuquc", number, code);
        Exactly(world, world.Registered.SelectMany(p => Shown(world, facility, p)), result.ToString(), "OQSmuquc");
        using var neighbour = await Desk.Of(world.Site.Site, world.Facilities[(facility + 1) % 3].Organisation);
        Exactly(world, [], (await neighbour.Send("OQSmuquc02req", OqsDesk.Download("OQSmuquc", number, foreign))).ToString(), "OQSmuquc02 of another");
    }

    private static async Task AccessLogs(WholeWorld world)
    {
        var facilities = world.Facilities.Select(f => f.By.Organisation).ToHashSet();
        foreach (var (by, person) in from r in world.Registrars from p in world.Registered.Order() select (r, p))
        {
            var log = await world.Site.In<IAccessLogs, Outcome<AccessLog>>(l => l.HandOut(by, new AccessLogRequest { Card = world.CardOf(person), Reason = "本人の求め、窓口で本人確認" }, Ct));
            Exactly(world, [], Text(log), "access log");
            if (by != world.Home(person))
            {
                Assert.Equal("EL-0121", CheckupWorld.Code(log));
                continue;
            }

            var looked = world.Protected.Contains(person) ? [] : world.Facilities.Where(f => world.Looked.Contains((person, f.By.Organisation))).Select(f => f.By.OrganisationName);
            Assert.Equal(looked.Order(), log.Value.Accesses.Select(a => a.OrganisationName).Where(n => world.Facilities.Any(f => f.By.OrganisationName == n)).Distinct().Order());
            Assert.True(!world.Protected.Contains(person) || log.Value.Accesses.Count == 0);
        }

        foreach (var by in world.Registrars)
        {
            var state = (await world.Site.In<IRegistrationQuality, Outcome<RegistrationState>>(q => q.State(by, Day.AddDays(-29), Day, Ct))).Value;
            Exactly(world, [], Text(state), "registration");
            var own = world.Looked.Where(l => world.Home(l.Person) == by).Select(l => l.Facility).ToHashSet();
            Assert.All(state.Looks, l => Assert.Contains(l.Facility, own));
        }
    }

    /// <summary>The pages of one registrar and of another about the same person.</summary>
    private static async Task Pages(WholeWorld world)
    {
        using var first = world.Site.Site.Browser((await world.Site.Site.Person(world.Site.First, BusinessRole.EligibilityClerk)).Id);
        using var second = world.Site.Site.Browser((await world.Site.Site.Person(world.Site.Second, BusinessRole.EligibilityClerk)).Id);
        foreach (var (person, http, home) in from p in world.Registered.Order() where p < 4 from h in new[] { (first, 0), (second, 1) } select (p, h.Item1, h.Item2))
        {
            var card = world.CardOf(person);
            (string, string)[] fields = [("Card.Insurer", card.Insurer), ("Card.Symbol", card.Symbol), ("Card.Number", card.Number), ("Card.Branch", card.Branch), ("Card.Birth", "1980-05-05")];
            var (_, _, registered) = await PageForms.Post(http, "/eligibility/registration", "/eligibility/registration", fields);
            Exactly(world, person % 2 == home ? Lived(world, person) : [], System.Net.WebUtility.HtmlDecode(registered), "page registration");
            var (_, _, log) = await PageForms.Post(http, "/eligibility/access-log", "/eligibility/access-log", [.. fields, ("Reason", "本人の求め、窓口で本人確認")]);
            var names = world.Facilities.Where(f => System.Net.WebUtility.HtmlDecode(log).Contains(f.By.OrganisationName, StringComparison.Ordinal)).Select(f => f.By.Organisation);
            Assert.Equal(
                person % 2 == home && !world.Protected.Contains(person) ? world.Facilities.Select(f => f.By.Organisation).Where(f => world.Looked.Contains((person, f))) : [], names);
        }
    }

    /// <summary>Nothing of anybody lies in the clear: not in a row, not in an index, not in the audit log, not in a file.</summary>
    private static async Task Disk(WholeWorld world, DatabaseProvider provider)
    {
        await world.Site.Site.Close();
        SqliteConnection.ClearAllPools();
        Assert.True(provider != DatabaseProvider.Sqlite || Directory.EnumerateFiles(world.Site.Site.DataFolder, "*.db").Any());

        // Why somebody opened something stands in the audit log, for whoever audits.
        var hidden = world.Secrets.Where(s => s.Kind is not (SecretKind.Checkup or SecretKind.Drug or SecretKind.Emergency)).Select(s => Encoding.UTF8.GetBytes(s.Text)).ToList();
        foreach (var file in Directory.EnumerateFiles(world.Site.Site.DataFolder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            Assert.DoesNotContain(hidden, text => bytes.AsSpan().IndexOf(text) >= 0);
        }
    }

    private static void Exactly(WholeWorld world, IEnumerable<Secret> expected, string text, string door)
    {
        var (right, seen) = (expected.ToHashSet(), Seen(world, text).ToHashSet());
        Assert.True(
            right.SetEquals(seen),
            $"{door}: shows [{string.Join(", ", seen.Except(right).Select(s => $"{s.Kind} of {s.Person}"))}], "
            + $"hides [{string.Join(", ", right.Except(seen).Select(s => $"{s.Kind} of {s.Person}"))}] in {text[..Math.Min(text.Length, 2000)]}");
    }

    private static IEnumerable<Secret> Seen(WholeWorld world, string text) => world.Secrets.Where(s => s.IsIn(text));

    private static string Text<T>(Outcome<T> outcome) => outcome.Refused(out var refusal, out var value) ? Text(refusal) : Text(value);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, SiteJson.Options);

    private static byte[] Request(string message, WholeWorld world, int person, string code) => Write(message, OqsDesk.Search(world.EntryOf(person)), code);

    private static byte[] Write(string message, QualificationConfirmSearchInfo search, string code) => OqsDesk.Write(
        message, new QualificationRequest { QualificationConfirmSearchInfo = search },
        header: new OqsHeader { MedicalInstitutionCode = code, QualificationConfirmationDate = message.StartsWith("OQSsi", StringComparison.Ordinal) ? Day : null });
}
