using System.Runtime.CompilerServices;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>CSV with a header line.</summary>
internal sealed class CsvForm<TEntry>(IFileRows<TEntry> kind) : IFileForm<TEntry>
    where TEntry : class
{
    public async IAsyncEnumerable<FileRow<TEntry>> Rows(Stream content, [EnumeratorCancellation] CancellationToken ct)
    {
        var (table, line) = ((CsvTable?)null, 0);
        await foreach (var bytes in FileLines.Of(content, ct))
        {
            line++;
            if (table is not null && bytes is not { Length: 0 })
            {
                var (entry, faults) = bytes is null ? (null, [("", RowFaults.Unreadable)]) : table.Row(bytes, kind.Read);
                yield return new FileRow<TEntry>(line, [.. bytes ?? [], (byte)'\n'], entry, faults);
            }
            else if (table is null && CsvTable.Header(bytes ?? [], kind.Required, kind.Optional).Refused(out var refusal, out table))
            {
                yield return Bad(refusal);
                yield break;
            }
        }

        if (table is null)
        {
            yield return Bad(Refusals.BadHeader);
        }
    }

    private FileRow<TEntry> Bad(Refusal fault) => new(1, [], null, []) { Header = fault with { Remedy = $"1行目に項目名を記録してください（docs/protocol/{kind.Document}）。" } };
}
