using System.Collections.Frozen;
using System.Text;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>別表: codes with their texts, each in force from and until a 診療年月.</summary>
internal sealed class CodeTable
{
    private readonly FrozenDictionary<ulong, CodeRow[]> _rows;

    public CodeTable(string name, string title, IReadOnlyList<CodeRow> rows)
    {
        Name = name;
        Title = title;
        Rows = rows;
        _rows = rows.GroupBy(r => Key(Encoding.ASCII.GetBytes(r.Code))).ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>Name used by the record tables, e.g. 転帰区分.</summary>
    public string Name { get; }

    /// <summary>Published number and name, e.g. 別表18 転帰区分コード.</summary>
    public string Title { get; }

    /// <summary>All rows in published order.</summary>
    public IReadOnlyList<CodeRow> Rows { get; }

    /// <summary>True when the code is in force in <paramref name="month"/>. Allocates nothing.</summary>
    public bool Contains(ReadOnlySpan<byte> code, YearMonth month) => Find(Key(code), month) is not null;

    /// <summary>True when the code exists in any month.</summary>
    public bool Contains(ReadOnlySpan<byte> code) => _rows.ContainsKey(Key(code));

    /// <summary>Text of the code in force in <paramref name="month"/>.</summary>
    public bool TryText(string code, YearMonth month, out string text)
    {
        Span<byte> bytes = stackalloc byte[MaxLength + 1];
        var row = Encoding.ASCII.TryGetBytes(code, bytes, out var length) ? Find(Key(bytes[..length]), month) : null;
        text = row?.Text ?? "";
        return row is not null;
    }

    private const int MaxLength = 7;

    // Length and bytes in one word. The length keeps "1" and "\0" + "1" apart; 0 is the key of nothing.
    private static ulong Key(ReadOnlySpan<byte> code)
    {
        if (code.Length is 0 or > MaxLength)
        {
            return 0;
        }

        var key = (ulong)code.Length;
        foreach (var value in code)
        {
            key = (key << 8) | value;
        }

        return key;
    }

    private CodeRow? Find(ulong key, YearMonth month)
    {
        if (_rows.TryGetValue(key, out var rows))
        {
            foreach (var row in rows)
            {
                if (row.From <= month && month <= row.Until)
                {
                    return row;
                }
            }
        }

        return null;
    }
}

/// <summary>One code.</summary>
/// <param name="Code">As recorded, leading zeros included.</param>
/// <param name="Text">内容.</param>
/// <param name="From">First 診療年月; the first month there is when undated.</param>
/// <param name="Until">Last 診療年月; the last month there is when undated.</param>
internal sealed record CodeRow(string Code, string Text, YearMonth From, YearMonth Until)
{
    public static YearMonth First { get; } = YearMonth.Of(new DateOnly(1868, 1, 1));

    public static YearMonth Last { get; } = YearMonth.Of(new DateOnly(9999, 12, 1));
}
