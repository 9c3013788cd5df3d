using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>患者の控え — what the facility itself has on file of one of its patients. Nobody else sees it; nothing of it goes to the registry.</summary>
public sealed record DeskPatient : Insured
{
    /// <summary>患者番号 (診察券番号), up to 50 characters: the facility's own, and what it registers as 照会番号.</summary>
    public string Chart { get; init; } = "";

    /// <summary>保険者番号.</summary>
    public string Insurer { get; init; } = "";

    /// <summary>記号.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>番号.</summary>
    public string Number { get; init; } = "";

    /// <summary>枝番.</summary>
    public string Branch { get; init; } = "";

    /// <summary>本人・家族: 1 本人, 2 家族.</summary>
    public string Relation { get; init; } = "";

    /// <summary>一部負担金割合: 010, 020, 030.</summary>
    public string Ratio { get; init; } = "";
}

/// <summary>How an answer came.</summary>
public enum DeskSource
{
    /// <summary>受付: asked at the desk.</summary>
    Desk,

    /// <summary>一括照会: asked for a day's appointments.</summary>
    Night,

    /// <summary>再確認: 該当資格なし, asked again.</summary>
    Recheck,

    /// <summary>マイナンバーカード.</summary>
    Card,
}

/// <summary>What an answer means for the desk at one look.</summary>
public enum DeskLight
{
    /// <summary>Not asked.</summary>
    None,

    /// <summary>有効.</summary>
    Green,

    /// <summary>Something has to be asked or waited for.</summary>
    Amber,

    /// <summary>無効.</summary>
    Red,
}

/// <summary>A field of the facility's that is not as registered.</summary>
/// <param name="Field">Its Japanese name, by which it is adopted.</param>
/// <param name="Ours">On file.</param>
/// <param name="Theirs">Registered.</param>
/// <param name="MayAdopt">May be taken over when a person ticks it; never a value with ●.</param>
/// <param name="Note">What to know about it; empty for nothing.</param>
public sealed record FieldDifference(string Field, string Ours, string Theirs, bool MayAdopt, string Note);

/// <summary>An answer as the desk keeps it: evidence for the claim, never changed.</summary>
/// <param name="Source">How it came.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Light">At one look.</param>
/// <param name="Say">The sentence to say to the patient.</param>
public sealed record DeskAnswer(DeskSource Source, InquiryAnswer Answer, DeskLight Light, string Say);

/// <summary>A patient of the day.</summary>
/// <param name="Id">Of the line in the list; says nothing.</param>
/// <param name="Day">受診日.</param>
/// <param name="Time">予約時刻, HH:mm; empty for a walk-in.</param>
/// <param name="Arrived">When they came in; asking about somebody does not say that they have.</param>
/// <param name="Patient">What is on file.</param>
/// <param name="Answer">The latest for the day.</param>
/// <param name="Differences">Between the two.</param>
/// <param name="ReferenceDiffers">照会番号不一致: the centre's number is another patient's here.</param>
public sealed record DeskVisit(
    Guid Id, DateOnly Day, string Time, DateTimeOffset? Arrived, DeskPatient Patient, DeskAnswer? Answer, IReadOnlyList<FieldDifference> Differences, bool ReferenceDiffers);

/// <summary>A day's list.</summary>
/// <param name="Day">受診日.</param>
/// <param name="Today">業務日.</param>
/// <param name="Visits">By time, walk-ins last.</param>
/// <param name="Cards">How many card results wait for a person to say whose they are.</param>
public sealed record DeskDay(DateOnly Day, DateOnly Today, IReadOnlyList<DeskVisit> Visits, int Cards);

/// <summary>How long a consent still holds.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Care">診療区分.</param>
/// <param name="Until">End; null for 継続.</param>
public sealed record ConsentLeft(ConsentKind Kind, CareForm Care, DateTimeOffset? Until);

/// <summary>One patient of the day, with everything the desk needs.</summary>
/// <param name="Visit">The line of the list.</param>
/// <param name="History">Every answer about the patient, latest first.</param>
/// <param name="Consents">Consents in force.</param>
/// <param name="Card">Whose they are: the latest answer's, which goes before what is on file.</param>
/// <param name="Asked">Now, to count down from.</param>
public sealed record DeskCase(DeskVisit Visit, IReadOnlyList<DeskAnswer> History, IReadOnlyList<ConsentLeft> Consents, CardKeys Card, DateTimeOffset Asked);

/// <summary>Somebody comes in: a known 患者番号, or what stands on the card.</summary>
public sealed record Arrival
{
    /// <summary>患者番号; empty for somebody new, who gets a provisional one.</summary>
    public string Chart { get; init; } = "";

    /// <summary>券面; null with a known 患者番号.</summary>
    public CardKeys? Card { get; init; }

    /// <summary>氏名, where there is one.</summary>
    public string Name { get; init; } = "";
}

/// <summary>受付 — the list of the day, and the inquiry at one key.</summary>
public interface IReception
{
    /// <summary>The list of a day, today's when left out; EL-0101.</summary>
    ValueTask<Outcome<DeskDay>> Day(Actor by, DateOnly? day, CancellationToken ct);

    /// <summary>One patient of a list; says whose data is read. EL-0101, EL-0801.</summary>
    ValueTask<Outcome<DeskCase>> Open(Actor by, Guid visit, CancellationToken ct);

    /// <summary>Puts somebody on today's list, once; the line. Commits; EL-0101, EL-0102, EL-0802, EL-0803.</summary>
    ValueTask<Outcome<Guid>> Arrive(Actor by, Arrival arrival, CancellationToken ct);

    /// <summary>Asks about a patient of the list, keeps the answer, and registers the 照会番号. Commits; EL-0101, EL-0102, EL-0103, EL-0801.</summary>
    ValueTask<Outcome<DeskAnswer>> Ask(Actor by, Guid visit, bool limitConsent, CancellationToken ct);

    /// <summary>
    /// Asks with another card of the same patient, and keeps the answer under them; what is on file stays, and no 照会番号 is registered for another card. True
    /// when it is another card than on file. Commits; EL-0101, EL-0102, EL-0103, EL-0801.
    /// </summary>
    ValueTask<Outcome<bool>> AskCard(Actor by, Guid visit, CardKeys card, CancellationToken ct);

    /// <summary>Takes over what a person ticked from an answer; how many fields. Commits; EL-0101, EL-0801, EL-0804, EL-0805.</summary>
    ValueTask<Outcome<int>> Adopt(Actor by, Guid visit, Guid answer, IReadOnlyList<string> fields, CancellationToken ct);

    /// <summary>Takes a line off the list. Commits; EL-0101, EL-0801.</summary>
    ValueTask<Outcome<DateOnly>> Remove(Actor by, Guid visit, CancellationToken ct);
}

/// <summary>A problem of a row.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Field">Column.</param>
/// <param name="Code">Permanent.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record DeskFileProblem(int Line, string Field, string Code, string Text, string Remedy);

/// <summary>What became of a facility's file.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Created">New.</param>
/// <param name="Changed">Changed.</param>
/// <param name="Same">As they were.</param>
/// <param name="Removed">Erased, or cancelled.</param>
/// <param name="Refused">Refused, each with a problem.</param>
/// <param name="Differing">予約 taken of patients who are on file with something else: that stays, each with a problem (EL-0820).</param>
/// <param name="Problems">The first of them.</param>
public sealed record DeskFileReport(int Rows, int Created, int Changed, int Same, int Removed, int Refused, int Differing, IReadOnlyList<DeskFileProblem> Problems);

/// <summary>患者の控えと予約 — what the facility brings, and takes back.</summary>
public interface IDeskFiles
{
    /// <summary>患者の控え as CSV (docs/protocol/desk.md), row by row. Commits in batches; the same file again changes nothing. EL-0101, EL-0114, EL-0806.</summary>
    ValueTask<Outcome<DeskFileReport>> Patients(Actor by, Stream content, CancellationToken ct);

    /// <summary>予約 as CSV; rows without a day are for <paramref name="day"/>. Commits in batches; EL-0101, EL-0114, EL-0806.</summary>
    ValueTask<Outcome<DeskFileReport>> Appointments(Actor by, DateOnly? day, Stream content, CancellationToken ct);

    /// <summary>How many patients are on file; EL-0101.</summary>
    ValueTask<Outcome<int>> Count(Actor by, CancellationToken ct);

    /// <summary>Erases what is on file of a patient, and their appointments. Answers stay as evidence until their time is over. Commits; EL-0101, EL-0802, EL-0805.</summary>
    ValueTask<Outcome<bool>> Erase(Actor by, string chart, CancellationToken ct);
}

/// <summary>When the appointments of a day are asked about by themselves.</summary>
/// <param name="On">At all.</param>
/// <param name="At">業務時刻: before noon for the same day, from noon on for the next.</param>
/// <param name="References">患者番号 are registered as 照会番号.</param>
public sealed record NightPlan(bool On, TimeOnly At, bool References);

/// <summary>一括照会 of a day's appointments.</summary>
/// <param name="Id">Which.</param>
/// <param name="Day">受診日.</param>
/// <param name="Automatic">By the plan; else by a person.</param>
/// <param name="Started">When.</param>
/// <param name="Ended">Null while it runs.</param>
/// <param name="Total">How many lines.</param>
/// <param name="Done">How many are asked.</param>
public sealed record NightRun(Guid Id, DateOnly Day, bool Automatic, DateTimeOffset Started, DateTimeOffset? Ended, int Total, int Done);

/// <summary>What the desk has to know about an appointment.</summary>
public enum NightMark
{
    /// <summary>保険が変わった: 無効（新しい資格あり）.</summary>
    Replaced,

    /// <summary>資格を失った: 無効.</summary>
    Lost,

    /// <summary>該当資格なし.</summary>
    NotFound,

    /// <summary>複数該当.</summary>
    Several,

    /// <summary>負担割合が違う.</summary>
    Ratio,

    /// <summary>枝番が違う.</summary>
    Branch,

    /// <summary>●: the register does not know a character of the name.</summary>
    Masked,

    /// <summary>Another field differs.</summary>
    Other,

    /// <summary>照会できない: something is missing on file.</summary>
    NotAsked,
}

/// <summary>A line of a report.</summary>
/// <param name="Visit">Of the list; not valid any more when the line was taken off.</param>
/// <param name="Recheck">Asked again for an earlier day.</param>
/// <param name="Marks">What to know; none when nothing changed.</param>
/// <param name="Problem">Why it could not be asked; empty otherwise.</param>
public sealed record NightLine(DeskVisit Visit, bool Recheck, IReadOnlyList<NightMark> Marks, string Problem);

/// <summary>差分の報告: against what is on file now.</summary>
/// <param name="Run">Which.</param>
/// <param name="Lines">What needs a look first; at most 5,000.</param>
/// <param name="More">How many lines of the run are not among them.</param>
public sealed record NightReport(NightRun Run, IReadOnlyList<NightLine> Lines, int More);

/// <summary>夜間の一括照会.</summary>
public interface INightInquiries
{
    /// <summary>The plan; EL-0101.</summary>
    ValueTask<Outcome<NightPlan>> Plan(Actor by, CancellationToken ct);

    /// <summary>Changes it; whoever does answers for the inquiries. Commits; EL-0101, EL-0805.</summary>
    ValueTask<Outcome<NightPlan>> Change(Actor by, NightPlan plan, CancellationToken ct);

    /// <summary>Asks now. Commits; the run goes on in the background. EL-0101, EL-0807.</summary>
    ValueTask<Outcome<Guid>> Start(Actor by, DateOnly day, CancellationToken ct);

    /// <summary>The latest, newest first; EL-0101.</summary>
    ValueTask<Outcome<IReadOnlyList<NightRun>>> Runs(Actor by, CancellationToken ct);

    /// <summary>What came of one; EL-0101, EL-0808.</summary>
    ValueTask<Outcome<NightReport>> Report(Actor by, Guid run, CancellationToken ct);
}

/// <summary>A patient on file that a card result may be about.</summary>
/// <param name="Patient">Of the facility, by an id that says nothing.</param>
/// <param name="OnFile">What is on file.</param>
/// <param name="Reasons">Why it is proposed, strongest first.</param>
public sealed record CardCandidate(Guid Patient, DeskPatient OnFile, IReadOnlyList<string> Reasons);

/// <summary>A card result nobody has said yet whose it is.</summary>
/// <param name="Answer">What was answered.</param>
/// <param name="Candidates">Proposals; a person decides, also when there is one.</param>
public sealed record CardResult(DeskAnswer Answer, IReadOnlyList<CardCandidate> Candidates);

/// <summary>マイナンバーカードの結果 — never bound by itself to whoever stands at the desk.</summary>
public interface ICardInbox
{
    /// <summary>What waits, oldest first; EL-0101.</summary>
    ValueTask<Outcome<IReadOnlyList<CardResult>>> Waiting(Actor by, CancellationToken ct);

    /// <summary>It is this patient's; the line on today's list. Commits; EL-0101, EL-0805, EL-0809, EL-0810.</summary>
    ValueTask<Outcome<Guid>> Bind(Actor by, Guid answer, Guid patient, CancellationToken ct);

    /// <summary>It is a new patient's, who gets a provisional 患者番号; the line on today's list. Commits; EL-0101, EL-0805, EL-0809.</summary>
    ValueTask<Outcome<Guid>> BindNew(Actor by, Guid answer, CancellationToken ct);

    /// <summary>It is nobody's here. Commits; EL-0101, EL-0805, EL-0809.</summary>
    ValueTask<Outcome<bool>> Dismiss(Actor by, Guid answer, CancellationToken ct);
}
