using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>医療券・調剤券 — that a facility may treat one recipient of 医療扶助 in one month, as the 福祉事務所 registered it. Codes are those published.</summary>
public sealed record MedicalTicket
{
    /// <summary>券別: 01 医療券, 02 調剤券.</summary>
    public string Kind { get; init; } = "";

    /// <summary>診療年月.</summary>
    public YearMonth Month { get; init; }

    /// <summary>有効開始年月日.</summary>
    public DateOnly From { get; init; }

    /// <summary>有効終了年月日: the last day.</summary>
    public DateOnly Until { get; init; }

    /// <summary>交付番号.</summary>
    public string Issue { get; init; } = "";

    /// <summary>指定医療機関コード, 10 digits: who may treat, and nobody else is told.</summary>
    public string Institution { get; init; } = "";

    /// <summary>指定医療機関名.</summary>
    public string InstitutionName { get; init; } = "";

    /// <summary>処方箋発行医療機関コード (調剤券).</summary>
    public string Prescriber { get; init; } = "";

    /// <summary>処方箋発行医療機関名 (調剤券).</summary>
    public string PrescriberName { get; init; } = "";

    /// <summary>傷病名, up to three.</summary>
    public IReadOnlyList<string> Injuries { get; init; } = [];

    /// <summary>診療別: 01 入院, 02 入院外, 03 歯科, 04 調剤, 05 訪問看護.</summary>
    public string Treatment { get; init; } = "";

    /// <summary>本人支払額, yen.</summary>
    public int? SelfPay { get; init; }

    /// <summary>地区担当員名.</summary>
    public string DistrictContact { get; init; } = "";

    /// <summary>取扱担当者名.</summary>
    public string HandlingContact { get; init; } = "";

    /// <summary>単独・併用別: 01 単独, 02 併用.</summary>
    public string Use { get; init; } = "";

    /// <summary>社会保険状況: 01 あり, 02 なし.</summary>
    public string SocialInsurance { get; init; } = "";

    /// <summary>整合性フラグ: 1 不整合あり.</summary>
    public string Inconsistent { get; init; } = "";

    /// <summary>感染症法第37条の2: 01 該当, 02 非該当.</summary>
    public string Infection { get; init; } = "";

    /// <summary>後期高齢者医療: 01 該当, 02 非該当.</summary>
    public string ElderlyCare { get; init; } = "";

    /// <summary>都道府県費: 01 該当, 02 非該当.</summary>
    public string PrefecturalExpenses { get; init; } = "";

    /// <summary>備考, up to three.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A ticket as a facility is shown it.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="IsDesignated">指定医療機関確認: it names the code that asked, not another code (歯科, for instance) of the same facility.</param>
public sealed record ShownTicket(MedicalTicket Ticket, bool IsDesignated);

/// <summary>One row of what a 福祉事務所 registers about tickets.</summary>
public sealed record TicketEntry
{
    /// <summary>登録ID — the office's own id of this ticket: registering under it again corrects it.</summary>
    public string Id { get; init; } = "";

    /// <summary>区分.</summary>
    public EntryAct Act { get; init; }

    /// <summary>Whose: 公費負担者番号 (insurer), 受給者番号 (number) and 生年月日 of a registered 医療扶助; not needed to withdraw.</summary>
    public CardKeys? Recipient { get; init; }

    /// <summary>The ticket; not needed to withdraw.</summary>
    public MedicalTicket? Ticket { get; init; }
}

/// <summary>What a 福祉事務所 looks for among its own tickets: one by its id, or those of a recipient.</summary>
public sealed record TicketQuery
{
    /// <summary>登録ID.</summary>
    public string Id { get; init; } = "";

    /// <summary>公費負担者番号, 受給者番号, 生年月日.</summary>
    public CardKeys? Recipient { get; init; }

    /// <summary>As known then; every version when left out.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>A version of a ticket as its office sees it.</summary>
/// <param name="Id">登録ID.</param>
/// <param name="KnownFrom">Registered.</param>
/// <param name="KnownUntil">Replaced or withdrawn; null for what is known now.</param>
/// <param name="Recipient">Whose.</param>
/// <param name="Ticket">What it said.</param>
public sealed record TicketVersion(string Id, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil, CardKeys Recipient, MedicalTicket Ticket);

/// <summary>医療券・調剤券の登録 by 福祉事務所. The coverage itself (A1) is registered like every coverage.</summary>
public interface ITicketRegistration : IFileRegistration
{
    /// <summary>Registers, corrects or withdraws one ticket. Commits; EL-0701.</summary>
    ValueTask<Outcome<EntryReport>> Register(Actor by, TicketEntry entry, CancellationToken ct);

    /// <summary>One's own tickets, now and before. Commits its event; EL-0701, EL-0102.</summary>
    ValueTask<Outcome<IReadOnlyList<TicketVersion>>> Find(Actor by, TicketQuery query, CancellationToken ct);
}
