using System.Globalization;

namespace Sekisho.Cli;

/// <summary>チェック区分 as people read them, gravest first. Keyed by name so that answers of the site and of the local check read alike.</summary>
internal static class Severities
{
    private static readonly (string Name, string Meaning)[] _all =
    [
        ("L1", "受付不能・ファイル"),
        ("L2", "受付不能・レセプト"),
        ("L3", "返戻対象"),
        ("L4", "要確認"),
        ("L48", "連絡"),
        ("L7", "算定ルール"),
    ];

    public static string Meaning(string name) => Array.Find(_all, s => s.Name == name).Meaning ?? "";

    /// <summary>Everything but 連絡 asks somebody to do something.</summary>
    public static bool IsAboveNotice(string name) => name != "L48";

    /// <summary>E.g. <c>L1 受付不能・ファイル 0 · L2 … 3</c>.</summary>
    public static string Counts(IReadOnlyDictionary<string, int> counts) =>
        string.Join(" · ", _all.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Meaning} {counts.GetValueOrDefault(s.Name)}")));
}
