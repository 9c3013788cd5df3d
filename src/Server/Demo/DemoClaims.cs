using System.Globalization;
using Sekisho.Formats.Claims.Writing;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Server.Demo;

/// <summary>
/// A synthetic claim file of the demo clinic for 支払基金: twelve outpatient claims of fictional people. Four have one deliberate fault each, so that the
/// result shows something of every severity, and one goes to an insurer nobody here knows.
/// </summary>
internal static class DemoClaims
{
    private const int DaysOfMonth = 31;

    private static readonly Act _first = new("11", "111000110", 291);
    private static readonly Act _again = new("12", "112007410", 75);
    private static readonly Act _care = new("12", "112011010", 52);
    private static readonly Act _chronic = new("13", "113001810", 225);
    private static readonly Act _prescription = new("80", "120002910", 60);

    private static readonly Act _remedy = new("21", "620002023", 2) { Amount = "3", Times = 5 };
    private static readonly Act _dispensing = new("24", "120000710", 11);
    private static readonly Act _order = new("25", "120001210", 42);

    /// <summary>診療行為 with its points, or (内服) a 医薬品 with those of a day's dose.</summary>
    private sealed record Act(string Section, string Code, int Points)
    {
        public string Amount { get; init; } = "";

        /// <summary>日数 of a 医薬品.</summary>
        public int Times { get; init; } = 1;

        public string Record => Amount.Length > 0 ? "IY" : "SI";
    }

    /// <summary>One day at the clinic.</summary>
    private sealed record Visit(int Day, params Act[] Acts);

    private sealed record Patient(string Name, string Kana, string Sex, string Born, string Kind, string Insurer, string Number, string Disease, params Visit[] Visits)
    {
        public string Main { get; init; } = "01";

        public string Branch { get; init; } = "01";
    }

    private static readonly Patient[] _patients =
    [
        new("関所　一郎", "セキショイチロウ", "1", "19680412", "1112", DemoCast.Insurer, "１０１", "8833421", new Visit(4, _again, _care, _chronic, _prescription), new Visit(18, _again, _care, _chronic, _prescription)),
        new("見本　春子", "ミホンハルコ", "2", "19920703", "1112", DemoCast.Insurer, "１０２", "4659007", new Visit(6, _first, _prescription)),
        new("試験　太郎", "シケンタロウ", "1", "19651120", "1112", DemoCast.Insurer, "１０３", "8844446", new Visit(11, _again, _care, _chronic, _prescription)),
        new("架空　夏美", "カクウナツミ", "2", "19860228", "1116", DemoCast.Insurer, "１０４", "4779004", new Visit(7, _first, _prescription)),
        new("仮名　秋男", "カメイアキオ", "1", "20010915", "1112", DemoCast.Insurer, "１０５", "0091009", new Visit(13, _first), new Visit(15, _again, _care, _remedy, _dispensing, _order)),
        new("例示　冬子", "レイジフユコ", "2", "19790101", "1112", DemoCast.OtherInsurer, "２０１", "5301002", new Visit(5, _again, _care, _prescription)) { Main = "02" },
        new("練習　次郎", "レンシュウジロウ", "1", "19720831", "1112", DemoCast.OtherInsurer, "２０２", "4939008", new Visit(3, _again, _care, _chronic), new Visit(17, _again, _care, _chronic), new Visit(28, _again, _care)),
        new("模擬　さくら", "モギサクラ", "2", "20100505", "1114", DemoCast.OtherInsurer, "２０３", "4609008", new Visit(20, _first, _prescription)) { Branch = "02" },
        new("想定　三郎", "ソウテイサブロウ", "1", "19640220", "1112", DemoCast.OtherInsurer, "", "8840829", new Visit(10, _first)),
        new("雛形　四季", "ヒナガタシキ", "2", "3630310", "1112", DemoCast.OtherInsurer, "２０５", "8841304", new Visit(12, _first, _prescription)),
        new("手本　五郎", "テホンゴロウ", "1", "19480606", "1212", "", "", "8833421", new Visit(9, _again, _care, _chronic, _prescription)),
        new("未知　六花", "ミチリッカ", "2", "19951224", "1112", DemoCast.UnknownInsurer, "３０１", "4660009", new Visit(14, _first, _prescription), new Visit(19, _again, _care)),
    ];

    /// <summary>Claims of the month before <paramref name="billing"/>.</summary>
    public static void Write(string path, YearMonth billing)
    {
        using var bytes = new MemoryStream();
        Write(bytes, billing);
        PrivateFile.Write(path, bytes.ToArray());
    }

    public static void Write(Stream to, YearMonth billing)
    {
        var file = new ClaimFileWriter(to);
        file.Record(
            "IR", ("審査支払機関", "1"), ("都道府県", DemoCast.Clinic[..2]), ("点数表", DemoCast.Clinic[2..3]), ("医療機関コード", DemoCast.Clinic[3..]),
            ("医療機関名称", DemoCast.ClinicName), ("請求年月", billing.ToString()), ("マルチボリューム識別情報", "00"), ("電話番号", "03-0000-0000"));
        for (var i = 0; i < _patients.Length; i++)
        {
            Claim(file, i + 1, _patients[i], billing.Add(-1));
        }

        file.Record(
            "GO", ("総件数", Text(_patients.Length)), ("総合計点数", Text(_patients.Sum(Points))), ("マルチボリューム識別情報", "99"));
        file.Complete();
    }

    private static void Claim(ClaimFileWriter file, int number, Patient patient, YearMonth month)
    {
        file.Record(
            "RE", ("レセプト番号", Text(number)), ("レセプト種別", patient.Kind), ("診療年月", month.ToString()), ("氏名", patient.Name), ("男女区分", patient.Sex),
            ("生年月日", patient.Born), ("カルテ番号等", string.Create(CultureInfo.InvariantCulture, $"{number:D5}")), ("カタカナ（氏名）", patient.Kana));
        var share = Payer(file, patient);
        var days = patient.Visits.Select(v => (v.Day + 2, "1")).ToArray();
        if (share == "1")
        {
            file.Record("SN", ("負担者種別", "1"), ("確認区分", "01"), ("枝番", patient.Branch));
        }

        file.Record("JD", [(2, share == "1" ? "1" : "2"), .. days]);
        file.Record("MF", ("窓口負担額区分", "00"));
        file.Record(
            "SY", ("傷病名コード", patient.Disease), ("診療開始日", string.Create(CultureInfo.InvariantCulture, $"{month}{patient.Visits[0].Day:D2}")),
            ("転帰区分", "1"), ("主傷病", patient.Main));
        foreach (var act in patient.Visits.SelectMany(v => v.Acts).Distinct().OrderBy(a => a.Section, StringComparer.Ordinal))
        {
            Performed(file, act, share, [.. patient.Visits.Where(v => v.Acts.Contains(act)).Select(v => v.Day)]);
        }
    }

    /// <summary>HO, or KO when only public money pays; returns the 負担区分.</summary>
    private static string Payer(ClaimFileWriter file, Patient patient)
    {
        var (days, points) = (Text(patient.Visits.Length), Text(Points(patient)));
        if (patient.Insurer.Length == 0)
        {
            file.Record("KO", ("負担者番号", DemoCast.Welfare), ("受給者番号", "0000018"), ("診療実日数", days), ("合計点数", points));
            return "5";
        }

        file.Record("HO", ("保険者番号", patient.Insurer), ("被保険者証（手帳）等の記号", "デモ"), ("被保険者証（手帳）等の番号", patient.Number), ("診療実日数", days), ("合計点数", points));
        return "1";
    }

    private static void Performed(ClaimFileWriter file, Act act, string share, int[] days) => file.Record(
        act.Record,
        [
            (2, act.Section), (3, share), (4, act.Code), (5, act.Amount), (6, Text(act.Points)), (7, Text(days.Length * act.Times)),
            .. Enumerable.Range(1, DaysOfMonth).Where(days.Contains).Select(d => (d + 13, Text(act.Times))),
        ]);

    private static int Points(Patient patient) => patient.Visits.Sum(v => v.Acts.Sum(a => a.Points * a.Times));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
