using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>本人の鍵 — one person across insurers and years; opaque, never derived from anything personal, never shown to anybody outside.</summary>
public readonly record struct PersonKey(Guid Value);

/// <summary>高齢受給者証.</summary>
/// <param name="Issued">交付年月日.</param>
/// <param name="From">有効開始年月日.</param>
/// <param name="Until">有効終了年月日: the last day.</param>
/// <param name="Ratio">一部負担金割合, e.g. 020.</param>
public sealed record ElderlyCertificate(DateOnly? Issued, DateOnly? From, DateOnly? Until, string Ratio);

/// <summary>限度額適用認定証関連.</summary>
/// <param name="Kind">証区分: 01 限度額適用, 02 限度額適用・標準負担額減額, 03 標準負担額減額.</param>
/// <param name="Category">適用区分, e.g. B01.</param>
/// <param name="Issued">交付年月日.</param>
/// <param name="From">有効開始年月日.</param>
/// <param name="Until">有効終了年月日: the last day.</param>
/// <param name="LongTerm">長期入院該当年月日.</param>
public sealed record LimitCertificate(string Kind, string Category, DateOnly? Issued, DateOnly? From, DateOnly? Until, DateOnly? LongTerm);

/// <summary>特定疾病療養受療証.</summary>
/// <param name="Category">認定疾病区分: 1 人工透析, 2 血友病, 3 血液製剤 HIV.</param>
/// <param name="Issued">交付年月日.</param>
/// <param name="From">有効開始年月日.</param>
/// <param name="Until">有効終了年月日: the last day.</param>
/// <param name="SelfPay">自己負担限度額, yen a month.</param>
public sealed record DiseaseCertificate(string Category, DateOnly? Issued, DateOnly? From, DateOnly? Until, int? SelfPay);

/// <summary>Who is covered, as registered.</summary>
public abstract record Insured
{
    /// <summary>被保険者氏名 (世帯主).</summary>
    public string Holder { get; init; } = "";

    /// <summary>氏名.</summary>
    public string Name { get; init; } = "";

    /// <summary>氏名 (その他).</summary>
    public string OtherName { get; init; } = "";

    /// <summary>氏名カナ.</summary>
    public string Kana { get; init; } = "";

    /// <summary>氏名カナ (その他).</summary>
    public string OtherKana { get; init; } = "";

    /// <summary>性別1: 1 男, 2 女, 3 未設定.</summary>
    public string Sex { get; init; } = "";

    /// <summary>性別2: what stands on the back of the card, where it differs.</summary>
    public string CardSex { get; init; } = "";

    /// <summary>生年月日.</summary>
    public DateOnly Birth { get; init; }

    /// <summary>郵便番号, 123-4567.</summary>
    public string PostalCode { get; init; } = "";

    /// <summary>住所.</summary>
    public string Address { get; init; } = "";
}

/// <summary>加入者情報 — one coverage (資格) of one person at one insurer, as the insurer registered it. Codes are those published; texts are kept as registered.</summary>
public sealed record Coverage : Insured
{
    /// <summary>被保険者証区分: 01 一般 … 07, A1 医療扶助.</summary>
    public string CardKind { get; init; } = "01";

    /// <summary>保険者番号, 6 or 8 digits.</summary>
    public string Insurer { get; init; } = "";

    /// <summary>記号; empty for 後期.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>番号.</summary>
    public string Number { get; init; } = "";

    /// <summary>枝番, 2 digits; empty for 後期 and old cards.</summary>
    public string Branch { get; init; } = "";

    /// <summary>本人・家族: 1 本人, 2 家族.</summary>
    public string Relation { get; init; } = "1";

    /// <summary>資格取得年月日: the first day covered.</summary>
    public DateOnly Acquired { get; init; }

    /// <summary>資格喪失年月日: the first day that is not covered any more.</summary>
    public DateOnly? Lost { get; init; }

    /// <summary>資格喪失事由: 01 死亡, 02 生活保護受給開始, 03 医療保険等の資格取得, 99 その他.</summary>
    public string LossReason { get; init; } = "";

    /// <summary>被保険者証交付年月日.</summary>
    public DateOnly? Issued { get; init; }

    /// <summary>被保険者証有効開始年月日.</summary>
    public DateOnly? CardFrom { get; init; }

    /// <summary>被保険者証有効終了年月日: the last day.</summary>
    public DateOnly? CardUntil { get; init; }

    /// <summary>一部負担金割合: 010, 020, 030.</summary>
    public string Ratio { get; init; } = "";

    /// <summary>未就学区分: 1 該当.</summary>
    public string Preschool { get; init; } = "";

    /// <summary>保険者名称.</summary>
    public string InsurerName { get; init; } = "";

    /// <summary>高齢受給者証, those there are.</summary>
    public IReadOnlyList<ElderlyCertificate> Elderly { get; init; } = [];

    /// <summary>限度額適用認定証, those there are.</summary>
    public IReadOnlyList<LimitCertificate> Limits { get; init; } = [];

    /// <summary>特定疾病療養受療証, those there are.</summary>
    public IReadOnlyList<DiseaseCertificate> Diseases { get; init; } = [];
}

/// <summary>券面の照会キー, as typed or read: searched for in a normalised form.</summary>
public sealed record CardKeys
{
    /// <summary>保険者番号.</summary>
    public string Insurer { get; init; } = "";

    /// <summary>記号.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>番号.</summary>
    public string Number { get; init; } = "";

    /// <summary>枝番; empty when it is not known.</summary>
    public string Branch { get; init; } = "";

    /// <summary>生年月日.</summary>
    public DateOnly Birth { get; init; }
}

/// <summary>資格確認の照会 by 券面.</summary>
public sealed record Inquiry
{
    /// <summary>What stands on the card.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>資格確認日; today when left out.</summary>
    public DateOnly? On { get; init; }

    /// <summary>限度額適用認定証情報の提供への同意, as the facility asked for it.</summary>
    public bool LimitConsent { get; init; }

    /// <summary>医療機関コード that asks, where the facility has several: decides whether a ticket of 医療扶助 names it.</summary>
    public string Institution { get; init; } = "";
}

/// <summary>資格有効性, numbered as published.</summary>
public enum Validity
{
    /// <summary>有効.</summary>
    Valid = 1,

    /// <summary>無効: not covered on the day, nothing else known.</summary>
    Invalid = 2,

    /// <summary>無効（新しい資格あり）: what that is, is not disclosed by 券面.</summary>
    Replaced = 3,

    /// <summary>該当資格なし.</summary>
    NotFound = 4,

    /// <summary>複数該当.</summary>
    Several = 5,

    /// <summary>有効（未登録）: 医療扶助 without a ticket for the facility.</summary>
    ValidWithoutTicket = 6,
}

/// <summary>資格確認の結果.</summary>
/// <param name="Id">Of this answer; the audit event's subject names it.</param>
/// <param name="At">When it was answered.</param>
/// <param name="On">資格確認日.</param>
/// <param name="Validity">資格有効性.</param>
/// <param name="Code">The same by number.</param>
/// <param name="Text">What that means.</param>
/// <param name="Advice">What the desk does next.</param>
/// <param name="Coverage">What was found, as far as it may be disclosed; null for 4 and 5.</param>
/// <param name="Reference">照会番号 this facility registered; empty without.</param>
public sealed record InquiryAnswer(
    Guid Id, DateTimeOffset At, DateOnly On, Validity Validity, int Code, string Text, string Advice, Coverage? Coverage, string Reference)
{
    /// <summary>医療券・調剤券 of the month for this facility, where <see cref="Coverage"/> is a 医療扶助.</summary>
    public IReadOnlyList<ShownTicket> Tickets { get; init; } = [];

    /// <summary>What else the person should know; of a card's answer.</summary>
    public IReadOnlyList<CardWarning> Warnings { get; init; } = [];
}

/// <summary>窓口の資格確認.</summary>
public interface IEligibilityDesk
{
    /// <summary>Answers, and records that before. Commits; EL-0101 to EL-0103.</summary>
    ValueTask<Outcome<InquiryAnswer>> Ask(Actor by, Inquiry inquiry, CancellationToken ct);
}

/// <summary>A person as an insurer names them to the vault.</summary>
/// <param name="Insurer">Which insurer.</param>
/// <param name="Member">The insurer's own number of the person (加入者番号), the same for all coverages of one person there.</param>
public sealed record VaultName(OrganisationId Insurer, string Member);

/// <summary>本人の鍵の保管庫 — assigns the opaque key of a person. The real one links by 個人番号, which never comes here; the default one knows what an insurer calls its people.</summary>
public interface IPersonVault
{
    /// <summary>The keys in the order of the names, the same for the same name for ever. Within the current transaction.</summary>
    ValueTask<IReadOnlyList<PersonKey>> Assign(IReadOnlyList<VaultName> names, CancellationToken ct);
}
