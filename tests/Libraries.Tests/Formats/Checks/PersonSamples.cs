using static Sekisho.Libraries.Tests.Formats.Checks.Draft;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Samples of ages, dates, diseases and payers. Every pair stands at the edge: one day, one month, one code apart.</summary>
internal static class PersonSamples
{
    public static IEnumerable<Sample> All => [.. Ages, .. Dates, .. Payers, .. Rates];

    private static IEnumerable<Sample> Ages =>
    [
        new("S3111", () => Born("1114", "20240701"), () => Born("1114", "20240603")),
        // 70 is completed the day before the birthday: who is born on June 1 on May 31, who is born on June 2 in June.
        new("S3112", () => Born("1118", "19540602"), () => Born("1118", "19540601")),
        new("S3113", () => Born("1112", "19540601"), () => Born("1112", "19540602")),
        // 後期高齢者医療 begins on the 75th birthday itself.
        new("S3114", () => Born("1118", "19490601"), () => Born("1118", "19490602")),
        new("S3115", () => new Draft("1318").Elderly("19590702"), () => new Draft("1318").Elderly("19590701")),
        new("S3116", () => Born("1116", "20180402"), () => Born("1116", "20180401")),
        new("S4111", () => new Draft("1318").Elderly("18980501"), () => new Draft("1318").Elderly("18990501")),
        new("S4112", () => new Draft().Set("RE", 38, "001"), () => new Draft().Set("RE", 6, "2").Set("RE", 38, "001")),
    ];

    private static IEnumerable<Sample> Dates =>
    [
        new("S4011", () => new Draft().Set("IR", 8, "202408"), () => new Draft().Set("IR", 8, "202406").Month("202405")),
        new("S3121", () => new Draft().Month("202408"), () => new Draft().Month("202407")),
        new("S3122", () => new Draft().Set("SY", 3, "20240701"), () => new Draft().Set("SY", 3, "20240630")),
        new("S3123", () => new Draft().Set("SY", 3, "19800430"), () => new Draft().Set("SY", 3, "19800501")),
        new("S3151", () => new Draft().Set("SY", 6, ""), () => new Draft().Set("SY", 2, "8833421").Set("SY", 6, "")),
        new("S4853", () => new Draft().Set("SY", 2, "8833421"), () => new()),
        new("S4854", () => new Draft().Set("SY", 5, "8002"), () => new Draft().Set("SY", 2, "8833421").Set("SY", 5, "8002").Set("SY", 6, "")),
    ];

    private static IEnumerable<Sample> Payers =>
    [
        new("S3141", () => new Draft("1112").Elderly("19540602"), () => new Draft("1318").Elderly()),
        new("S3142", () => new Draft().National().Set("IR", 2, "1"), () => new Draft().National()),
        new("S3143", () => new Draft().Set("HO", 2, "54136015"), () => new()),
        new("S3144", () => new Draft("1122").Set("KO", 2, "06132013"), () => new Draft("1122")),
        new("S3147", () => new Draft().Set("RE", 12, "42"), () => new Draft("1318").Elderly().Set("RE", 12, "42")),
        new("S4121", () => Swapped(), () => new Draft("1132")),
        new("S4122", () => new Draft("1132").Set("KO", 2, "54136015", 2), () => new Draft("1132").Set("KO", 2, "54136015", 2).Set("KO", 3, "7654320", 2)),
        new("S4123", () => new Draft("1122").Set("KO", 3, ""), () => new Draft("1122").Set("KO", 2, "30136014").Set("KO", 3, "")),
        new("S4124", () => new Draft("1122").Set("KO", 9, "500"), () => new Draft("1122").Set("KO", 8, "500")),
        new("S4129", () => new Draft().Set("RE", 12, "2827"), () => new Draft().Set("RE", 12, "0228")),
        new("S4848", () => new Draft().Set("RE", 12, "2828"), () => new Draft().Set("RE", 12, "28")),
        new("S4850", () => new Draft("1122").Set("KO", 4, "1"), () => new Draft("1122").National().Set("KO", 4, "1")),
        new("S4851", () => new Draft("1122").Set("KO", 2, "30136014"), () => new Draft("1122").Set("KO", 2, "30136014").Set("KO", 3, "")),
    ];

    private static IEnumerable<Sample> Rates =>
    [
        new("S3145", () => new Draft().National(rate: ""), () => new Draft().National()),
        new("S3146", () => new Draft().National(rate: "700"), () => new Draft().National(rate: "100")),
        new("S4125", () => Born("1118", "19540601").National(rate: "70"), () => Born("1118", "19540601").National(rate: "80")),
        new("S4126", () => Born("1112", "19540602").Set("RE", 11, "1"), () => Born("1118", "19540601").Set("RE", 11, "1").Set("RE", 12, "30")),
        new("S4127", () => new Draft().Set("HO", 10, "2"), () => new Draft().Set("HO", 2, "02130011").Set("HO", 10, "2")),
        new("S4128", () => new Draft().Set("HO", 13, "1"), () => new Draft().Set("HO", 13, "1").Set("HO", 14, "50")),
        new("S4849", () => new Draft().Set("HO", 11, "1"), () => new Draft().National().Set("HO", 11, "1")),
    ];

    private static Draft Born(string kind, string birth) => new Draft(kind).Set("RE", 7, birth);

    // 第一公費 and 第二公費 in each other's place.
    private static Draft Swapped() => new Draft("1132").Set("KO", 2, "51136018").Set("KO", 2, "54136015", 2);
}
