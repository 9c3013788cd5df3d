using Sekisho.Wire;

namespace Sekisho.Contracts;

/// <summary>本人 — the person some data is about, as a claim or a coverage names them. Never logged; the audit trail keeps a keyed hash and a sealed copy.</summary>
public sealed record DataSubject
{
    /// <summary>保険者番号.</summary>
    public string Insurer { get; init; } = "";

    /// <summary>被保険者証の記号.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>被保険者証の番号.</summary>
    public string Number { get; init; } = "";

    /// <summary>枝番.</summary>
    public string Branch { get; init; } = "";

    /// <summary>公費負担者番号.</summary>
    public string PublicPayer { get; init; } = "";

    /// <summary>公費受給者番号.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>氏名.</summary>
    public string Name { get; init; } = "";

    /// <summary>生年月日, yyyyMMdd.</summary>
    public string Birth { get; init; } = "";
}

/// <summary>An event to be recorded in the current transaction.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">To what: identifiers, never personal values.</param>
/// <param name="Result">What came of it: short words, counts, codes.</param>
public sealed record AuditEvent(AuditKind Kind, string Subject, string Result)
{
    /// <summary>Who; the current actor when not stated.</summary>
    public Actor? By { get; init; }

    /// <summary>Why; required for kinds that ask for a reason.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whose data; null when it is about nobody in particular.</summary>
    public DataSubject? Whose { get; init; }
}

/// <summary>A handler states whose data it is about to answer with; the event of the request is written, with that, before the answer begins.</summary>
public interface IReadSubject
{
    /// <summary>The answer of the current request shows this person's data. Without a request it does nothing.</summary>
    void Is(DataSubject subject);
}

/// <summary>Keyed hashes of persons: how the audit trail finds one without naming them.</summary>
public interface ISubjectHashes
{
    /// <summary>The hash an event about <paramref name="subject"/> carries today.</summary>
    string Of(DataSubject subject);

    /// <summary>Every hash an event about them may carry: under each key still kept, by each identity that is known (記号番号 with 枝番, with 生年月日, alone; 公費; 氏名と生年月日).</summary>
    IReadOnlyList<string> All(DataSubject subject);

    /// <summary>Seals a value: only <see cref="Open"/> reads it.</summary>
    byte[] Seal(DataSubject subject);

    /// <summary>Opens a sealed value, for those who may; null when its key is gone or it was changed.</summary>
    DataSubject? Open(ReadOnlyMemory<byte> sealedValue);
}

/// <summary>A file for people, with the classification in its name.</summary>
/// <param name="Name">File name.</param>
/// <param name="Content">Bytes.</param>
public sealed record ExportedFile(string Name, byte[] Content);

/// <summary>On a request: its person stated why they take a file out, and that is on record.</summary>
public sealed record StatedExport;

/// <summary>厳秘の書き出し: who takes 厳秘 data out of the site as a file says why, and that is durable before the file begins.</summary>
public interface IExports
{
    /// <summary>
    /// Records that the current actor takes this out. A person without a <paramref name="reason"/> (nor one in the header <c>Sekisho-Reason</c>) is refused;
    /// a device, which fetches what the protocol addresses to it, is asked for none and nothing is recorded beyond the read itself.
    /// </summary>
    /// <param name="subject">Of what: identifiers, never personal values.</param>
    /// <param name="what">What is taken out, a short word.</param>
    /// <param name="reason">Why, as typed.</param>
    /// <param name="ct">Ends it.</param>
    ValueTask<Outcome<bool>> State(string subject, string what, string? reason, CancellationToken ct);
}
