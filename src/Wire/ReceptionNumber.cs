using System.Globalization;

namespace Sekisho.Wire;

/// <summary>
/// 受付番号 <c>yyyyMMdd-NNNNNN-c</c>: JST day, sequence of that day, and a check digit so that a number read over the telephone is caught when misheard.
/// The check digit is modulus 10 with weights 2 and 1 from the right over the 14 digits (products of two digits count as their digit sum), as in 保険者番号.
/// </summary>
public readonly record struct ReceptionNumber
{
    /// <summary>The largest sequence of one day.</summary>
    public static int MaxSequence => 999_999;

    /// <summary>The day in Japan.</summary>
    public DateOnly Day { get; }

    /// <summary>1 to <see cref="MaxSequence"/>.</summary>
    public int Sequence { get; }

    /// <summary>Number <paramref name="sequence"/> of <paramref name="day"/>.</summary>
    public ReceptionNumber(DateOnly day, int sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, MaxSequence);
        Day = day;
        Sequence = sequence;
    }

    /// <summary>The number as people read it, e.g. <c>20211108-000123-4</c>.</summary>
    public override string ToString()
    {
        var day = Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var sequence = Sequence.ToString("D6", CultureInfo.InvariantCulture);
        return $"{day}-{sequence}-{CheckDigit(day + sequence)}";
    }

    /// <summary>Reads a number; WI-0601 when its form, day or check digit is wrong.</summary>
    public static Outcome<ReceptionNumber> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 17 || text[8] != '-' || text[15] != '-')
        {
            return Refusals.ReceptionNumber;
        }

        if (!DateOnly.TryParseExact(text.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !int.TryParse(text.AsSpan(9, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence < 1)
        {
            return Refusals.ReceptionNumber;
        }

        var number = new ReceptionNumber(day, sequence);
        return number.ToString() == text ? number : Refusals.ReceptionNumber;
    }

    private static int CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += (product / 10) + (product % 10);
        }
        return (10 - (sum % 10)) % 10;
    }
}
