using System.Globalization;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>A row of a facility's file.</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="Patient">患者の控え; only its 患者番号 when the row says nothing else.</param>
/// <param name="IsWhole">The row says what is on file.</param>
/// <param name="Removes">消去, 取消.</param>
/// <param name="Day">予約日.</param>
/// <param name="Time">予約時刻, HH:mm.</param>
/// <param name="Faults">What is wrong with it; then the rest does not count.</param>
internal sealed record DeskRow(int Line, DeskPatient Patient, bool IsWhole, bool Removes, DateOnly? Day, string Time, IReadOnlyList<(string Field, Refusal Fault)> Faults);

/// <summary>患者の控え and 予約 as CSV (docs/protocol/desk.md): our own layout, read as the insurers' files are.</summary>
internal sealed class DeskRows(CsvTable table)
{
    public static readonly string[] Required = ["患者番号"];

    private const int LongestText = 200;
    private static readonly string[] _card = ["保険者番号", "記号", "番号", "枝番", "生年月日", "氏名", "氏名カナ", "性別", "世帯主", "本人・家族", "一部負担金割合", "郵便番号", "住所"];
    public static readonly string[] OfPatients = ["区分", .. _card];
    public static readonly string[] OfAppointments = ["予約日", "時刻", "区分", .. _card];

    public DeskRow Row(int line, byte[]? bytes)
    {
        if (bytes is null || table.Row(bytes) is not { } row)
        {
            return new DeskRow(line, new DeskPatient(), false, false, null, "", [("", RowFaults.Unreadable)]);
        }

        var patient = Patient(row);
        var act = row.Text("区分");
        RowChecks.Code(row.Faults, "区分", act, ["", "登録", "消去", "取消"]);
        RowChecks.Text(row.Faults, "患者番号", patient.Chart, Patients.LongestChart, required: true);
        RowChecks.Code(row.Faults, "性別", patient.Sex, ["", "1", "2", "3"]);
        RowChecks.Code(row.Faults, "本人・家族", patient.Relation, ["", "1", "2"]);
        RowChecks.Ratio(row.Faults, "一部負担金割合", patient.Ratio);
        foreach (var column in _card)
        {
            RowChecks.Text(row.Faults, column, row.Text(column), LongestText, required: false);
        }

        var day = row.Day("予約日");
        var time = Time(row);
        return new DeskRow(line, patient, _card.Any(c => row.Text(c).Length > 0), act is "消去" or "取消", day, time, row.Faults);
    }

    private static DeskPatient Patient(CsvRow row) => new()
    {
        Chart = row.Text("患者番号"),
        Insurer = row.Text("保険者番号"),
        Symbol = row.Text("記号"),
        Number = row.Text("番号"),
        Branch = row.Text("枝番"),
        Birth = row.Day("生年月日") ?? default,
        Name = row.Text("氏名"),
        Kana = row.Text("氏名カナ"),
        Sex = row.Text("性別"),
        Holder = row.Text("世帯主"),
        Relation = row.Text("本人・家族"),
        Ratio = row.Text("一部負担金割合"),
        PostalCode = row.Text("郵便番号"),
        Address = row.Text("住所"),
    };

    private static string Time(CsvRow row)
    {
        var text = row.Text("時刻");
        if (text.Length == 0)
        {
            return "";
        }

        if (TimeOnly.TryParseExact(text, ["H:mm", "HH:mm", "HHmm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time.ToString("HH:mm", CultureInfo.InvariantCulture);
        }

        row.Faults.Add(("時刻", RowFaults.BadForm with { Remedy = "9:30 のように24時間で記録してください。" }));
        return "";
    }
}
