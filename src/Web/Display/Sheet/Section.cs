using System.Globalization;

namespace Sekisho.Web.Display.Sheet;

/// <summary>摘要 of one 診療識別.</summary>
internal sealed class Section(string code, string name)
{
    private readonly List<Unit> _units = [];

    public string Code { get; } = code;

    public string Name { get; } = name;

    public IReadOnlyList<Unit> Units => _units;

    /// <summary>食事療養: these lines count yen, not points.</summary>
    public bool IsMoney => Code == "97";

    public long Points => _units.Sum(u => u.Product);

    /// <summary>
    /// Groups the summary records. 診療識別 is recorded where it changes or a unit begins; a unit ends with the record that holds its points.
    /// </summary>
    public static IReadOnlyList<Section> Of(IEnumerable<SheetLine> lines)
    {
        var sections = new List<Section>();
        Unit? open = null;
        foreach (var line in lines.Where(l => l.Record.Id is "SI" or "IY" or "TO" or "CO"))
        {
            var code = line["診療識別"];
            if (sections.Count == 0 || (code.Length > 0 && code != sections[^1].Code))
            {
                sections.Add(new Section(code, line.Named("診療識別")?.Meaning ?? ""));
                open = null;
            }

            if (open is null || open.IsComplete || (code.Length > 0 && open.HasItem))
            {
                open = new Unit();
                sections[^1]._units.Add(open);
            }

            open.Add(line);
        }

        return sections;
    }
}

/// <summary>算定単位: the records that share one 点数 × 回数.</summary>
internal sealed class Unit
{
    private readonly List<SheetLine> _lines = [];
    private string _burden = "";

    public IReadOnlyList<SheetLine> Lines => _lines;

    public long? Points { get; private set; }

    public long Times { get; private set; } = 1;

    public long Product => (Points ?? 0) * Times;

    public bool IsComplete => Points is not null;

    public bool HasItem => _lines.Any(l => l.IsItem);

    /// <summary>Who bears it, e.g. 医保+①.</summary>
    public string Burden => _burden;

    public string Days => _lines.Count > 0 ? _lines[^1].Days : "";

    /// <summary>True when the payer at <paramref name="position"/> bears it, read from the words of 別表21.</summary>
    public bool IsBorneBy(int position) => position == 0
        ? _burden.Contains("医保", StringComparison.Ordinal)
        : _burden.Contains("①②③④"[position - 1], StringComparison.Ordinal);

    public void Add(SheetLine line)
    {
        _lines.Add(line);
        _burden = line.Meaning("負担区分");
        if (line.IsItem && TryNumber(line["点数"], out var points))
        {
            Points = points;
            Times = TryNumber(line["回数"], out var times) ? times : 1;
        }
    }

    private static bool TryNumber(string recorded, out long value) =>
        long.TryParse(recorded, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
