using System.Numerics;
using Sekisho.Formats.Claims.Checks;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>
/// 摘要 of a claim, read once and then asked by every check on sums, units and days. A 点数・回数算定単位 ends at the record that has 点数,
/// or unpriced where the next 診療識別 begins. The arrays are reused from claim to claim.
/// </summary>
internal sealed class Services
{
    /// <summary>診療識別 of 食事療養・生活療養: 点数 holds yen.</summary>
    public const int Meal = 97;

    private const int Unknown = 0;
    private const int MostPoints = 7;
    private const int MostTimes = 3;
    private const int CodeLength = 9;
    private readonly long[] _points = new long[Bearers.Payers];
    private readonly long[] _byDays = new long[Bearers.Payers];
    private readonly long[] _meals = new long[Bearers.Payers];
    private readonly uint[] _days = new uint[Bearers.Payers];
    private Service[] _all = new Service[64];
    private int[] _annotated = new int[64];
    private int _annotations;
    private int _count;
    private int _receipt;
    private int _unit;
    private int _first;
    private int _last;
    private byte _kind;
    private bool _elsewhere;

    /// <summary>Every record of 摘要 in order, comments and donors' included.</summary>
    public ReadOnlySpan<Service> All => _all.AsSpan(0, _count);

    /// <summary>Rows of SI, IY and TO that have a コメントコード or 文字データ of their own.</summary>
    public ReadOnlySpan<int> Annotated => _annotated.AsSpan(0, _annotations);

    /// <summary>How many units there are, donors' included.</summary>
    public int Units => _unit;

    /// <summary>All marks of the claim together.</summary>
    public ServiceMarks Marks { get; private set; }

    /// <summary>All 負担区分 of the claim together.</summary>
    public byte Payers { get; private set; }

    /// <summary>All days together, donors' included.</summary>
    public uint Days { get; private set; }

    /// <summary>Σ 点数×回数 per payer, without meals and donors.</summary>
    public ReadOnlySpan<long> Points => _points;

    /// <summary>As <see cref="Points"/>, with the sum of the days in the place of 回数.</summary>
    public ReadOnlySpan<long> PointsByDays => _byDays;

    /// <summary>Σ 金額×回数 of 診療識別97 per payer.</summary>
    public ReadOnlySpan<long> Meals => _meals;

    /// <summary>Days with a service, per payer.</summary>
    public ReadOnlySpan<uint> DaysOf => _days;

    /// <summary>項番 of the first コメントコード of a record.</summary>
    public static int FirstComment(ushort key) => key == RecordKey.TO ? TO.コメント : SI.コメント;

    /// <summary>Reads the claim.</summary>
    public void Read(ClaimView claim)
    {
        Clear();
        for (var row = 1; row < claim.Count; row++)
        {
            switch (claim.Key(row))
            {
                case RecordKey.SI:
                    Add(claim, row, SI.コメント, SI.日, (byte)'1');
                    break;
                case RecordKey.IY:
                    Add(claim, row, SI.コメント, SI.日, (byte)'6');
                    break;
                case RecordKey.TO:
                    Add(claim, row, TO.コメント, TO.日, (byte)'7');
                    break;
                case RecordKey.CO:
                    AddComment(claim.Items(row), row);
                    break;
                case RecordKey.TI:
                    Close();
                    _elsewhere = claim[row, TI.臓器提供医療機関区分] is [(byte)'2'];
                    _kind = Unknown;
                    break;
                case RecordKey.TR:
                    Close();
                    _receipt++;
                    _kind = Unknown;
                    break;
            }
        }

        Close();
    }

    private void Clear()
    {
        (_count, _annotations, _receipt, _unit, _first, _last, _kind, _elsewhere) = (0, 0, 0, 0, -1, -1, Unknown, false);
        (Marks, Payers, Days) = (ServiceMarks.None, 0, 0);
        Array.Clear(_points);
        Array.Clear(_byDays);
        Array.Clear(_meals);
        Array.Clear(_days);
    }

    private void Add(ClaimView claim, int row, int comments, int firstDay, byte first)
    {
        var items = claim.Items(row);
        ref var service = ref Next(items, row, _elsewhere ? ServiceMarks.Elsewhere : ServiceMarks.None, first);
        var points = items[摘要.点数];
        var times = items[摘要.回数];
        var readable = service.Payers != 0 && times.Length <= MostTimes && Number.TryRead(times, out service.Times) && service.Times >= 0;
        if (!points.IsEmpty)
        {
            service.Marks |= points[0] == '-' ? ServiceMarks.Priced | ServiceMarks.Negative : ServiceMarks.Priced;
            readable &= points.Length <= MostPoints && Number.TryRead(points, out service.Points);
        }

        service.Marks |= readable ? service.Times == 0 ? ServiceMarks.ZeroTimes : ServiceMarks.None : ServiceMarks.Unreadable;
        ReadDays(items, comments, firstDay, ref service);
        if (_first < 0)
        {
            _unit++;
            _first = _count - 1;
        }

        service.Unit = _unit;
        _last = _count - 1;
        Compare(_all[_first], ref service);
        Marks |= service.Marks;
        Days |= service.Days;
        if (service.Is(ServiceMarks.Priced))
        {
            Count(service);
            EndUnit();
        }
    }

    private void AddComment(RowItems items, int row)
    {
        // Beginning it may close a unit, which adds marks of its own.
        ref var service = ref Next(items, row, ServiceMarks.Comment, (byte)'8');
        Marks |= service.Marks;
    }

    private ref Service Next(RowItems items, int row, ServiceMarks marks, byte first)
    {
        if (_count == _all.Length)
        {
            Array.Resize(ref _all, _count * 2);
            Array.Resize(ref _annotated, _count * 2);
        }

        var kind = items[摘要.診療識別];
        if (!kind.IsEmpty)
        {
            Close();
            var before = _kind == byte.MaxValue ? Unknown : _kind;
            _kind = Number.TryRead(kind, out var value) && value is > 0 and < 100 ? (byte)value : byte.MaxValue;
            marks |= _kind < before ? ServiceMarks.Descends : ServiceMarks.None;
            marks |= _kind is 90 or 92 or Meal ? ServiceMarks.Admission : ServiceMarks.None;
        }
        else if (_kind == Unknown && (marks & ServiceMarks.Comment) == 0)
        {
            marks |= ServiceMarks.NoKind;
            _kind = byte.MaxValue;
        }

        marks |= items[摘要.コード] is { Length: CodeLength } code && code[0] != first ? ServiceMarks.OtherFirst : ServiceMarks.None;
        ref var service = ref _all[_count++];
        service = new Service { Row = row, Receipt = _receipt, Kind = _kind, Payers = Bearers.Of(items[摘要.負担区分]), Marks = marks };
        Payers |= service.Payers;
        return ref service;
    }

    private void ReadDays(RowItems items, int comments, int firstDay, ref Service service)
    {
        if ((items.Present >> (comments - 1) & ((1UL << (firstDay - comments)) - 1)) != 0)
        {
            service.Marks |= ServiceMarks.Annotated;
            _annotated[_annotations++] = service.Row;
        }

        // The days are the last items of a record: those that hold anything follow each other.
        var at = items.Before(firstDay);
        for (var days = items.Present >> (firstDay - 1) & ((1UL << 摘要.日数) - 1); days != 0; days &= days - 1)
        {
            var value = items.Filled(at++);
            if (value.Length > MostTimes || !Number.TryRead(value, out var count) || count < 0)
            {
                service.Marks |= ServiceMarks.BadDay;
                continue;
            }

            var day = BitOperations.TrailingZeroCount(days);
            service.Days |= count == 0 ? 0 : 1u << day;
            service.DaySum += count;
            service.DayHash = BitOperations.RotateLeft(service.DayHash, 5) ^ (uint)((count * 31) + day);
        }
    }

    private static void Compare(in Service first, ref Service service)
    {
        if (service.Times != first.Times)
        {
            service.Marks |= ServiceMarks.OtherTimes;
        }

        if (service.Payers != first.Payers)
        {
            service.Marks |= ServiceMarks.OtherPayers;
        }

        if (service.DayHash != first.DayHash)
        {
            service.Marks |= ServiceMarks.OtherDays;
        }

        if (service.DaySum != service.Times)
        {
            service.Marks |= ServiceMarks.DaysOff;
        }
    }

    // Days and sums count for the claim itself only; a donor's are summed where they are compared.
    private void Count(in Service service)
    {
        if (service.Receipt != 0 || service.Is(ServiceMarks.Unreadable))
        {
            return;
        }

        for (var set = service.Payers; set != 0; set &= (byte)(set - 1))
        {
            var payer = BitOperations.TrailingZeroCount(set);
            var total = (long)service.Points * service.Times;
            _days[payer] |= service.Days;
            if (service.Kind == Meal)
            {
                _meals[payer] += total;
            }
            else
            {
                _points[payer] += total;
                _byDays[payer] += (long)service.Points * service.DaySum;
            }
        }
    }

    private void Close()
    {
        if (_first >= 0)
        {
            _all[_last].Marks |= ServiceMarks.Unpriced;
            Marks |= ServiceMarks.Unpriced;
            EndUnit();
        }
    }

    // Where 回数 differs, the record whose days add up is the one the others are measured by; their days are then no second finding.
    private void EndUnit()
    {
        var unit = _all.AsSpan(_first, _last - _first + 1);
        _first = -1;
        var split = false;
        var model = -1;
        for (var i = unit.Length - 1; i >= 0; i--)
        {
            split |= unit[i].Is(ServiceMarks.OtherTimes);
            model = unit[i].Is(ServiceMarks.DaysOff | ServiceMarks.Comment) ? model : i;
        }

        if (split)
        {
            var times = unit[Math.Max(model, 0)].Times;
            foreach (ref var service in unit)
            {
                service.Marks &= ~ServiceMarks.OtherTimes;
                service.Marks |= ServiceMarks.Split | (service.Times == times || service.Is(ServiceMarks.Comment) ? ServiceMarks.None : ServiceMarks.OtherTimes);
            }
        }
    }
}
