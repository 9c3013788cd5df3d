namespace Sekisho.Generators;

/// <summary>点数・回数算定単位: records that are counted together. The first says 診療識別, the last one that counts says the points.</summary>
internal sealed class Service(string section, int bearers, params (int Day, int Times)[] days)
{
    private readonly List<Row> _rows = [];

    public string Section => section;

    public int Mask => bearers;

    public IReadOnlyList<(int Day, int Times)> Days => days;

    public int Times => days.Sum(d => d.Times);

    /// <summary>Points (yen for 食事) of one time.</summary>
    public long Points { get; private set; }

    public long Total => Points * Times;

    public bool IsMeal => section == "97";

    /// <summary>Something was done, not only said.</summary>
    public bool Counts => _rows.Exists(r => r.Id != "CO");

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Days are not said: 算定日情報 of donors in another institution.</summary>
    public bool WithoutDays { get; init; }

    public Service Procedure(string code, string amount = "") => Add("SI", code, amount);

    public Service Drug(string code, string amount) => Add("IY", code, amount);

    public Service Material(string code, string amount) => Add("TO", code, amount);

    public Service Comment(string code, string text)
    {
        var row = new Row("CO").With(4, code).With(5, text);
        return Put(row);
    }

    /// <summary>A comment in the first of the three pairs of the last record.</summary>
    public Service Remark(string code, string text)
    {
        var row = _rows[^1];
        var at = row.Id == "TO" ? 12 : 8;
        row.With(at, code).With(at + 1, text);
        return this;
    }

    /// <summary>The last record that counts carries the points.</summary>
    public Service Worth(long points)
    {
        Points = points;
        _rows.Last(r => r.Id != "CO").With(6, points);
        return this;
    }

    private Service Add(string id, string code, string amount)
    {
        var row = new Row(id).With(4, code).With(5, amount).With(7, Times);
        var first = id == "TO" ? 18 : 14;
        foreach (var (day, times) in WithoutDays ? [] : days)
        {
            row.With(first + day - 1, times);
        }

        return Put(row);
    }

    private Service Put(Row row)
    {
        row.With(2, _rows.Count == 0 ? section : "").With(3, Bearers.Code(bearers));
        _rows.Add(row);
        return this;
    }
}
