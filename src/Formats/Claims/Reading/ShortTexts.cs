using System.Buffers.Binary;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>Texts of four to eight bytes that come again and again: the same bytes give the same string, as long as no other took its place.</summary>
internal sealed class ShortTexts
{
    private const int Places = 256;
    private readonly (ulong Bytes, int Length, string Text)[] _known = new (ulong, int, string)[Places];

    /// <summary>The text of some Shift_JIS bytes.</summary>
    public string Of(ReadOnlySpan<byte> value)
    {
        if (value.Length is < sizeof(uint) or > sizeof(ulong))
        {
            return SjisText.Decode(value);
        }

        // Two words that overlap hold every byte once or twice at the same place.
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(value)
            | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(value[^sizeof(uint)..]) << (8 * (value.Length - sizeof(uint))));
        ref var known = ref _known[(int)(unchecked(bytes * 0x9E3779B97F4A7C15) >> 56)];
        if (known.Bytes != bytes || known.Length != value.Length)
        {
            known = (bytes, value.Length, SjisText.Decode(value));
        }

        return known.Text;
    }
}
