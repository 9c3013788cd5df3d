using System.Collections.Frozen;

namespace Sekisho.Formats.Eligibility.Shape;

/// <summary>What an element holds.</summary>
internal enum ElementType
{
    /// <summary>Other elements.</summary>
    群,

    /// <summary>Text, at most <see cref="ElementShape.Length"/> characters when that is not 0.</summary>
    文字,

    /// <summary>Exactly <see cref="ElementShape.Length"/> digits: leading zeros count.</summary>
    数字,

    /// <summary>A whole number.</summary>
    整数,

    /// <summary>A number, possibly with a fraction.</summary>
    数,

    /// <summary>YYYYMMDD.</summary>
    日,

    /// <summary>YYYYMMDDHHmmss, Japan time.</summary>
    日時,

    /// <summary>YYYYMM.</summary>
    年月,

    /// <summary>8 characters, shorter numbers padded with spaces on the left.</summary>
    保険者番号,

    /// <summary>One code of <see cref="ElementShape.Codes"/>.</summary>
    コード,
}

/// <summary>One element of a message as the table has it.</summary>
internal sealed class ElementShape
{
    private readonly FrozenDictionary<string, ElementShape> _byName;
    private readonly FrozenDictionary<string, ElementShape> _byAlias;

    public ElementShape(string name, string title, IReadOnlyList<ElementShape> children)
    {
        Name = name;
        Title = title;
        Children = children;
        _byName = children.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        _byAlias = children.SelectMany(c => c.Aliases, (c, alias) => (alias, c)).ToFrozenDictionary(p => p.alias, p => p.c, StringComparer.Ordinal);
    }

    public string Name { get; }

    /// <summary>名称.</summary>
    public string Title { get; }

    public ElementType Type { get; init; }

    public int Length { get; init; }

    /// <summary>The list of コード; null otherwise.</summary>
    public CodeList? Codes { get; init; }

    public bool Required { get; init; }

    public bool Many { get; init; }

    /// <summary>Other names under which it is read; never written.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>備考: for people.</summary>
    public string Remark { get; init; } = "";

    /// <summary>Name of the shared group its children come from; empty when they are its own.</summary>
    public string Block { get; init; } = "";

    /// <summary>In the order they are written.</summary>
    public IReadOnlyList<ElementShape> Children { get; }

    public ElementShape? Child(string name) => _byName.GetValueOrDefault(name);

    public ElementShape? ChildByAlias(string alias) => _byAlias.GetValueOrDefault(alias);
}

/// <summary>業務コード OQSCDnnn.</summary>
/// <param name="Id">E.g. OQSCD006.</param>
/// <param name="Title">名称.</param>
/// <param name="Rows">Code and 内容, in published order.</param>
internal sealed record CodeList(string Id, string Title, IReadOnlyList<(string Code, string Text)> Rows)
{
    private readonly FrozenDictionary<string, string> _texts = Rows.ToFrozenDictionary(r => r.Code, r => r.Text, StringComparer.Ordinal);

    public bool Contains(string code) => _texts.ContainsKey(code);

    public string Text(string code) => _texts.GetValueOrDefault(code, "");
}
