namespace Sekisho.Generators;

/// <summary>臓器提供者: TI, TR, TS and what was done, behind the claim of the one who received.</summary>
internal static class Donors
{
    /// <summary>The records of all donors, and what they cost together.</summary>
    public sealed record Block(List<Row> Rows, long Points);

    public static Block Make(Seed seed, Patient recipient, Calendar calendar)
    {
        var rows = new List<Row>();
        var points = 0L;
        for (int institution = 0, count = seed.Of(1, 1, 2); institution < count; institution++)
        {
            var other = seed.In100(50);
            rows.Add(Institution(seed, other));
            for (int donor = 1, donors = seed.Of(1, 1, 2); donor <= donors; donor++)
            {
                points += Add(rows, seed, recipient, calendar, donor, other);
            }
        }

        return new Block(rows, points);
    }

    private static Row Institution(Seed seed, bool other)
    {
        var row = new Row("TI").With(2, seed.Of("1", "2", "4")).With(3, other ? "2" : "1");
        return !other ? row : row.With(4, "27").With(5, "1").With(6, Numbers.Institution(seed, "27")).With(8, "架空移植病院").With(9, "大阪府架空市見本町１丁目");
    }

    private static long Add(List<Row> rows, Seed seed, Patient recipient, Calendar calendar, int number, bool other)
    {
        var day = seed.From(1, recipient.LastDay.Day);
        var birth = recipient.Month.AddYears(-seed.From(22, 60));
        var admission = new DateOnly(recipient.Month.Year, recipient.Month.Month, day);
        var body = Body(seed, recipient.All, day, other);
        var points = body.Sum(s => s.Total);
        rows.Add(new Row("TR")
            .With(2, number)
            .With(3, "1991")
            .With(4, calendar.Month(recipient.Month))
            .With(6, seed.Of("1", "2"))
            .With(7, calendar.Day(birth))
            .With(9, calendar.Day(admission)));
        rows.Add(new Row("TS").With(2, 1).With(3, points));
        rows.AddRange(ClaimMaker.Diseases(seed, calendar, birth, admission, fresh: true));
        rows.AddRange(body.SelectMany(s => s.Rows));
        if (seed.In100(30))
        {
            rows.Add(new Row("SJ").With(2, "01").With(3, Words.Paragraph(seed, 100)));
        }

        return points;
    }

    private static Service[] Body(Seed seed, int bearers, int day, bool other)
    {
        Service On(string section) => new(section, bearers, (day, 1)) { WithoutDays = other };

        return
        [
            On("50").Procedure(Codes.Surgery).Drug(seed.Of<string>(Codes.Drugs), "1").Worth(seed.From(10_000, 40_000)),
            On("60").Procedure(seed.Of(Codes.Tests)).Procedure(seed.Of(Codes.Tests)).Worth(seed.From(100, 900)),
            On("90").Procedure(Codes.Stay).Worth(1688),
        ];
    }
}
