using System.Text.Json;
using Sekisho.Formats.Eligibility;

namespace Sekisho.Cli.Agent;

/// <summary>Which request an answer belongs to, written before the answer gets its name.</summary>
internal sealed record JournalEntry(Guid Id, string Request, DateTime Written, string Digest, long Length, string Result);

/// <summary>
/// Puts answers into <c>res</c> and takes their requests out of <c>req</c>, each exactly once across deaths of the process. The answer lies whole and durable beside its
/// place, then the entry is durable, then the answer gets its name, then the request goes. After a death: an entry with its draft means the name was not given yet;
/// an entry without means that the answer stands or was fetched already, and only the request is to be removed.
/// </summary>
internal sealed class AnswerJournal(AgentFolders folders, TimeProvider time, FaultPoint fault)
{
    private static readonly TimeSpan _kept = TimeSpan.FromHours(1);
    private readonly string _folder = Files.Folder(Path.Combine(folders.State, "journal"));
    private readonly List<JournalEntry> _open = [];

    /// <summary>Finishes what was under way when the process before died; how many requests that were.</summary>
    public int Recover()
    {
        var finished = 0;
        foreach (var entry in Entries())
        {
            finished += File.Exists(folders.Draft(entry.Id)) || File.Exists(Path.Combine(folders.Requests, entry.Request)) ? 1 : 0;
            _open.Add(entry);
        }

        Finish();
        var kept = _open.Select(e => folders.Draft(e.Id)).ToHashSet();
        foreach (var draft in folders.Drafts().Where(d => !kept.Contains(d)).ToList())
        {
            File.Delete(draft);
        }

        return finished;
    }

    /// <summary>Answers a request. From here on nothing is given up halfway, also not when the agent is told to stop.</summary>
    public async Task Answer(RequestWatch.Ready request, byte[] answer, OqsFileName result)
    {
        await fault.Pass("agent.asked");
        await using (var draft = new FileStream(folders.Draft(request.Id), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await draft.WriteAsync(answer, CancellationToken.None);
            draft.Flush(flushToDisk: true);
        }

        var file = request.File;
        var entry = new JournalEntry(request.Id, Path.GetFileName(file.Path), file.Written, file.Digest, file.Length, result.ToString());
        await Files.WriteWhole(PathOf(entry.Id), JsonSerializer.SerializeToUtf8Bytes(entry, Terminal.Options), CancellationToken.None);
        _open.Add(entry);
        await fault.Pass("agent.written");
        if (GiveName(entry))
        {
            await fault.Pass("agent.answered");
            Finish();
            await fault.Pass("agent.removed");
        }
    }

    /// <summary>It has its answer, which only waits to get its name, or for the request to be let go.</summary>
    public bool IsAnswered(RequestFile file) => _open.Exists(e => Path.GetFileName(file.Path) == e.Request && IsOf(e, file));

    /// <summary>Somebody holds a place or a request.</summary>
    public bool HasOpen => _open.Count > 0;

    /// <summary>Tries again what somebody held.</summary>
    public void Finish() => _open.RemoveAll(entry => GiveName(entry) && Remove(entry));

    /// <summary>Forgets what was finished long ago.</summary>
    public void Tidy()
    {
        foreach (var path in Directory.EnumerateFiles(_folder, "*.json"))
        {
            if (time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > _kept && !_open.Exists(e => PathOf(e.Id) == path))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>True when the answer stands, or stood until somebody fetched it.</summary>
    private bool GiveName(JournalEntry entry)
    {
        var draft = folders.Draft(entry.Id);
        if (!File.Exists(draft))
        {
            return true;
        }

        try
        {
            File.Move(draft, Path.Combine(folders.Results, entry.Result), overwrite: true);
            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>True when the request is gone. Written anew in the meantime, it is a new request that wants an answer of its own.</summary>
    private bool Remove(JournalEntry entry)
    {
        var path = Path.Combine(folders.Requests, entry.Request);
        if (!File.Exists(path) || !OqsFileName.TryParse(entry.Request, out var name))
        {
            return true;
        }

        try
        {
            if (RequestFile.Look(path, name) is not { } file)
            {
                return false;
            }

            if (IsOf(entry, file))
            {
                File.Delete(path);
            }

            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsOf(JournalEntry entry, RequestFile file) => (entry.Digest, entry.Written, entry.Length) == (file.Digest, file.Written, file.Length);

    private List<JournalEntry> Entries() =>
        [.. Directory.EnumerateFiles(_folder, "*.json").Order(StringComparer.Ordinal).Select(Read).OfType<JournalEntry>()];

    private static JournalEntry? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalEntry>(File.ReadAllBytes(path), Terminal.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(Guid id) => Path.Combine(_folder, $"{id:N}.json");
}
