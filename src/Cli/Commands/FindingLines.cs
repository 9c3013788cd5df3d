using Sekisho.Formats.Claims;

namespace Sekisho.Cli.Commands;

/// <summary>A finding as <c>--json</c> prints it; the member order is part of the documented form.</summary>
internal sealed record FoundLine(
    string Number, string Severity, int Line, int Claim, string Record, int Item, string Name, string Value, string Message, string Remedy)
{
    public static FoundLine Of(Finding finding) => new(
        finding.Rule.Number,
        finding.Rule.Severity.ToString(),
        finding.Place.Line,
        finding.Place.Claim,
        finding.Place.Record,
        finding.Place.Item,
        finding.Place.Name,
        finding.Value,
        finding.Message,
        finding.Rule.Remedy);
}

/// <summary>Prints findings for people, grouped by claim.</summary>
internal static class FindingLines
{
    public static void Print(IEnumerable<FoundLine> findings, Func<int, string> title, Terminal terminal)
    {
        foreach (var claim in findings.GroupBy(f => f.Claim).OrderBy(g => g.Key))
        {
            terminal.Line();
            terminal.Line("  " + title(claim.Key));
            foreach (var finding in claim)
            {
                terminal.Line($"    {finding.Number} {Severities.Meaning(finding.Severity)}  {finding.Message}");
                terminal.Line($"      → {finding.Remedy}{(finding.Value.Length > 0 ? $" (記録: {finding.Value})" : "")}");
            }
        }

        terminal.Line();
    }
}
