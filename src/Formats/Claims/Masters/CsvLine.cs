namespace Sekisho.Formats.Claims.Masters;

/// <summary>One line of a master: values with or without quotation marks. Keeps only where the values stand, because a row has up to 150 of them and four are used.</summary>
internal sealed class CsvLine
{
    private readonly List<(int Start, int Length)> _cells = [];
    private string _text = "";

    /// <summary>Number of values.</summary>
    public int Count => _cells.Count;

    /// <summary>Value of the 1-based column; empty when there is none.</summary>
    public ReadOnlySpan<char> this[int column] =>
        column <= _cells.Count ? _text.AsSpan(_cells[column - 1].Start, _cells[column - 1].Length) : [];

    /// <summary>Value as text, doubled quotation marks undone.</summary>
    public string Text(int column) => this[column].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>Splits <paramref name="text"/>; false when a quotation mark is not closed or something follows it.</summary>
    public bool Read(string text)
    {
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

                _cells.Add((at + 1, end - at - 1));
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
                _cells.Add((at, end - at));
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
