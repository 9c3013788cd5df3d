using System.Globalization;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>What stands on a 資格確認書, as a person types it at the kiosk. It travels in the body only.</summary>
internal sealed class RegisterForm
{
    /// <summary>Years before the first of each era; 西暦 has none.</summary>
    private static readonly IReadOnlyDictionary<string, int> _eras =
        new Dictionary<string, int> { ["西暦"] = 0, ["大正"] = 1911, ["昭和"] = 1925, ["平成"] = 1988, ["令和"] = 2018 };

    public static IEnumerable<string> Eras => _eras.Keys;

    public string? Insurer { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Era { get; set; } = "昭和";

    public string? Year { get; set; }

    public string? Month { get; set; }

    public string? Day { get; set; }

    public string? Name { get; set; }

    public string? Kana { get; set; }

    public KioskDetails Details() => new()
    {
        Card = new CardKeys
        {
            Insurer = Insurer?.Trim() ?? "",
            Symbol = Symbol?.Trim() ?? "",
            Number = Number?.Trim() ?? "",
            Branch = Branch?.Trim() ?? "",
            Birth = Birth(),
        },
        Name = Name?.Trim() ?? "",
        Kana = Kana?.Trim() ?? "",
    };

    /// <summary>No day when it is none.</summary>
    private DateOnly Birth()
    {
        var (year, month, day) = (_eras.GetValueOrDefault(Era ?? "") + Number(Year), Number(Month), Number(Day));
        return Number(Year) > 0 && year is >= 1800 and <= 9000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : default;

        // A Japanese keyboard types wide digits.
        static int Number(string? typed)
        {
            List<int> digits = [.. (typed ?? "").Trim().Select(c => CharUnicodeInfo.GetDecimalDigitValue(c))];
            return digits.Count is > 0 and <= 4 && digits.TrueForAll(d => d >= 0) ? digits.Aggregate(0, (number, digit) => number * 10 + digit) : 0;
        }
    }
}
