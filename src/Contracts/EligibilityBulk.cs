using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>限度額適用認定証 as the facility has it on file: it is told whether that still holds, never what it became.</summary>
/// <param name="Kind">区分: 01, 02, 03.</param>
/// <param name="Category">適用区分: A01 … B10.</param>
public sealed record LimitHeld(string Kind, string Category);

/// <summary>One person of a 資格確認一括照会.</summary>
public sealed record BulkInquiryRow
{
    /// <summary>What stands on the card.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>What the facility has on file; null when it does not ask.</summary>
    public LimitHeld? Limit { get; init; }

    /// <summary>任意の識別子, echoed.</summary>
    public string Identifier { get; init; } = "";
}

/// <summary>資格確認一括照会 by 券面.</summary>
public sealed record BulkInquiry
{
    /// <summary>資格確認日; today when left out.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whom, at most 5,000.</summary>
    public IReadOnlyList<BulkInquiryRow> Rows { get; init; } = [];
}

/// <summary>What is answered about one person of it: an answer, or an error of this row.</summary>
/// <param name="Row">From 1.</param>
/// <param name="Identifier">任意の識別子 of the row.</param>
/// <param name="Answer">資格確認の結果; 限度額 and 特定疾病 are never in it. Null when the row has an error.</param>
/// <param name="LimitChanged">What is on file does not hold, or that cannot be told; null when it was not asked or nothing covers the day.</param>
/// <param name="Code">Code of the error; empty without.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record BulkAnswer(int Row, string Identifier, InquiryAnswer? Answer, bool? LimitChanged, string Code, string Text);

/// <summary>How far an 一括 has come.</summary>
/// <param name="Number">受付番号.</param>
/// <param name="Received">受付日時.</param>
/// <param name="Rows">How many people.</param>
/// <param name="Done">How many were looked at.</param>
/// <param name="Failed">How many of them have an error.</param>
/// <param name="Finished">When the last was; null while it goes on.</param>
/// <param name="Until">Then it is deleted.</param>
public sealed record BulkState(string Number, DateTimeOffset Received, int Rows, int Done, int Failed, DateTimeOffset? Finished, DateTimeOffset Until);

/// <summary>An 一括 and, once it is finished, its answers.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="On">資格確認日.</param>
/// <param name="Answers">In the order of the rows; none before the last is there.</param>
public sealed record BulkAnswers<TAnswer>(BulkState State, DateOnly On, IReadOnlyList<TAnswer> Answers);

/// <summary>同意済資格情報の一括取得: who consented at the facility in these days, as far as that still holds.</summary>
public sealed record ConsentedQuestion
{
    /// <summary>訪問診療等 or オンライン診療等.</summary>
    public CareForm Care { get; init; } = CareForm.HomeVisit;

    /// <summary>同意日 from.</summary>
    public DateOnly? From { get; init; }

    /// <summary>同意日 to, at most 31 days.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>A person who consented.</summary>
/// <param name="Answer">資格確認の結果; null when the consent ended meanwhile, or the row has another error.</param>
/// <param name="Code">Code of the error; empty without.</param>
/// <param name="Text">What is wrong and what to do.</param>
public sealed record ConsentedAnswer(CardAnswer? Answer, string Code, string Text);

/// <summary>医療扶助 委託先資格情報の一括取得: whom a 福祉事務所 commissioned the facility with in a month.</summary>
public sealed record AidQuestion
{
    /// <summary>医療機関コード; empty where the facility has only one.</summary>
    public string Institution { get; init; } = "";

    /// <summary>診療年月.</summary>
    public YearMonth? Month { get; init; }
}

/// <summary>資格確認一括照会: taken at once, answered in the background, kept for three days. Only the facility that asked gets the result.</summary>
public interface IBulkInquiries
{
    /// <summary>Takes it; the same question again within ten minutes, or while it is worked on, is the same 受付番号. Commits; EL-0101, EL-0103, EL-0305 to EL-0308.</summary>
    ValueTask<Outcome<BulkState>> Submit(Actor by, BulkInquiry inquiry, CancellationToken ct);

    /// <summary>How far it has come, with the answers when it is finished. Commits its event; EL-0101, EL-0309, EL-0310.</summary>
    ValueTask<Outcome<BulkAnswers<BulkAnswer>>> Result(Actor by, string number, CancellationToken ct);
}
