using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>Results as a facility sees them. Pure.</summary>
internal static class CheckupViews
{
    private const string NotInTable = "~";

    /// <summary>What may be shown of a result: neither whereabouts nor contact, and of a protected person nothing that says where they went.</summary>
    public static CheckupDocument Shown(CheckupDocument document, bool shielded)
    {
        var person = document.Person with { PostalCode = "", Address = "" };
        var nowhere = new CheckupInstitution("", "", "", "", "");
        return shielded
            ? document with { Person = person, Author = nowhere, Performer = nowhere, Ticket = null, Results = [.. document.Results.Select(r => r with { Doctor = "" })] }
            : document with { Person = person };
    }

    /// <summary>Newest first, one per day.</summary>
    public static IReadOnlyList<CheckupVisit> Visits(IReadOnlyList<CheckupDocument> documents, IReadOnlyList<CheckupTrend> trends, CheckupItemTable items) =>
    [
        .. from document in documents
           where document.Day is not null
           group document by document.Day!.Value into day
           orderby day.Key descending
           let last = day.MaxBy(d => d.Written ?? DateOnly.MinValue)!
           select new CheckupVisit(day.Key, last.Performer.Name, Values(last, trends, items)),
    ];

    private static IReadOnlyList<CheckupValue> Values(CheckupDocument document, IReadOnlyList<CheckupTrend> trends, CheckupItemTable items)
    {
        var marks = trends.SelectMany(t => t.Points).Where(p => p.Day == document.Day).ToLookup(p => p.Code, p => p.Mark);
        return
        [
            .. from result in document.Results
               let item = items.Find(result.Code)
               orderby item?.Order ?? NotInTable
               select Value(result, item, marks[result.Code].FirstOrDefault()),
        ];
    }

    private static CheckupValue Value(CheckupResult result, CheckupItem? item, CheckupMark mark) => new(
        result.Code,
        item?.Name ?? result.Name,
        item?.CategoryName ?? "その他",
        Text(result, item),
        result.State == CheckupState.Measured ? item is { Unit.Length: > 0 } known && result.Unit == known.Ucum ? known.Unit : result.Unit : "",
        result.Interpretation,
        result.Low,
        result.High,
        mark == CheckupMark.None && item?.IsAbnormal(result.Value) is true ? CheckupMark.Caution : mark);

    private static string Text(CheckupResult result, CheckupItem? item) => result.State switch
    {
        CheckupState.NotDone => "未実施",
        CheckupState.Impossible => "測定不可能",
        _ => item?.TextOf(result.Value) is { Length: > 0 } text ? text : result.Value,
    };
}
