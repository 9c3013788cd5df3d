namespace Sekisho.Formats.Claims.Reading;

/// <summary>Half-width digits in a value.</summary>
internal static class AsciiDigits
{
    /// <summary>True when all bytes are digits; false for nothing.</summary>
    public static bool Are(ReadOnlySpan<byte> value) => value.Length > 0 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
