using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Writing;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Generators;

/// <summary>Runs the check over hostile bytes and says what of its promises does not hold. The bytes may be anything.</summary>
internal sealed class Trial : IClaimFileSink
{
    private const int Cap = 1000;

    private readonly List<Finding> _findings = [];
    private readonly List<ClaimEntry> _claims = [];
    private readonly List<(int Findings, int Claims)> _marks = [];
    private int _headers;

    private Trial()
    {
    }

    public CheckReport Report { get; private set; } = null!;

    public IReadOnlyList<Finding> Findings => _findings;

    public IReadOnlyList<ClaimEntry> Claims => _claims;

    public static Trial Run(Stream content, int reception, MasterSet? masters = null)
    {
        var trial = new Trial();
        YearMonth.TryCreate(reception / 100, reception % 100, out var month);
        trial.Report = ClaimFileCheck.Run(content, new CheckContext(month, masters), trial);
        return trial;
    }

    /// <summary>Null when everything holds. <paramref name="deep"/> also reads in pieces, opens every claim and copies the file.</summary>
    public static string? Of(byte[] file, Seed seed, int reception, bool deep, MasterSet? masters = null)
    {
        var trial = Run(new MemoryStream(file), reception, masters);
        var wrong = trial.Broken(file);
        if (wrong is null && deep)
        {
            wrong = trial.Opened(file) ?? Copied(file) ?? trial.InPieces(file, seed, reception, masters);
        }

        return wrong;
    }

    public void Header(ClaimFileHeader header) => _headers++;

    public void Finding(Finding finding) => _findings.Add(finding);

    public void Claim(ClaimEntry claim)
    {
        _claims.Add(claim);
        _marks.Add((_findings.Count, _claims.Count));
    }

    private string? Broken(byte[] file) => Counted() ?? Ordered() ?? Seamless(file) ?? Owned();

    private string? Counted()
    {
        if (Report.Claims != _claims.Count || Report.Payers != _claims.Sum(c => c.Payers) || Report.Points != _claims.Sum(c => c.Points) || _headers > 1)
        {
            return "the report does not count what was given";
        }

        var given = _findings.CountBy(f => f.Rule.Number).ToDictionary();
        var wrong = Report.Counts.Keys.Union(given.Keys).Where(n => given.GetValueOrDefault(n) != Math.Min(Report.Counts.GetValueOrDefault(n), Cap)).ToList();
        return wrong.Count > 0 ? $"counts of {string.Join(' ', wrong)}"
            : Report.Rejected != _findings.Exists(f => f.Rule.Severity == Severity.L1) ? "Rejected does not say whether there is an L1"
            : null;
    }

    private string? Ordered()
    {
        var line = 0;
        foreach (var finding in _findings.Where(f => f.Place.Line > 0))
        {
            if (finding.Place.Line < line)
            {
                return $"{finding.Rule.Number} of line {finding.Place.Line} after line {line}";
            }

            line = finding.Place.Line;
        }

        return null;
    }

    private string? Seamless(byte[] file)
    {
        var (end, line) = (0L, 1);
        for (var i = 0; i < _claims.Count; i++)
        {
            var claim = _claims[i];
            if (claim.Ordinal != i + 1 || claim.Offset < end || claim.Length < 2 || claim.Offset + claim.Length > file.Length || claim.Lines < 1)
            {
                return $"claim {i + 1} lies at {claim.Offset}+{claim.Length}, {claim.Lines} lines, after {end} in {file.Length}";
            }

            var slice = file.AsSpan((int)claim.Offset, claim.Length);
            line += file.AsSpan((int)end, (int)(claim.Offset - end)).Count((byte)'\n');
            var lines = slice.Count((byte)'\n') + (slice[^1] == '\n' ? 0 : 1);
            if (!slice.StartsWith("RE"u8) || claim.Line != line || claim.Lines != lines)
            {
                return $"claim {i + 1} begins in line {claim.Line} with {claim.Lines} lines; the bytes say {line} and {lines}";
            }

            line += slice.Count((byte)'\n');
            end = claim.Offset + claim.Length;
        }

        return null;
    }

    // What concerns a claim comes before it and after the one before, lies in it, and makes its Worst.
    private string? Owned()
    {
        var from = 0;
        for (var i = 0; i < _claims.Count; i++)
        {
            var (claim, to) = (_claims[i], _marks[i].Findings);
            var own = _findings[from..to].FindAll(f => f.Place.Claim > 0);
            if (own.Find(f => f.Place.Claim != claim.Ordinal || f.Place.Line < claim.Line || f.Place.Line > claim.Line + claim.Lines) is { } stranger)
            {
                return $"{stranger.Rule.Number} of claim {stranger.Place.Claim} line {stranger.Place.Line} among those of claim {claim.Ordinal}";
            }

            if (own.Count > 0 != claim.Worst is not null && !Report.Counts.Values.Any(c => c > Cap))
            {
                return $"Worst of claim {claim.Ordinal} is {claim.Worst} with {own.Count} findings";
            }

            from = to;
        }

        return null;
    }

    private string? Opened(byte[] file)
    {
        var writer = new RecodeInfoWriter(Stream.Null);
        foreach (var claim in _claims)
        {
            var slice = file.AsSpan((int)claim.Offset, claim.Length);
            var document = ClaimDocument.Open(slice);
            if (document.Records is not [{ Id: "RE" } first, ..] || document.Records.Count > claim.Lines || (claim.Number.All(char.IsAscii) && !first["レセプト番号"].StartsWith(claim.Number, StringComparison.Ordinal)))
            {
                return $"claim {claim.Ordinal} does not open as itself";
            }

            writer.Write("123456789", "12345678901234567", "架空県", "IR,1"u8, slice);
        }

        ClaimDocument.Open(file);
        return null;
    }

    private static string? Copied(byte[] file)
    {
        var copy = new MemoryStream();
        ClaimFileCopy.Run(new MemoryStream(file), copy);
        return copy.ToArray().AsSpan().SequenceEqual(file) ? null : "the copy differs";
    }

    private string? InPieces(byte[] file, Seed seed, int reception, MasterSet? masters)
    {
        var size = seed.Of(1, 7, 0, 0);
        var again = Run(new Pieces(file, () => size == 0 ? seed.From(1, 3000) : size), reception, masters);
        return again._findings.SequenceEqual(_findings) && again._claims.Select(Text).SequenceEqual(_claims.Select(Text)) ? null : $"read in pieces of {size} it has other findings";
    }

    private static string Text(ClaimEntry claim) => claim with { PublicPayers = [] } + string.Join(',', claim.PublicPayers);
}
