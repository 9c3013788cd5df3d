using System.Globalization;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Generators.Checkups;

/// <summary>People who do not exist, their visits over the years, and packages of them. The same seed gives the same bytes.</summary>
internal static class CheckupPeople
{
    private const string Insurer = "06139999";
    private const string Institution = "1319999999";

    private static readonly CheckupInstitution Centre = new(Institution, "架空健診センター", "tel:03-0000-0000", "000-0000", "東京都千代田区架空町４－５－６");

    /// <summary>Person <paramref name="number"/> of a seed: 40 to 74 years old at the end of fiscal 2024.</summary>
    public static CheckupPerson Person(ulong seed, int number)
    {
        var own = Seed.Of(seed, number);
        var man = own.In100(50);
        var (name, _) = Words.Person(own, man);
        var birth = new DateOnly(1950, 4, 2).AddDays(own.Below(34 * 365));
        var digits = Wide(number.ToString("D6", CultureInfo.InvariantCulture));
        return new CheckupPerson(Insurer, own.In100(80) ? "架" + Wide("9") : "", digits, own.In100(90) ? "0" + own.From(0, 3) : "", name, man ? "1" : "2", birth, "000-0000", "東京都千代田区架空町" + Wide("1") + "－" + digits);
    }

    /// <summary>That person's visit in a fiscal year.</summary>
    public static CheckupDocument Visit(ulong seed, int number, int year)
    {
        var own = Seed.Of(seed ^ (ulong)year, number);
        var person = Person(seed, number);
        var day = new DateOnly(year, 5, 1).AddDays(own.Below(240));
        var written = day.AddDays(own.From(0, 30));
        return new CheckupDocument
        {
            Person = person,
            Author = Centre,
            Performer = Centre,
            Written = written,
            Day = day,
            Ticket = own.In100(90) ? new CheckupTicket("1", $"{year % 100:D2}{number:D9}", new DateOnly(year + 1, 3, 31), Insurer) : null,
            Results = [.. CheckupMaker.Make(own, person.Gender == "1", year - 2024)],
        };
    }

    /// <summary>The settlement of a visit; its sums are right.</summary>
    public static CheckupClaim Claim(ulong seed, CheckupDocument visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var own = Seed.Of(seed, visit.Day!.Value.DayNumber);
        var detail = visit.Results.Any(r => r.Code.StartsWith("3C015", StringComparison.Ordinal));
        var extra = visit.Results.Any(r => r.Section == "01990");
        List<CheckupPrice> details = detail ? [new CheckupPrice("4", 110)] : [];
        List<CheckupPrice> others = extra ? [new CheckupPrice("3C020000002327101", 120)] : [];
        var total = 9310 + details.Concat(others).Sum(p => p.Yen);
        var paid = own.Of(0, 0, 500);
        return new CheckupClaim
        {
            Institution = Institution,
            Person = visit.Person,
            TicketNumber = visit.Ticket?.Number ?? "",
            TicketUntil = visit.Ticket?.Until,
            Basic = paid > 0 ? new CheckupCharge("2", "000500") : new CheckupCharge("1", ""),
            Detail = new CheckupCharge("1", ""),
            ClaimType = (detail, extra) switch { (true, true) => "4", (true, false) => "2", (false, true) => "3", _ => "1" },
            BasicPrice = 9310,
            DetailPrices = [.. details],
            OtherPrices = [.. others],
            Payments = (paid, 0, 0),
            UnitAmount = total,
            PaymentAmount = paid,
            ClaimAmount = total - paid,
        };
    }

    /// <summary>A package of people with one visit each.</summary>
    public static byte[] Package(ulong seed, int people, int year = 2024, bool claims = true)
    {
        using var zip = new MemoryStream();
        CheckupWriter.Write(zip, Parcel(year, claims), People(seed, people, year, claims));
        return zip.ToArray();
    }

    public static CheckupParcel Parcel(int year, bool claims = true) =>
        new(new CheckupFolder(Institution, claims ? "93999999" : Insurer, new DateOnly(year + 1, 2, 28), 0, "1"), claims ? "1" : "6");

    private static IEnumerable<(CheckupDocument, CheckupClaim?)> People(ulong seed, int people, int year, bool claims) =>
        from number in Enumerable.Range(1, people)
        let visit = Visit(seed, number, year)
        select (visit, claims ? Claim(seed, visit) : null);

    private static string Wide(string digits) => string.Concat(digits.Select(c => (char)(c - '0' + '０')));
}
