using Sekisho.Formats.Eligibility;

namespace Sekisho.Cli.Agent;

/// <summary>A request file at one look.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its name.</param>
/// <param name="Written">When it was last written, as the file system says.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Bytes">Empty when there are more than any message may have.</param>
/// <param name="Length">How many there are.</param>
internal sealed record RequestFile(string Path, OqsFileName Name, DateTime Written, string Digest, byte[] Bytes, long Length)
{
    /// <summary>Two looks at the same file that nobody has written to.</summary>
    public bool IsSame(RequestFile other) => Digest == other.Digest && Written == other.Written && Length == other.Length;

    /// <summary>The file as it is now; null when it is not there or somebody holds it.</summary>
    public static RequestFile? Look(string path, OqsFileName name)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(file.Length, OqsLimits.Large.MaxBytes)];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var length = file.Length;
            bytes = length > OqsLimits.Large.MaxBytes ? [] : bytes[..read];
            return new RequestFile(path, name, File.GetLastWriteTimeUtc(path), Files.Digest(bytes), bytes, length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>
/// Looks into <c>req</c> again and again. A file is complete when two looks 300 ms apart see the same bytes and the same time, and it ends like a message; one that does
/// not end so may still be written by somebody slow, and counts as complete only after ten quiet seconds.
/// </summary>
internal sealed class RequestWatch(string folder, TimeProvider time)
{
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan _slowWriter = TimeSpan.FromSeconds(10);
    private Dictionary<string, Seen> _seen = [];

    private sealed record Seen(RequestFile File, long Since, Guid Id)
    {
        public int Tries { get; set; }

        /// <summary>Not before this, because the site asked to wait with this request.</summary>
        public long? Rests { get; set; }

        public TimeSpan Rest { get; set; }
    }

    /// <summary>A complete request.</summary>
    /// <param name="File">What it says.</param>
    /// <param name="Id">Names it towards the site; its own name may say something of a patient.</param>
    internal sealed record Ready(RequestFile File, Guid Id);

    /// <summary>Requests that are not answered yet, complete or not.</summary>
    public int Waiting => _seen.Count;

    /// <summary>Some of them are not complete yet.</summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>Files in the folder that are none of ours.</summary>
    public int Strangers { get; private set; }

    /// <summary>Complete requests; those that were tried least often first, then the oldest.</summary>
    public IReadOnlyList<Ready> Look(Func<RequestFile, bool> isAnswered)
    {
        var (now, seen, strangers, complete) = (time.GetTimestamp(), new Dictionary<string, Seen>(), 0, 0);
        var ready = new List<Seen>();
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (!OqsFileName.TryParse(Path.GetFileName(path), out var name) || name.IsResult || name.Extension == "pdf")
            {
                strangers++;
            }
            else if (RequestFile.Look(path, name) is { } file && !isAnswered(file))
            {
                var before = _seen.GetValueOrDefault(path);
                var current = before is not null && before.File.IsSame(file) ? before : new Seen(file, now, Guid.CreateVersion7(time.GetUtcNow()));
                seen[path] = current;
                if (time.GetElapsedTime(current.Since, now) >= (EndsWhole(file.Bytes) ? BetweenLooks : _slowWriter))
                {
                    complete++;
                    if (current.Rests is not { } since || time.GetElapsedTime(since, now) >= current.Rest)
                    {
                        ready.Add(current);
                    }
                }
            }
        }

        (_seen, Strangers, IsUnsettled) = (seen, strangers, complete < seen.Count);
        return [.. ready.OrderBy(s => s.Tries).ThenBy(s => s.File.Written).ThenBy(s => s.File.Path, StringComparer.Ordinal).Select(s => new Ready(s.File, s.Id))];
    }

    /// <summary>It was tried and could not be answered now: others first, and this one not before it has rested.</summary>
    public void Tried(Ready request, TimeSpan rest)
    {
        if (_seen.TryGetValue(request.File.Path, out var seen))
        {
            (seen.Tries, seen.Rests, seen.Rest) = (seen.Tries + 1, time.GetTimestamp(), rest);
        }
    }

    /// <summary>It was answered.</summary>
    public void Answered(Ready request) => _seen.Remove(request.File.Path);

    // An encrypted request (ZIP) never ends so; it is answered, too, with what to change.
    private static bool EndsWhole(ReadOnlySpan<byte> bytes) => bytes.TrimEnd(" \t\r\n\0\u001A"u8).EndsWith("</XmlMsg>"u8);
}
