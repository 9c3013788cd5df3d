using System.Numerics;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>
/// Tells which values of a record might have a fault. It answers from a small table made of the record's table, and it is allowed to doubt:
/// <see cref="ItemCheck"/> decides what is doubtful and says what is wrong. It must never pass over a fault.
/// </summary>
internal sealed class QuickCheck
{
    private readonly Judgement[] _judgements;
    private readonly ulong _known;
    private readonly ulong _digits;
    private readonly ulong _settledByOneDigit;
    private readonly ulong _always;

    public QuickCheck(ItemPlan[] items)
    {
        _judgements = [.. items.Select(Judgement.Of)];
        // 項番 1 has been read already: it chose the table.
        _known = Mask(j => true) & ~1UL;
        _always = Mask(j => j.Kind == Kind.Always);
        _digits = Mask(j => j.NeedsDigits);
        _settledByOneDigit = Mask(j => j.TakesOneDigit);
    }

    /// <summary>Items that are filled and have to be looked at: bit 0 is 項番 1.</summary>
    public ulong Doubtful(ReadOnlySpan<byte> record, RecordFields fields)
    {
        // What can be said of all items at once is said first: most of the 31 days are settled here.
        var filled = fields.Present & _known & ~_always;
        var doubtful = filled & _digits & ~fields.Digits;
        var rest = filled & ~doubtful & ~(_settledByOneDigit & fields.Digits & fields.Single);
        for (; rest != 0; rest &= rest - 1)
        {
            var item = BitOperations.TrailingZeroCount(rest);
            var value = fields.Item(record, item + 1);
            ref readonly var judgement = ref _judgements[item];
            var holds = judgement.Kind switch
            {
                Kind.Digits => value.Length >= judgement.Least && value.Length <= judgement.Most,
                Kind.Integer => value.Length <= judgement.Most && value[0] != '0',
                Kind.Code => judgement.Codes!.Contains(value),
                _ => judgement.Holds(value, (fields.Digits >> item & 1) != 0, fields.Bytes),
            };
            if (!holds)
            {
                doubtful |= 1UL << item;
            }
        }

        return doubtful;
    }

    private ulong Mask(Predicate<Judgement> where)
    {
        var mask = 0UL;
        for (var item = 0; item < _judgements.Length; item++)
        {
            mask |= where(_judgements[item]) ? 1UL << item : 0;
        }

        return mask;
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
        private readonly byte _unit;
        private readonly bool _fromOne;

        private Judgement(ItemPlan item)
        {
            var shape = item.Shape;
            Kind = KindOf(item);
            Least = (ushort)(shape.Fixed ? shape.MaxBytes : 1);
            Most = (ushort)(Kind == Kind.Decimal ? shape.IntegerDigits : shape.MaxBytes);
            Codes = Kind == Kind.Code ? new CodeBits(item.Codes!) : null;
            _unit = (byte)Math.Max(shape.Unit, 1);
            _fromOne = Least == 1;
        }

        public CodeBits? Codes { get; }

        public ushort Least { get; }

        public ushort Most { get; }

        public Kind Kind { get; }

        /// <summary>Anything but digits is doubtful.</summary>
        public bool NeedsDigits => Kind is Kind.Integer or Kind.Digits or Kind.Month or Kind.Day or Kind.CheckDigit || (Kind == Kind.Code && Codes!.DigitsOnly);

        /// <summary>A single digit is right whichever it is.</summary>
        public bool TakesOneDigit => Kind is Kind.Integer or Kind.Decimal || (Kind == Kind.Digits && _fromOne);

        public static Judgement Of(ItemPlan item) => item.Shape.MaxBytes > ushort.MaxValue ? default : new(item);

        public bool Holds(ReadOnlySpan<byte> value, bool digits, Bytes bytes) => Kind switch
        {
            Kind.Decimal => digits ? value.Length <= Most && value[0] != '0' : IsDecimal(value),
            Kind.Month => Dates.IsMonth(value),
            Kind.Day => Dates.IsDay(value),
            Kind.CheckDigit => value.Length == Most && CheckDigit.IsValid(value),
            >= Kind.Half => IsText(value, digits, bytes),
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
        private bool IsText(ReadOnlySpan<byte> value, bool digits, Bytes bytes)
        {
            if (value.Length < Least || value.Length > Most || value.Length % _unit != 0 || value[0] is (byte)' ' || value[^1] is (byte)' ')
            {
                return false;
            }

            if (digits || bytes == Bytes.Plain)
            {
                return Kind != Kind.Full;
            }

            return SjisText.Scan(value) switch
            {
                Text.Half => Kind != Kind.Full,
                Text.Full => Kind != Kind.Half && !IsWideSpace(value) && !IsWideSpace(value[^2..]),
                _ => false,
            };
        }

        private static bool IsWideSpace(ReadOnlySpan<byte> value) => value[0] == 0x81 && value[1] == 0x40;

        // At most five digits, a point, at most two digits: what amounts of medicine look like. The longer ones are rare.
        private bool IsDecimal(ReadOnlySpan<byte> value)
        {
            var point = value.IndexOf((byte)'.');
            return point > 0 && point <= Most && value.Length - point is 2 or 3
                && AsciiDigits.Are(value[..point]) && AsciiDigits.Are(value[(point + 1)..])
                && (value[0] != '0' || point == 1) && value[^1] != '0';
        }
    }
}
