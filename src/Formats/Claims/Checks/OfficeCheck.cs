using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>What a check needs besides the file: official masters with an edition covering the 診療年月. A check runs as far as they reach.</summary>
[Flags]
internal enum Needs
{
    /// <summary>The file only.</summary>
    なし = 0,

    /// <summary>傷病名マスター.</summary>
    傷病名 = 1,

    /// <summary>修飾語マスター.</summary>
    修飾語 = 2,

    /// <summary>医科診療行為マスター.</summary>
    診療行為 = 4,

    /// <summary>医薬品マスター.</summary>
    医薬品 = 8,

    /// <summary>特定器材マスター.</summary>
    特定器材 = 16,

    /// <summary>コメントマスター.</summary>
    コメント = 32,

    /// <summary>Only editions that tell that a code is none: full ones of the month itself, or of before and after.</summary>
    全件 = 64,

    /// <summary>Part of the check needs the file only and runs without masters too.</summary>
    なくても = 128,
}

/// <summary>判定: says where a claim is wrong, and nothing else.</summary>
internal delegate void Predicate(ClaimView claim, Places places);

/// <summary>One line of the office's list.</summary>
internal sealed class OfficeCheck
{
    /// <summary>番号・結果・題名・根拠・適用・必要・判定・対処.</summary>
    public OfficeCheck(string number, Severity severity, string title, string clause, int from, Needs needs, Predicate find, string remedy)
    {
        Rule = new Rule(number, severity, title, clause, remedy);
        From = YearMonth.TryCreate(from / 100, from % 100, out var month) ? month : throw new ArgumentOutOfRangeException(nameof(from));
        Needs = needs;
        Find = find;
    }

    public Rule Rule { get; }

    /// <summary>適用: first 診療年月.</summary>
    public YearMonth From { get; }

    public Needs Needs { get; }

    public Predicate Find { get; }
}

/// <summary>Takes the places a predicate names and makes findings of them.</summary>
internal sealed class Places(Findings findings, ClaimView claim)
{
    // Which check is asking is a number: remembering the check itself would cost a write barrier for each check and claim.
    private OfficeCheck[] _checks = [];
    private int _asking;

    /// <summary>Puts the claim at hand to every check.</summary>
    public void Ask(OfficeCheck[] checks)
    {
        _checks = checks;
        for (_asking = 0; _asking < checks.Length; _asking++)
        {
            checks[_asking].Find(claim, this);
        }
    }

    /// <summary>Here: the item of a row.</summary>
    public void Add(int row, int item, string detail = "")
    {
        var plan = claim.Plan(row);
        findings.Add(_checks[_asking].Rule, new Spot(claim.Line(row), claim.Ordinal, plan.Id), plan.Items[item - 1], claim[row, item], detail);
    }

    /// <summary>Here: the record itself.</summary>
    public void Add(int row) => findings.Add(_checks[_asking].Rule, new Spot(claim.Line(row), claim.Ordinal, claim.Plan(row).Id));
}
