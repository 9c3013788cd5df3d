using System.Globalization;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>One result against its row of the item table: code, type, format, unit, code list, range.</summary>
internal static class ItemChecks
{
    private const int CodeLength = 17;
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    public static void Run(CheckupResult result, CheckupItemTable table, CheckupNotes notes)
    {
        if (result.Code.Length != CodeLength || !result.Code.All(char.IsAsciiLetterOrDigit))
        {
            notes.Add(CheckupRules.ItemCode, result.Line, Place(result), value: result.Code);
            return;
        }

        if (result.State != CheckupState.Measured)
        {
            return;
        }

        if (result.Value.Length == 0)
        {
            notes.Add(CheckupRules.NoValue, result.Line, Place(result));
            return;
        }

        // An item of a local agreement is not in the table: its value passes as it is.
        var before = notes.List.Count;
        if (table.Find(result.Code) is { } item && TypeFits(result, item, notes))
        {
            Value(result, item, notes);
            Method(result, item, notes);
        }

        // A number that is wrong already is not compared with anything.
        if (notes.List.Count == before)
        {
            Judgement(result, notes);
        }
    }

    /// <summary>項目コード and 表示名, as a person looks them up.</summary>
    public static string Place(CheckupResult result) => $"{Short(result.Code)} {Short(result.Name)}".Trim();

    // What a file says may be anything; the longest name of the table has 44 characters.
    private static string Short(string text) => text.Length > 50 ? text[..50] : text;

    /// <summary>A plain decimal number.</summary>
    public static bool Number(string text, out decimal number) => decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out number);

    private static bool TypeFits(CheckupResult result, CheckupItem item, CheckupNotes notes)
    {
        if (result.Type == item.Type || result.Type == CheckupType.None)
        {
            return result.Type == item.Type;
        }

        var coded = result.Type is CheckupType.CD or CheckupType.CO && item.Type is CheckupType.CD or CheckupType.CO;
        notes.Add(coded ? CheckupRules.CodedType : CheckupRules.ItemType, result.Line, Place(result), $"{item.Type} のところ {result.Type}");
        return coded;
    }

    private static void Value(CheckupResult result, CheckupItem item, CheckupNotes notes)
    {
        switch (item.Type)
        {
            case CheckupType.PQ:
                Format(result, item.Format, notes);
                Unit(result, item, notes);
                break;
            case CheckupType.ST:
                Text(result, item.Format, notes);
                break;
            default:
                Code(result, item, notes);
                break;
        }
    }

    /// <summary>
    /// The number must be expressible in NNN.N: as many digits before the point at most, as many after it. 61.0 is 61 and 62 is 62.0: zeros at the
    /// end say nothing about the value.
    /// </summary>
    private static void Format(CheckupResult result, string format, CheckupNotes notes)
    {
        if (!Number(result.Value, out var number))
        {
            notes.Add(CheckupRules.NotANumber, result.Line, Place(result), format, result.Value);
            return;
        }

        var point = format.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? format.Length : point;
        var digits = decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length;
        if (digits > whole || number < 0)
        {
            notes.Add(CheckupRules.NotANumber, result.Line, Place(result), format, result.Value);
        }
        else if (number != decimal.Round(number, point < 0 ? 0 : format.Length - point - 1))
        {
            notes.Add(CheckupRules.Decimals, result.Line, Place(result), format, result.Value);
        }
    }

    private static void Unit(CheckupResult result, CheckupItem item, CheckupNotes notes)
    {
        // "1" is how UCUM says that a number has no unit.
        if (result.Unit == item.Ucum || (item.Ucum.Length == 0 && result.Unit is "" or "1"))
        {
            return;
        }

        var spelling = string.Equals(result.Unit, item.Ucum, StringComparison.OrdinalIgnoreCase)
            || string.Equals(result.Unit, item.Unit, StringComparison.OrdinalIgnoreCase);
        notes.Add(spelling ? CheckupRules.UnitSpelling : CheckupRules.Unit, result.Line, Place(result), $"{Named(item.Ucum)} のところ {Named(result.Unit)}");
    }

    private static string Named(string word) => word.Length == 0 ? "記録なし" : Short(word);

    private static void Text(CheckupResult result, string format, CheckupNotes notes)
    {
        // 8 is a day; every other number is the most characters. The table does not say bytes or characters: the wider reading alarms nobody wrongly.
        if (format == "8")
        {
            if (result.Value.Length != 8 || FileReading.Day(result.Value) is null)
            {
                notes.Add(CheckupRules.DayText, result.Line, Place(result), value: result.Value);
            }
        }
        else if (int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && result.Value.Length > most)
        {
            notes.Add(CheckupRules.TooLong, result.Line, Place(result), $"{most} 文字まで");
        }
    }

    private static void Code(CheckupResult result, CheckupItem item, CheckupNotes notes)
    {
        if (result.CodeSystem != item.CodeSystem)
        {
            notes.Add(CheckupRules.CodeSystem, result.Line, Place(result), $"{item.CodeSystem} のところ {Named(result.CodeSystem)}");
        }
        else if (item.Codes.Length > 0 && !item.Codes.Any(c => c.Code == result.Value))
        {
            notes.Add(CheckupRules.UnknownCode, result.Line, Place(result), $"使えるのは {string.Join('・', item.Codes.Select(c => c.Code))}", result.Value);
        }
    }

    private static void Method(CheckupResult result, CheckupItem item, CheckupNotes notes)
    {
        if (result.Method.Length > 0 && item.MethodCode.Length > 0 && result.Method != item.MethodCode)
        {
            notes.Add(CheckupRules.Method, result.Line, Place(result), $"{item.MethodCode} のところ {Short(result.Method)}");
        }
    }

    // 判定 and 基準範囲: what the clinic says of its own value. They are shown as recorded, so nothing here keeps a file out.
    private static void Judgement(CheckupResult result, CheckupNotes notes)
    {
        if (result.Interpretation is not ("" or "N" or "H" or "L"))
        {
            notes.Add(CheckupRules.Interpretation, result.Line, Place(result), value: result.Interpretation);
        }

        var low = Bound(result.Low, out var lowWrong);
        var high = Bound(result.High, out var highWrong);
        if (lowWrong || highWrong || low > high)
        {
            notes.Add(CheckupRules.Range, result.Line, Place(result), value: $"{result.Low}〜{result.High}");
        }
        else if (result.Type == CheckupType.PQ && Number(result.Value, out var value) && Contradicts(result.Interpretation, value, low, high))
        {
            notes.Add(CheckupRules.RangeAgainst, result.Line, Place(result), value: $"{result.Value}（判定 {result.Interpretation}、基準 {result.Low}〜{result.High}）");
        }
    }

    private static decimal? Bound(string text, out bool wrong)
    {
        var isNumber = Number(text, out var number);
        wrong = text.Length > 0 && !isNumber;
        return isNumber ? number : null;
    }

    private static bool Contradicts(string interpretation, decimal value, decimal? low, decimal? high) => interpretation switch
    {
        "N" => value < low || value > high,
        "H" => high is not null && value <= high,
        "L" => low is not null && value >= low,
        _ => false,
    };
}
