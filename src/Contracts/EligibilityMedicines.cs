using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>Where something about a medicine comes from; the smaller number is believed where two tell of the same.</summary>
public enum MedicineSource
{
    /// <summary>レセプト.</summary>
    Claim = 1,

    /// <summary>調剤情報 (電子処方箋管理サービス).</summary>
    Dispensed = 2,

    /// <summary>処方情報 (電子処方箋管理サービス).</summary>
    Prescribed = 3,
}

/// <summary>薬剤情報・診療情報の閲覧.</summary>
public sealed record MedicinesQuery
{
    /// <summary>Whose; 生年月日 may be left out where 枝番 is there (後期: where 番号 is).</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>診療年月 from; a year before the other when left out, three years before today at the earliest.</summary>
    public YearMonth? From { get; init; }

    /// <summary>診療年月 until; this month when left out.</summary>
    public YearMonth? Until { get; init; }

    /// <summary>診療区分 for which the person agreed.</summary>
    public CareForm Care { get; init; } = CareForm.Outpatient;
}

/// <summary>Where something was given or done. Both are empty for a protected person.</summary>
/// <param name="Code">医療機関コード.</param>
/// <param name="Name">Name.</param>
public sealed record MedicinePlace(string Code, string Name);

/// <summary>Something given or done, on one day as far as the claim tells.</summary>
public abstract record GivenItem
{
    /// <summary>レセプト電算コード.</summary>
    public string Code { get; init; } = "";

    /// <summary>Name by the master; empty when no master of the site has the code.</summary>
    public string Name { get; init; } = "";

    /// <summary>数量: of 内服 for one day.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>単位.</summary>
    public string Unit { get; init; } = "";

    /// <summary>回数: for 内服 the days it is for.</summary>
    public int Times { get; init; }

    /// <summary>診療識別.</summary>
    public int Section { get; init; }

    /// <summary>Its name, e.g. 投薬・内服.</summary>
    public string SectionName { get; init; } = "";

    /// <summary>診療年月.</summary>
    public YearMonth Month { get; init; }

    /// <summary>Day; null when the claim does not say.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>入院.</summary>
    public bool Inpatient { get; init; }

    /// <summary>Where.</summary>
    public MedicinePlace Place { get; init; } = new("", "");
}

/// <summary>A medicine.</summary>
public sealed record GivenDrug : GivenItem
{
    /// <summary>Where this is known from.</summary>
    public MedicineSource Source { get; init; } = MedicineSource.Claim;

    /// <summary>処方元: 医療機関コード of who prescribed it, where the source tells; empty for a protected person.</summary>
    public string PrescribedBy { get; init; } = "";

    /// <summary>A source that goes before tells of the same 処方元 and day: not to be counted.</summary>
    public bool Superseded { get; init; }

    /// <summary>一般名処方の標準的な記載; empty where the master has none.</summary>
    public string GenericName { get; init; } = "";

    /// <summary>First seven characters of 薬価基準収載医薬品コード: the same for the same 成分 and 投与経路; empty where the master has none.</summary>
    public string Ingredient { get; init; } = "";

    /// <summary>Last day it is for; null without a day.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>診療行為 or 特定器材.</summary>
public sealed record DoneService : GivenItem
{
    /// <summary>手術・麻酔 (診療識別 50 to 59): shown with a consent of its own.</summary>
    public bool Operation { get; init; }
}

/// <summary>重複の可能性: the same ingredient from different institutions for the same days. A hint to look, not a finding.</summary>
/// <param name="Name">Of the ingredient, or of the medicine.</param>
/// <param name="From">First day of the last overlap.</param>
/// <param name="Until">Last day of it.</param>
/// <param name="Drugs">The medicines that overlap then.</param>
public sealed record DuplicateHint(string Name, DateOnly From, DateOnly Until, IReadOnlyList<GivenDrug> Drugs);

/// <summary>Whether a kind of information is shown.</summary>
/// <param name="Kind">薬剤, 診療 or 手術.</param>
/// <param name="Shown">With consent and permission.</param>
/// <param name="Until">Until when the consent holds; null when it is not shown, or 継続.</param>
/// <param name="Reason">Why not; empty when it is shown.</param>
public sealed record ShownKind(ConsentKind Kind, bool Shown, DateTimeOffset? Until, string Reason);

/// <summary>薬剤情報・診療情報 of one person.</summary>
/// <param name="Id">Of this answer; the audit event's subject names it.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Name">氏名.</param>
/// <param name="Kana">カナ.</param>
/// <param name="Birth">生年月日.</param>
/// <param name="Sex">性別: 1 男, 2 女, 3 未設定.</param>
/// <param name="From">First 診療年月 looked at.</param>
/// <param name="Until">Last one.</param>
/// <param name="Kinds">What is shown, and what is not.</param>
/// <param name="Drugs">Newest first.</param>
/// <param name="Services">Newest first.</param>
/// <param name="Hints">重複の可能性, newest first.</param>
/// <param name="Withheld">Institutions are not shown: the person is protected.</param>
/// <param name="Remarks">What the reader has to know: how old the newest may be, what is never in it.</param>
public sealed record MedicinesAnswer(
    Guid Id,
    DateTimeOffset At,
    string Name,
    string Kana,
    DateOnly Birth,
    string Sex,
    YearMonth From,
    YearMonth Until,
    IReadOnlyList<ShownKind> Kinds,
    IReadOnlyList<GivenDrug> Drugs,
    IReadOnlyList<DoneService> Services,
    IReadOnlyList<DuplicateHint> Hints,
    bool Withheld,
    IReadOnlyList<string> Remarks);

/// <summary>薬剤情報・診療情報 from claims.</summary>
public interface IMedicines
{
    /// <summary>Answers, and records that before, refusals too. Commits; EL-0501 to EL-0503, EL-0315, EL-0102, EL-0121, EL-0122, EL-0124.</summary>
    ValueTask<Outcome<MedicinesAnswer>> View(Actor by, MedicinesQuery query, CancellationToken ct);
}
