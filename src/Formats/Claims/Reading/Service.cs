namespace Sekisho.Formats.Claims.Reading;

/// <summary>What is noteworthy about one record of 摘要, as far as its unit tells.</summary>
[Flags]
internal enum ServiceMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>コメントレコード: belongs to no unit.</summary>
    Comment = 1,

    /// <summary>点数 is recorded: the last record of its unit.</summary>
    Priced = 1 << 1,

    /// <summary>No 診療識別 is recorded before it or with it.</summary>
    NoKind = 1 << 2,

    /// <summary>負担区分, 点数 or 回数 cannot be read; the shape says so.</summary>
    Unreadable = 1 << 3,

    /// <summary>A day cannot be read; the shape says so.</summary>
    BadDay = 1 << 4,

    /// <summary>回数 differs from the others of the unit.</summary>
    OtherTimes = 1 << 5,

    /// <summary>負担区分 differs from that of the first record of the unit.</summary>
    OtherPayers = 1 << 6,

    /// <summary>Days differ from those of the first record of the unit.</summary>
    OtherDays = 1 << 7,

    /// <summary>The days do not add up to 回数.</summary>
    DaysOff = 1 << 8,

    /// <summary>The last record of a unit that ends without 点数.</summary>
    Unpriced = 1 << 9,

    /// <summary>Has a コメントコード or 文字データ of its own.</summary>
    Annotated = 1 << 10,

    /// <summary>Of a donor treated at another institution, where days may be left out.</summary>
    Elsewhere = 1 << 11,

    /// <summary>回数 0.</summary>
    ZeroTimes = 1 << 12,

    /// <summary>Belongs to a unit with more than one 回数.</summary>
    Split = 1 << 13,

    /// <summary>Begins a 診療識別 of an admission: 90, 92 or 97.</summary>
    Admission = 1 << 14,

    /// <summary>Begins a 診療識別 smaller than the one before it in the same receipt.</summary>
    Descends = 1 << 15,

    /// <summary>点数 has a minus sign.</summary>
    Negative = 1 << 16,

    /// <summary>The code has nine bytes and begins otherwise than codes of this record do.</summary>
    OtherFirst = 1 << 17,
}

/// <summary>One record of 摘要: SI, IY, TO, or CO.</summary>
internal struct Service
{
    /// <summary>Row of the claim.</summary>
    public int Row;

    /// <summary>0 = the claim's own; 1, 2, … = the donors', by TR.</summary>
    public int Receipt;

    /// <summary>点数・回数算定単位 it belongs to, counted through the claim.</summary>
    public int Unit;

    /// <summary>What is noteworthy.</summary>
    public ServiceMarks Marks;

    /// <summary>診療識別, carried forward; 0 when there is none that can be read.</summary>
    public byte Kind;

    /// <summary>負担区分 as a set: bit 0 医保, bits 1–4 公費; 0 when it cannot be read.</summary>
    public byte Payers;

    /// <summary>点数 (or yen, 診療識別97).</summary>
    public int Points;

    /// <summary>回数.</summary>
    public int Times;

    /// <summary>Sum of the days' counts.</summary>
    public int DaySum;

    /// <summary>Days with a count, bit 0 = the first of the month.</summary>
    public uint Days;

    /// <summary>Tells days of different counts apart.</summary>
    public uint DayHash;

    public readonly bool Is(ServiceMarks mark) => (Marks & mark) != 0;
}
