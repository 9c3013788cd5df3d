namespace Sekisho.Formats;

/// <summary>
/// One line of CSV (RFC 4180): values with or without quotation marks. Keeps only where the values stand, because a row of a master has up to 150 of them and four
/// are used. To be used for one line after the other.
/// </summary>
public sealed class CsvLine
{
    private readonly List<(int Start, int Length, bool Quoted)> _cells = [];
    private string _text = "";

    /// <summary>Number of values.</summary>
    public int Count => _cells.Count;

    /// <summary>Value of the 1-based column; empty when there is none.</summary>
    public ReadOnlySpan<char> this[int column] =>
        column <= _cells.Count ? _text.AsSpan(_cells[column - 1].Start, _cells[column - 1].Length) : [];

    /// <summary>Value as text, doubled quotation marks undone.</summary>
    public string Text(int column)
    {
        var text = this[column].ToString();
        return column <= _cells.Count && _cells[column - 1].Quoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>All values as text.</summary>
    public string[] Texts() => [.. Enumerable.Range(1, Count).Select(Text)];

    /// <summary>Splits <paramref name="text"/>; false when a quotation mark is not closed or something follows it.</summary>
    public bool Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _cells.Clear();
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                var end = Closing(text, at + 1);
                if (end < 0)
                {
                    return false;
                }

                _cells.Add((at + 1, end - at - 1, true));
                at = end + 1;
                if (at < text.Length && text[at] != ',')
                {
                    return false;
                }
            }
            else
            {
                var end = text.IndexOf(',', at);
                end = end < 0 ? text.Length : end;
                _cells.Add((at, end - at, false));
                at = end;
            }

            if (at >= text.Length)
            {
                return true;
            }

            at++;
        }
    }

    private static int Closing(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                if (i + 1 >= text.Length || text[i + 1] != '"')
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }
}
