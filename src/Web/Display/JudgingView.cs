using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;

namespace Sekisho.Web.Display;

/// <summary>What has been said of the findings of one claim, and what the reader may say.</summary>
internal sealed class JudgingView(OpenedClaim opened, IReadOnlyList<Judgement> words, Actor by, string address)
{
    public string Reception => opened.Reception.Number;

    public int Ordinal => opened.Row.Entry.Ordinal;

    /// <summary>Where to come back to.</summary>
    public string Address => $"{address}/{Reception}/claims/{Ordinal}";

    public bool MayJudge => by.May(Permission.ReviewClaims) || by.May(Permission.ConfirmClaims);

    public IReadOnlyList<Rule> Rules { get; } = [.. opened.Findings.Select(f => f.Rule).DistinctBy(r => r.Number).OrderBy(r => r.Severity.Gravity())];

    public IReadOnlyList<Judgement> Words => words;

    /// <summary>The word that holds, of the reader's own side.</summary>
    public Judgement? Own(Rule rule) => Latest(rule, by.May(Permission.ReadSubmissions) ? JudgingSide.Payer : JudgingSide.Institution);

    /// <summary>The word that holds, of the other side, as far as the reader is told.</summary>
    public Judgement? Other(Rule rule) => by.May(Permission.ReadSubmissions) ? Latest(rule, JudgingSide.Institution) : null;

    private Judgement? Latest(Rule rule, JudgingSide side) =>
        words.FirstOrDefault(w => w.Rule == rule.Number && w.Side == side) is { Verdict: not Verdict.Withdrawn } word ? word : null;
}
