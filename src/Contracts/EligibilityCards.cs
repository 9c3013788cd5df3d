using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>What a card's signature is good for; it is part of what the card signs.</summary>
public enum CardPurpose
{
    /// <summary>資格確認.</summary>
    Inquiry,

    /// <summary>利用登録.</summary>
    Registration,

    /// <summary>利用登録の解除.</summary>
    Unregistration,
}

/// <summary>How far a card inquiry has come.</summary>
public enum CardInquiryState
{
    /// <summary>目視の確認待ち: a person of the facility must vouch.</summary>
    AwaitsVouching,

    /// <summary>The person is choosing at the kiosk.</summary>
    AtKiosk,

    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Nobody vouched in time.</summary>
    Lapsed,

    /// <summary>The card is not registered (利用登録): the kiosk asks the person whose it is.</summary>
    Unregistered,

    /// <summary>The person said whose card it is: now the card signs the registration.</summary>
    AwaitsCard,
}

/// <summary>Asks for something to sign.</summary>
public sealed record CardChallengeRequest
{
    /// <summary>What for.</summary>
    public CardPurpose Purpose { get; init; }

    /// <summary>医療機関コード; empty where the organisation has only one.</summary>
    public string Institution { get; init; } = "";
}

/// <summary>What a card is to sign; good once, for two minutes, from the same device or sign-in.</summary>
/// <param name="Id">Which.</param>
/// <param name="Nonce">32 random bytes.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Institution">医療機関コード.</param>
/// <param name="Environment">環境, lower case.</param>
/// <param name="Expires">Until when.</param>
public sealed record CardChallenge(Guid Id, byte[] Nonce, CardPurpose Purpose, string Institution, string Environment, DateTimeOffset Expires);

/// <summary>That somebody is there with the card.</summary>
public abstract record CardShown
{
    /// <summary>The challenge that was signed; none for 目視.</summary>
    public Guid? Challenge { get; init; }

    /// <summary>利用者証明用電子証明書, DER.</summary>
    public byte[] Certificate { get; init; } = [];

    /// <summary>The card's signature; none for 目視.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>How the person was recognised.</summary>
    public PersonProof Method { get; init; }

    /// <summary>What the reader stated of 顔認証; nothing personal.</summary>
    public string Statement { get; init; } = "";

    /// <summary>医療機関コード; empty where the organisation has only one.</summary>
    public string Institution { get; init; } = "";
}

/// <summary>カードによる資格確認.</summary>
public sealed record CardInquiry : CardShown
{
    /// <summary>診療区分.</summary>
    public CareForm Care { get; init; } = CareForm.Outpatient;

    /// <summary>What the reader asked: true where the person agreed. What was not asked is not here.</summary>
    public IReadOnlyDictionary<ConsentKind, bool> Consents { get; init; } = new Dictionary<ConsentKind, bool>();

    /// <summary>The kiosk that asks instead; empty without.</summary>
    public string Kiosk { get; init; } = "";

    /// <summary>True when the reader goes on to a 利用登録 at the kiosk, should the card have none.</summary>
    public bool Registers { get; init; }

    /// <summary>資格確認日; today when left out.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>利用登録: whose card it is.</summary>
public sealed record CardRegistration : CardShown
{
    /// <summary>券面.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>氏名, as registered.</summary>
    public string Name { get; init; } = "";

    /// <summary>氏名カナ, where the name cannot be written as registered.</summary>
    public string Kana { get; init; } = "";
}

/// <summary>The card's own part of a 利用登録 whose rest was typed at the kiosk.</summary>
public sealed record CardAdmission : CardShown;

/// <summary>What stands on the person's 資格確認書, as typed at a kiosk.</summary>
public sealed record KioskDetails
{
    /// <summary>券面.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>氏名.</summary>
    public string Name { get; init; } = "";

    /// <summary>氏名カナ, where the name cannot be typed as it is written.</summary>
    public string Kana { get; init; } = "";
}

/// <summary>How a 利用登録 at a kiosk stands.</summary>
/// <param name="IsSigning">True while the card signs; false while the person types.</param>
/// <param name="Failed">True when what was typed before did not fit.</param>
/// <param name="TriesLeft">How often it may be typed yet.</param>
public sealed record KioskRegistration(bool IsSigning, bool Failed, int TriesLeft);

/// <summary>Something to tell the person although all is well, e.g. that the certificate runs out.</summary>
/// <param name="Code">Our number.</param>
/// <param name="Text">What.</param>
/// <param name="Advice">What to do.</param>
public sealed record CardWarning(string Code, string Text, string Advice);

/// <summary>One kind of consent as it stands.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Standing">同意区分.</param>
/// <param name="Code">The same by number.</param>
/// <param name="At">同意日時.</param>
/// <param name="Until">閲覧有効期限; null without a consent, and for 継続.</param>
public sealed record CardConsent(ConsentKind Kind, ConsentStanding Standing, int Code, DateTimeOffset? At, DateTimeOffset? Until)
{
    /// <summary>False where the facility does not use the kind (医療機関環境設定情報): then nothing is said of a consent, and none is kept.</summary>
    public bool Used { get; init; } = true;
}

/// <summary>カードによる資格確認の結果.</summary>
/// <param name="Id">Of the inquiry.</param>
/// <param name="At">When it was asked.</param>
/// <param name="On">資格確認日.</param>
/// <param name="State">How far it has come; the rest says nothing until it is answered.</param>
/// <param name="Validity">資格有効性.</param>
/// <param name="Code">The same by number.</param>
/// <param name="Text">What that means.</param>
/// <param name="Advice">What the desk does next.</param>
/// <param name="Warnings">What else the person should know.</param>
/// <param name="Coverages">Every coverage valid on the day, newest first; when there is none, the one that ended last.</param>
/// <param name="Consents">All kinds.</param>
/// <param name="Reference">照会番号 this facility registered; empty without.</param>
/// <param name="Method">How the person was recognised.</param>
/// <param name="Care">診療区分.</param>
public sealed record CardAnswer(
    Guid Id,
    DateTimeOffset At,
    DateOnly On,
    CardInquiryState State,
    Validity? Validity,
    int? Code,
    string Text,
    string Advice,
    IReadOnlyList<CardWarning> Warnings,
    IReadOnlyList<Coverage> Coverages,
    IReadOnlyList<CardConsent> Consents,
    string Reference,
    PersonProof Method,
    CareForm Care)
{
    /// <summary>医療券・調剤券 of the month for this facility, where one of <see cref="Coverages"/> is a 医療扶助.</summary>
    public IReadOnlyList<ShownTicket> Tickets { get; init; } = [];
}

/// <summary>How the result of a card inquiry is asked for.</summary>
public sealed record CardResultAsked
{
    /// <summary>The card was taken away: while nothing was chosen at the kiosk, the inquiry ends there (EL-0439).</summary>
    public bool Gone { get; init; }
}

/// <summary>An inquiry that waits for somebody to look at the person.</summary>
/// <param name="Inquiry">Which.</param>
/// <param name="At">Since when.</param>
/// <param name="Name">氏名 on the card, to compare.</param>
/// <param name="Birth">生年月日.</param>
public sealed record Unvouched(Guid Inquiry, DateTimeOffset At, string Name, DateOnly Birth);

/// <summary>目視: a person of the facility, signed in and with the facility's passcode, says that the person is there.</summary>
public interface ISightChecks
{
    /// <summary>What waits at this facility. Recorded with whose; EL-0101, EL-0413.</summary>
    ValueTask<Outcome<IReadOnlyList<Unvouched>>> Waiting(Actor by, CancellationToken ct);

    /// <summary>Vouches. Commits; EL-0101, EL-0411, EL-0413 to EL-0416.</summary>
    ValueTask<Outcome<CardInquiryState>> Vouch(Actor by, Guid inquiry, string passcode, CancellationToken ct);

    /// <summary>A new passcode of the facility, shown once. Commits.</summary>
    ValueTask<Outcome<string>> NewPasscode(Actor by, CancellationToken ct);
}

/// <summary>受付機: what is open at a facility.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">As the reader's program names it.</param>
/// <param name="Opened">Since when.</param>
public sealed record KioskSummary(Guid Id, string Name, DateTimeOffset Opened);

/// <summary>What the person at a kiosk is asked; nothing about who they are.</summary>
/// <param name="Inquiry">The card inquiry.</param>
/// <param name="Kinds">What to ask, in this order.</param>
/// <param name="LimitsIncluded">包括同意: 限度額 is shown without asking.</param>
/// <param name="Held">True when something agreed to here before still holds.</param>
/// <param name="Care">For which 診療区分, and so for how long.</param>
public sealed record KioskTurn(Guid Inquiry, IReadOnlyList<ConsentKind> Kinds, bool LimitsIncluded, bool Held, CareForm Care)
{
    /// <summary>The card is not registered yet, and this comes first; null when it is.</summary>
    public KioskRegistration? Registration { get; init; }

    /// <summary>The card itself signed: the person may see who looked at them.</summary>
    public bool MayReadOwnAccesses { get; init; }
}

/// <summary>
/// 受付機 — a screen of the facility that asks for consent. It is opened by somebody signed in and then stands for nobody: all it can do is to put the person's
/// answers to the card inquiry that was started for it.
/// </summary>
public interface IKiosks
{
    /// <summary>Opens one, in place of another of that name; the secret that the browser keeps. Commits; EL-0101, EL-0431.</summary>
    ValueTask<Outcome<string>> Open(Actor by, string name, string? certificate, CancellationToken ct);

    /// <summary>Those of the facility.</summary>
    ValueTask<IReadOnlyList<KioskSummary>> OpenAt(Actor by, CancellationToken ct);

    /// <summary>Closes one. Commits; EL-0432.</summary>
    ValueTask<Outcome<Guid>> Close(Actor by, Guid kiosk, CancellationToken ct);

    /// <summary>The kiosk's name, and who is at it; EL-0432 when it is not open, or not on this device.</summary>
    ValueTask<Outcome<(string Name, KioskTurn? Turn)>> Look(string secret, string? certificate, CancellationToken ct);

    /// <summary>The person's answers; false for what was not agreed to. <paramref name="withdrawAll"/>: ends whatever was agreed to here before. Commits; EL-0432, EL-0433.</summary>
    ValueTask<Outcome<bool>> Answer(
        string secret, string? certificate, Guid inquiry, IReadOnlyDictionary<ConsentKind, bool> answers, bool withdrawAll, CancellationToken ct);

    /// <summary>Whose the card is that nobody registered. Kept sealed until the card has signed, two minutes at most. Commits; EL-0432 to EL-0434.</summary>
    ValueTask<Outcome<bool>> Register(string secret, string? certificate, Guid inquiry, KioskDetails details, CancellationToken ct);

    /// <summary>The person does not register; nothing of it is kept. Commits; EL-0432, EL-0433.</summary>
    ValueTask<Outcome<bool>> Decline(string secret, string? certificate, Guid inquiry, CancellationToken ct);
}

/// <summary>紛失の届出: whose cards are not to answer any more.</summary>
public sealed record LostCardNotice
{
    /// <summary>券面 of the person.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>Who asked, and how they were recognised; kept.</summary>
    public string Reason { get; init; } = "";

    /// <summary>True when the card was found: it may be registered again.</summary>
    public bool Found { get; init; }
}

/// <summary>What was done: the same whether the person had a registered card or not, so that it tells nothing about them.</summary>
/// <param name="Found">As asked.</param>
public sealed record LostCardNoted(bool Found);

/// <summary>紛失: the centre, or an insurer for its own people, ends 利用登録 of a person's cards on their notice.</summary>
public interface ILostCards
{
    /// <summary>Ends all of them, or lets them be registered again. Commits; EL-0102, EL-0121, EL-0122, EL-0435, EL-0436.</summary>
    ValueTask<Outcome<LostCardNoted>> Note(Actor by, LostCardNotice notice, CancellationToken ct);
}
