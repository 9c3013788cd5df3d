using Sekisho.Libraries.Tests.Formats.Masters;
using static Sekisho.Libraries.Tests.Formats.Checks.Draft;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Samples of what published numbers and masters decide; all but the file-only ones are checked with <see cref="SmallMasters"/>.</summary>
internal static class MasterSamples
{
    public static IEnumerable<Sample> All => [.. FileOnly, .. WithMasters.Select(s => s with { Masters = true })];

    private static IEnumerable<Sample> FileOnly =>
    [
        new("L2100", () => Old("201906"), () => Old("201907")) { Reception = 202207 },
        new("L2140", () => Confirmed("3"), () => Confirmed("2")),
        new("L3006", () => Aged("1118").Set("RE", 12, ""), () => Aged("1118").Set("RE", 12, "34")),
        new("L3080", () => new Draft().Set("HO", 2, "01130111"), () => new Draft().Set("HO", 2, "01130012")),
        new("L3087", () => new Draft().Set("HO", 2, "54136015"), () => new Draft().National()),
        new("L3089", () => new Draft("1122").Set("KO", 2, "06132013"), () => new Draft("1122")),
        new("L3140", () => new Draft().Set("RE", 7, "20090702"), () => new Draft().Set("RE", 7, "20090701")),
        new("L3380", () => Reduced(-300), () => Reduced(-200)),
        new("L3531", () => Meals("91"), () => Meals("90")),
        new("L4222", () => new Draft().Without("SY"), () => new()),
        new("L4252", () => new Draft().Before("SY", Record("GR", (2, "05"))), () => new Draft("1111").Set("RE", 9, "20240603").Before("SY", Record("GR", (2, "05")))),
        new("L4510", () => new Draft("1122").Set("KO", 7, "2910"), () => new Draft("1122").Set("KO", 7, "2909")),
        new("L4516", () => new Draft().Set("HO", 12, "2910"), () => new Draft().Set("HO", 12, "2909")),
        new("L4801", () => new Draft().Set("RE", 8, "70"), () => new Draft().National()),
        new("S3204", () => new Draft().Set("SY", 6, ""), () => new()),
        new("S3205", () => Service("612345678"), () => Service("112345678")),
        new("S3206", () => new Draft("1132").Set("KO", 2, "06132013", 2), () => new Draft("1132")),
        new("S4208", () => Commented("850990001", "５０６１３０１"), () => Commented("850990001", "５０６１２０１")),
        new("S4210", () => Material("777770000"), () => Material("700010000")),
        new("S4853", () => new Draft().Set("SY", 2, "9900001"), () => new Draft().Set("SY", 2, "9900001").Set("SY", 6, "")),
        new("S4861", () => Commented("850990001", "５０６０６０３／通過年月日"), () => Commented("850990001", "５０６０６０３")),
    ];

    private static IEnumerable<Sample> WithMasters =>
    [
        new("L3204", () => Disease("9900009"), () => Disease("9900001")),
        new("L3303", () => Service("199999910"), () => Service("190610001")),
        new("L3639", () => Outpatient("112011310"), () => Outpatient("112011310").Set("RE", 13, "200")),
        new("L4421", () => Service("190000110"), () => Inpatient(1)),
        new("L4451", () => new Draft().Set("SY", 3, "20240531"), () => new Draft().Set("SY", 3, "20240601")),
        new("L4454", () => Inpatient(2), () => Inpatient(1)),
        new("L4636", () => Service("112007410"), () => Service("112007410").Set("HO", 5, "2")),
        new("L4648", () => Management("201905"), () => Management("201905").Set("SI", 16, "", 2).Set("SI", 17, "1", 2)) { Reception = 201906 },
        new("L4676", () => Anaesthesia("480"), () => Anaesthesia("481")),
        new("L4805", () => new Draft().Set("RE", 13, "19"), () => Outpatient("112011310").Set("RE", 13, "200")),
        new("L7113", () => Times(3, 0), () => Times(2, 2)),
        new("S3201", () => Disease("9900002"), () => Disease("9900001")),
        new("S3202", () => Service("199900810"), () => Service("199900110")),
        new("S3203", () => Disease("9900001").Set("SY", 5, "20561067"), () => Disease("9900001").Set("SY", 5, "20561066")),
        new("S4201", () => Disease("9900003"), () => Disease("9900003").Set("SY", 5, "2056")),
        new("S4202", () => Inpatient(1).After("SI", Record("SI", (2, "92"), (3, "1"), (4, "199900210"), (6, "0"), (7, "1"), (16, "1"))), () => Service("199900210")),
        new("S4203", () => Service("199900310"), () => new Draft("1318").Elderly().After("SI", Line("199900310", 1))),
        new("S4204", () => Outpatient("112011310").Set("RE", 13, "200").After("SI", Line("199900410", 1)), () => Service("199900410")),
        new("S4205", () => Child("20210601"), () => Child("20210602")),
        new("S4206", () => Service("199900110").Set("SI", 7, "2", 2).Set("SI", 16, "2", 2), () => Service("199900110")),
        new("S4207", () => Drug("620000001"), () => Drug("620098801")),
        new("S4209", () => Service("199900710"), () => Service("199900710").Set("SI", 5, "30", 2)),
    ];

    private static string Line(string code, int times) => Record("SI", (2, "60"), (3, "1"), (4, code), (6, "0"), (7, $"{times}"), (16, $"{times}"));

    private static Draft Service(string code) => new Draft().After("SI", Line(code, 1));

    private static Draft Disease(string code) => new Draft().Set("SY", 2, code).Set("SY", 6, "");

    private static Draft Outpatient(string code) => new Draft().Set("SI", 2, "12").Set("SI", 4, code);

    private static Draft Old(string month) =>
        new Draft().Set("RE", 4, month).Set("SY", 3, month + "03").Set("IR", 8, "202207");

    private static Draft Confirmed(string bearer) => new Draft("1122").After("KO", Record("SN", (2, "1"), (3, "01"), (7, "00")), Record("JD", (2, "1"), (5, "1")), Record("JD", (2, bearer), (5, "1")));

    private static Draft Reduced(int points)
    {
        var total = $"{291 + points}";
        return new Draft("1122").Set("HO", 6, total).Set("KO", 6, total).Set("GO", 3, total)
            .After("SI", Record("SI", (2, "60"), (3, "2"), (4, "199900110"), (6, $"{points}"), (7, "1"), (16, "1")));
    }

    private static Draft Aged(string kind) => new Draft(kind).Set("RE", 7, "19530501");

    private static Draft Meals(string times) =>
        new Draft("1111").Set("RE", 9, "20240603").Set("HO", 8, times).Set("HO", 9, "1000")
            .After("SI", Record("SI", (2, "97"), (3, "1"), (4, "197000110"), (6, "1000"), (7, "1"), (16, "1")));

    private static Draft Commented(string code, string text) => new Draft().After("SI", Record("CO", (2, "60"), (3, "1"), (4, code), (5, text)));

    private static Draft Material(string code) =>
        new Draft().After("SI", Record("TO", (2, "40"), (3, "1"), (4, code), (5, "1"), (6, "0"), (7, "1"), (9, "1"), (20, "1")));

    private static Draft Drug(string code) =>
        new Draft().After("SI", Record("IY", (2, "21"), (3, "1"), (4, code), (5, "1.5"), (6, "0"), (7, "1"), (16, "1")));

    private static Draft Inpatient(int days) =>
        new Draft("1111").Set("RE", 9, "20240603").After("SI", Record("SI", (2, "90"), (3, "1"), (4, "190000110"), (6, "0"), (7, $"{days}"), (16, "1"), (17, days > 1 ? "1" : "")));

    private static Draft Management(string month) =>
        new Draft().Set("RE", 4, month).Set("SY", 3, month + "03").Set("IR", 8, "201906")
            .Set("SI", 2, "12").Set("SI", 4, "112007410")
            .After("SI", Record("SI", (2, "12"), (3, "1"), (4, "112011010"), (6, "0"), (7, "1"), (16, "1")), Record("SI", (2, "60"), (3, "1"), (4, "199901110"), (6, "0"), (7, "1"), (16, "1")));

    private static Draft Anaesthesia(string minutes) =>
        new Draft("1111").Set("RE", 9, "20240603").After(
            "SI",
            Record("SI", (2, "54"), (3, "1"), (4, "199900910"), (5, minutes), (6, "0"), (7, "1"), (16, "1")),
            Record("SI", (2, "54"), (3, "1"), (4, "199901070"), (6, "0"), (7, "1"), (16, "1")));

    private static Draft Times(int first, int second) =>
        new Draft().After("SI", Record("SI", (2, "40"), (3, "1"), (4, "199900610"), (6, "0"), (7, $"{first + second}"), (16, $"{first}"), (17, second > 0 ? $"{second}" : "")));

    private static Draft Child(string birth) =>
        new Draft("1114").Set("RE", 7, birth).After("SI", Line("199900510", 1));
}
