using System.Numerics;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>
/// Tells which values of a record might have a fault. It answers from a small table made of the record's table, and it is allowed to doubt:
/// <see cref="ItemCheck"/> decides what is doubtful and says what is wrong. It must never pass over a fault.
/// </summary>
internal sealed class QuickCheck(ItemPlan[] items)
{
    private readonly Judgement[] _judgements = [.. items.Select(Judgement.Of)];

    /// <summary>Items that are filled and have to be looked at: bit 0 is 項番 1.</summary>
    public ulong Doubtful(ReadOnlySpan<byte> record, RecordFields fields, ulong known)
    {
        var doubtful = 0UL;
        var filled = fields.Filled;
        // 項番 1 has been read already: it chose the table.
        var rest = fields.Present & known & ~1UL;
        for (var at = (int)(fields.Present & 1); rest != 0; at++, rest &= rest - 1)
        {
            var bit = rest & (~rest + 1);
            var field = filled[at];
            ref readonly var judgement = ref _judgements[BitOperations.TrailingZeroCount(rest)];
            if (!judgement.Holds(field.Of(record), (fields.NotDigits & bit) != 0, fields.Bytes))
            {
                doubtful |= bit;
            }
        }

        return doubtful;
    }

    /// <summary>How a value can be seen to have no fault.</summary>
    private enum Kind : byte
    {
        /// <summary>Not quickly.</summary>
        Never,

        /// <summary>Whatever it is: an office check judges it.</summary>
        Always,

        /// <summary>Digits without a leading zero.</summary>
        Integer,

        /// <summary>Digits, or digits and a point.</summary>
        Decimal,

        /// <summary>Digits of a length.</summary>
        Digits,

        /// <summary>A code of a 別表.</summary>
        Code,

        /// <summary>YYYYMM.</summary>
        Month,

        /// <summary>YYYYMMDD.</summary>
        Day,

        /// <summary>Digits of which the last is a check digit.</summary>
        CheckDigit,

        /// <summary>Half-width characters.</summary>
        Half,

        /// <summary>Full-width characters.</summary>
        Full,

        /// <summary>Either.</summary>
        HalfOrFull,
    }

    private readonly struct Judgement
    {
        private readonly CodeBits? _codes;
        private readonly Kind _kind;
        private readonly byte _unit;
        private readonly ushort _least;
        private readonly ushort _most;

        private Judgement(Kind kind, int least, int most, int unit, CodeBits? codes)
        {
            _codes = codes;
            _kind = kind;
            _unit = (byte)unit;
            _least = (ushort)least;
            _most = (ushort)most;
        }

        public static Judgement Of(ItemPlan item)
        {
            var shape = item.Shape;
            var kind = KindOf(item);
            var (least, most) = kind switch
            {
                Kind.Decimal => (1, shape.IntegerDigits),
                _ => (shape.Fixed ? shape.MaxBytes : 1, shape.MaxBytes),
            };
            return most > ushort.MaxValue ? default : new(kind, least, most, Math.Max(shape.Unit, 1), kind == Kind.Code ? new CodeBits(item.Codes!) : null);
        }

        public bool Holds(ReadOnlySpan<byte> value, bool notDigits, Bytes bytes) => _kind switch
        {
            Kind.Always => true,
            Kind.Integer => !notDigits && value.Length <= _most && (value[0] != '0' || value.Length == 1),
            Kind.Decimal => notDigits ? IsDecimal(value) : value.Length <= _most && (value[0] != '0' || value.Length == 1),
            Kind.Digits => !notDigits && value.Length >= _least && value.Length <= _most,
            Kind.Code => _codes!.Contains(value, notDigits),
            Kind.Month => !notDigits && Dates.IsMonth(value),
            Kind.Day => !notDigits && Dates.IsDay(value),
            Kind.CheckDigit => !notDigits && value.Length == _most && CheckDigit.IsValid(value),
            >= Kind.Half => IsText(value, notDigits, bytes),
            _ => false,
        };

        private static Kind KindOf(ItemPlan item) => item.Shape.Value switch
        {
            _ when item.IsReserved => Kind.Never,
            _ when item.CheckDigit is not null => item.DigitsOnly || item.OfficeIfWrong ? Kind.CheckDigit : Kind.Never,
            _ when item.OfficeIfWrong => item.Missing is null ? Kind.Always : Kind.Never,
            ItemValue.整数 => Kind.Integer,
            ItemValue.小数 => Kind.Decimal,
            ItemValue.年月 => Kind.Month,
            ItemValue.年月日 => Kind.Day,
            ItemValue.コード when item.Codes is not null => Kind.Code,
            ItemValue.和暦年月 or ItemValue.和暦年月日 => Kind.Never,
            ItemValue.繰返し when item.Codes is not null || item.DigitsOnly => Kind.Never,
            _ when item.DigitsOnly => Kind.Digits,
            _ => item.Shape.Mode switch
            {
                ItemMode.英数 => Kind.Half,
                ItemMode.漢字 => Kind.Full,
                ItemMode.英数又は漢字 => Kind.HalfOrFull,
                _ => Kind.Never,
            },
        };

        // What ends with a space or begins with a full-width one may be blank or have to be cut: that is not decided here.
        private bool IsText(ReadOnlySpan<byte> value, bool notDigits, Bytes bytes)
        {
            if (value.Length < _least || value.Length > _most || value.Length % _unit != 0 || value[0] is (byte)' ' || value[^1] is (byte)' ')
            {
                return false;
            }

            if (!notDigits || bytes == Bytes.Plain)
            {
                return _kind != Kind.Full;
            }

            return SjisText.Scan(value) switch
            {
                Text.Half => _kind != Kind.Full,
                Text.Full => _kind != Kind.Half && !IsWideSpace(value) && !IsWideSpace(value[^2..]),
                _ => false,
            };
        }

        private static bool IsWideSpace(ReadOnlySpan<byte> value) => value[0] == 0x81 && value[1] == 0x40;

        // At most five digits, a point, at most two digits: what amounts of medicine look like. The longer ones are rare.
        private bool IsDecimal(ReadOnlySpan<byte> value)
        {
            var point = value.IndexOf((byte)'.');
            return point > 0 && point <= _most && value.Length - point is 2 or 3
                && AsciiDigits.Are(value[..point]) && AsciiDigits.Are(value[(point + 1)..])
                && (value[0] != '0' || point == 1) && value[^1] != '0';
        }
    }
}
