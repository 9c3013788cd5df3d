namespace Sekisho.Formats.Claims.Reading;

/// <summary>負担区分 (別表21): which payers a line counts for.</summary>
internal static class Bearers
{
    /// <summary>医保 and four 公費.</summary>
    public const int Payers = 5;

    /// <summary>Bit of 医保.</summary>
    public const byte Insurance = 1;

    /// <summary>Bits of all payers.</summary>
    public const int All = 0b11111;

    // 医保 is bit 0, 公費① bit 1, 公費② bit 2, 公費③ bit 3, 公費④ bit 4.
    private static readonly byte[] Sets = Build(
        ('1', 0b00001), ('5', 0b00010), ('6', 0b00100), ('B', 0b01000), ('C', 0b10000),
        ('2', 0b00011), ('3', 0b00101), ('E', 0b01001), ('G', 0b10001),
        ('7', 0b00110), ('H', 0b01010), ('I', 0b10010), ('J', 0b01100), ('K', 0b10100), ('L', 0b11000),
        ('4', 0b00111), ('M', 0b01011), ('N', 0b10011), ('O', 0b01101), ('P', 0b10101), ('Q', 0b11001),
        ('R', 0b01110), ('S', 0b10110), ('T', 0b11010), ('U', 0b11100),
        ('V', 0b01111), ('W', 0b10111), ('X', 0b11011), ('Y', 0b11101), ('Z', 0b11110),
        ('9', 0b11111));

    /// <summary>The payers of a code; 0 when there is no such code.</summary>
    public static byte Of(ReadOnlySpan<byte> code) => code.Length == 1 && code[0] < Sets.Length ? Sets[code[0]] : (byte)0;

    private static byte[] Build(params ReadOnlySpan<(char Code, int Set)> rows)
    {
        var sets = new byte[128];
        foreach (var (code, set) in rows)
        {
            sets[code] = (byte)set;
        }

        return sets;
    }
}
