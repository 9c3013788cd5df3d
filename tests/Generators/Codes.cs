namespace Sekisho.Generators;

/// <summary>The codes that generated claims use, with names of our own: they have the form of the masters' codes and claim nothing about them.</summary>
internal static class Codes
{
    public const string Uncoded = "0000999", FreeText = "810000001";

    public static readonly string[] Diseases = ["8833421", "2500013", "4019014", "5559001", "4659007", "7840024", "2720004", "8848176"];
    public static readonly string[] Modifiers = ["8002", "2056", "2049", "2057", "4012"];
    public static readonly string[] Drugs = ["620098801", "611170005", "622265501", "620003855", "622038501", "620004422"];
    public static readonly string[] Materials = ["710010001", "700590000", "710010023", "739200000"];
    public static readonly string[] Comments = [FreeText, "820000001", "830000001", "840000001", "850100001"];
    public static readonly string[] Procedures =
    [
        First, Again, Management, .. Guidance, Home, Dispensing, Prescribing, DispensingBase, Prescription, .. Injections, .. Treatments, Surgery, Donation, Anaesthesia,
        .. Tests, Judgement, Imaging, Ward, Stay, Special, Meal, Reduction, Supply,
    ];

    public const string First = "111000110", Again = "112007410", Management = "112011010", Home = "114001110", Dispensing = "120000710", Prescribing = "120001210",
        DispensingBase = "120001810", Prescription = "120002910", Surgery = "150183410", Donation = "150999910", Anaesthesia = "150231450", Judgement = "160061710",
        Imaging = "170000410", Ward = "190610010", Stay = "190117710", Special = "190101970", Meal = "197000110", Reduction = "120999970", Supply = "120999810";

    public static ReadOnlySpan<string> Guidance => new[] { "113001810", "113003710" };

    public static ReadOnlySpan<string> Injections => new[] { "130000510", "130003510", "130003810" };

    public static ReadOnlySpan<string> Treatments => new[] { "140000610", "140007710" };

    public static ReadOnlySpan<string> Tests => new[] { "160008010", "160019410", "160020910", "160022510" };
}
