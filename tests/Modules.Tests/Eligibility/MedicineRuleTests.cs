using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Medicines;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The rules about medicines that need no site: which source is believed, and what overlaps.</summary>
public sealed class MedicineRuleTests
{
    private const string One = "1310000001", Two = "1310000002", Dentist = "1330000003", Pharmacy = "1340000004";

    [Fact]
    public void Precedence_BelievesTheClaim_ForOneInstitutionAndDay()
    {
        GivenDrug[] drugs =
        [
            Drug(1, 1) with { Source = MedicineSource.Prescribed, Code = "処方" }, Drug(1, 1) with { Source = MedicineSource.Dispensed, Code = "調剤" },
            Drug(1, 1) with { Code = "レセ" }, Drug(1, 1) with { Code = "レセ2" },
            Drug(2, 1) with { Source = MedicineSource.Prescribed, Code = "処方" }, Drug(2, 1) with { Source = MedicineSource.Dispensed, Code = "調剤" },
            Drug(1, 1, Dentist) with { Source = MedicineSource.Prescribed, Code = "歯科" },
            Drug(1, 1, Pharmacy) with { Source = MedicineSource.Dispensed, Code = "薬局" }, Drug(1, 1, Pharmacy) with { Source = MedicineSource.Prescribed, Code = "処方元不明" },
            Drug(1, 1) with { Source = MedicineSource.Prescribed, Day = null, Code = "日不明" },

            // By 処方元 first: what a pharmacy gave on an institution's prescription is the same as that one's claim; without one of 医科 or 歯科 nobody can tell.
            Drug(1, 1, Pharmacy) with { Source = MedicineSource.Dispensed, PrescribedBy = One, Code = "薬局・処方元" },
            Drug(3, 1, Pharmacy) with { Source = MedicineSource.Dispensed, PrescribedBy = Two, Code = "薬局・別の処方元" },
            Drug(3, 1, Two) with { Source = MedicineSource.Prescribed, Code = "処方済" },
        ];
        Assert.Equal(["レセ", "レセ2", "調剤", "歯科", "薬局", "処方元不明", "日不明", "薬局・別の処方元"], Precedence.Flagged(drugs).Where(d => !d.Superseded).Select(d => d.Code));
        Assert.Equal(drugs.Select(d => d.Code), Precedence.Flagged(drugs).Select(d => d.Code));
    }

    [Theory]
    [InlineData(1, 14, 14, 7, true)] // The last day of one is the first of the other.
    [InlineData(1, 14, 15, 7, false)]
    [InlineData(1, 30, 10, 7, true)] // Within.
    [InlineData(10, 7, 1, 30, true)] // However they are ordered.
    public void Overlap_IsHintedAt_ByDaysOnly(int first, int firstDays, int second, int secondDays, bool overlaps)
    {
        var hints = Duplicates.Find([Drug(first, firstDays), Drug(second, secondDays, Two)]);
        Assert.Equal(overlaps, hints.Count == 1);
        if (overlaps)
        {
            Assert.Equal(new DateOnly(2026, 10, Math.Max(first, second)), hints[0].From);
            Assert.Equal(new DateOnly(2026, 10, 1).AddDays(Math.Min(first + firstDays, second + secondDays) - 2), hints[0].Until);
        }
    }

    [Fact]
    public void Overlap_NeedsTheSameIngredientOrCode_AndTwoInstitutions()
    {
        Assert.Empty(Duplicates.Find([Drug(1, 30), Drug(10, 30)]));
        Assert.Empty(Duplicates.Find([Drug(1, 30), Drug(10, 30, Two) with { Ingredient = "2149002" }]));
        Assert.Equal("カクウ酸", Assert.Single(Duplicates.Find([Drug(1, 30), Drug(10, 30, Two) with { Code = "他の製品", GenericName = "カクウ酸" }])).Name);
        Assert.Single(Duplicates.Find([Drug(1, 30) with { Ingredient = "" }, Drug(10, 30, Two) with { Ingredient = "" }]));
        Assert.Empty(Duplicates.Find([Drug(1, 30) with { Ingredient = "" }, Drug(10, 30, Two) with { Ingredient = "", Code = "他の製品" }]));
        Assert.Empty(Duplicates.Find([Drug(1, 30) with { Day = null, LastDay = null }, Drug(10, 30, Two)]));
    }

    [Fact]
    public void SeveralOverlaps_OfOneIngredient_AreOneHint_TheLastOne()
    {
        var hint = Assert.Single(Duplicates.Find([Drug(1, 7), Drug(5, 7, Two), Drug(20, 7), Drug(22, 7, Two), Drug(2, 2, Two)]));
        Assert.Equal((new DateOnly(2026, 10, 22), new DateOnly(2026, 10, 26)), (hint.From, hint.Until));
        Assert.Equal([One, Two], hint.Drugs.Select(d => d.Place.Code));
    }

    [Fact]
    public void Hints_AgreeWithComparingEveryPair()
    {
#pragma warning disable RS0030 // A property test repeats itself by its seed.
        var dice = new Random(7);
#pragma warning restore RS0030
        for (var round = 0; round < 300; round++)
        {
            List<GivenDrug> drugs = [.. Enumerable.Range(0, dice.Next(2, 9)).Select(_ => Drug(dice.Next(1, 31), dice.Next(1, 20), "13100000" + dice.Next(10, 13)))];
            var ends = (from one in drugs
                        from other in drugs
                        where one.Place.Code != other.Place.Code && one.Day <= other.Day && one.LastDay >= other.Day
                        select one.LastDay < other.LastDay ? one.LastDay : other.LastDay).ToList();
            Assert.Equal(ends.Max(), Duplicates.Find(drugs).SingleOrDefault()?.Until);
        }
    }

    private static GivenDrug Drug(int day, int days, string institution = One) => new()
    {
        Code = "610000001",
        Ingredient = "2171022",
        Section = 21,
        Times = days,
        Month = YearMonth.Of(new DateOnly(2026, 10, 1)),
        Day = new DateOnly(2026, 10, day),
        LastDay = new DateOnly(2026, 10, day).AddDays(days - 1),
        Place = new MedicinePlace(institution, ""),
    };
}
