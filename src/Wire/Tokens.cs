using System.Buffers;
using System.Globalization;

namespace Sekisho.Wire;

/// <summary>How the vocabulary is spelled in messages and certificates, and what a text member may look like.</summary>
internal static class Tokens
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\:*?\"<>|");

    public static string Of(SiteEnvironment environment) => environment switch
    {
        SiteEnvironment.Development => "development",
        SiteEnvironment.Test => "test",
        SiteEnvironment.Production => "production",
        _ => throw new ArgumentOutOfRangeException(nameof(environment)),
    };

    public static SiteEnvironment? Environment(string token) => token switch
    {
        "development" => SiteEnvironment.Development,
        "test" => SiteEnvironment.Test,
        "production" => SiteEnvironment.Production,
        _ => null,
    };

    public static string Of(Classification classification) => classification switch
    {
        Wire.Classification.Public => "public",
        Wire.Classification.Confidential => "confidential",
        Wire.Classification.StrictlyConfidential => "strictly-confidential",
        _ => throw new ArgumentOutOfRangeException(nameof(classification)),
    };

    public static Classification? Classification(string token) => token switch
    {
        "public" => Wire.Classification.Public,
        "confidential" => Wire.Classification.Confidential,
        "strictly-confidential" => Wire.Classification.StrictlyConfidential,
        _ => null,
    };

    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    public static bool IsKind(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';

    /// <summary>A name every operating system can keep, that shows as what it is (no direction marks), and that leads nowhere.</summary>
    public static bool IsFileName(string text) =>
        text.Length is > 0 and <= 255 && text is not ("." or "..") && text.Trim() == text && !text.AsSpan().ContainsAny(Separators) && IsPlain(text);

    /// <summary>One line of ordinary, well-formed text.</summary>
    public static bool IsPlain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD || System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A C2SP origin: printable ASCII without space and plus sign.</summary>
    public static bool IsOrigin(string text) => text.Length is > 0 and <= 255 && text.All(c => c is > ' ' and < (char)127 and not '+');
}
