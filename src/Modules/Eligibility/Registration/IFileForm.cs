using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>A row as it was read, or why it could not be.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Bytes">What the digest of the file goes on with: the same file sent again has the same bytes in the same order.</param>
/// <param name="Entry">What it says; null when it cannot be read.</param>
/// <param name="Faults">Why not, by field.</param>
internal sealed record FileRow<TEntry>(int Line, byte[] Bytes, TEntry? Entry, IReadOnlyList<(string Field, Refusal Fault)> Faults)
    where TEntry : class
{
    /// <summary>The file as a whole cannot be read; the last row then.</summary>
    public Refusal? Header { get; init; }
}

/// <summary>
/// 中間サーバー連携の差し込み口: how the rows stand in a file. The layout in which insurers really send (医療保険者等向け中間サーバー) is not public; its adapter is one more
/// class like <see cref="CsvForm{TEntry}"/> and <see cref="JsonLinesForm{TEntry}"/>, registered under a <see cref="Contracts.Eligibility.CoverageFileForm"/> of its own.
/// Everything after the row (checks, versions, reports, going on after a break) stays as it is. Scoped.
/// </summary>
internal interface IFileForm<TEntry>
    where TEntry : class
{
    /// <summary>Every row in its order, in constant memory.</summary>
    IAsyncEnumerable<FileRow<TEntry>> Rows(Stream content, CancellationToken ct);
}
