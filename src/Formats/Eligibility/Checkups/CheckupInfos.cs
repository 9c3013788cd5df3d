using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Results of one person → the body of TKKsiquc01res, as its view: OqsMessage and OqsWriter make the message of it. Pure functions.</summary>
public static class CheckupInfos
{
    private const string NotInTable = "~";

    /// <summary>One block per day, newest first.</summary>
    /// <param name="visits">All results of one person that may be shown.</param>
    /// <param name="items">健診項目の表.</param>
    public static CheckupInformation Of(IEnumerable<CheckupDocument> visits, CheckupItemTable items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var days = Enumerable.Reverse(OnePerDay(visits)).Select(v => new SpecificHealthCheckupInfo { EffectiveTime = v.Day, HealthCheckupResultAndQuestionInfos = Items(v, items) });
        return new CheckupInformation { SpecificHealthCheckupInfos = [.. days] };
    }

    /// <summary>Oldest first; of two results of one day the one written later counts, then the one that came later.</summary>
    internal static List<CheckupDocument> OnePerDay(IEnumerable<CheckupDocument> visits)
    {
        ArgumentNullException.ThrowIfNull(visits);
        var days = new SortedDictionary<DateOnly, CheckupDocument>();
        foreach (var visit in visits)
        {
            if (visit.Day is { } day && (!days.TryGetValue(day, out var known) || !(visit.Written < known.Written)))
            {
                days[day] = visit;
            }
        }

        return [.. days.Values];
    }

    // What was not done or not possible has no value to show, and the message has no way to say so.
    private static IReadOnlyList<HealthCheckupResultAndQuestionInfo> Items(CheckupDocument visit, CheckupItemTable items)
    {
        var rows = visit.Results.Where(r => r.State == CheckupState.Measured && r.Value.Length > 0).SelectMany(r => Rows(r, items));
        return [.. rows.OrderBy(r => items.Find(r.ItemCode)?.Order ?? NotInTable, StringComparer.Ordinal)];
    }

    private static IEnumerable<HealthCheckupResultAndQuestionInfo> Rows(CheckupResult result, CheckupItemTable items)
    {
        var item = items.Find(result.Code);
        var name = item?.Name ?? result.Name;
        yield return new HealthCheckupResultAndQuestionInfo
        {
            ItemCode = result.Code,
            ItemName = name,
            DataType = result.Type.ToString(),
            DataValue = result.Value,
            Unit = result.Unit,
            Oid = result.CodeSystem,
            DataValueName = item?.TextOf(result.Value) ?? "",
        };

        // The file records the doctor as author of the judgement; the item table knows that name as an item of its own.
        if (result.Doctor.Length > 0 && items.Find(item?.AuthorItem ?? "") is { } author)
        {
            yield return new HealthCheckupResultAndQuestionInfo { ItemCode = author.Code, ItemName = author.Name, DataType = author.Type.ToString(), DataValue = result.Doctor };
        }
    }
}
