using System.Globalization;
using Sekisho.Formats.Claims.Writing;

namespace Sekisho.Bench;

/// <summary>One outpatient claim without a fault: totals, counts and days agree.</summary>
internal sealed class ClaimDraft(ClaimFileWriter writer, Dice dice)
{
    private readonly List<(int Points, int Times, int[] Days, string Section)> _units = [];
    private int[] _days = [];
    private bool _public;

    /// <summary>Writes it (with レセプト番号 empty) and gives its 件数 and 合計点数.</summary>
    public (int Payers, int Points) Write()
    {
        _public = dice.Chance(30);
        _days = [.. Enumerable.Range(1, 28).OrderBy(_ => dice.Roll(0, 999)).Take(dice.Roll(1, 4)).Order()];
        Plan();
        var points = _units.Sum(u => u.Points * u.Times);
        Head(points);
        for (var disease = dice.Roll(1, 6); disease > 0; disease--)
        {
            Disease(disease);
        }

        foreach (var unit in _units)
        {
            Unit(unit.Points, unit.Times, unit.Days, unit.Section);
        }

        return (_public ? 2 : 1, points);
    }

    private void Plan()
    {
        _units.Add((75, _days.Length, _days, "12"));
        _units.Add((52, 1, _days[..1], "12"));
        for (var unit = dice.Roll(2, 10); unit > 0; unit--)
        {
            var drug = dice.Chance(40);
            var day = _days[dice.Roll(0, _days.Length - 1)];
            _units.Add(drug ? (dice.Roll(2, 60), dice.Pick(7, 14, 28), [day], "21") : (dice.Roll(20, 900), 1, [day], dice.Pick("13", "40", "60", "70", "80")));
        }

        _units.Sort((a, b) => string.CompareOrdinal(a.Section, b.Section));
    }

    private void Head(int points)
    {
        var name = dice.Pick(("関所　太郎", "セキショタロウ"), ("箱根　花子", "ハコネハナコ"), ("新居　次郎左衛門", "アライジロウザエモン"), ("碓氷　さくら", "ウスイサクラ"));
        writer.Record("RE", ("レセプト種別", _public ? "1122" : "1112"), ("診療年月", "202605"), ("氏名", name.Item1), ("男女区分", dice.Pick("1", "2")),
            ("生年月日", Text((dice.Roll(1960, 2005) * 10000) + (dice.Roll(1, 12) * 100) + dice.Roll(1, 28))), ("カルテ番号等", Text(dice.Roll(1, 99999))), ("カタカナ（氏名）", name.Item2));
        writer.Record("HO", ("保険者番号", dice.Pick("06132013", "  138057")), ("被保険者証（手帳）等の記号", "１２３"), ("被保険者証（手帳）等の番号", "４５６"), ("診療実日数", Text(_days.Length)), ("合計点数", Text(points)));
        if (_public)
        {
            writer.Record("KO", ("負担者番号", "54136015"), ("受給者番号", "1234566"), ("診療実日数", Text(_days.Length)), ("合計点数", Text(points)));
        }

        if (dice.Chance(25))
        {
            writer.Record("SN", ("負担者種別", "1"), ("確認区分", "01"), ("枝番", "01"));
            writer.Record("JD", [("負担者種別", "1"), .. _days.Select(d => ($"{d}日の情報", "1"))]);
            writer.Record("MF", ("窓口負担額区分", "00"));
        }
    }

    private void Disease(int left)
    {
        var begun = Text(20250000 + (dice.Roll(1, 12) * 100) + dice.Roll(1, 28));
        if (dice.Chance(10))
        {
            writer.Record("SY", (2, "0000999"), (3, begun), (4, "1"), (6, "架空の関所通過後症候群の疑い"), (7, left == 1 ? "01" : ""));
            return;
        }

        writer.Record("SY", (2, dice.Pick("8833421", "2500013", "4019014", "4660009")), (3, begun), (4, "1"), (5, dice.Pick("", "", "8002", "20538002")), (7, left == 1 ? "01" : ""));
    }

    private void Unit(int points, int times, int[] days, string section)
    {
        var drug = section == "21";
        var records = dice.Roll(1, drug ? 4 : 2);
        for (var record = 1; record <= records; record++)
        {
            List<(int, string)> fields =
            [
                (2, record == 1 ? section : ""), (3, _public ? "2" : "1"), (4, Text(dice.Roll(0, 99999) + (drug ? 620_000_000 : 100_000_000 + (int.Parse(section, CultureInfo.InvariantCulture) * 1_000_000)))),
                (5, drug ? dice.Pick("1", "3", "2.5", "0.5") : ""), (6, record == records ? Text(points) : ""), (7, Text(times)),
            ];
            fields.AddRange(days.Select(d => (13 + d, Text(drug ? times : 1))));
            writer.Record(drug ? "IY" : "SI", [.. fields]);
        }

        if (dice.Chance(30))
        {
            writer.Record("CO", (3, _public ? "2" : "1"), (4, "810000001"), (5, dice.Pick("経過良好、次回は一か月後に再診の予定", "１日３回　毎食後", "検査実施日　５月１２日、前回実施日　２月３日、結果は別紙")));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
