using System.Globalization;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Web.Display;

/// <summary>One medicine over the period: as given last, how often, where, in which months.</summary>
internal sealed record MedicineLine(GivenDrug Last, int Count, IReadOnlyList<string> Places, IReadOnlySet<YearMonth> Months);

/// <summary>薬剤情報・診療情報 as a doctor reads it: by medicine, the last one first, what overlaps above all.</summary>
internal sealed class MedicineSheet
{
    private const int MostMonths = 12;

    public MedicineSheet(MedicinesAnswer answer, bool open = false)
    {
        (Answer, Open) = (answer, open);
        var today = answer.At.DayInJapan();
        Overlaps = [.. answer.Hints.Where(h => h.Until >= today)];
        PastOverlaps = [.. answer.Hints.Where(h => h.Until < today)];
        var first = answer.Until.Add(1 - MostMonths);
        for (var month = first < answer.From ? answer.From : first; month <= answer.Until; month = month.Add(1))
        {
            Months.Add(month);
        }

        Lines =
        [
            .. from drug in answer.Drugs
               where !drug.Superseded
               group drug by (drug.Code, drug.Section) into same
               let last = same.MaxBy(d => (d.Month, d.Day))!
               orderby last.Month descending, last.Day descending, last.Section, last.Code
               select new MedicineLine(last, same.Count(), [.. same.Select(Place).Distinct()], same.Select(d => d.Month).ToHashSet()),
        ];
    }

    public MedicinesAnswer Answer { get; }

    /// <summary>Everything is unfolded: on paper nobody can.</summary>
    public bool Open { get; }

    /// <summary>重複の可能性 whose days go on: the first thing to read.</summary>
    public IReadOnlyList<DuplicateHint> Overlaps { get; }

    /// <summary>Those whose days are over in Japan: folded, so that they do not push the medicines out of sight.</summary>
    public IReadOnlyList<DuplicateHint> PastOverlaps { get; }

    /// <summary>The last months of the period, at most a year of them, oldest first.</summary>
    public List<YearMonth> Months { get; } = [];

    public IReadOnlyList<MedicineLine> Lines { get; }

    /// <summary>昭和55年1月1日（41歳）女.</summary>
    public string Born
    {
        get
        {
            var birth = Answer.Birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            return $"{Show.EraDay(birth)}（{Show.Age(birth, Answer.Until.ToString())}歳）{(Answer.Sex == "1" ? "男" : Answer.Sex == "2" ? "女" : "")}";
        }
    }

    public bool Shows(ConsentKind kind) => Answer.Kinds.Any(k => k.Kind == kind && k.Shown);

    public bool ShowsServices => Shows(ConsentKind.Diagnoses) || Shows(ConsentKind.Operations);

    /// <summary>The first consent to end; null when all of them go on.</summary>
    public DateTimeOffset? Until => Answer.Kinds.Min(k => k.Until);

    /// <summary>How long it may be looked at still: あと22時間10分.</summary>
    public string Left => Until is not { } until ? "継続"
        : until - Answer.At is var left && left >= TimeSpan.FromHours(1) ? string.Create(CultureInfo.InvariantCulture, $"あと{(int)left.TotalHours}時間{left.Minutes}分")
        : string.Create(CultureInfo.InvariantCulture, $"あと{Math.Max((int)left.TotalMinutes, 0)}分");

    public static string KindName(ConsentKind kind) => kind switch
    {
        ConsentKind.Medicines => "薬剤情報",
        ConsentKind.Diagnoses => "診療情報",
        _ => "手術情報",
    };

    public static string Name(GivenItem item) => item.Name.Length > 0 ? item.Name : "コード " + item.Code;

    public static string Place(GivenItem item) => item.Place.Name.Length > 0 ? item.Place.Name : item.Place.Code.Length > 0 ? item.Place.Code : "（示していません）";

    /// <summary>内服: 1錠／日 × 14日分; else 2管 × 1回.</summary>
    public static string Dose(GivenItem item)
    {
        var isDaily = item is GivenDrug && item.Section == Formats.Claims.ClaimService.Internal;
        var amount = item.Quantity is { } quantity ? quantity.ToString("0.#####", CultureInfo.InvariantCulture) + item.Unit : "";
        var each = amount.Length == 0 ? "" : amount + (isDaily ? "／日 × " : " × ");
        return string.Create(CultureInfo.InvariantCulture, $"{each}{item.Times}{(isDaily ? "日分" : "回")}");
    }

    public static string Day(GivenItem item) => item.Day is { } day
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}/{day.Month}/{day.Day}")
        : string.Create(CultureInfo.InvariantCulture, $"{item.Month.Year}/{item.Month.Month}（日は不明）");

    public static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}/{day.Month}/{day.Day}");
}
