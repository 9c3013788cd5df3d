using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Formats.Identifiers;
using Sekisho.Generators.Checkups;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Tests.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;
using ClaimWithdrawn = Sekisho.Contracts.Claims.ClaimWithdrawn;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Something only some may read: a text that stands nowhere else.</summary>
internal sealed record Secret(SecretKind Kind, int Person, OrganisationId Owner, string Text)
{
    /// <summary>False for a ticket of another month than the one asked about, corrected or withdrawn; for a claim withdrawn.</summary>
    public bool Now { get; init; } = true;

    /// <summary>The ticket or the claim it stands on.</summary>
    public string Of { get; init; } = "";

    /// <summary>As the text it is, or as a day in any of the ways days are written.</summary>
    public bool IsIn(string text) => Kind != SecretKind.Checkup ? text.Contains(Text, StringComparison.Ordinal) : Days().Any(d => StandsIn(text, d));

    private IEnumerable<string> Days()
    {
        var day = DateOnly.ParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new[] { "yyyy-MM-dd", "yyyyMMdd", "yyyy/M/d", "yyyy/MM/dd", "yyyy年M月d日" }.Select(f => day.ToString(f, CultureInfo.InvariantCulture));
    }

    private static bool StandsIn(string text, string day)
    {
        for (var at = text.IndexOf(day, StringComparison.Ordinal); at >= 0; at = text.IndexOf(day, at + 1, StringComparison.Ordinal))
        {
            if (at + day.Length == text.Length || !char.IsAsciiDigit(text[at + day.Length]))
            {
                return true;
            }
        }

        return false;
    }
}

internal enum SecretKind
{
    Address,
    Reference,
    Ticket,
    Contact,
    Drug,
    Checkup,
    Place,

    /// <summary>Why 救急時の閲覧 was opened.</summary>
    Emergency,

    /// <summary>What came of its review.</summary>
    Review,
}

/// <summary>
/// Two insurers, two 福祉事務所, three facilities, eight insured and six recipients of 医療扶助, who are called by the same ids and numbers at both of theirs; what is
/// done to them, and what of it is whose. Every value that is somebody's is a text of its own, so that it is found wherever it turns up.
/// </summary>
internal sealed partial class WholeWorld : IAsyncDisposable
{
    public const int Insured = 8;
    public const int People = 14;
    public const int Cards = 5;
    public const string OtherOffice = "12139983";
    public const string HospitalCode = "1318888881";

    private readonly CardWorld _cards;
    private readonly List<SoftCard> _held = [];
    private readonly Dictionary<int, string> _addresses = [];
    private int _count;

    private WholeWorld(CardWorld cards) => _cards = cards;

    public EligibilityWorld Site => _cards.World;

    public CardWorld CardSite => _cards;

    /// <summary>Clinic, pharmacy, hospital: each with its code.</summary>
    public IReadOnlyList<(Actor By, string Code, Organisation Organisation)> Facilities { get; private set; } = [];

    /// <summary>Two insurers, then two 福祉事務所; the person's is the one with the parity of their number.</summary>
    public IReadOnlyList<Actor> Registrars { get; private set; } = [];

    /// <summary>Who registered them.</summary>
    public Actor Home(int person) => Registrars[(person < Insured ? 0 : 2) + (person % 2)];

    public List<Secret> Secrets { get; } = [];

    public HashSet<int> Registered { get; } = [];

    public HashSet<int> Protected { get; } = [];

    public HashSet<(int Person, OrganisationId Facility, ConsentKind Kind, CareForm Care)> Agreed { get; } = [];

    /// <summary>Which facilities looked at whom.</summary>
    public HashSet<(int Person, OrganisationId Facility)> Looked { get; } = [];

    public ConcurrentQueue<string> Log { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<WholeWorld> Start(DatabaseProvider provider)
    {
        var world = new WholeWorld(await CardWorld.Start(provider));
        var site = world.Site;
        site.Site.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Listener(world.Log));
        var hospital = await site.Site.Organisation("架空病院", OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, HospitalCode));
        world.Facilities = [Of(site.ClinicOrganisation, TicketWorld.Clinic), Of(site.PharmacyOrganisation, TicketWorld.Pharmacy), Of(hospital, HospitalCode)];
        var registrars = new[]
        {
            site.First, site.Second,
            await site.Site.Organisation("架空市福祉事務所", OrganisationKind.WelfareOffice, new OrganisationCode(CodeSystem.PublicPayer, TicketWorld.Number)),
            await site.Site.Organisation("別の福祉事務所", OrganisationKind.WelfareOffice, new OrganisationCode(CodeSystem.PublicPayer, OtherOffice)),
        };
        foreach (var facility in Enumerable.Range(0, world.Facilities.Count))
        {
            await world.Use(facility, ConsentKind.Medicines, ConsentKind.Checkups);
        }

        world.Registrars = [.. registrars.Select((o, i) => As(o, Permission.RegisterCoverage, Permission.HandOutAccessLog, i < 2 ? Permission.RegisterCoverage : Permission.RegisterTickets))];
        return world;

        static (Actor, string, Organisation) Of(Organisation organisation, string code) =>
            (CardWorld.Device(As(organisation, Permission.InquireEligibility, Permission.ViewMedicines, Permission.ViewCheckups)), code, organisation);
    }

    /// <summary>The person's card keys and how they are registered; at both of a kind the same but for who registers.</summary>
    public CoverageEntry EntryOf(int person)
    {
        var entry = person < Insured
            ? Entry($"P{person / 2}", number: $"{(person / 2) + 1}", insurer: person % 2 == 0 ? FirstNumber : SecondNumber)
            : With(TicketWorld.Aid($"S{person / 2}", $"12345{person / 2:D2}"), c => c with { Insurer = person % 2 == 0 ? TicketWorld.Number : OtherOffice });
        return With(entry with { NonDisclosure = person % 4 == 3 }, c => c with { Name = $"関所　{(char)('ア' + person)}", Kana = $"セキショ {(char)('ア' + person)}", Address = _addresses.GetValueOrDefault(person, "") });
    }

    public CardKeys CardOf(int person) => EligibilityWorld.Ask(EntryOf(person)).Card;

    public string? Address(int person) => _addresses.GetValueOrDefault(person);

    public async Task Register(int person)
    {
        _addresses[person] = Add(SecretKind.Address, person, default, "架空市住所").Text;
        var report = await Site.Register(EntryOf(person), Home(person));
        Assert.True(report.Result != EntryResult.Refused, string.Join(' ', report.Problems.Select(p => p.Code)));
        foreach (var other in Registrars.Where(r => r != Home(person)))
        {
            Assert.Equal(EntryResult.Refused, (await Site.Register(EntryOf(person), other)).Result);
        }

        Registered.Add(person);
        if (person % 4 == 3)
        {
            Protected.Add(person);
        }

        if (person < Cards && person == _held.Count)
        {
            _held.Add(_cards.Card(elliptic: person % 2 == 0));
            Assert.Equal("", await _cards.Register(_held[person], EntryOf(person)));
        }
    }

    /// <summary>不開示: from now on, until the end.</summary>
    public async Task Protect(int person)
    {
        var card = CardOf(person);
        var subject = person < Insured
            ? new DataSubject { Insurer = card.Insurer, Symbol = card.Symbol, Number = card.Number, Branch = card.Branch, Birth = "19800505" }
            : new DataSubject { Insurer = card.Insurer, Number = card.Number, Birth = "19800505" };
        Assert.True((await Site.Protect(subject)).Succeeded(out _, out _) || Protected.Contains(person));
        Protected.Add(person);
    }

    public async Task Refer(int facility, int person)
    {
        var by = Facilities[facility].By;
        Secrets.RemoveAll(s => s.Kind == SecretKind.Reference && s.Person == person && s.Owner == by.Organisation);
        var done = await MatchTests.Reference(Site, by, EntryOf(person), Add(SecretKind.Reference, person, by.Organisation, "照会").Text);
        Assert.True(done.Succeeded(out _, out _));
    }

    /// <summary>The person shows the card and says what they agree to; the answer as the reader gets it.</summary>
    public async Task<string> Show(int facility, int person, CareForm care, params ConsentKind[] kinds)
    {
        var by = Facilities[facility].By;
        var reply = await _cards.Inquire(_held[person], new CardInquiry { Care = care, Consents = kinds.ToDictionary(k => k, _ => true) }, by);
        Assert.Equal(Lost.Contains(person) ? "EL-0410" : "", CardWorld.Code(reply));
        if (Lost.Contains(person))
        {
            return "";
        }

        // Yes to what the facility does not use is not kept.
        Looked.Add((person, by.Organisation));
        Agreed.UnionWith(kinds.Where(k => Uses(facility, k)).Select(k => (person, by.Organisation, k, care)));
        return System.Text.Encoding.UTF8.GetString(reply.Value.Bytes);
    }

    public bool HasCard(int person) => person < _held.Count;

    public async Task Withdraw(int facility, int person, ConsentKind kind, CareForm care)
    {
        var by = Facilities[facility].By;
        var asked = new Withdrawal { Card = CardOf(person), Kinds = [kind], Cares = [care], Reason = ConsentEnd.Facility };
        var done = await Site.In<WithdrawConsents, Outcome<int>>(w => w.Run(by, asked, Ct));
        Assert.Equal(Agreed.Remove((person, by.Organisation, kind, care)), done.Succeeded(out _, out _));
    }

    public async Task Claim(int person)
    {
        var place = Add(SecretKind.Place, person, default, "施設").Text;
        var drug = new Secret(SecretKind.Drug, person, default, (620_100_000 + _count).ToString(CultureInfo.InvariantCulture));
        Secrets.Add(drug);
        var reception = $"受付{_count}";
        _claims.Add(new ClaimWithdrawn(reception, _count, CardOf(person).Insurer, YearMonth.Of(new DateOnly(2026, 8, 1))));
        Secrets[^1] = drug with { Of = reception };
        Secrets[^2] = Secrets[^2] with { Of = reception };
        await using var scope = Site.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        await scope.ServiceProvider.GetRequiredService<GivenStore>().Keep(
            reception, _count, YearMonth.Of(new DateOnly(2026, 8, 1)), CardOf(person),
            new Given($"13200{_count:D5}", place, false, [new ClaimService(ServiceKind.Drug, 21, drug.Text, 1, 7, [(3, 7)])]), Ct);
        await session.Commit(Ct);
    }

    public async Task Checkup(int person)
    {
        var place = Add(SecretKind.Place, person, Home(person).Organisation, "健診施設").Text;
        var day = new DateOnly(2024, 5, 1).AddDays(_count);
        Secrets.Add(new Secret(SecretKind.Checkup, person, default, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var card = CardOf(person);
        var visit = CheckupPeople.Visit(CheckupWorld.Seed, person, 2024) with
        {
            Person = CheckupPeople.Person(CheckupWorld.Seed, person) with
            {
                InsurerNumber = card.Insurer.PadLeft(8, '0'),
                Symbol = card.Symbol,
                Number = card.Number,
                Branch = card.Branch,
                BirthDate = card.Birth,
                Gender = "2",
                Name = EntryOf(person).Coverage!.Kana,
            },
            Performer = new CheckupInstitution("1319999999", place, "tel:03-0000-0000", "000-0000", "架空町"),
            Ticket = null,
            Day = day,
            Written = day,
        };
        var report = (await Site.Send($"package{_count}", CheckupWorld.Package(visit), Home(person))).Value;
        Assert.True((report.Created, report.Refused) == (1, 0), string.Join(' ', report.Problems.Select(p => p.Code + p.Text)));
        var other = (await Site.Send($"package{_count}", CheckupWorld.Package(visit), Registrars[1 - (person % 2)])).Value;
        Assert.Equal((0, 1), (other.Created, other.Refused));
    }

    public async ValueTask DisposeAsync()
    {
        _held.ForEach(c => c.Dispose());
        await _cards.DisposeAsync();
    }

    private Secret Add(SecretKind kind, int person, OrganisationId owner, string word, bool now = true)
    {
        var secret = new Secret(kind, person, owner, string.Create(CultureInfo.InvariantCulture, $"{word}〇{++_count:D4}番")) { Now = now };
        Secrets.Add(secret);
        return secret;
    }

    private sealed class Listener(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
