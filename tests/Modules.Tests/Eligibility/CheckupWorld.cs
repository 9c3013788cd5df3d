using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>People of the generator who are registered at the first insurer, their 健診, and a clinic that may ask for them.</summary>
internal static class CheckupWorld
{
    public const ulong Seed = 7;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Actor Doctor(this EligibilityWorld world) => As(world.ClinicOrganisation, Permission.InquireEligibility, Permission.ViewCheckups);

    public static Actor Pharmacist(this EligibilityWorld world) => As(world.PharmacyOrganisation, Permission.InquireEligibility, Permission.ViewCheckups);

    /// <summary>Person <paramref name="number"/>, the symbol and branch always there.</summary>
    public static CheckupPerson Person(int number) => CheckupPeople.Person(Seed, number) with { Symbol = "架９", Branch = "01" };

    public static CheckupDocument Visit(int number, int year) => CheckupPeople.Visit(Seed, number, year) with { Person = Person(number) };

    public static CoverageEntry Entry(CheckupPerson person) => new()
    {
        Id = "健診" + person.Number,
        Coverage = EligibilityWorld.Entry("x").Coverage! with
        {
            Insurer = person.InsurerNumber,
            Symbol = person.Symbol,
            Number = person.Number,
            Branch = person.Branch,
            Name = person.Name,
            Kana = "レンシユウ " + person.Number,
            Sex = person.Gender,
            Birth = person.BirthDate!.Value,
        },
    };

    public static Task<CoverageEntry> Has(this EligibilityWorld world, int number) => world.Has(Entry(Person(number)));

    public static CardKeys Card(int number, bool birth = true)
    {
        var person = Person(number);
        return new CardKeys { Insurer = person.InsurerNumber, Symbol = person.Symbol, Number = person.Number, Branch = person.Branch, Birth = birth ? person.BirthDate!.Value : default };
    }

    /// <summary>A package for the insurer of its people.</summary>
    public static byte[] Package(params CheckupDocument[] visits)
    {
        using var zip = new MemoryStream();
        var parcel = CheckupPeople.Parcel(2025, claims: false);
        CheckupWriter.Write(zip, parcel with { Folder = parcel.Folder with { Receiver = visits[0].Person.InsurerNumber } }, visits.Select(v => (v, (CheckupClaim?)null)));
        return zip.ToArray();
    }

    /// <summary>The files of a folder as the ZIP a sender makes of it.</summary>
    public static byte[] Zip(string folder)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                zip.CreateEntryFromFile(file, $"{Path.GetFileName(folder)}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}");
            }
        }

        return bytes.ToArray();
    }

    public static Task<Outcome<CheckupPackageReport>> Send(this EligibilityWorld world, string id, byte[] zip, Actor? by = null) =>
        world.In<ICheckupRegistration, Outcome<CheckupPackageReport>>(r => r.Take(by ?? world.Insurer, id, new MemoryStream(zip), Ct));

    public static Task<Outcome<CheckupView>> See(this EligibilityWorld world, int number, Actor? by = null, CareForm care = CareForm.Outpatient, bool birth = true) =>
        world.In<ICheckups, Outcome<CheckupView>>(c => c.View(by ?? world.Doctor(), new CheckupQuery { Card = Card(number, birth), Care = care }, Ct));

    /// <summary>The person agrees at the facility, for a day from now.</summary>
    public static async Task Agrees(this EligibilityWorld world, int number, OrganisationId? facility = null, ConsentKind kind = ConsentKind.Checkups)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        var member = (await scope.ServiceProvider.GetRequiredService<MemberOf>().Find(Card(number), Ct)).Value;
        var at = scope.ServiceProvider.GetRequiredService<TimeProvider>().Now();
        await scope.ServiceProvider.GetRequiredService<Consents>().Give(
            new(Guid.CreateVersion7(at), member.Person, facility ?? world.ClinicOrganisation.Id, kind, CareForm.Outpatient, at, at.AddDays(1), PersonProof.Pin, Guid.CreateVersion7(at)), Ct);
        await session.Commit(Ct);
    }

    public static string Code<T>(Outcome<T> outcome) => outcome.Refused(out var refusal, out _) ? refusal.Code : "";

    public static (int Created, int Changed, int Same, int Refused) Counts(CheckupPackageReport report) => (report.Created, report.Changed, report.Same, report.Refused);
}
