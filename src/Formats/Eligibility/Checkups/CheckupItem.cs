using System.Collections.Immutable;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>A code of a result and what it says.</summary>
/// <param name="Code">Digits as recorded.</param>
/// <param name="Text">内容.</param>
public readonly record struct CheckupCode(string Code, string Text);

/// <summary>One row of the item table.</summary>
public sealed record CheckupItem
{
    /// <summary>項目コード: JLAC10, 17 characters.</summary>
    public required string Code { get; init; }

    /// <summary>表示名.</summary>
    public required string Name { get; init; }

    /// <summary>区分番号.</summary>
    public required int Category { get; init; }

    /// <summary>区分名称.</summary>
    public required string CategoryName { get; init; }

    /// <summary>出力順.</summary>
    public required string Order { get; init; }

    /// <summary>データ型.</summary>
    public required CheckupType Type { get; init; }

    /// <summary>フォーマット: NNN.N for numbers and codes, the number of characters for text.</summary>
    public required string Format { get; init; }

    /// <summary>表示単位.</summary>
    public required string Unit { get; init; }

    /// <summary>UCUM unit, as the XML records it.</summary>
    public required string Ucum { get; init; }

    /// <summary>結果コード OID; empty when the value is not coded.</summary>
    public required string CodeSystem { get; init; }

    /// <summary>結果コードの一覧 as far as it is published; empty when any code passes.</summary>
    public required ImmutableArray<CheckupCode> Codes { get; init; }

    /// <summary>検査方法コード.</summary>
    public required string MethodCode { get; init; }

    /// <summary>検査方法.</summary>
    public required string Method { get; init; }

    /// <summary>The twelve 条件: 特定健診, 広域連合, 事業者健診, 学校健診, 生活機能評価, … one word each.</summary>
    public required ImmutableArray<string> Cases { get; init; }

    /// <summary>observation 要素: 0 when it is recorded as the author of another item.</summary>
    public required string Element { get; init; }

    /// <summary>The item that is recorded as author of this one.</summary>
    public required string AuthorItem { get; init; }

    /// <summary>一連検査グループ識別.</summary>
    public required string Series { get; init; }

    /// <summary>一連検査グループ関係コード: COMP, RSON, RSON1.</summary>
    public required string Relation { get; init; }

    /// <summary>依存対象項目.</summary>
    public required string DependsOn { get; init; }

    /// <summary>異常ありの値.</summary>
    public required string Abnormal { get; init; }

    /// <summary>異常ありの値条件: 2 is that value, 3 that or more, 4 anything else.</summary>
    public required string AbnormalWhen { get; init; }

    /// <summary>What a code says; empty when the list does not know it.</summary>
    public string TextOf(string code)
    {
        foreach (var known in Codes)
        {
            if (known.Code == code)
            {
                return known.Text;
            }
        }

        return "";
    }

    /// <summary>必須区分 of a program (プログラム種別 010–040); null for a program whose column we do not know.</summary>
    public string? CaseOf(string program) => program switch
    {
        "010" => Cases[0],
        "020" => Cases[1],
        "030" => Cases[2],
        "040" => Cases[3],
        _ => null,
    };

    /// <summary>The recorded code means 異常あり (所見あり, 服薬あり, …).</summary>
    public bool IsAbnormal(string code) => AbnormalWhen switch
    {
        "2" => code == Abnormal,
        "3" => int.TryParse(code, out var value) && int.TryParse(Abnormal, out var from) && value >= from,
        "4" => code.Length > 0 && code != Abnormal,
        _ => false,
    };
}
