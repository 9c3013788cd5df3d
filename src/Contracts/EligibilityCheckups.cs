using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>Something about a file of a 特定健診 package.</summary>
/// <param name="File">Path in the ZIP, e.g. DATA/h….xml; empty for the package as a whole.</param>
/// <param name="Line">行; 0 for the whole file.</param>
/// <param name="Place">The item or element; empty for the whole file.</param>
/// <param name="Code">Permanent code: EH-… of the format, EL-06… of the registry.</param>
/// <param name="Text">What is wrong, without personal values.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Refused">True when the file (or the package) was not taken for it; false for a notice.</param>
public sealed record CheckupProblem(string File, int Line, string Place, string Code, string Text, string Remedy, bool Refused);

/// <summary>What became of a 特定健診 package so far.</summary>
/// <param name="Package">The insurer's own id of the package.</param>
/// <param name="Complete">False when it was broken off: send the same package again to go on.</param>
/// <param name="Accepted">False when the package as a whole cannot be taken: nothing of it is registered.</param>
/// <param name="Files">健診結果 in the package.</param>
/// <param name="Created">新規.</param>
/// <param name="Changed">訂正; what was known before is kept.</param>
/// <param name="Same">変更なし.</param>
/// <param name="Refused">登録しなかった健診結果.</param>
/// <param name="Started">When it was taken.</param>
/// <param name="Ended">When its last file was done.</param>
/// <param name="Problems">All of them up to 10,000, file by file.</param>
public sealed record CheckupPackageReport(
    string Package,
    bool Complete,
    bool Accepted,
    int Files,
    int Created,
    int Changed,
    int Same,
    int Refused,
    DateTimeOffset Started,
    DateTimeOffset? Ended,
    IReadOnlyList<CheckupProblem> Problems);

/// <summary>Which result of which person an insurer means.</summary>
public sealed record CheckupName
{
    /// <summary>券面; 生年月日 may be left out where there is a 枝番.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>健診実施機関番号, 10 digits.</summary>
    public string Institution { get; init; } = "";

    /// <summary>健診実施日.</summary>
    public DateOnly Day { get; init; }
}

/// <summary>An insurer looks up what it registered of one of its people.</summary>
public sealed record RegisteredCheckupsQuery
{
    /// <summary>券面; 生年月日 may be left out where there is a 枝番.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>What was known then; every version when left out.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>One version of a registered result, without its values.</summary>
/// <param name="Institution">健診実施機関番号.</param>
/// <param name="Day">健診実施日.</param>
/// <param name="KnownFrom">From when this was known.</param>
/// <param name="KnownUntil">Until it was corrected or withdrawn; null: known now.</param>
/// <param name="Items">項目の数.</param>
public sealed record RegisteredCheckup(string Institution, DateOnly Day, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil, int Items);

/// <summary>特定健診の登録 by insurers.</summary>
public interface ICheckupRegistration
{
    /// <summary>Takes a package (ZIP): every good file is registered, the others are reported. The same id and bytes again go on where it stopped, or report. Commits in batches; EL-0601 to EL-0605.</summary>
    ValueTask<Outcome<CheckupPackageReport>> Take(Actor by, string package, Stream zip, CancellationToken ct);

    /// <summary>What became of one's own package; EL-0606.</summary>
    ValueTask<Outcome<CheckupPackageReport>> Report(Actor by, string package, CancellationToken ct);

    /// <summary>Takes a result back: it is shown to nobody from now on. Commits; EL-0601, EL-0607.</summary>
    ValueTask<Outcome<RegisteredCheckup>> Withdraw(Actor by, CheckupName name, string reason, CancellationToken ct);

    /// <summary>What is and was registered of one of one's own people, oldest first. Commits its event; EL-0601.</summary>
    ValueTask<Outcome<IReadOnlyList<RegisteredCheckup>>> Find(Actor by, RegisteredCheckupsQuery query, CancellationToken ct);
}

/// <summary>特定健診情報の閲覧要求.</summary>
public sealed record CheckupQuery
{
    /// <summary>券面; 生年月日 may be left out where there is a 枝番.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>診療区分: the consent must be for it.</summary>
    public CareForm Care { get; init; } = CareForm.Outpatient;
}

/// <summary>One value of one visit.</summary>
/// <param name="Code">項目コード: JLAC10, 17 characters.</param>
/// <param name="Name">項目名.</param>
/// <param name="Group">区分名称, e.g. 質問票.</param>
/// <param name="Text">The number as recorded, or what the code says.</param>
/// <param name="Unit">単位.</param>
/// <param name="Interpretation">判定 of the clinic: N, H, L; empty when it did not judge.</param>
/// <param name="Low">基準範囲の下限 of the clinic.</param>
/// <param name="High">基準範囲の上限 of the clinic.</param>
/// <param name="Mark">By the display thresholds; a help to read, not a diagnosis.</param>
public sealed record CheckupValue(
    string Code, string Name, string Group, string Text, string Unit, string Interpretation, string Low, string High, CheckupMark Mark);

/// <summary>健診 of one day.</summary>
/// <param name="Day">健診実施日.</param>
/// <param name="Institution">健診実施機関; empty for a protected person.</param>
/// <param name="Values">In the order of the item table.</param>
public sealed record CheckupVisit(DateOnly Day, string Institution, IReadOnlyList<CheckupValue> Values);

/// <summary>特定健診情報 of one person, five years.</summary>
/// <param name="Id">Of this answer; the audit event's subject names it.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Name">氏名.</param>
/// <param name="Kana">氏名カナ.</param>
/// <param name="Sex">性別: 1 男, 2 女.</param>
/// <param name="Birth">生年月日.</param>
/// <param name="Until">閲覧有効期限 of the consent; null: 継続.</param>
/// <param name="Visits">Newest first.</param>
/// <param name="Trends">The main examinations over the years, as charts draw them.</param>
public sealed record CheckupView(
    Guid Id,
    DateTimeOffset At,
    string Name,
    string Kana,
    string Sex,
    DateOnly Birth,
    DateTimeOffset? Until,
    IReadOnlyList<CheckupVisit> Visits,
    IReadOnlyList<CheckupTrend> Trends);

/// <summary>特定健診情報の閲覧 at a facility.</summary>
public interface ICheckups
{
    /// <summary>Answers where a consent is in force, and records that before; a refusal is recorded, too. Commits; EL-0611, EL-0612, EL-0315, EL-0121, EL-0122, EL-0124.</summary>
    ValueTask<Outcome<CheckupView>> View(Actor by, CheckupQuery query, CancellationToken ct);
}
