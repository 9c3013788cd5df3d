using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Contracts.Claims;

/// <summary>送信前の点検: what reception would find in a file, found without receiving it. Nothing of it is kept.</summary>
/// <param name="Report">The sum of the run.</param>
/// <param name="Rejected">True when the whole file would be rejected (L1).</param>
/// <param name="AsOf">The moment of reception it was judged for: now, or the beginning of the next window when none runs.</param>
/// <param name="IsLater">True when <paramref name="AsOf"/> is the next window.</param>
/// <param name="RejectedClaims">Claims that would be rejected (L2).</param>
/// <param name="Claims">Claims with findings, or all rejected ones; in file order.</param>
/// <param name="Findings">Findings in file order, capped per rule.</param>
/// <param name="Times">Per rule number, how often it fired (uncapped).</param>
public sealed record Preview(
    CheckReport Report,
    bool Rejected,
    DateTimeOffset AsOf,
    bool IsLater,
    int RejectedClaims,
    IReadOnlyList<ClaimRow> Claims,
    IReadOnlyList<Finding> Findings,
    IReadOnlyDictionary<string, int> Times);

/// <summary>Which findings and which part of them.</summary>
/// <param name="Severity">Only this class.</param>
/// <param name="Rule">Only numbers beginning so; empty = all.</param>
/// <param name="Claim">Only this claim.</param>
/// <param name="Page">Page of the findings, from 1.</param>
/// <param name="List">Page of the claims, from 1.</param>
public sealed record ResultQuery(Severity? Severity = null, string Rule = "", int? Claim = null, int Page = 1, int List = 1);

/// <summary>A rule that fired, and how often (uncapped).</summary>
public sealed record FiredRule(Rule Rule, int Times);

/// <summary>Findings of one claim, gravest first; of the file itself when there is no row.</summary>
/// <param name="Row">The claim.</param>
/// <param name="Findings">The first of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record ClaimFindings(ClaimRow? Row, IReadOnlyList<Finding> Findings, int Count);

/// <summary>One page of a reception's result: what a screen can show, read without the rest.</summary>
/// <param name="Reception">The reception.</param>
/// <param name="Rules">The rules that fired, all of them.</param>
/// <param name="States">How many claims are in which state, all of them.</param>
/// <param name="Groups">This page of the findings, by claim.</param>
/// <param name="Found">Findings that the filter leaves.</param>
/// <param name="Page">Page of the findings.</param>
/// <param name="Pages">How many.</param>
/// <param name="Claims">This page of the claims.</param>
/// <param name="List">Page of the claims.</param>
/// <param name="Lists">How many.</param>
/// <param name="NotRun">Checks that did not run, with the reason.</param>
public sealed record ResultPage(
    Reception Reception,
    IReadOnlyList<FiredRule> Rules,
    IReadOnlyDictionary<ClaimState, int> States,
    IReadOnlyList<ClaimFindings> Groups,
    int Found,
    int Page,
    int Pages,
    IReadOnlyList<ClaimRow> Claims,
    int List,
    int Lists,
    IReadOnlyDictionary<string, string> NotRun);

/// <summary>The claims of a reception without their findings.</summary>
public sealed record ReceptionClaims(Reception Reception, IReadOnlyList<ClaimRow> Claims);

/// <summary>What a person says of a check's finding on a claim.</summary>
public enum Verdict
{
    /// <summary>指摘どおり.</summary>
    Right,

    /// <summary>正当（点検の見直しが必要）: a false alarm.</summary>
    Wrong,

    /// <summary>判断の取消し.</summary>
    Withdrawn,
}

/// <summary>Who judged.</summary>
public enum JudgingSide
{
    /// <summary>審査支払機関.</summary>
    Payer,

    /// <summary>医療機関 or its agent.</summary>
    Institution,
}

/// <summary>What has been said of a check's finding on a claim, and when. The latest one holds; the earlier ones are history.</summary>
public sealed record Judgement(string Rule, JudgingSide Side, Verdict Verdict, string Reason, DateTimeOffset At, OrganisationId Organisation, PersonId? Person);

/// <summary>A claim of a reception on which a check fired; ordinal 0 = the file itself.</summary>
public sealed record FindingOn(string Reception, int Ordinal);

/// <summary>One line of the list of everything a check said.</summary>
/// <param name="On">Where.</param>
/// <param name="InstitutionName">Whose claim.</param>
/// <param name="State">State of the reception.</param>
/// <param name="Claim">The claim; null = the file itself.</param>
/// <param name="First">The first such finding on the claim.</param>
/// <param name="Times">How many on this claim.</param>
/// <param name="Own">What the asker's side says; null = nothing yet.</param>
/// <param name="Institutions">For the payer: what the institution says.</param>
public sealed record JudgedFinding(
    FindingOn On, string InstitutionName, ReceptionState State, ClaimRow? Claim, Finding First, int Times, Judgement? Own, Judgement? Institutions);

/// <summary>Which findings of a check.</summary>
/// <param name="Rule">Number.</param>
/// <param name="Month">受付月; null = the latest with findings.</param>
/// <param name="OpenOnly">Only what the asker's side has not judged.</param>
/// <param name="After">Continues behind this one; null = from the beginning.</param>
public sealed record JudgedQuery(string Rule, YearMonth? Month, bool OpenOnly, FindingOn? After);

/// <summary>One part of the list.</summary>
/// <param name="Month">受付月.</param>
/// <param name="Entry">The check, when the present list has it.</param>
/// <param name="Findings">This part.</param>
/// <param name="Next">Where the next part continues; null at the end.</param>
/// <param name="Claims">All claims on which the check fired in the month.</param>
/// <param name="Judged">Of these, judged by the asker's side.</param>
public sealed record JudgedPage(YearMonth Month, CheckEntry? Entry, IReadOnlyList<JudgedFinding> Findings, FindingOn? Next, long Claims, long Judged);

/// <summary>Whose numbers.</summary>
public enum TallyScope
{
    /// <summary>The centre: everybody's.</summary>
    Everybody,

    /// <summary>審査支払機関: what was sent to it.</summary>
    Payer,

    /// <summary>医療機関: its own.</summary>
    Institution,
}

/// <summary>How a check fared in a month under one list of checks. Counted in claims, except <paramref name="Fired"/>.</summary>
/// <param name="Number">Check number.</param>
/// <param name="Severity">As it was then.</param>
/// <param name="Title">As it reads now.</param>
/// <param name="Month">受付月.</param>
/// <param name="Editions">Editions of 記録条件仕様 that were applied.</param>
/// <param name="RuleList">Hash of tables and list.</param>
/// <param name="Fired">Findings.</param>
/// <param name="Claims">Claims (or files) it fired on.</param>
/// <param name="PayerRight">審査支払機関: 指摘どおり.</param>
/// <param name="PayerWrong">審査支払機関: 正当.</param>
/// <param name="InstitutionRight">医療機関: 指摘どおり.</param>
/// <param name="InstitutionWrong">医療機関: 正当.</param>
/// <param name="Cancelled">What happened: the reception was cancelled.</param>
/// <param name="Resent">What happened: sent again as a correction.</param>
/// <param name="Stood">What happened: confirmed with the finding standing.</param>
public sealed record CheckTally(
    string Number,
    Severity Severity,
    string Title,
    YearMonth Month,
    string Editions,
    string RuleList,
    long Fired,
    long Claims,
    long PayerRight,
    long PayerWrong,
    long InstitutionRight,
    long InstitutionWrong,
    long Cancelled,
    long Resent,
    long Stood);

/// <summary>How the checks fared.</summary>
/// <param name="Scope">Whose numbers.</param>
/// <param name="Latest">The latest 受付月 with findings; null when there is none.</param>
/// <param name="From">First month counted.</param>
/// <param name="Until">Last month counted.</param>
/// <param name="Rows">By number, month and list.</param>
public sealed record CheckStatistics(TallyScope Scope, YearMonth? Latest, YearMonth? From, YearMonth? Until, IReadOnlyList<CheckTally> Rows);

/// <summary>点検 — what people see of the checks: the list itself, a preview before sending, results a page at a time, and how right the checks are.</summary>
public interface IClaimChecks
{
    /// <summary>Every check of the reception, in order.</summary>
    IReadOnlyList<CheckEntry> Entries { get; }

    /// <summary>送信前の点検 of a file meant for <paramref name="payer"/>; reads <paramref name="content"/> once, keeps nothing. Recorded; CL-05xx.</summary>
    ValueTask<Outcome<Preview>> Preview(Actor by, OrganisationId payer, Stream content, CancellationToken ct);

    /// <summary>One page of a result; CL-0101.</summary>
    ValueTask<Outcome<ResultPage>> Result(Actor by, string number, ResultQuery query, CancellationToken ct);

    /// <summary>The claims of a reception; CL-0101.</summary>
    ValueTask<Outcome<ReceptionClaims>> Claims(Actor by, string number, CancellationToken ct);

    /// <summary>Everything that has been said of the findings of a claim, newest first, as far as the asker may know it; CL-0101.</summary>
    ValueTask<Outcome<IReadOnlyList<Judgement>>> Judgements(Actor by, string number, int ordinal, CancellationToken ct);

    /// <summary>The claims on which a check fired, part by part; CL-0204 for whoever reads no receptions.</summary>
    ValueTask<Outcome<JudgedPage>> Findings(Actor by, JudgedQuery query, CancellationToken ct);

    /// <summary>A person's word on a check's findings: all of them or, when one is refused, none. Returns how many changed. Recorded, commits; CL-06xx.</summary>
    ValueTask<Outcome<int>> Judge(Actor by, string rule, Verdict verdict, string reason, IReadOnlyList<FindingOn> findings, CancellationToken ct);

    /// <summary>How the checks fared in the months given (without: the latest); CL-0204.</summary>
    ValueTask<Outcome<CheckStatistics>> Statistics(Actor by, YearMonth? from, YearMonth? until, CancellationToken ct);
}
