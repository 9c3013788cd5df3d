using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>A row to be registered, with where it stands.</summary>
internal sealed record Numbered<TEntry>(int Line, TEntry Entry);

/// <summary>What the rows of a file are: who may send them, how one is read and named, how they are registered.</summary>
internal interface IFileRows<TEntry>
    where TEntry : class
{
    /// <summary>Stands before a file's own id where its progress is kept: two kinds of file may carry the same id.</summary>
    string Kept { get; }

    /// <summary>The table they are found in.</summary>
    string Table { get; }

    /// <summary>Which page of docs/protocol describes it.</summary>
    string Document { get; }

    Permission Permission { get; }

    Refusal NotAllowed { get; }

    AuditKind Taken { get; }

    /// <summary>Columns of the CSV; the first tells the encoding.</summary>
    IReadOnlyList<string> Required { get; }

    IReadOnlyList<string> Optional { get; }

    /// <summary>The insurer's own id of a row.</summary>
    string Id(TEntry entry);

    TEntry Read(CsvRow row);

    /// <summary>The reports in the order of the rows, of which no two carry the same id. In the current write transaction.</summary>
    ValueTask<IReadOnlyList<EntryReport>> Register(OrganisationId by, IReadOnlySet<string> own, IReadOnlyList<Numbered<TEntry>> rows, CancellationToken ct);
}
