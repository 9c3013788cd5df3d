using System.Globalization;
using System.Text;
using Sekisho.Formats.Claims.Masters;

namespace Sekisho.Libraries.Tests.Formats.Masters;

/// <summary>
/// A handful of codes in the official layouts, made here and read by the loader like any master. Codes and names are invented, except those of
/// the drafts. One edition of June 2024 that counts as full.
/// </summary>
internal static class SmallMasters
{
    private static readonly Lazy<MasterSet> Loaded = new(Load);

    public static MasterSet Set => Loaded.Value;

    /// <summary>Lines of the official layouts by file name.</summary>
    public static Dictionary<string, string[]> Files => new()
    {
        ["b_20240601.csv"] =
        [
            Disease("0000999", "＊＊　未コード化傷病名　＊＊"),
            Disease("9900001", "架空熱"),
            Disease("9900002", "関所病", ("4", "9900001"), ("24", "20231231"), ("1", "9")),
            Disease("9900003", "関所骨折", ("19", "01")),
            Disease("9900004", "手形紛失（保険外）", ("20", "1")),
        ],
        ["z_20240601.csv"] = [Modifier("8002", "の疑い"), Modifier("2056", "右"), Modifier("1066", "足")],
        ["s_ALL20240601.csv"] =
        [
            Procedure("111000110", "架空初診料", ("27", "2"), ("28", "1"), ("90", "1"), ("91", "01"), ("92", "000")),
            Procedure("112007410", "架空再診料", ("27", "2"), ("28", "2"), ("90", "1"), ("91", "01"), ("92", "001")),
            Procedure("112011310", "架空外来診療料", ("19", "1"), ("27", "2"), ("28", "2"), ("90", "1"), ("91", "01"), ("92", "002")),
            Procedure("190000110", "架空入院基本料", ("13", "1"), ("27", "3"), ("28", "3")),
            Procedure("199900110", "架空検査", ("27", "1")),
            Procedure("199900210", "架空処方箋料", ("13", "2")),
            Procedure("199900310", "架空後期指導料", ("14", "2")),
            Procedure("199900410", "架空診療所加算", ("19", "2")),
            Procedure("199900510", "架空乳幼児検査", ("41", "00"), ("42", "B3")),
            Procedure("199900610", "架空処置（上限２回）", ("36", "2")),
            Procedure("199900710", "架空マッサージ", ("8", "1")),
            Procedure("199900810", "架空終了検査", ("1", "9"), ("88", "20240531")),
            Procedure("199900910", "架空全身麻酔", ("8", "1"), ("23", "5")),
            Procedure("199901070", "架空長時間麻酔管理加算", ("68", "7"), ("116", "1")),
        ],
        ["y_20240601.csv"] = [Drug("620098801", "カクウ錠１ｍｇ"), Drug("620000001", "セキショ散", ("34", "20240331"))],
        ["t_ALL20240601.csv"] = [Material("700010000", "架空フィルム"), Material("700020000", "架空乳幼児フィルム", ("16", "06"))],
        ["c_ALL20240601.csv"] =
        [
            Comment("810000001", ""),
            Comment("820990001", "関所を通過"),
            Comment("820000242", "保険者等同意済み"),
            Comment("840990001", "関所　　日", ("10", "3"), ("11", "2")),
            Comment("850990001", "通過年月日"),
        ],
    };

    /// <summary>The same as of April 2018, for what is dated.</summary>
    public static string[] Earlier =>
    [
        Procedure("112007410", "架空再診料", ("27", "2"), ("28", "2"), ("87", "20180401")),
        Procedure("111000110", "架空初診料", ("27", "2"), ("28", "1"), ("87", "20180401")),
        Procedure("112011010", "架空外来管理加算", ("56", "2"), ("87", "20180401")),
        Procedure("199901110", "架空負荷検査", ("56", "1"), ("87", "20180401")),
    ];

    public static string Line(int columns, params (string Column, string Value)[] values)
    {
        var cells = new string[columns];
        Array.Fill(cells, "");
        foreach (var (column, value) in values)
        {
            cells[int.Parse(column, CultureInfo.InvariantCulture) - 1] = value;
        }

        return string.Join(',', cells.Select(c => $"\"{c}\""));
    }

    public static string Disease(string code, string name, params (string, string)[] more) =>
        Line(46, [("1", "0"), ("2", "B"), ("3", code), ("4", code), ("6", name), ("19", "00"), ("20", "0"), ("22", "20100601"), ("24", "99999999"), .. more]);

    public static string Modifier(string code, string name, params (string, string)[] more) =>
        Line(19, [("1", "0"), ("2", "Z"), ("3", code), ("7", name), ("16", "99999999"), .. more]);

    public static string Procedure(string code, string name, params (string, string)[] more) =>
        Line(150, [("1", "0"), ("2", "S"), ("3", code), ("5", name), ("11", "3"), ("41", "00"), ("42", "00"), ("68", "1"), ("87", "20240601"), ("88", "99999999"), .. more]);

    public static string Drug(string code, string name, params (string, string)[] more) =>
        Line(35, [("1", "0"), ("2", "Y"), ("3", code), ("5", name), ("30", "20240401"), ("31", "99999999"), ("34", "0"), .. more]);

    public static string Material(string code, string name, params (string, string)[] more) =>
        Line(37, [("1", "0"), ("2", "T"), ("3", code), ("5", name), ("15", "00"), ("16", "00"), ("28", "20240601"), ("29", "00000000"), ("30", "99999999"), .. more]);

    public static string Comment(string code, string name, params (string, string)[] more) =>
        Line(30, [("1", "0"), ("2", "C"), ("3", "8"), ("4", code[1..3]), ("7", name), ("21", "20240601"), ("22", "99999999"), ("23", code), .. more]);

    /// <summary>Writes files into a fresh folder, loads them, and takes the folder away.</summary>
    public static (MasterSet Masters, IReadOnlyList<MasterLoad> Report) Load(Dictionary<string, string[]> files, int? whole = 1)
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-masters-");
        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(932)!;
            foreach (var (name, lines) in files)
            {
                File.WriteAllText(Path.Combine(folder.FullName, name), string.Join("\r\n", lines) + "\r\n", encoding);
            }

            return MasterSet.Load(folder.FullName, whole);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static MasterSet Load() => Load(new Dictionary<string, string[]>(Files) { ["s_ALL20180401.csv"] = Earlier }).Masters;
}
