using System.Globalization;
using Sekisho.Formats.Claims.Checks;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims;

/// <summary>Whose claim it is, as its 保険者レコード and 資格確認レコード say.</summary>
/// <param name="Insurer">保険者番号 as recorded.</param>
/// <param name="Symbol">記号.</param>
/// <param name="Number">番号.</param>
/// <param name="Branch">枝番; empty when none is recorded.</param>
/// <param name="Birth">生年月日.</param>
public sealed record ClaimPatient(string Insurer, string Symbol, string Number, string Branch, DateOnly Birth);

/// <summary>What a record of 摘要 is about.</summary>
public enum ServiceKind
{
    /// <summary>診療行為 (SI).</summary>
    Procedure,

    /// <summary>医薬品 (IY).</summary>
    Drug,

    /// <summary>特定器材 (TO).</summary>
    Material,
}

/// <summary>Something given or done.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Section">診療識別, carried forward; 0 when there is none that can be read.</param>
/// <param name="Code">レセプト電算コード, 9 digits.</param>
/// <param name="Quantity">使用量 or 数量データ; null when none is recorded.</param>
/// <param name="Times">回数: for 内服 the days it is for.</param>
/// <param name="Days">算定日情報: day of the month and 回数 on it; empty where the claim does not say.</param>
public sealed record ClaimService(ServiceKind Kind, int Section, string Code, decimal? Quantity, int Times, IReadOnlyList<(int Day, int Times)> Days)
{
    /// <summary>投薬・内服: 回数 counts days.</summary>
    public const int Internal = 21;

    /// <summary>Name of a 診療識別; empty for none.</summary>
    public static string NameOf(int section) =>
        Editions.All[^1].Code("診療識別").TryText(section.ToString("D2", CultureInfo.InvariantCulture), CodeRow.Last, out var name) ? name : "";
}

/// <summary>
/// What a 医科 claim says was given and done, for whom: without 傷病名, comments, points, and what belongs to an organ donor. Never throws on data; a record that cannot
/// be read is left out, because the check has said so.
/// </summary>
/// <param name="Month">診療年月; null when it cannot be read.</param>
/// <param name="Inpatient">入院.</param>
/// <param name="Patient">Null for a claim without 医療保険 (公費単独) or without a 生年月日 that can be read.</param>
/// <param name="Services">In file order.</param>
public sealed record ClaimContents(YearMonth? Month, bool Inpatient, ClaimPatient? Patient, IReadOnlyList<ClaimService> Services)
{
    private const string MedicalInsurance = "1";

    /// <summary>Reads the slice of one claim (RE through its last record).</summary>
    public static ClaimContents Read(ReadOnlySpan<byte> slice)
    {
        string[] general = [], insured = [];
        var (branch, section) = ("", 0);
        var services = new List<ClaimService>();
        foreach (var (_, values) in ClaimOpener.Lines(slice))
        {
            switch (values[0])
            {
                case "RE":
                    general = values;
                    break;
                case "HO":
                    insured = values;
                    break;
                case "SN" when Item(values, SN.負担者種別) == MedicalInsurance:
                    branch = Item(values, SN.枝番);
                    break;
                case "SI":
                    Add(services, ServiceKind.Procedure, values, SI.日, ref section);
                    break;
                case "IY":
                    Add(services, ServiceKind.Drug, values, SI.日, ref section);
                    break;
                case "TO":
                    Add(services, ServiceKind.Material, values, TO.日, ref section);
                    break;
                case "CO":
                    section = Section(values, section);
                    break;
                case "TI":
                    return Of(general, insured, branch, services);
            }
        }

        return Of(general, insured, branch, services);
    }

    private static ClaimContents Of(string[] general, string[] insured, string branch, List<ClaimService> services)
    {
        var birth = Item(general, RE.生年月日);
        ClaimPatient? patient = insured.Length == 0 || !TryDay(birth, out var born)
            ? null
            : new ClaimPatient(Item(insured, HO.保険者番号).Trim(), Item(insured, HO.記号).Trim(), Item(insured, HO.番号).Trim(), branch.Trim(), born);
        var month = Item(general, RE.診療年月);
        YearMonth? treated = YearMonth.TryParse(month, out var read) || Wareki.TryParseMonth(month, out read) ? read : null;

        // 別表5: the last digit of レセプト種別 is odd for 入院.
        var inpatient = Item(general, RE.レセプト種別) is [.., >= '0' and <= '9' and var last] && (last - '0') % 2 == 1;
        return new ClaimContents(treated, inpatient, patient, services);
    }

    private static void Add(List<ClaimService> services, ServiceKind kind, string[] values, int firstDay, ref int section)
    {
        section = Section(values, section);
        var code = Item(values, 摘要.コード);
        if (code.Length != 9 || !code.All(char.IsAsciiDigit))
        {
            return;
        }

        var days = new List<(int, int)>();
        for (var day = 1; day <= 摘要.日数; day++)
        {
            if (Number(Item(values, firstDay + day - 1)) is > 0 and var times)
            {
                days.Add((day, times));
            }
        }

        decimal? quantity = decimal.TryParse(Item(values, 摘要.数量), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
        services.Add(new ClaimService(kind, section, code, quantity, Number(Item(values, 摘要.回数)), days));
    }

    private static int Section(string[] values, int before) => Item(values, 摘要.診療識別) is { Length: > 0 } text ? Number(text) : before;

    private static int Number(string text) => text.Length <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool TryDay(string text, out DateOnly day)
    {
        if (CalendarDate.TryParse(text, out var date))
        {
            day = date.Day;
            return true;
        }

        return Wareki.TryParseDay(text, out day);
    }

    private static string Item(string[] values, int item) => item <= values.Length ? values[item - 1] : "";
}
