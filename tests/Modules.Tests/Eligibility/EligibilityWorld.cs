using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Two insurers, two facilities, and obviously fictional people.</summary>
internal sealed class EligibilityWorld : IAsyncDisposable
{
    public const string FirstNumber = "06139999";
    public const string SecondNumber = "139998";
    public const string Why = "試験のため";
    public static readonly DateOnly Day = new(2026, 10, 15);

    private EligibilityWorld(TestSite site) => Site = site;

    public TestSite Site { get; }

    public Organisation First { get; private set; } = null!;

    public Organisation Second { get; private set; } = null!;

    public Organisation ClinicOrganisation { get; private set; } = null!;

    public Organisation PharmacyOrganisation { get; private set; } = null!;

    public Actor Clinic => As(ClinicOrganisation, Permission.InquireEligibility);

    public Actor Pharmacy => As(PharmacyOrganisation, Permission.InquireEligibility);

    public Actor Insurer => As(First, Permission.RegisterCoverage);

    public Actor OtherInsurer => As(Second, Permission.RegisterCoverage);

    public Actor Office { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A world, with a clock of the test's where it needs one.</summary>
    public static Task<EligibilityWorld> Start(DatabaseProvider provider, TimeProvider? clock = null, params string[] settings) =>
        StartOn(clock is null ? null : services => services.AddSingleton(clock), provider, settings);

    /// <summary>The same on a machine whose services the test decides.</summary>
    public static async Task<EligibilityWorld> StartOn(Action<IServiceCollection>? machine, DatabaseProvider provider, params string[] settings)
    {
        var world = new EligibilityWorld(await TestSite.StartOn(machine, provider, settings));
        world.First = await world.Site.Organisation("かくう健康保険組合", OrganisationKind.HealthInsuranceSociety, new OrganisationCode(CodeSystem.Insurer, FirstNumber));
        world.Second = await world.Site.Organisation("架空市", OrganisationKind.MunicipalInsurer, new OrganisationCode(CodeSystem.Insurer, SecondNumber));
        world.ClinicOrganisation = await world.Site.Organisation(OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1319999991"));
        world.PharmacyOrganisation = await world.Site.Organisation(OrganisationKind.Pharmacy, new OrganisationCode(CodeSystem.Institution, "1349999992"));
        var (person, _) = await world.Site.Person(await world.Site.Centre(), GovernanceRole.SystemAdministrator);
        world.Office = As(await world.Site.Centre(), Permission.ManageRegistered, Permission.ProtectPersons) with { Person = person };
        await world.Site.SimulateTime(new DateTimeOffset(Day, new TimeOnly(9, 0), JapanTime.Offset));
        return world;
    }

    public static Actor As(Organisation organisation, params Permission[] permissions) => new(organisation.Id, organisation.Name, null, null, "", permissions.ToHashSet());

    /// <summary>A registration that is right in itself.</summary>
    public static CoverageEntry Entry(string id, string number = "1", string branch = "01", string insurer = FirstNumber, string from = "2020-04-01", string? until = null) => new()
    {
        Id = id,
        Coverage = new Coverage
        {
            Insurer = insurer,
            Symbol = "１２－３",
            Number = number,
            Branch = branch,
            Name = "関所　" + id,
            Kana = "セキショ " + id,
            Sex = "2",
            Birth = new DateOnly(1980, 5, 5),
            PostalCode = "100-0000",
            Address = "東京都架空区かくう1-2-3",
            Acquired = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            Lost = until is null ? null : DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture),
            LossReason = until is null ? "" : "99",
            Ratio = "030",
            InsurerName = "かくう健康保険組合",
        },
    };

    public static CoverageEntry With(CoverageEntry entry, Func<Coverage, Coverage> change) => entry with { Coverage = change(entry.Coverage!) };

    public static Inquiry Ask(CoverageEntry entry, DateOnly? on = null, string? branch = null) => new()
    {
        Card = new CardKeys
        {
            Insurer = entry.Coverage!.Insurer,
            Symbol = entry.Coverage.Symbol,
            Number = entry.Coverage.Number,
            Branch = branch ?? entry.Coverage.Branch,
            Birth = entry.Coverage.Birth,
        },
        On = on,
    };

    /// <summary>In a scope of its own, as a request is.</summary>
    public async Task<T> In<TService, T>(Func<TService, ValueTask<T>> act)
        where TService : notnull
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<EntryReport> Register(CoverageEntry entry, Actor? by = null) =>
        (await In<ICoverageRegistration, Outcome<EntryReport>>(r => r.Register(by ?? Insurer, entry, Ct))).Value;

    /// <summary>Registers and expects it to be new, with nothing else to say.</summary>
    public async Task<CoverageEntry> Has(CoverageEntry entry, Actor? by = null, string said = "")
    {
        var report = await Register(entry, by);
        Assert.Equal((EntryResult.Created, said), (report.Result, string.Join(' ', report.Problems.Select(p => p.Code))));
        return entry;
    }

    public async Task<InquiryAnswer> Answer(Inquiry inquiry, Actor? by = null) =>
        (await In<IEligibilityDesk, Outcome<InquiryAnswer>>(d => d.Ask(by ?? Clinic, inquiry, Ct))).Value;

    public Task<Outcome<Protection>> Protect(DataSubject subject) =>
        In<IProtectedPersons, Outcome<Protection>>(p => p.Protect(Office, subject, ProtectionGround.Violence, Why, Ct));

    public static async Task<T> Read<T>(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<T>(SiteJson.Options, Ct))!;
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
