using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Everything a run gave.</summary>
internal sealed class Collected : IClaimFileSink
{
    public List<ClaimFileHeader> Headers { get; } = [];

    public List<Finding> Findings { get; } = [];

    public List<ClaimEntry> Claims { get; } = [];

    public CheckReport Report { get; private set; } = null!;

    /// <summary>Number, line, claim, record, item of each finding.</summary>
    public string[] Lines => [.. Findings.Select(f => $"{f.Rule.Number}\t{f.Place.Line}\t{f.Place.Claim}\t{f.Place.Record}\t{f.Place.Item}")];

    public static Collected Run(byte[] file, int reception = 202407, MasterSet? masters = null) => Run(new MemoryStream(file), reception, masters);

    public static Collected Run(Stream file, int reception = 202407, MasterSet? masters = null)
    {
        Assert.True(YearMonth.TryCreate(reception / 100, reception % 100, out var month));
        var collected = new Collected();
        collected.Report = ClaimFileCheck.Run(file, new CheckContext(month, masters), collected);
        return collected;
    }

    public void Header(ClaimFileHeader header) => Headers.Add(header);

    public void Finding(Finding finding) => Findings.Add(finding);

    public void Claim(ClaimEntry claim) => Claims.Add(claim);
}
