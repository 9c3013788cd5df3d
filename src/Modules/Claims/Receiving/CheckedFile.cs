using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Registry;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>A claim as it will be stored.</summary>
internal sealed record CheckedClaim(ClaimEntry Entry, ClaimState State, int Findings, Awaited? Corrects);

/// <summary>Collects what the check says of one file, and what reception adds. Findings are capped per rule, so this stays in memory.</summary>
internal sealed class CheckedFile : IClaimFileSink
{
    private readonly List<Finding> _findings = [];
    private readonly List<ClaimEntry> _claims = [];
    private readonly Dictionary<int, Awaited> _corrections = [];
    private readonly HashSet<int> _refused = [];
    private CheckReport? _report;

    public ClaimFileHeader? FileHeader { get; private set; }

    public IReadOnlyList<ClaimEntry> Entries => _claims;

    public RegisteredInstitution? Institution { get; set; }

    /// <summary>The sum of the run; set once it has ended.</summary>
    public CheckReport Report
    {
        get => _report ?? throw new InvalidOperationException("Not checked yet");
        set => _report = value;
    }

    public bool IsRejected => Report.Rejected || _findings.Exists(f => f.Rule.Severity == Severity.L1);

    public void Header(ClaimFileHeader header) => FileHeader = header;

    public void Finding(Finding finding) => _findings.Add(finding);

    public void Claim(ClaimEntry claim) => _claims.Add(claim);

    /// <summary>Adds what reception found about the file.</summary>
    public void Add(IEnumerable<Finding> findings) => _findings.AddRange(findings);

    /// <summary>States, or takes back, that an earlier reception has the same bytes.</summary>
    public void HasSameBytesAs(string? number)
    {
        _findings.RemoveAll(f => f.Rule == ReceptionRules.SameBytes);
        if (number is not null)
        {
            _findings.Add(new Finding(ReceptionRules.SameBytes, new Place(0, 0, "", 0, ""), "", $"受付番号 {number} と同じ内容です。"));
        }
    }

    /// <summary>The claim corrects that one.</summary>
    public void Corrects(ClaimEntry claim, Awaited awaited) => _corrections[claim.Ordinal] = awaited;

    /// <summary>The claim corrects nothing and may not be sent now.</summary>
    public void Refuse(ClaimEntry claim)
    {
        _refused.Add(claim.Ordinal);
        _findings.Add(new Finding(
            ReceptionRules.NotACorrection, new Place(claim.Line, claim.Ordinal, "RE", 0, ""), "", "10日までに送信して訂正が必要となったレセプトの中に、当てはまるものがありません。"));
    }

    /// <summary>Findings in file order.</summary>
    public IReadOnlyList<Finding> Findings() => [.. _findings.OrderBy(f => f.Place.Line)];

    /// <summary>How often each rule fired; the check's own counts are not capped.</summary>
    public IReadOnlyDictionary<string, int> Times()
    {
        var times = _findings.GroupBy(f => f.Rule.Number).ToDictionary(g => g.Key, g => g.Count());
        foreach (var (number, count) in Report.Counts)
        {
            times[number] = Math.Max(count, times.GetValueOrDefault(number));
        }

        return times;
    }

    public Severity? Worst() => _findings.Count == 0 ? null : _findings.Min(f => f.Rule.Severity);

    /// <summary>The claims with the state they begin in.</summary>
    public IReadOnlyList<CheckedClaim> Claims()
    {
        var rejected = IsRejected;
        var counts = _findings.Where(f => f.Place.Claim > 0).GroupBy(f => f.Place.Claim).ToDictionary(g => g.Key, g => g.Count());
        return
        [
            .. _claims.Select(entry => _refused.Contains(entry.Ordinal) && entry.Worst is null or > Severity.L2 ? entry with { Worst = Severity.L2 } : entry)
                .Select(entry => new CheckedClaim(
                    entry,
                    rejected ? ClaimState.Dropped : entry.Worst is Severity.L1 or Severity.L2 ? ClaimState.Rejected : ClaimState.Accepted,
                    counts.GetValueOrDefault(entry.Ordinal),
                    _corrections.GetValueOrDefault(entry.Ordinal))),
        ];
    }
}
