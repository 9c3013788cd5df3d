using System.Buffers.Binary;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>Texts of a few bytes that come again and again: the same bytes give the same string, as long as no other took its place.</summary>
internal sealed class ShortTexts
{
    private const int Places = 256;
    private readonly (ulong Bytes, string? Text)[] _known = new (ulong, string?)[Places];

    /// <summary>The text of some Shift_JIS bytes.</summary>
    public string Of(ReadOnlySpan<byte> value)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (value.Length is 0 or > sizeof(ulong) || value.Contains((byte)0))
        {
            return SjisText.Decode(value);
        }

        word.Clear();
        value.CopyTo(word);
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(word);
        ref var known = ref _known[(int)(unchecked(bytes * 0x9E3779B97F4A7C15) >> 56)];
        if (known.Text is null || known.Bytes != bytes)
        {
            known = (bytes, SjisText.Decode(value));
        }

        return known.Text;
    }
}
