namespace Sekisho.Generators;

/// <summary>Who a claim is about and who pays: everything that follows from レセプト種別.</summary>
internal sealed record Patient
{
    public required string Kind { get; init; }

    public required DateOnly Month { get; init; }

    public required bool Man { get; init; }

    public required DateOnly Birth { get; init; }

    /// <summary>Null when there is no insurance.</summary>
    public required string? Insurer { get; init; }

    /// <summary>法別番号 of the insurance; empty for 国保.</summary>
    public required string Law { get; init; }

    /// <summary>法別番号 of the 公費 in order.</summary>
    public required string[] Laws { get; init; }

    public string Prefecture { get; init; } = "13";

    public bool Inpatient => (Kind[3] - '0') % 2 == 1;

    public bool Elder => Kind[1] == '3';

    /// <summary>高齢受給者・後期高齢者: their 所得区分 is recorded.</summary>
    public bool Senior => Kind[3] is '7' or '8' or '9' or '0';

    public bool Child => Kind[3] is '3' or '4';

    /// <summary>国保・退職 say their 給付割合.</summary>
    public bool SaysShare => Insurer is not null && (Law.Length == 0 || Law == "67");

    public int All => Bearers.All(Insurer is not null, Laws.Length);

    public DateOnly LastDay => Month.AddMonths(1).AddDays(-1);

    public static Patient Make(Seed seed, string kind, DateOnly month, string prefecture, string office)
    {
        var insured = kind[1] != '2';
        var publics = kind[2] - (insured ? '1' : '0');
        var (youngest, oldest) = Ages(kind);
        var birth = Birthday(seed, month, youngest, oldest);
        var law = kind[1] switch
        {
            '3' => "39",
            '4' => "67",
            _ => office == "2" ? "" : seed.Of("01", "01", "06", "06", "31", "32", "34", "02"),
        };
        return new Patient
        {
            Kind = kind,
            Month = month,
            Man = seed.In100(50),
            Birth = birth,
            Insurer = insured ? Numbers.Insurer(seed, law, prefecture) : null,
            Law = law,
            Laws = publics == 0 ? [] : Numbers.Laws(seed, publics, insured, office == "1" && law.Length > 0, month.Year - birth.Year - 1),
            Prefecture = prefecture,
        };
    }

    /// <summary>レセプト種別 that go to 支払基金 (1) or 国保連 (2): 保険, number of 公費, 本人・家族, 入院・入院外.</summary>
    public static string[] Kinds(string office)
    {
        var kinds = new List<string>();
        foreach (var insurance in office == "1" ? "12" : "134")
        {
            var persons = insurance switch { '2' => "12", '3' => "7890", '4' => "123456", _ => "1234567890" };
            var numbers = insurance == '2' ? "1234" : "12345";
            kinds.AddRange(from number in numbers from person in persons select $"1{insurance}{number}{person}");
        }

        return [.. kinds];
    }

    // Years completed by the first of the month.
    private static (int Youngest, int Oldest) Ages(string kind) => (kind[1], kind[3]) switch
    {
        ('2', _) => (20, 62),
        ('3', _) => (75, 98),
        ('4', '1' or '2') => (50, 63),
        (_, '3' or '4') => (0, 4),
        (_, '5' or '6') => (7, 62),
        (_, '7' or '8' or '9' or '0') => (70, 73),
        _ => (18, 62),
    };

    // Two months away from the birthdays on which something changes.
    private static DateOnly Birthday(Seed seed, DateOnly month, int youngest, int oldest)
    {
        var last = month.AddYears(-youngest).AddDays(-62);
        var first = month.AddYears(-oldest - 1).AddDays(62);
        return first.AddDays(seed.Below(last.DayNumber - first.DayNumber + 1));
    }
}
