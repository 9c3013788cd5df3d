using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Server.Demo;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>The demo world is made whole, and its claim file says exactly what it is meant to say.</summary>
public sealed class DemoWorldTests
{
    [Theory]
    [InlineData(2024, 6)]
    [InlineData(2026, 11)]
    public void DemoFile_Checked_HasExactlyTheDeliberateFindings(int year, int month)
    {
        using var file = new MemoryStream();
        Assert.True(YearMonth.TryCreate(year, month, out var billing));
        DemoClaims.Write(file, billing);
        file.Position = 0;
        var seen = new Seen();
        var report = ClaimFileCheck.Run(file, new CheckContext(billing), seen);
        Assert.Equal(12, report.Claims);
        Assert.False(report.Rejected);
        Assert.Equal(
            ["6 L3220", "8 L3129", "9 L2162", "10 L4800"],
            seen.Findings.Select(f => $"{f.Place.Claim} {f.Rule.Number}"));
        Assert.Equal(["06139018", "06139026", "", "06139992"], seen.Claims.Select(c => c.Insurer).Distinct());
        Assert.Equal(["12139010"], seen.Claims.SelectMany(c => c.PublicPayers));
    }

    private sealed class Seen : IClaimFileSink
    {
        public List<Finding> Findings { get; } = [];

        public List<ClaimEntry> Claims { get; } = [];

        public void Header(ClaimFileHeader header) => Assert.Equal(DemoCast.Clinic[3..], header.Institution);

        public void Finding(Finding finding) => Findings.Add(finding);

        public void Claim(ClaimEntry claim) => Claims.Add(claim);
    }
}
