namespace Sekisho.Generators;

/// <summary>Single things that are done, as 算定単位.</summary>
/// <param name="seed">Where chance comes from.</param>
/// <param name="choose">At most so many days of the month, and who bears what is done on them.</param>
internal sealed class Treatments(Seed seed, Func<int, (int Bearers, int[] Days)> choose)
{
    public IEnumerable<Service> OfVisit()
    {
        if (seed.In100(40))
        {
            yield return Once("13").Procedure(seed.Of(Codes.Guidance)).Worth(225);
        }

        if (seed.In100(5))
        {
            yield return Once("14").Procedure(Codes.Home).Remark(Codes.FreeText, Words.Sentence(seed)).Worth(720);
        }

        foreach (var service in seed.In100(45) ? Medicines() : [Several("80").Procedure(Codes.Prescription).Worth(68)])
        {
            yield return service;
        }

        foreach (var service in Common(percent: 25))
        {
            yield return service;
        }
    }

    public IEnumerable<Service> OfStay()
    {
        foreach (var service in Medicines())
        {
            yield return service;
        }

        if (seed.In100(40))
        {
            yield return Once("50").Procedure(Codes.Surgery).Remark("840000001", Calendar.Wide(Numbers.Digits(seed, 2))).Drug(seed.Of<string>(Codes.Drugs), "1").Material(seed.Of<string>(Codes.Materials), "2").Worth(seed.From(500, 30_000));
            yield return Once("54").Procedure(Codes.Anaesthesia).Drug(seed.Of<string>(Codes.Drugs), "12.5").Worth(seed.From(120, 6_100));
        }

        foreach (var service in Common(percent: 60))
        {
            yield return service;
        }

        if (seed.In100(2))
        {
            yield return Long();
        }
    }

    private IEnumerable<Service> Common(int percent)
    {
        if (seed.In100(percent))
        {
            yield return Injection();
        }

        if (seed.In100(percent))
        {
            yield return Several("40").Procedure(seed.Of(Codes.Treatments)).Material(seed.Of<string>(Codes.Materials), "1").Worth(seed.From(45, 200));
        }

        if (seed.In100(percent * 2))
        {
            yield return Test();
            yield return Once("60").Procedure(Codes.Judgement).Worth(144);
        }

        if (seed.In100(percent))
        {
            yield return Imaging();
        }

        if (seed.In100(25))
        {
            yield return new Service("99", choose(1).Bearers, (1, 1)).Comment(Codes.FreeText, Words.Paragraph(seed, 38));
        }

        if (seed.In100(5))
        {
            yield return new Service("01", choose(1).Bearers, (1, 1)).Comment("820000001", "");
        }
    }

    private IEnumerable<Service> Medicines()
    {
        for (var i = seed.From(1, 3); i > 0; i--)
        {
            var (bearers, days) = choose(2);
            var section = seed.Of("21", "21", "22", "23");
            var service = new Service(section, bearers, [.. days.Select(d => (d, section == "21" ? seed.Of(7, 14, 28, 30) : 1))]);
            if (seed.In100(80))
            {
                service.Comment(Codes.FreeText, Words.Sentence(seed));
            }

            for (var drug = seed.From(1, 4); drug > 0; drug--)
            {
                service.Drug(seed.Of<string>(Codes.Drugs), seed.Of("1", "2", "3", "0.5", "1.25"));
            }

            yield return service.Worth(seed.From(1, 80));
        }

        yield return Several("24").Procedure(Codes.Dispensing).Worth(11);
        yield return Once("25").Procedure(Codes.Prescribing).Worth(42);
        if (seed.In100(40))
        {
            yield return Once("27").Procedure(Codes.DispensingBase).Worth(14);
        }
    }

    private Service Injection()
    {
        var kind = seed.Below(3);
        var service = Several(kind == 0 ? "31" : kind == 1 ? "32" : "33").Procedure(Codes.Injections[kind]);
        for (var drug = seed.Below(3); drug > 0; drug--)
        {
            service.Drug(seed.Of<string>(Codes.Drugs), seed.Of("1", "2"));
        }

        return service.Worth(seed.From(20, 120));
    }

    private Service Test()
    {
        var service = Once("60");
        for (var test = seed.From(1, 5); test > 0; test--)
        {
            service.Procedure(seed.Of(Codes.Tests));
        }

        return seed.In100(20) ? service.Worth(seed.From(20, 400)).Comment("850100001", Calendar.Comment(new DateOnly(2019, 7, seed.From(1, 28)))) : service.Worth(seed.From(20, 400));
    }

    private Service Imaging()
    {
        var service = Once("70").Procedure(Codes.Imaging, "2").Remark("830000001", Words.Sentence(seed)).Material(seed.Of<string>(Codes.Materials), "1.5");
        service.Rows[^1].With(8, "006").With(9, seed.Of("115", "115.5", "98.25")).With(11, Words.Product(seed));
        return service.Worth(seed.From(60, 400));
    }

    // As many records without 診療識別 as there may be.
    private Service Long()
    {
        var service = Once("60");
        for (var test = 0; test < 99; test++)
        {
            service.Procedure(seed.Of(Codes.Tests));
        }

        return service.Worth(seed.From(100, 400));
    }

    private Service Once(string section) => On(section, 1);

    private Service Several(string section) => On(section, 3);

    private Service On(string section, int most)
    {
        var (bearers, days) = choose(most);
        return new Service(section, bearers, [.. days.Select(d => (d, 1))]);
    }
}
