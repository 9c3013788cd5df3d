using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>What an entry does to what is registered under its id.</summary>
public enum EntryAct
{
    /// <summary>登録・訂正・喪失: what the entry says is what is known from now on.</summary>
    Register,

    /// <summary>取消: the registration was made in error; nothing is known under this id from now on.</summary>
    Withdraw,
}

/// <summary>One row of what an insurer registers.</summary>
public sealed record CoverageEntry
{
    /// <summary>登録ID — the insurer's own id of this coverage: registering under it again corrects it.</summary>
    public string Id { get; init; } = "";

    /// <summary>加入者番号 — the insurer's own number of the person; the id when left out.</summary>
    public string Member { get; init; } = "";

    /// <summary>区分.</summary>
    public EntryAct Act { get; init; }

    /// <summary>取得届出日: registration is due within five days.</summary>
    public DateOnly? Notified { get; init; }

    /// <summary>不開示該当.</summary>
    public bool NonDisclosure { get; init; }

    /// <summary>自己情報提供不可.</summary>
    public bool NoSelfDisclosure { get; init; }

    /// <summary>The coverage; not needed to withdraw.</summary>
    public Coverage? Coverage { get; init; }
}

/// <summary>What became of an entry.</summary>
public enum EntryResult
{
    /// <summary>新規に登録した.</summary>
    Created,

    /// <summary>訂正した; what was known before is kept.</summary>
    Changed,

    /// <summary>変更なし.</summary>
    Same,

    /// <summary>取り消した.</summary>
    Withdrawn,

    /// <summary>登録しなかった.</summary>
    Refused,
}

/// <summary>Something about an entry.</summary>
/// <param name="Line">行 in the file; 1 for a single entry.</param>
/// <param name="Field">項目, as the file names it; empty for the whole row.</param>
/// <param name="Code">Permanent code.</param>
/// <param name="Text">What is wrong, without personal values.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Refused">True when the row was not registered for it; false for a notice.</param>
public sealed record EntryProblem(int Line, string Field, string Code, string Text, string Remedy, bool Refused);

/// <summary>What became of one entry.</summary>
/// <param name="Result">What was done.</param>
/// <param name="LagDays">From 取得届出日 to the registration; null when it was not stated or nothing was created.</param>
/// <param name="Problems">Why not, or what to look at.</param>
public sealed record EntryReport(EntryResult Result, int? LagDays, IReadOnlyList<EntryProblem> Problems);

/// <summary>The forms of a file; the layout of the 中間サーバー, which is not public, would be one more.</summary>
public enum CoverageFileForm
{
    /// <summary>CSV with a header row, UTF-8 or CP932.</summary>
    Csv,

    /// <summary>One <see cref="CoverageEntry"/> (<see cref="TicketEntry"/>) as JSON per line, UTF-8.</summary>
    JsonLines,
}

/// <summary>What became of a file so far.</summary>
/// <param name="File">The insurer's own id of the file.</param>
/// <param name="Complete">False when it was broken off: the rows counted here are registered; send the same file again to go on.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Created">新規.</param>
/// <param name="Changed">訂正.</param>
/// <param name="Same">変更なし.</param>
/// <param name="Withdrawn">取消.</param>
/// <param name="Refused">登録しなかった行.</param>
/// <param name="Late">Created later than five days after 取得届出日.</param>
/// <param name="LongestLag">The longest lag of those created, days.</param>
/// <param name="Started">When its first row was taken.</param>
/// <param name="Ended">When its last row was done.</param>
/// <param name="Problems">All of them up to 10,000, by line.</param>
public sealed record CoverageFileReport(
    string File,
    bool Complete,
    long Rows,
    long Created,
    long Changed,
    long Same,
    long Withdrawn,
    long Refused,
    long Late,
    long LongestLag,
    DateTimeOffset Started,
    DateTimeOffset? Ended,
    IReadOnlyList<EntryProblem> Problems)
{
    /// <summary>Rows a second in the request that answered this; 0 when none were taken.</summary>
    public double RowsPerSecond { get; init; }
}

/// <summary>Registration by whole files.</summary>
public interface IFileRegistration
{
    /// <summary>Takes a file, row by row: each is registered or reported. Sent again it goes on where it stopped, or reports. Commits in batches; EL-0111 to EL-0115, EL-0701.</summary>
    ValueTask<Outcome<CoverageFileReport>> TakeFile(Actor by, string file, CoverageFileForm form, Stream content, CancellationToken ct);

    /// <summary>What became of one's own file; EL-0116.</summary>
    ValueTask<Outcome<CoverageFileReport>> FileReport(Actor by, string file, CancellationToken ct);
}

/// <summary>加入者情報の登録 by insurers, and of 医療扶助 by 福祉事務所.</summary>
public interface ICoverageRegistration : IFileRegistration
{
    /// <summary>One's own people, by id or card, now and before. Commits its event; EL-0111, EL-0102.</summary>
    ValueTask<Outcome<IReadOnlyList<RegisteredVersion>>> Find(Actor by, RegisteredQuery query, CancellationToken ct);

    /// <summary>Registers, corrects, ends or withdraws one coverage. Commits; EL-0111.</summary>
    ValueTask<Outcome<EntryReport>> Register(Actor by, CoverageEntry entry, CancellationToken ct);
}
