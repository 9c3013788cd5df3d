using System.Text;
using System.Text.RegularExpressions;

namespace Sekisho.Formats.Eligibility;

/// <summary>The two encodings of the interface.</summary>
public enum OqsEncoding
{
    /// <summary>CharacterCodeIdentifier 0.</summary>
    Utf8,

    /// <summary>CharacterCodeIdentifier 1; code page 932.</summary>
    ShiftJis,
}

/// <summary>Bytes to text: byte order mark, then declaration, then CharacterCodeIdentifier; never a character guessed.</summary>
internal static partial class OqsText
{
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding ShiftJis { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? throw new InvalidOperationException("この実行環境にはコードページ932がありません。");

    private static readonly HashSet<string> ShiftJisNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Shift_JIS", "Shift-JIS", "ShiftJIS", "SJIS", "x-sjis", "Windows-31J", "MS932", "CP932", "MS_Kanji", "csShiftJIS", "csWindows31J",
    };

    public static Encoding Of(OqsEncoding encoding) => encoding == OqsEncoding.Utf8 ? Utf8 : ShiftJis;

    /// <summary>The text and how it was encoded; null after a finding that says why not.</summary>
    public static (string Text, OqsEncoding Encoding)? Decode(ReadOnlySpan<byte> bytes, List<OqsFinding> findings)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 200)]);
        var marked = head.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal);
        var name = Declaration().Match(head) is { Success: true } match ? match.Groups[1].Value : "";
        var declared = Named(name);
        if ((name.Length > 0 && declared is null && !marked) || head.StartsWith("\u00FF\u00FE", StringComparison.Ordinal) || head.StartsWith("\u00FE\u00FF", StringComparison.Ordinal))
        {
            findings.Add(new OqsFinding(OqsRules.UnknownEncoding, "", 1, name.Length > 0 ? $"文字コード「{name}」は UTF-8 でも Shift_JIS でもありません。" : "UTF-16 は受け付けません。"));
            return null;
        }

        var first = marked ? OqsEncoding.Utf8 : declared ?? Identified(bytes) ?? OqsEncoding.Utf8;
        var second = first == OqsEncoding.Utf8 ? OqsEncoding.ShiftJis : OqsEncoding.Utf8;
        if (TryDecode(bytes, first, out var text, out var place))
        {
            if (marked && declared == OqsEncoding.ShiftJis)
            {
                findings.Add(new OqsFinding(OqsRules.EncodingDisagrees, "", 1, "宣言は Shift_JIS ですが BOM があるので UTF-8 として読みました。"));
            }

            return (text, first);
        }

        if (!marked && TryDecode(bytes, second, out text, out _))
        {
            findings.Add(new OqsFinding(OqsRules.EncodingDisagrees, "", 1, $"{Word(first)} と示されていますが、{Word(second)} として読みました。"));
            return (text, second);
        }

        findings.Add(new OqsFinding(OqsRules.Undecodable, "", 0, $"{place + 1} バイト目から {Word(first)} として読めません。"));
        return null;
    }

    public static string Word(OqsEncoding encoding) => encoding == OqsEncoding.Utf8 ? "UTF-8" : "Shift_JIS";

    private static OqsEncoding? Named(string name) =>
        name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || name.Equals("UTF8", StringComparison.OrdinalIgnoreCase) ? OqsEncoding.Utf8
        : ShiftJisNames.Contains(name) ? OqsEncoding.ShiftJis
        : null;

    // The tag is ASCII in both encodings.
    private static OqsEncoding? Identified(ReadOnlySpan<byte> bytes)
    {
        var tag = "<CharacterCodeIdentifier>"u8;
        var at = bytes.IndexOf(tag);
        return at < 0 || at + tag.Length >= bytes.Length ? null
            : bytes[at + tag.Length] switch { (byte)'0' => OqsEncoding.Utf8, (byte)'1' => OqsEncoding.ShiftJis, _ => null };
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, OqsEncoding encoding, out string text, out int place)
    {
        try
        {
            text = Of(encoding).GetString(bytes);
            place = 0;
            return true;
        }
        catch (DecoderFallbackException e)
        {
            text = "";
            place = e.Index;
            return false;
        }
    }

    [GeneratedRegex("""^(?:\u00EF\u00BB\u00BF)?\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]{1,40})["']""")]
    private static partial Regex Declaration();
}
