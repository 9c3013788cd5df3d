using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>What a claim says, day by day, with the names the site's masters have. Pure.</summary>
internal static class GivenItems
{
    private const int Operations = 50;
    private const int AfterOperations = 59;
    private const int Meals = 97;

    /// <summary>手術・麻酔: also a medicine used there tells that there was one.</summary>
    public static bool IsOperation(int section) => section is >= Operations and <= AfterOperations;

    public static IEnumerable<GivenDrug> Drugs(Given given, YearMonth month, MasterSet masters) =>
        from service in given.Services
        where service.Kind == ServiceKind.Drug
        let facts = masters.TryDrug(service.Code, month, out var found) ? found : new DrugFacts("", "", "", "")
        from at in Days(service, month)
        select Fill(new GivenDrug { GenericName = facts.GenericName, Ingredient = facts.Ingredient, LastDay = Last(service, at) }, given, service, month, at) with
        {
            Name = facts.Name,
            Unit = facts.Unit,
        };

    public static IEnumerable<DoneService> Services(Given given, YearMonth month, MasterSet masters) =>
        from service in given.Services
        where service.Kind != ServiceKind.Drug && service.Section != Meals
        let kind = service.Kind == ServiceKind.Material ? MasterKind.Material : MasterKind.Procedure
        let name = masters.TryNearestName(kind, service.Code, month, out var found) ? found : ""
        from at in Days(service, month)
        select Fill(new DoneService { Operation = IsOperation(service.Section) }, given, service, month, at) with { Name = name };

    /// <summary>The days anything was given or done; every day of the month where the claim names none.</summary>
    public static IEnumerable<DateOnly> Days(Given given, YearMonth month)
    {
        var named = given.Services.SelectMany(s => Days(s, month)).Select(d => d.Day).OfType<DateOnly>().Distinct().ToList();
        return named.Count > 0 ? named : Enumerable.Range(1, month.Days).Select(day => new DateOnly(month.Year, month.Month, day));
    }

    private static T Fill<T>(T item, Given given, ClaimService service, YearMonth month, (DateOnly? Day, int Times) at)
        where T : GivenItem => item with
        {
            Code = service.Code,
            Quantity = service.Quantity,
            Times = at.Times,
            Section = service.Section,
            SectionName = ClaimService.NameOf(service.Section),
            Month = month,
            Day = at.Day,
            Inpatient = given.Inpatient,
            Place = new MedicinePlace(given.Institution, given.InstitutionName),
        };

    private static List<(DateOnly? Day, int Times)> Days(ClaimService service, YearMonth month)
    {
        var days = service.Days.Where(d => d.Day <= month.Days).Select(d => ((DateOnly?)new DateOnly(month.Year, month.Month, d.Day), d.Times)).ToList();
        return days.Count > 0 ? days : [(null, service.Times)];
    }

    private static DateOnly? Last(ClaimService service, (DateOnly? Day, int Times) at) =>
        service.Section == ClaimService.Internal ? at.Day?.AddDays(Math.Max(at.Times, 1) - 1) : at.Day;
}
