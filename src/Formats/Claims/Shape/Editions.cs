using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>All editions, and the one function that selects among them.</summary>
internal static class Editions
{
    private static readonly Lazy<(IReadOnlyList<Edition> Editions, string Digest)> Loaded = new(() =>
    {
        var tables = TableFiles.Embedded();
        return (EditionLoader.Load(tables), TableFiles.Digest(tables));
    });

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<Edition> All => Loaded.Value.Editions;

    /// <summary>SHA-256 (lower-case hex) over names and content of all embedded tables.</summary>
    public static string Digest => Loaded.Value.Digest;

    /// <summary>The edition for a claim of 医科: the newest whose two from-months are both reached.</summary>
    public static Edition Select(YearMonth treatment, YearMonth reception)
    {
        var all = All;
        for (var i = all.Count - 1; i > 0; i--)
        {
            if (all[i].Dates.Cover(treatment, reception))
            {
                return all[i];
            }
        }

        return all[0];
    }
}
