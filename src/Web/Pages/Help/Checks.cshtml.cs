using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Help;

/// <summary>The list of checks, as it runs.</summary>
[OpenToAll("点検の一覧。個人情報を含まない。")]
[NotAudited("公開の説明。")]
[Classified(Classification.Public)]
internal sealed class ChecksModel(IClaimChecks checks) : SitePage
{
    public Severity? Severity { get; private set; }

    public string Subject { get; private set; } = "";

    public string Words { get; private set; } = "";

    /// <summary>How many checks there are in all.</summary>
    public int All => checks.Entries.Count;

    public IReadOnlyList<(string Subject, int Count)> Subjects { get; private set; } = [];

    public IReadOnlyDictionary<Severity, int> Severities { get; private set; } = new Dictionary<Severity, int>();

    public IReadOnlyList<IGrouping<(string Group, string Subject), CheckEntry>> Entries { get; private set; } = [];

    public int Found { get; private set; }

    public void OnGet(Severity? severity, string? subject, string? words)
    {
        (Severity, Subject, Words) = (severity, subject ?? "", (words ?? "").Trim());
        Subjects = [.. checks.Entries.GroupBy(e => e.Subject).Select(g => (g.Key, g.Count()))];
        Severities = checks.Entries.CountBy(e => e.Rule.Severity).ToDictionary();
        var found = checks.Entries.Where(IsWanted).ToList();
        Found = found.Count;
        Entries = [.. found.GroupBy(e => (e.Group, e.Subject))];
    }

    private bool IsWanted(CheckEntry entry) =>
        (Severity is null || entry.Rule.Severity == Severity)
        && (Subject.Length == 0 || entry.Subject == Subject)
        && Words.Split([' ', '　'], StringSplitOptions.RemoveEmptyEntries).All(word =>
            new[] { entry.Rule.Number, entry.Rule.Title, entry.Rule.Remedy, entry.Rule.Clause }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
