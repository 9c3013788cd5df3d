using System.Text;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>Masters in the official layouts that know every code of the generated files, and some codes of which each has one peculiarity. Names are invented.</summary>
internal static class MasterFiles
{
    public const string EndedDisease = "9900002", DependentDisease = "9900003", UninsuredDisease = "9900004", TransitionalDrug = "629999901";

    public const string EndedService = "199900110", HospitalVisit = "199900210", InpatientOnly = "199900310", OutpatientOnly = "199900410", ElderlyOnly = "199900510",
        ClinicOnly = "199900610", HospitalOnly = "199900710", InfantOnly = "199900810", OncePerDay = "199900910", Measured = "199901010", LongAnaesthesia = "199901170",
        LimitedToTwo = "199901210", LoadTest = "199901310";

    private static readonly Lazy<MasterSet> Loaded = new(Load);

    public static MasterSet Set => Loaded.Value;

    private static string[] Diseases =>
    [
        .. Codes.Diseases.Append(Codes.Uncoded).Select(c => Disease(c)),
        Disease(EndedDisease, (1, "9"), (24, "20231231")), Disease(DependentDisease, (19, "01")), Disease(UninsuredDisease, (20, "1")),
    ];

    // 項番: 8 データ規格, 13 入外, 14 後期, 19 病院・診療所, 27 実日数, 28 日数・回数, 36 上限回数, 41・42 年齢, 56 外来管理加算, 90–92 区分番号.
    private static string[] Procedures =>
    [
        .. Codes.Procedures.Except([Codes.First, Codes.Again, Codes.Management, Codes.Stay]).Distinct().Select(c => Procedure(c)),
        Procedure(Codes.First, (27, "2"), (28, "1"), (90, "1"), (91, "01"), (92, "000")),
        Procedure(Codes.Again, (27, "2"), (28, "2"), (90, "1"), (91, "01"), (92, "001")),
        Procedure(Codes.Management, (56, "2")),
        Procedure(Codes.Stay, (13, "1"), (27, "3"), (28, "3")),
        Procedure(EndedService, (1, "9"), (88, "20190131")),
        Procedure(HospitalVisit, (19, "1"), (90, "1"), (91, "01"), (92, "002")),
        Procedure(InpatientOnly, (13, "1")),
        Procedure(OutpatientOnly, (13, "2")),
        Procedure(ElderlyOnly, (14, "2")),
        Procedure(ClinicOnly, (19, "2")),
        Procedure(HospitalOnly, (19, "1")),
        Procedure(InfantOnly, (41, "00"), (42, "B3")),
        Procedure(OncePerDay, (27, "1")),
        Procedure(Measured, (8, "1")),
        Procedure(LongAnaesthesia, (68, "7"), (116, "1")),
        Procedure(LimitedToTwo, (36, "2")),
        Procedure(LoadTest, (56, "1")),
    ];

    private static string Disease(string code, params (int, string)[] more) =>
        Line(46, [(1, "0"), (2, "B"), (3, code), (4, code), (6, "架空病"), (19, "00"), (20, "0"), (22, "20100601"), (23, "20240601"), (24, "99999999"), .. more]);

    private static string Modifier(string code) => Line(19, [(1, "0"), (2, "Z"), (3, code), (7, "架空"), (14, "20100601"), (15, "20240601"), (16, "99999999")]);

    private static string Procedure(string code, params (int, string)[] more) =>
        Line(150, [(1, "0"), (2, "S"), (3, code), (5, "架空行為"), (11, "3"), (41, "00"), (42, "00"), (68, "1"), (87, "20180401"), (88, "99999999"), .. more]);

    private static string Drug(string code, params (int, string)[] more) => Line(35, [(1, "0"), (2, "Y"), (3, code), (5, "カクウ錠"), (30, "20180401"), (31, "99999999"), (34, "0"), .. more]);

    private static string Material(string code) =>
        Line(37, [(1, "0"), (2, "T"), (3, code), (5, "架空器材"), (15, "00"), (16, "00"), (28, "20180401"), (29, "00000000"), (30, "99999999")]);

    private static string Comment(string code) => Line(30, [(1, "0"), (2, "C"), (3, "8"), (4, code[1..3]), (5, code[3..]), (7, "架空"), (10, "3"), (11, "2"), (21, "20180401"), (22, "99999999"), (23, code)]);

    private static string Line(int columns, (int Column, string Value)[] values)
    {
        var cells = Enumerable.Repeat("\"\"", columns).ToArray();
        foreach (var (column, value) in values)
        {
            cells[column - 1] = $"\"{value}\"";
        }

        return string.Join(',', cells);
    }

    /// <summary>Writes the files, for the loader and for whoever damages them.</summary>
    public static void Write(string folder)
    {
        foreach (var edition in (string[])["20180401", "20190401", "20240601", "20251001", "20260601"])
        {
            Save(folder, $"b_{edition}.csv", Diseases);
            Save(folder, $"z_{edition}.csv", [.. Codes.Modifiers.Select(Modifier)]);
            Save(folder, $"s_ALL{edition}.csv", Procedures);
            Save(folder, $"y_{edition}.csv", [.. Codes.Drugs.Select(c => Drug(c)), Drug(TransitionalDrug, (34, "20190331"))]);
            Save(folder, $"t_ALL{edition}.csv", [.. Codes.Materials.Select(Material)]);
            Save(folder, $"c_ALL{edition}.csv", [.. Codes.Comments.Select(Comment)]);
        }
    }

    private static void Save(string folder, string name, string[] lines) =>
        File.WriteAllText(Path.Combine(folder, name), string.Join("\r\n", lines) + "\r\n", CodePagesEncodingProvider.Instance.GetEncoding(932)!);

    private static MasterSet Load()
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-masters-");
        try
        {
            Write(folder.FullName);
            return MasterSet.Load(folder.FullName, 1).Masters;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
