using System.Globalization;
using System.Text;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>A CSV file whose columns are found by their names, in any order; the header's bytes tell UTF-8 from CP932.</summary>
internal sealed class CsvTable
{
    private static readonly Encoding[] _encodings =
    [
        new UTF8Encoding(false, throwOnInvalidBytes: true),
        CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
    ];

    private readonly Encoding _encoding;
    private readonly Dictionary<string, int> _columns;
    private readonly CsvLine _cells = new();

    private CsvTable(Encoding encoding, Dictionary<string, int> columns) => (_encoding, _columns) = (encoding, columns);

    /// <summary>Reads the header, or says what is wrong with it; the first required name shows that it is one.</summary>
    public static Outcome<CsvTable> Header(byte[] line, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        var bytes = line is [0xEF, 0xBB, 0xBF, ..] ? line[3..] : line;
        var cells = new CsvLine();
        foreach (var encoding in _encodings)
        {
            if (Text(encoding, bytes) is { } text && cells.Read(text) && cells.Texts() is var names && names.Contains(required[0]))
            {
                var problem = string.Join('、', required.Except(names).Select(n => n + "がない")
                    .Concat(names.Except(required).Except(optional).Select(n => "知らない項目「" + n + "」"))
                    .Concat(names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key + "が2つある")));
                return problem.Length > 0
                    ? Refusals.BadHeader with { Text = $"見出しの行が違います（{problem}）。" }
                    : new CsvTable(encoding, names.Select((n, i) => (n, i + 1)).ToDictionary(n => n.n, n => n.Item2, StringComparer.Ordinal));
            }
        }

        return Refusals.BadHeader;
    }

    /// <summary>A row, valid until the next; null when it cannot be read.</summary>
    public CsvRow? Row(byte[] line) =>
        Text(_encoding, line) is { } text && _cells.Read(text) && _cells.Count == _columns.Count ? new CsvRow(_cells, _columns) : null;

    /// <summary>What <paramref name="make"/> makes of a row, or what is wrong with it.</summary>
    public (TEntry? Entry, IReadOnlyList<(string Field, Refusal Fault)> Faults) Row<TEntry>(byte[] line, Func<CsvRow, TEntry> make)
        where TEntry : class
    {
        if (Row(line) is not { } row)
        {
            return (null, [("", RowFaults.Unreadable)]);
        }

        var entry = make(row);
        return row.Faults.Count > 0 ? (null, row.Faults) : (entry, []);
    }

    private static string? Text(Encoding encoding, byte[] bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>The cells of one row by the names of their columns; gathers what cannot be read.</summary>
internal sealed class CsvRow(CsvLine cells, Dictionary<string, int> columns)
{
    public List<(string Field, Refusal Fault)> Faults { get; } = [];

    public string Text(string column) => columns.TryGetValue(column, out var index) ? cells.Text(index).Trim() : "";

    public DateOnly? Day(string column) => Day(column, Text(column));

    public bool Flag(string column)
    {
        var text = Text(column);
        if (text is not ("" or "0" or "1"))
        {
            Faults.Add((column, RowFaults.NotInList with { Remedy = "該当するなら 1、しないなら 0 か空で記録してください。" }));
        }

        return text == "1";
    }

    /// <summary>区分: empty is 登録.</summary>
    public EntryAct Act()
    {
        var act = Text("区分");
        if (act is not ("" or "登録" or "取消"))
        {
            Faults.Add(("区分", RowFaults.NotInList with { Remedy = "登録・取消 のどちらかで記録してください。空は登録です。" }));
        }

        return act == "取消" ? EntryAct.Withdraw : EntryAct.Register;
    }

    public YearMonth Month(string column)
    {
        var text = Text(column);
        if (!YearMonth.TryParse(text, out var month) && text.Length > 0)
        {
            Faults.Add((column, RowFaults.BadForm with { Remedy = "YYYYMM で記録してください。" }));
        }

        return month;
    }

    public int? Yen(string column) => Yen(column, Text(column));

    public int? Yen(string column, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var yen))
        {
            return yen;
        }

        if (text.Length > 0)
        {
            Faults.Add((column, RowFaults.BadForm with { Remedy = "金額は数字だけで記録してください。" }));
        }

        return null;
    }

    /// <summary>Certificates as <c>値/値/…|値/値/…</c>.</summary>
    public List<T> Many<T>(string column, int parts, Func<string[], Func<string, DateOnly?>, T> make)
    {
        var text = Text(column);
        var made = new List<T>();
        foreach (var item in text.Length == 0 ? [] : text.Split('|'))
        {
            var values = item.Split('/');
            if (values.Length == parts)
            {
                made.Add(make(values, day => Day(column, day)));
            }
            else
            {
                Faults.Add((column, RowFaults.BadForm with { Remedy = $"1枚ごとに / で区切って{parts}項目を記録し、2枚目からは | で区切ってください。" }));
            }
        }

        return made;
    }

    private DateOnly? Day(string column, string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Faults.Add((column, RowFaults.NotADay));
        return null;
    }
}
