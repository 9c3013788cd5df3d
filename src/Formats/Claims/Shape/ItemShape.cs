using Sekisho.Formats.Claims.Masters;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>モード: which characters an item may hold.</summary>
internal enum ItemMode
{
    /// <summary>Half-width digits.</summary>
    数字,

    /// <summary>Half-width letters, digits and signs.</summary>
    英数,

    /// <summary>Full-width characters only.</summary>
    漢字,

    /// <summary>One of the two, never mixed within one value.</summary>
    英数又は漢字,
}

/// <summary>Whether an item is recorded. What the condition of 条件 is, is a check.</summary>
internal enum Necessity
{
    /// <summary>Always recorded.</summary>
    必須,

    /// <summary>Recorded in the cases the specification names.</summary>
    条件,

    /// <summary>May be recorded.</summary>
    任意,

    /// <summary>Kept empty by the sender (reserved, or recorded by the payer only).</summary>
    予備,
}

/// <summary>What the value of an item is.</summary>
internal enum ItemValue
{
    /// <summary>Nothing: 予備.</summary>
    なし,

    /// <summary>レコード識別情報.</summary>
    識別,

    /// <summary>Free text.</summary>
    文字,

    /// <summary>Characters of an identifier: leading zeros count.</summary>
    番号,

    /// <summary>A count, points or an amount: no leading zeros.</summary>
    整数,

    /// <summary>A number with at most <see cref="ItemShape.IntegerDigits"/> and <see cref="ItemShape.FractionDigits"/>.</summary>
    小数,

    /// <summary>YYYYMM.</summary>
    年月,

    /// <summary>YYYYMMDD.</summary>
    年月日,

    /// <summary>GYYMM.</summary>
    和暦年月,

    /// <summary>GYYMMDD.</summary>
    和暦年月日,

    /// <summary>One code of a 別表 or a master: leading zeros count.</summary>
    コード,

    /// <summary>Codes of <see cref="ItemShape.Unit"/> bytes each, side by side.</summary>
    繰返し,
}

/// <summary>One item of a record as the published table has it.</summary>
/// <param name="Item">項番; 1 is the record id.</param>
/// <param name="Name">項目名.</param>
/// <param name="Mode">モード.</param>
/// <param name="MaxBytes">最大バイト (Shift_JIS bytes).</param>
/// <param name="Fixed">固定: exactly <paramref name="MaxBytes"/> bytes.</param>
/// <param name="Necessity">Whether it is recorded.</param>
/// <param name="CodeTable">Name of the 別表 (<see cref="Edition.Code"/>); empty when there is none.</param>
/// <param name="Master">The master its codes come from; null when there is none.</param>
/// <param name="Value">What the value is.</param>
/// <param name="IntegerDigits">小数: digits before the point.</param>
/// <param name="FractionDigits">小数: digits after the point.</param>
/// <param name="Unit">繰返し: bytes of one code.</param>
/// <param name="Remark">備考: for people, never interpreted.</param>
internal sealed record ItemShape(
    int Item,
    string Name,
    ItemMode Mode,
    int MaxBytes,
    bool Fixed,
    Necessity Necessity,
    string CodeTable,
    MasterKind? Master,
    ItemValue Value,
    int IntegerDigits,
    int FractionDigits,
    int Unit,
    string Remark);
