using static Sekisho.Libraries.Tests.Formats.Checks.Draft;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Samples of 摘要: units, sums, days, admissions, donors and the records that confirm eligibility.</summary>
internal static class InvariantSamples
{
    public static IEnumerable<Sample> All => [.. Units, .. Sums, .. Days, .. Admissions, .. Donors, .. Confirmations];

    private static IEnumerable<Sample> Units =>
    [
        new("S2101", () => new Draft().Set("SI", 2, ""), () => new()),
        new("S2102", () => Unit().Set("IY", 6, "", 2).Set("HO", 6, "291").Set("GO", 3, "291"), () => Unit()),
        new("S2103", () => Unit().Set("IY", 7, "2"), () => Unit()),
        new("S2104", () => Unit("1122").Set("IY", 3, "5"), () => Unit("1122")),
        new("S2105", () => new Draft().Set("SI", 3, "2"), () => new Draft("1122")),
        new("S2108", () => Details("", "07"), () => Details("01", "")),
        new("S4101", () => new Draft().After("SI", Record("SI", (2, "12"), (3, "1"), (4, "112007410"), (6, "73"), (7, "0"))), () => new()),
        new("S4151", () => new Draft().Set("SI", 9, "架空のコメント"), () => new Draft().Set("SI", 8, "810000001").Set("SI", 9, "架空のコメント")),
        new("S4841", () => Sections("60", "12"), () => Sections("12", "60")),
        new("S4842", () => Ward("10"), () => Ward("0")),
    ];

    private static IEnumerable<Sample> Sums =>
    [
        new("S3101", () => new Draft("1122").Set("KO", 6, "191"), () => OnlyInsured()),
        new("S3107", () => Meals("15000"), () => Meals("13400")),
        new("S4106", () => Meals("").Set("HO", 8, ""), () => Meals("13400")),
        new("S4107", () => Meals("13400").Set("HO", 8, ""), () => Meals("13400")),
        new("S3131", () => new Draft().Set("HO", 8, "3").Set("HO", 9, "0"), () => Meals("13400")),
    ];

    private static IEnumerable<Sample> Days =>
    [
        new("S3103", () => new Draft().Set("SI", 17, "1"), () => Twice()),
        new("S3104", () => Unit().Set("IY", 16, "").Set("IY", 17, "1"), () => Unit()),
        new("S3105", () => new Draft().Set("SI", 16, "").Set("SI", 44, "1"), () => new Draft().Month("202405").Set("SI", 16, "").Set("SI", 44, "1")),
        new("S3106", () => new Draft().Set("HO", 5, "31"), () => new Draft().Month("202405").Set("HO", 5, "31")),
        new("S4102", () => new Draft().Set("HO", 5, "0"), () => new()),
        new("S4103", () => new Draft("1122").Set("KO", 5, "2"), () => new Draft("1122").Set("HO", 5, "2")),
    ];

    private static IEnumerable<Sample> Admissions =>
    [
        new("S2106", () => Admitted().Set("RE", 9, ""), () => Admitted()),
        new("S3124", () => Admitted().Set("RE", 9, "20240701"), () => Admitted().Set("RE", 9, "20240501")),
        new("S3125", () => Admitted().Set("RE", 9, "19800430"), () => Admitted().Set("RE", 9, "19800501")),
        new("S3132", () => new Draft().Set("SI", 2, "90"), () => Admitted().Set("SI", 2, "90")),
        new("S3133", () => Excluded("08", ""), () => Excluded("08", "040080xx99x0xx".ToUpperInvariant())),
        new("S4104", () => Admitted().Set("SI", 2, "90").Set("RE", 9, "20240604"), () => Admitted().Set("SI", 2, "90")),
        new("S4105", () => Admitted().Set("HO", 5, "29"), () => Admitted().Set("HO", 5, "28")),
        new("S4131", () => new Draft().Set("RE", 9, "20240603"), () => Admitted()),
        new("S4132", () => new Draft().Set("RE", 23, "001"), () => new Draft().Set("RE", 22, "01").Set("RE", 23, "001")),
        new("S4133", () => Excluded("01", ""), () => Excluded("01", "").Set("SY", 4, "3")),
        new("S4852", () => Admitted().Set("RE", 22, "01").Set("RE", 27, "10"), () => new Draft().Set("RE", 22, "01").Set("RE", 27, "10")),
    ];

    private static IEnumerable<Sample> Donors =>
    [
        new("S2111", () => Donor().Set("TI", 3, "2"), () => Elsewhere()),
        new("S2112", () => Donor().Set("TR", 2, "2"), () => Donor()),
        new("S2113", () => WithoutLines(Donor()), () => Donor()),
        new("S3102", () => Donor().Set("TS", 3, "11"), () => Donor()),
        new("S4161", () => Donor().Set("TR", 4, "202407"), () => Donor().Set("TR", 4, "202405")),
        new("S4855", () => Donor().Set("TI", 4, "13"), () => Elsewhere()),
    ];

    private static IEnumerable<Sample> Confirmations =>
    [
        new("S2107", () => Confirmed("SN,1,01,,,,00,,", "SN,1,01,,,,00,,"), () => Confirmed("SN,1,01,,,,00,,")),
        new("S4141", () => Confirmed(Visits("1", 2)), () => Confirmed(Visits("1", 1))),
        new("S4142", () => Confirmed("1122", Visits("1", 1)), () => Confirmed("1122", Visits("1", 1), Visits("2", 1))),
        new("S4843", () => Confirmed(Visits("1", 1, first: 4)), () => Confirmed(Visits("1", 1))),
        new("S4844", () => Confirmed("1122", Visits("2", 1), Visits("1", 1)), () => Confirmed("1122", Visits("1", 1), Visits("2", 1))),
        new("S4845", () => Confirmed(Record("MF", (2, "03"))), () => Confirmed(Record("MF", (2, "02")))),
        new("S4846", () => new Draft("1212").After("KO", "SN,2,01,,,,,,"), () => Confirmed("SN,1,01,,,,00,,")),
        new("S4847", () => Confirmed("SN,1,01,,,,1,,"), () => Confirmed("SN,1,01,,,,01,,")),
    ];

    /// <summary>初診 and two drugs in one unit.</summary>
    internal static Draft Unit(string kind = "1112")
    {
        var draft = new Draft(kind).After("SI", Drug("21", kind), Drug("", kind).Replace(",1.5,,", ",1.5,30,", StringComparison.Ordinal));
        draft.Set("HO", 6, "321").Set("GO", 3, "321");
        return kind[2] == '2' ? draft.Set("KO", 6, "321") : draft;
    }

    internal static Draft Admitted() => new Draft("1111").Set("RE", 9, "20240603");

    internal static Draft Donor() => new Draft().Before(
        "GO",
        Record("TI", (2, "1"), (3, "1")),
        Record("TR", (2, "1"), (3, "1992"), (4, "202406"), (6, "2"), (7, "19851201")),
        Record("TS", (2, "1"), (3, "10")),
        Record("SY", (2, "0000999"), (3, "20240503"), (4, "1"), (6, "架空病")),
        Record("SI", (2, "12"), (3, "1"), (4, "112007410"), (6, "10"), (7, "1"), (16, "1")));

    private static string Drug(string section, string kind) =>
        Record("IY", (2, section), (3, Bearer(kind)), (4, "620098801"), (5, "1.5"), (7, "1"), (16, "1"));

    private static Draft Details(string first, string second) =>
        new Draft().After("SI", Record("SJ", (2, first), (3, "架空の症状")), Record("SJ", (2, second), (3, "架空の経過")));

    private static Draft Sections(string first, string second) => new Draft()
        .After("SI", Line(first), Line(second))
        .Set("HO", 6, "311").Set("GO", 3, "311");

    private static string Line(string section) => Record("SI", (2, section), (3, "1"), (4, "112007410"), (6, "10"), (7, "1"), (16, "1"));

    private static Draft Ward(string points) => Admitted()
        .After("SI", Record("SI", (2, "90"), (3, "1"), (4, "190620001"), (6, points), (7, "1"), (16, "1")))
        .Set("HO", 6, $"{291 + int.Parse(points, System.Globalization.CultureInfo.InvariantCulture)}")
        .Set("GO", 3, $"{291 + int.Parse(points, System.Globalization.CultureInfo.InvariantCulture)}");

    // One line that only the insurance bears: the 公費 is charged less.
    private static Draft OnlyInsured() => new Draft("1122")
        .After("SI", Line("12"))
        .Set("HO", 6, "301").Set("GO", 3, "301");

    private static Draft Meals(string amount) => Admitted()
        .After("SI", Record("SI", (2, "97"), (3, "1"), (4, "197000110"), (6, "670"), (7, "20"), (16, "2"), (17, "3"), (18, "3"), (19, "3"), (20, "3"), (21, "3"), (22, "3")))
        .Set("HO", 8, "20").Set("HO", 9, amount);

    private static Draft Twice() => new Draft().Set("SI", 7, "2").Set("SI", 17, "1").Set("HO", 5, "2").Set("HO", 6, "582").Set("GO", 3, "582");

    private static Draft Excluded(string reason, string code) => Admitted().Before("SY", Record("GR", (2, reason), (3, code)));

    private static Draft Elsewhere() => Donor()
        .Set("TI", 3, "2").Set("TI", 4, "13").Set("TI", 5, "1").Set("TI", 6, "9900013").Set("TI", 8, "架空病院").Set("TI", 9, "架空市架空町一丁目")
        .Set("SI", 16, "", 2);

    private static Draft WithoutLines(Draft donor)
    {
        donor.Lines.RemoveAt(donor.Lines.Count - 2);
        return donor;
    }

    private static string Visits(string bearer, int days, int first = 3) =>
        Record("JD", [(2, bearer), .. Enumerable.Range(first, days).Select(day => (JdFirst + day - 1, "1"))]);

    private const int JdFirst = 3;

    private static Draft Confirmed(params string[] records) => records[0].Length == 4
        ? new Draft(records[0]).Before("SY", records[1..])
        : new Draft().Before("SY", records);
}
