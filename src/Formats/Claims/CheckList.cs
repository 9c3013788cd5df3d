using Sekisho.Formats.Claims.Checks;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims;

/// <summary>One entry of the list of checks as documents and help pages show it.</summary>
/// <param name="Rule">Number, severity, title, clause, remedy.</param>
/// <param name="Group">事務点検, 形式 or 受付: which part of the reception says it.</param>
/// <param name="Subject">What it looks at, e.g. 保険者 or 期間.</param>
/// <param name="From">適用: first 診療年月; null = always.</param>
/// <param name="Needs">必要: masters without which it is not run; なし = the file alone.</param>
public sealed record CheckEntry(Rule Rule, string Group, string Subject, YearMonth? From, string Needs);

/// <summary>Every check that a file goes through, as a list to read: the documents and the help pages are made from it.</summary>
public static class CheckList
{
    private const string NoMaster = "なし";

    /// <summary>医科: the office checks in their order, then the shape of the file.</summary>
    public static IReadOnlyList<CheckEntry> 医科 { get; } =
    [
        .. OfficeChecks.医科.Select(c => new CheckEntry(c.Rule, "事務点検", Subject(c), c.From, c.Needs.ToString())),
        .. ShapeRules.All.Select(r => new CheckEntry(r, "形式", "形式", null, NoMaster)),
    ];

    /// <summary>Names this list, with the tables it rests on; <see cref="CheckReport.RuleListHash"/> of every run by it.</summary>
    public static string Hash => RuleList.Hash;

    // The predicates lie grouped by subject; a lambda lies in a class of the compiler's inside its group.
    private static string Subject(OfficeCheck check)
    {
        var home = check.Find.Method.DeclaringType;
        while (home is { DeclaringType: { } outer })
        {
            home = outer;
        }

        return home is null || home == typeof(OfficeChecks) ? "その他" : home.Name;
    }
}
