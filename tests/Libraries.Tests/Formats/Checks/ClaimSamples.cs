using static Sekisho.Libraries.Tests.Formats.Checks.Draft;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Samples of what concerns one claim.</summary>
internal static class ClaimSamples
{
    public static IEnumerable<Sample> All =>
    [
        new("L2541", () => new Draft().Set("RE", 6, ""), () => new Draft().Set("RE", 37, "")),
        new("L2102", () => new Draft().Set("RE", 22, "32"), () => new Draft().Set("RE", 22, "01")),
        new("L2140", () => Confirmed("6"), () => Confirmed("1")),
        new("L2187", () => new Draft("1122").Set("KO", 2, "5413601"), () => new Draft("1122")),
        new("L2361", () => Drug("62000880"), () => Drug("620098801")),
        new("S2001", () => new Draft().Set("RE", 5, "関所 太郎"), () => new Draft().Set("RE", 5, "SEKISHO TARO")),
        new("S2002", () => new Draft().Set("RE", 5, "関所　" + new string('太', 18)), () => new Draft().Set("RE", 5, "関所　" + new string('太', 17))),
        new("S2003", () => new Draft().Set("SI", 4, "11100011"), () => new()),
        new("S2004", () => new Draft().Set("SY", 4, "5"), () => new Draft().Set("SY", 4, "4")),
        new("S2005", () => new Draft().Set("SY", 3, "20240230"), () => new Draft().Set("SY", 3, "20240229")),
        new("S2006", () => new Draft().Set("SY", 6, "QQ").Raw("QQ", 0x89, 0xCB, 0x80), () => new Draft().Set("SY", 6, "架空")),
        new("S2007", () => new Draft().Set("SY", 9, "1"), () => new Draft().Set("SY", 8, "補足")),
        new("S4001", () => new Draft("1122").Set("KO", 3, "123456"), () => new Draft("1122").Set("KO", 3, "0123455")),
        new("L4834", () => new Draft().Set("RE", 37, "ｾｷｼﾖ"), () => new Draft().Set("RE", 37, new string('ア', 40))),
        new("S4803", () => new Draft().Set("RE", 5, "髙橋　花子"), () => new Draft().Set("RE", 5, "高橋　花子")),
        new("S4804", () => new Draft().Set("HO", 7, "1"), () => Resubmitted()),
        new("S4805", () => new Draft().Cut("SY", 7), () => new Draft().Set("SY", 7, "")),
        new("S4806", () => new Draft().Set("HO", 5, "01"), () => new Draft().Set("HO", 12, "0")),
        new("S4807", () => new Draft().Set("RE", 5, "関所　太郎　"), () => new()),
        new("S4821", () => new Draft().Set("HO", 2, "06132014"), () => new Draft().National()),
        new("S4822", () => new Draft("1212").Set("KO", 2, "54136016"), () => new Draft("1212")),
        new("S4823", () => new Draft("1122").Set("KO", 3, "1234567"), () => new Draft("1122").Set("KO", 3, "1234566")),
        new("L2900", () => new Draft().Set("RE", 3, "1122").Set("SI", 3, "2"), () => new Draft("1132")),
        new("L2951", () => new Draft().Set("RE", 4, "202400"), () => new Draft().Month("202401")),
        new("L2133", () => new Draft().Set("RE", 7, "19800431"), () => new Draft().Set("RE", 7, "19800430")),
        new("L2162", () => new Draft().Set("HO", 4, ""), () => new Draft().Set("HO", 3, "")),
        new("L2167", () => new Draft().Set("HO", 2, "138057"), () => new Draft().National()),
        new("L2257", () => new Draft().Set("SY", 2, "999"), () => new Draft().Set("SY", 2, "0000999")),
        new("L3001", () => new Draft().Set("RE", 5, "　　"), () => new Draft().Set("RE", 5, "関所　花子")),
        // Born on April 1: completes six years on March 31, and from April on is no longer 未就学者. Born on April 2: a year more.
        new("L3129", () => Child("1114", "20180401", "202404"), () => Child("1114", "20180402", "202404")),
        new("L3220", () => new Draft().Set("SY", 7, "02"), () => new Draft().Set("SY", 7, "")),
        new("L4800", () => new Draft().Set("RE", 7, "3550501"), () => new Draft().Set("RE", 7, "19800501")),
    ];

    private static Draft Confirmed(string bearer) => new Draft().After("HO", Record("SN", (2, bearer), (3, "01"), (7, "00")));

    private static Draft Drug(string code) => new Draft().After("SI", Record("IY", (2, "21"), (3, "1"), (4, code), (5, "1.5"), (6, "0"), (7, "1"), (16, "1")));

    private static Draft Child(string kind, string birth, string month) => new Draft(kind).Month(month).Set("RE", 7, birth);

    // What the payer recorded in a claim that came back stays as it is.
    private static Draft Resubmitted() => new Draft()
        .Set("RE", 19, "13450607990000010")
        .Set("RE", 20, "1")
        .After("HO", Record("SN", (2, "1"), (3, "02"), (4, "06132013"), (7, "00")));
}
