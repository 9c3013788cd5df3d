using System.Security.Cryptography;
using System.Text;
using Sekisho.Formats.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>
/// <c>req</c> and <c>res</c> of the terminal, and the agent's own folder. One agent serves a folder: the lock lies beside req and res, so that it also holds between
/// machines that share them, as far as the share knows locks.
/// </summary>
internal sealed class AgentFolders : IDisposable
{
    private const string DraftMark = ".sekisho-";
    private const string DraftEnd = ".part";
    private readonly FileStream[] _locks;

    private AgentFolders(string root, string state, FileStream[] locks)
    {
        (Requests, Results, State, _locks) = (Path.Combine(root, "req"), Path.Combine(root, "res"), state, locks);
        Directory.CreateDirectory(Requests);
        Directory.CreateDirectory(Results);
        Faces = Path.Combine(root, "face");
    }

    public string Requests { get; }

    public string Results { get; }

    /// <summary>Results of cards; made when cards are served.</summary>
    public string Faces { get; }

    public string State { get; }

    /// <summary>CI-0111 no such folder, CI-0112 another agent serves it.</summary>
    public static Outcome<AgentFolders> Open(string root, string? state, Configuration configuration)
    {
        root = Path.GetFullPath(root);
        if (!Directory.Exists(root))
        {
            return Refusals.AgentFolderMissing;
        }

        var own = Files.Folder(Path.GetFullPath(state ?? Path.Combine(configuration.Agents, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)).AsSpan(0, 8)))));
        var locks = new List<FileStream>();
        try
        {
            foreach (var folder in new[] { root, own })
            {
                locks.Add(new FileStream(Path.Combine(folder, ".sekisho-agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }

            return new AgentFolders(root, own, [.. locks]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            locks.ForEach(l => l.Dispose());
            return Refusals.AgentFolderTaken;
        }
    }

    /// <summary>Where an answer is written before it gets its name: the same folder, because only then the name appears at once.</summary>
    public string Draft(Guid id) => Path.Combine(Results, $"{DraftMark}{id:N}{DraftEnd}");

    /// <summary>Answers that never got their name.</summary>
    public IEnumerable<string> Drafts() => Directory.EnumerateFiles(Results, DraftMark + "*" + DraftEnd);

    /// <summary>Puts the result of a card into <c>face</c>: whole or not at all.</summary>
    public async Task PutFace(OqsFileName name, byte[] bytes)
    {
        Directory.CreateDirectory(Faces);
        var draft = Path.Combine(Faces, $"{DraftMark}{Guid.NewGuid():N}{DraftEnd}");
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(bytes, CancellationToken.None);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path.Combine(Faces, name.ToString()), overwrite: true);
    }

    /// <summary>Removes results that nobody fetched, and drafts of <c>face</c> that a death left; how many.</summary>
    public int RemoveOlder(TimeSpan stay, DateTimeOffset now)
    {
        var removed = 0;
        foreach (var path in new[] { Results, Faces }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles))
        {
            if ((OqsFileName.TryParse(Path.GetFileName(path), out var name) && name.IsResult || IsDraftOfFace(path)) && now - File.GetLastWriteTimeUtc(path) > stay)
            {
                try
                {
                    File.Delete(path);
                    removed++;
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    // Somebody reads it: next time.
                }
            }
        }

        return removed;
    }

    private bool IsDraftOfFace(string path) => Path.GetFileName(path).StartsWith(DraftMark, StringComparison.Ordinal) && Path.GetDirectoryName(path) == Faces;

    public void Dispose() => Array.ForEach(_locks, l => l.Dispose());
}
