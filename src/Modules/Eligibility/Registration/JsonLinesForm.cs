using System.Runtime.CompilerServices;
using System.Text.Json;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>NDJSON: an entry as JSON on every line.</summary>
internal sealed class JsonLinesForm<TEntry> : IFileForm<TEntry>
    where TEntry : class
{
    public async IAsyncEnumerable<FileRow<TEntry>> Rows(Stream content, [EnumeratorCancellation] CancellationToken ct)
    {
        var line = 0;
        await foreach (var bytes in FileLines.Of(content, ct))
        {
            line++;
            if (bytes is not { Length: 0 })
            {
                var (entry, faults) = Row(bytes);
                yield return new FileRow<TEntry>(line, [.. bytes ?? [], (byte)'\n'], entry, faults);
            }
        }
    }

    private static (TEntry? Entry, IReadOnlyList<(string Field, Refusal Fault)> Faults) Row(byte[]? bytes)
    {
        try
        {
            return bytes is not null && JsonSerializer.Deserialize<TEntry>(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes, Json.Options) is { } entry
                ? (entry, [])
                : (null, [("", RowFaults.Unreadable)]);
        }
        catch (JsonException fault)
        {
            // The path names the field, never its value.
            return (null, [(fault.Path?.TrimStart('$', '.') ?? "", RowFaults.Unreadable with { Remedy = "JSON の書き方、項目名、日付（YYYY-MM-DD）を確かめてください。" })]);
        }
    }
}
