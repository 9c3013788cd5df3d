using System.Text;

namespace Sekisho.Formats.Claims;

/// <summary>Shift_JIS for display and for masters: code page 932 of the runtime, undecodable bytes become U+FFFD.</summary>
internal static class ShiftJisText
{
    /// <summary>Never throws on any bytes.</summary>
    public static Encoding Tolerant { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))
        ?? throw new InvalidOperationException("この実行環境にはコードページ932がありません。");
}
