namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>How much a finding costs.</summary>
public enum CheckupLevel
{
    /// <summary>受付不能: the package as a whole cannot be taken.</summary>
    Package,

    /// <summary>取込不能: this file cannot be taken, the others can.</summary>
    File,

    /// <summary>注意: taken as it is; somebody should look.</summary>
    Notice,
}

/// <summary>One entry of our own list for 特定健診 packages; permanent.</summary>
/// <param name="Number">EH-0001 and on.</param>
/// <param name="Level">What it costs.</param>
/// <param name="Title">Japanese: what is wrong.</param>
/// <param name="Clause">What it rests on.</param>
/// <param name="Remedy">Japanese: what to do.</param>
public sealed record CheckupRule(string Number, CheckupLevel Level, string Title, string Clause, string Remedy);

/// <summary>指摘 about a package or one of its files; never thrown.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="File">Path below the root folder, e.g. DATA/h….xml; empty for the package.</param>
/// <param name="Line">1-based line; 0 when it is about the whole file.</param>
/// <param name="Place">The item (JLAC10 and name) or element it is about; empty for the whole file.</param>
/// <param name="Detail">What is wrong here, without any personal value; empty when the title says all.</param>
/// <param name="Value">The offending value. It may be somebody's result: for those only who may see results, never for a log.</param>
public sealed record CheckupFinding(CheckupRule Rule, string File, int Line, string Place, string Detail, string Value)
{
    /// <summary>One Japanese sentence: what, where, what to do; without the value.</summary>
    public string Message => $"{Rule.Title}{(Place.Length > 0 ? $"（{Place}）" : "")}{(Detail.Length > 0 ? $": {Detail}" : "")}。{Rule.Remedy}";
}

/// <summary>Collects the findings about one file, at most <see cref="Most"/>.</summary>
internal sealed class CheckupNotes(string file)
{
    public const int Most = 1000;
    private const int MostValue = 300;

    private readonly List<CheckupFinding> _list = [];

    public string File { get; } = file;

    public IReadOnlyList<CheckupFinding> List => _list;

    public void Add(CheckupRule rule, int line = 0, string place = "", string detail = "", string value = "")
    {
        if (_list.Count < Most)
        {
            // A value is shown to a person: a long one is a fault by itself and is cut.
            _list.Add(new CheckupFinding(rule, File, line, place, detail, value.Length > MostValue ? value[..MostValue] : value));
        }
    }
}
