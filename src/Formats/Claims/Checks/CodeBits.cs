using System.Globalization;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>The codes of a 別表 that are in force in every month, as bits. Dated codes are not among them: the table itself answers for those.</summary>
internal sealed class CodeBits
{
    private const int Longest = 4;

    // One-byte codes stand at their byte, longer ones (all of them digits) behind those of fewer digits.
    private static ReadOnlySpan<int> From => [0, 0, 256, 356, 1356, 11356];
    private readonly ulong[] _bits;

    public CodeBits(CodeTable table)
    {
        var positions = table.Rows.Where(r => r.From == CodeRow.First && r.Until == CodeRow.Last).Select(r => Position(r.Code)).Where(p => p >= 0).ToArray();
        _bits = new ulong[(From[table.Rows.Max(r => Math.Min(r.Code.Length, Longest)) + 1] / 64) + 1];
        DigitsOnly = table.Rows.All(r => r.Code.All(char.IsAsciiDigit));
        foreach (var position in positions)
        {
            _bits[position >> 6] |= 1UL << (position & 63);
        }
    }

    /// <summary>No code holds anything but 0–9.</summary>
    public bool DigitsOnly { get; }

    /// <summary>True when the code is certainly in force. Where <see cref="DigitsOnly"/>, the caller knows that it is made of digits.</summary>
    public bool Contains(ReadOnlySpan<byte> code)
    {
        var position = code switch
        {
            [var only] => only,
            _ when !DigitsOnly => int.MaxValue,
            [var a, var b] => From[2] + (a * 10) + b - ('0' * 11),
            [var a, var b, var c] => From[3] + (a * 100) + (b * 10) + c - ('0' * 111),
            [var a, var b, var c, var d] => From[4] + (a * 1000) + (b * 100) + (c * 10) + d - ('0' * 1111),
            _ => int.MaxValue,
        };
        var word = position >> 6;
        return word < _bits.Length && (_bits[word] >> (position & 63) & 1) != 0;
    }

    private static int Position(string code) => code.Length switch
    {
        1 when char.IsAscii(code[0]) => code[0],
        > 1 and <= Longest when code.All(char.IsAsciiDigit) => From[code.Length] + int.Parse(code, CultureInfo.InvariantCulture),
        _ => -1,
    };
}
