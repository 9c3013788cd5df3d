using System.Globalization;
using Sekisho.Formats.Claims;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary>A file and everything the check said about it.</summary>
internal sealed class CheckedFile : IClaimFileSink
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<int, ClaimEntry> _claimsWithFindings = [];

    private CheckedFile(string file) => File = file;

    public string File { get; }

    public CheckReport Report { get; private set; } = new("", null, 0, 0, 0, false, new Dictionary<string, int>(), new Dictionary<string, string>(), [], "", []);

    public IReadOnlyList<Finding> Findings => _findings;

    public bool IsClaimFile => Report.Kind.Length > 0;

    public static Outcome<CheckedFile> Run(string file, CheckContext context)
    {
        var result = new CheckedFile(file);
        try
        {
            using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            result.Report = ClaimFileCheck.Run(content, context, result);
            return result;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refusals.FileMissing;
        }
    }

    void IClaimFileSink.Header(ClaimFileHeader header)
    {
        // The report holds it.
    }

    void IClaimFileSink.Finding(Finding finding) => _findings.Add(finding);

    void IClaimFileSink.Claim(ClaimEntry claim)
    {
        if (claim.Worst is not null)
        {
            _claimsWithFindings[claim.Ordinal] = claim;
        }
    }

    /// <summary>Headline of a claim (0 = the file itself).</summary>
    public string Title(int claim)
    {
        if (claim == 0)
        {
            return "ファイル全体";
        }

        return _claimsWithFindings.TryGetValue(claim, out var entry)
            ? string.Create(CultureInfo.InvariantCulture, $"レセプト {claim} (番号 {entry.Number} · 診療年月 {entry.TreatmentMonth} · {entry.Points:N0} 点 · {entry.Line} 行から)")
            : string.Create(CultureInfo.InvariantCulture, $"レセプト {claim}");
    }

    /// <summary>Full counts, also beyond the cap of listed findings.</summary>
    public IReadOnlyDictionary<string, int> CountsBySeverity()
    {
        var severities = _findings.GroupBy(f => f.Rule.Number).ToDictionary(g => g.Key, g => g.First().Rule.Severity.ToString());
        return Report.Counts.Where(c => severities.ContainsKey(c.Key))
            .GroupBy(c => severities[c.Key])
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
    }

    /// <summary>The answer of <c>--json</c>.</summary>
    public CheckAnswer ToAnswer() => new(File, Report.Kind, Report.Claims, Report.Points, [.. _findings.Select(FoundLine.Of)]);
}

/// <summary>What <c>check --json</c> prints for one file; the member order is part of the documented form.</summary>
internal sealed record CheckAnswer(string File, string Kind, int Claims, long Points, IReadOnlyList<FoundLine> Findings);
