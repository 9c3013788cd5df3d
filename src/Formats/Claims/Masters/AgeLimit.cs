using System.Globalization;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>下限年齢・上限年齢 of a master: two digits of years, or one of the letters codes.</summary>
internal readonly record struct AgeLimit
{
    private const byte AA = 101, AE = 102, B3 = 103, B6 = 106, BF = 115, BK = 120, MG = 130, Unknown = 255;

    private readonly byte _value;

    private AgeLimit(byte value) => _value = value;

    /// <summary>False for 00.</summary>
    public bool Limits => _value is not (0 or Unknown);

    /// <summary>Reads the column; what is not one of the published codes limits nothing.</summary>
    public static AgeLimit Parse(ReadOnlySpan<char> text) => new(text switch
    {
        "AA" => AA,
        "AE" => AE,
        "B3" => B3,
        "B6" => B6,
        "BF" => BF,
        "BK" => BK,
        "MG" => MG,
        _ => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years < 100 ? years : Unknown,
    });

    /// <summary>
    /// The day on which the age is reached: the birthday for plain years; B… is the first of the month after the day before the birthday
    /// (年齢計算ニ関スル法律), MG the first of April after six years. <paramref name="birth"/> must leave room for a hundred years.
    /// </summary>
    public DateOnly Reached(DateOnly birth) => _value switch
    {
        AA => birth.AddDays(28),
        AE => birth.AddDays(90),
        B3 => MonthAfter(Eve(birth, 3)),
        B6 => MonthAfter(Eve(birth, 6)),
        BF => MonthAfter(Eve(birth, 15)),
        BK => MonthAfter(Eve(birth, 20)),
        MG => AprilAfter(Eve(birth, 6)),
        Unknown => birth,
        _ => birth.AddYears(_value),
    };

    /// <summary>For people.</summary>
    public override string ToString() => _value switch
    {
        AA => "生後28日",
        AE => "生後90日",
        B3 => "3歳に達した日の翌月の1日",
        B6 => "6歳に達した日の翌月の1日",
        BF => "15歳に達した日の翌月の1日",
        BK => "20歳に達した日の翌月の1日",
        MG => "就学",
        _ => string.Create(CultureInfo.InvariantCulture, $"{_value}歳"),
    };

    private static DateOnly Eve(DateOnly birth, int years) => birth.AddYears(years).AddDays(-1);

    private static DateOnly MonthAfter(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddMonths(1);

    private static DateOnly AprilAfter(DateOnly day) => new(day.Month < 4 ? day.Year : day.Year + 1, 4, 1);
}
