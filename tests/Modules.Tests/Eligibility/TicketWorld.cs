using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>A 福祉事務所 beside the two insurers and facilities, and what it registers.</summary>
internal sealed class TicketWorld(EligibilityWorld world, Organisation office) : IAsyncDisposable
{
    public const string Number = "12139991";
    public const string Clinic = "1319999991";
    public const string Pharmacy = "1349999992";
    public static readonly YearMonth Month = YearMonth.Of(EligibilityWorld.Day);

    public EligibilityWorld World => world;

    public Organisation OfficeOrganisation => office;

    public Actor Office => EligibilityWorld.As(office, Permission.RegisterCoverage, Permission.RegisterTickets, Permission.HandOutAccessLog);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TicketWorld> Start(DatabaseProvider provider)
    {
        var world = await EligibilityWorld.Start(provider);
        return new TicketWorld(world, await world.Site.Organisation("架空市福祉事務所", OrganisationKind.WelfareOffice, new OrganisationCode(CodeSystem.PublicPayer, Number)));
    }

    /// <summary>医療扶助 of an obviously fictional person.</summary>
    public static CoverageEntry Aid(string id, string number = "1234567", string from = "2026-04-01", string? until = null) =>
        EligibilityWorld.With(EligibilityWorld.Entry(id, number, "", Number, from, until), c => c with { CardKind = "A1", Symbol = "", Ratio = "", InsurerName = "架空市福祉事務所" });

    public static TicketEntry Ticket(string id, CoverageEntry aid, string institution = Clinic) => new()
    {
        Id = id,
        Recipient = new CardKeys { Insurer = Number, Number = aid.Coverage!.Number, Birth = aid.Coverage.Birth },
        Ticket = new MedicalTicket
        {
            Kind = institution == Pharmacy ? "02" : "01",
            Month = Month,
            From = Month.FirstDay,
            Until = Month.LastDay,
            Issue = "00012",
            Institution = institution,
            InstitutionName = "かくう医院",
            Prescriber = institution == Pharmacy ? Clinic : "",
            PrescriberName = institution == Pharmacy ? "かくう医院" : "",
            Injuries = ["かぜ症候群（架空）", "高血圧症（架空）"],
            Treatment = institution == Pharmacy ? "04" : "02",
            SelfPay = 1200,
            DistrictContact = "地区　太郎",
            HandlingContact = "取扱　花子",
            Use = "01",
            SocialInsurance = "02",
            Infection = "02",
            ElderlyCare = "02",
            PrefecturalExpenses = "02",
            Remarks = ["架空の券"],
        },
    };

    public static TicketEntry With(TicketEntry entry, Func<MedicalTicket, MedicalTicket> change) => entry with { Ticket = change(entry.Ticket!) };

    public async Task<CoverageEntry> Has(CoverageEntry aid)
    {
        var report = await world.Register(aid, Office);
        Assert.Equal((EntryResult.Created, ""), (report.Result, Codes(report)));
        return aid;
    }

    public async Task<EntryReport> Register(TicketEntry entry) => (await world.In<ITicketRegistration, Outcome<EntryReport>>(t => t.Register(Office, entry, Ct))).Value;

    public async Task<TicketEntry> Has(TicketEntry ticket)
    {
        var report = await Register(ticket);
        Assert.Equal((EntryResult.Created, ""), (report.Result, Codes(report)));
        return ticket;
    }

    public async Task<IReadOnlyList<TicketVersion>> Find(TicketQuery query, Actor? by = null) =>
        (await world.In<ITicketRegistration, Outcome<IReadOnlyList<TicketVersion>>>(t => t.Find(by ?? Office, query, Ct))).Value;

    public static string Codes(EntryReport report) => string.Join(' ', report.Problems.Select(p => p.Code));

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
