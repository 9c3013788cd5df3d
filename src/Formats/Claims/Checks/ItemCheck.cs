using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Judges one recorded value by its row of the record table. At most one finding says that it is wrong; 連絡 may come besides.</summary>
internal sealed class ItemCheck(Findings findings)
{
    /// <summary>診療年月 of the claim: code tables are dated.</summary>
    public YearMonth Month { get; set; }

    /// <summary>The claim came back once (検索番号): items that the payer records may be filled.</summary>
    public bool Resubmitted { get; set; }

    /// <summary>Judges a value that is not empty.</summary>
    public void Check(ItemPlan item, ReadOnlySpan<byte> value, Bytes bytes, in Spot spot)
    {
        if (item.IsReserved)
        {
            if (!(item.PayerRecords && Resubmitted))
            {
                findings.Add(item.Reserved, spot, item, value);
            }

            return;
        }

        if (item.CheckDigit is not null)
        {
            CheckDigitOf(item, value, spot);
        }

        var text = Text.Half;
        if (!item.OfficeIfWrong && (bytes == Bytes.Plain || TryRead(item, value, spot, out text)))
        {
            CheckValue(item, value, text, spot);
        }
    }

    /// <summary>True when nothing or only spaces are recorded.</summary>
    public static bool IsAbsent(ReadOnlySpan<byte> value) => value.IsEmpty || (value[0] is (byte)' ' or 0x81 && SjisText.IsBlank(value));

    private bool TryRead(ItemPlan item, ReadOnlySpan<byte> value, in Spot spot, out Text text)
    {
        text = SjisText.Scan(value);
        if ((text & Text.Broken) != 0)
        {
            findings.Add(item.Broken, spot, item, value, SjisText.Name(value, Text.Broken));
            return false;
        }

        if ((text & Text.Foreign) != 0)
        {
            findings.Add(ShapeRules.S4803, spot, item, value, SjisText.Name(value, Text.Foreign));
            text = (text & ~Text.Foreign) | Text.Full;
        }

        return true;
    }

    private void CheckValue(ItemPlan item, ReadOnlySpan<byte> value, Text text, in Spot spot)
    {
        switch (item.Shape.Value)
        {
            case ItemValue.文字:
                CheckText(item, value, text, spot);
                break;
            case ItemValue.整数:
                CheckInteger(item, value, spot);
                break;
            case ItemValue.小数:
                CheckDecimal(item, value, spot);
                break;
            case ItemValue.年月 or ItemValue.和暦年月:
                Report(Dates.TryMonth(value, out _, out _) ? null : item.Date, item, value, spot);
                break;
            case ItemValue.年月日 or ItemValue.和暦年月日:
                Report(Dates.TryDay(value, out _, out _) ? null : item.Date, item, value, spot);
                break;
            case ItemValue.コード when item.Codes is { } codes:
                Report(codes.Contains(value, Month) ? null : item.Code, item, value, spot);
                break;
            case ItemValue.繰返し:
                CheckRepeated(item, value, text, spot);
                break;
            default:
                Report(WrongForm(item, value, text), item, value, spot);
                break;
        }
    }

    private void CheckText(ItemPlan item, ReadOnlySpan<byte> value, Text text, in Spot spot)
    {
        if (item.Shape.Necessity == Necessity.必須 && IsAbsent(value))
        {
            return;
        }

        var wrong = WrongForm(item, value, text);
        Report(wrong, item, value, spot);
        if (wrong is null && (value[^1] == ' ' || (value.Length > 1 && value[^1] == 0x40 && value[^2] == 0x81 && text == Text.Full)))
        {
            findings.Add(ShapeRules.S4807, spot, item, value);
        }
    }

    private void CheckInteger(ItemPlan item, ReadOnlySpan<byte> value, in Spot spot)
    {
        var digits = item.Signed && value[0] == '-' ? value[1..] : value;
        if (!AsciiDigits.Are(digits))
        {
            Report(item.Mode, item, value, spot);
        }
        else if (value.Length > item.Shape.MaxBytes)
        {
            Report(item.Length, item, value, spot);
        }
        else if (digits.Length > 1 && digits[0] == '0')
        {
            findings.Add(ShapeRules.S4806, spot, item, value);
        }
    }

    private void CheckDecimal(ItemPlan item, ReadOnlySpan<byte> value, in Spot spot)
    {
        var point = value.IndexOf((byte)'.');
        var whole = point < 0 ? value : value[..point];
        var fraction = point < 0 ? default : value[(point + 1)..];
        if (!AsciiDigits.Are(whole) || (fraction.Length > 0 && !AsciiDigits.Are(fraction)))
        {
            Report(item.Mode, item, value, spot);
        }
        else if (whole.Length > item.Shape.IntegerDigits || fraction.Length > item.Shape.FractionDigits)
        {
            Report(item.Length, item, value, spot);
        }
        else if ((whole.Length > 1 && whole[0] == '0') || (point >= 0 && (fraction.IsEmpty || fraction[^1] == '0')))
        {
            findings.Add(ShapeRules.S4806, spot, item, value);
        }
    }

    private void CheckRepeated(ItemPlan item, ReadOnlySpan<byte> value, Text text, in Spot spot)
    {
        var unit = item.Shape.Unit;
        var wrong = WrongForm(item, value, text) ?? (value.Length % unit == 0 ? null : item.Length);
        for (var at = 0; wrong is null && item.Codes is not null && at < value.Length; at += unit)
        {
            wrong = item.Codes.Contains(value.Slice(at, unit), Month) ? null : item.Code;
        }

        Report(wrong, item, value, spot);
    }

    private void CheckDigitOf(ItemPlan item, ReadOnlySpan<byte> value, in Spot spot)
    {
        var digits = value.TrimStart((byte)' ');
        if (!AsciiDigits.Are(digits) || value.Length > item.Shape.MaxBytes)
        {
            return;
        }

        if (item.CheckDigit == ShapeRules.S4823 && digits.Length < item.Shape.MaxBytes)
        {
            findings.Add(ShapeRules.S4001, spot, item, value);
        }
        else if ((digits.Length == item.Shape.MaxBytes || digits.Length == 6) && !CheckDigit.IsValid(digits))
        {
            findings.Add(item.CheckDigit!, spot, item, value);
        }
    }

    private static Rule? WrongForm(ItemPlan item, ReadOnlySpan<byte> value, Text text)
    {
        var fits = item.Shape.Mode switch
        {
            _ when item.DigitsOnly => AsciiDigits.Are(value),
            ItemMode.英数 => text == Text.Half,
            ItemMode.漢字 => text == Text.Full,
            _ => text is Text.Half or Text.Full,
        };
        if (!fits)
        {
            return item.Mode;
        }

        return value.Length > item.Shape.MaxBytes || (item.Shape.Fixed && value.Length < item.Shape.MaxBytes) ? item.Length : null;
    }

    private void Report(Rule? rule, ItemPlan item, ReadOnlySpan<byte> value, in Spot spot)
    {
        if (rule is not null)
        {
            findings.Add(rule, spot, item, value, rule.Number == "S2002" ? $"{value.Length}バイト、最大{item.Shape.MaxBytes}バイト" : "");
        }
    }
}
