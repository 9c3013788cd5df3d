namespace Sekisho.Modules.Claims;

/// <summary>What a person states for an act, kept with it.</summary>
internal static class Reasons
{
    /// <summary>The most that is kept.</summary>
    public const int Longest = 200;

    /// <summary>One line of plain text.</summary>
    public static string Clean(string reason) => string.Join(' ', reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(part => string.Concat(part.Where(c => !char.IsControl(c))))).Trim();
}
