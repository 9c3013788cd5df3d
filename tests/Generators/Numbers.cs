using System.Globalization;

namespace Sekisho.Generators;

/// <summary>Numbers with their 検証番号. They have the form of real ones and belong to nobody.</summary>
internal static class Numbers
{
    /// <summary>法別番号 in the order in which 公費 are recorded.</summary>
    private static readonly string[] Priority =
        ["13", "14", "18", "29", "30", "10", "11", "20", "21", "15", "16", "24", "22", "28", "17", "79", "19", "23", "52", "54", "51", "38", "53", "66", "62", "25", "12"];

    public static string WithCheck(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var product = (body[^(i + 1)] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += (product / 10) + (product % 10);
        }

        return body + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>協会けんぽ has one number per prefecture; others are free.</summary>
    public static string Insurer(Seed seed, string law, string prefecture) => law switch
    {
        "" => "  " + WithCheck(prefecture + Digits(seed, 3)),
        "01" => WithCheck(law + prefecture + "001"),
        _ => WithCheck(law + prefecture + Digits(seed, 3)),
    };

    public static string PublicPayer(Seed seed, string law, string prefecture) => WithCheck(law + prefecture + Digits(seed, 3));

    public static string Recipient(Seed seed) => WithCheck(Digits(seed, 6));

    /// <summary>Seven digits whose check digit covers 都道府県 and 点数表 too.</summary>
    public static string Institution(Seed seed, string prefecture) => WithCheck(prefecture + "1" + "99" + Digits(seed, 4))[3..];

    public static string Digits(Seed seed, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + seed.Below(10))));

    public static int Order(string law) => Array.IndexOf(Priority, law) is >= 0 and var at ? at : Priority.Length + int.Parse(law, CultureInfo.InvariantCulture);

    /// <summary>Different 法別番号 that a person of that age may have, in order.</summary>
    public static string[] Laws(Seed seed, int count, bool insured, bool social, int age)
    {
        if (!insured)
        {
            // Without an insurance there is 生活保護 behind whatever comes before it; alone there may be others.
            return count == 1 && seed.In100(30)
                ? [seed.Of("30", "20", "25")]
                : [.. Take(seed, count - 1, ["20", "21", "15", "28", "54", "38", "51"]), "12"];
        }

        List<string> may = age < 18 ? ["16", "52", "17", "53", "28", "23"] : ["10", "21", "15", "54", "51", "38", "66", "62"];
        if (social && age >= 18)
        {
            may.Add("12");
        }

        may.Add(seed.Of("80", "81", "84", "90", "45"));
        return Take(seed, count, may);
    }

    private static string[] Take(Seed seed, int count, List<string> from)
    {
        var rest = from.ToList();
        while (rest.Count > count)
        {
            rest.RemoveAt(seed.Below(rest.Count));
        }

        return [.. rest.OrderBy(Order)];
    }
}
