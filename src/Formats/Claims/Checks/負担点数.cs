using System.Buffers.Text;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Who bears what: 負担区分 (別表21) as sets of payers, and what the payers' records say.</summary>
internal static class 負担
{
    /// <summary>医保, then four 公費.</summary>
    public const int 負担者 = 5;

    // Bit 0 医保, bit 1 第一公費, bit 2 第二公費, bit 3 第三公費, bit 4 第四公費.
    private static readonly byte[] Sets = Build("15" + "6BC" + "23EG" + "7HIJKL" + "4MNOPQ" + "RSTU" + "VWXYZ" + "9",
    [
        0b00001, 0b00010, 0b00100, 0b01000, 0b10000,
        0b00011, 0b00101, 0b01001, 0b10001,
        0b00110, 0b01010, 0b10010, 0b01100, 0b10100, 0b11000,
        0b00111, 0b01011, 0b10011, 0b01101, 0b10101, 0b11001,
        0b01110, 0b10110, 0b11010, 0b11100,
        0b01111, 0b10111, 0b11011, 0b11101, 0b11110,
        0b11111,
    ]);

    /// <summary>The payers of a 負担区分; 0 when there is no such code.</summary>
    public static int Of(ReadOnlySpan<byte> code) => code.Length == 1 && code[0] < Sets.Length ? Sets[code[0]] : 0;

    /// <summary>診療実日数 of each payer; -1 where there is none or it cannot be read.</summary>
    public static void 診療実日数(ClaimView claim, Span<int> days)
    {
        days.Fill(-1);
        if (claim.Insurer >= 0)
        {
            days[0] = Number(claim[claim.Insurer, HO.診療実日数]);
        }

        var publics = claim.Of(RecordKey.KO);
        for (var i = 0; i < publics.Length && i + 1 < 負担者; i++)
        {
            days[i + 1] = Number(claim[publics[i], KO.診療実日数]);
        }
    }

    /// <summary>Digits, at most nine; -1 for anything else.</summary>
    public static int Number(ReadOnlySpan<byte> value) =>
        value.Length is > 0 and <= 9 && value[0] is >= (byte)'0' and <= (byte)'9' && Utf8Parser.TryParse(value, out int number, out var read) && read == value.Length
            ? number
            : -1;

    private static byte[] Build(string codes, ReadOnlySpan<byte> sets)
    {
        var table = new byte[128];
        for (var i = 0; i < codes.Length; i++)
        {
            table[codes[i]] = sets[i];
        }

        return table;
    }
}
