namespace Sekisho.Formats.Claims.Masters;

/// <summary>What about the codes of a claim some check asks for; all together they tell which checks have nothing to look at.</summary>
[Flags]
internal enum Marks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A code no master has.</summary>
    Unknown = 1,

    /// <summary>A code that ended before the month.</summary>
    Ended = 1 << 1,

    /// <summary>経過措置 has a last day.</summary>
    Transitional = 1 << 2,

    /// <summary>下限年齢 or 上限年齢.</summary>
    Age = 1 << 3,

    /// <summary>入院に限る.</summary>
    Inpatient = 1 << 4,

    /// <summary>入院外に限る.</summary>
    Outpatient = 1 << 5,

    /// <summary>医療保険に限る.</summary>
    NotElderly = 1 << 6,

    /// <summary>後期高齢者医療に限る.</summary>
    Elderly = 1 << 7,

    /// <summary>病院に限る.</summary>
    Hospital = 1 << 8,

    /// <summary>診療所に限る.</summary>
    Clinic = 1 << 9,

    /// <summary>回数 goes with 診療実日数.</summary>
    PerDay = 1 << 10,

    /// <summary>初診料・再診料等.</summary>
    Visit = 1 << 11,

    /// <summary>入院基本料・特定入院料.</summary>
    Stay = 1 << 12,

    /// <summary>A000 初診料.</summary>
    First = 1 << 13,

    /// <summary>上限回数.</summary>
    Limited = 1 << 14,

    /// <summary>外来管理加算自体.</summary>
    Management = 1 << 15,

    /// <summary>長時間麻酔管理加算自体.</summary>
    LongAnaesthesia = 1 << 16,

    /// <summary>数量データ is to be recorded.</summary>
    Quantity = 1 << 17,
}
