using System.Security.Cryptography;
using Sekisho.Platform;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>An object's file, and when it was last written.</summary>
internal readonly record struct StoredFile(Guid Id, string Path, DateTimeOffset Written);

/// <summary>
/// Content of transmissions, encrypted at rest: one file per object at <c>content/xx/id</c> in the data folder (xx spreads the folders), beside it
/// <c>id.tail</c> while an upload rests within a segment. Singleton.
/// </summary>
internal sealed class ContentStore(DataFolder folder, MasterKeys keys)
{
    private readonly string _root = folder.Sub("content");

    /// <summary>Writes an object, going on where the durable part ends.</summary>
    /// <param name="id">The object.</param>
    /// <param name="length">Length it will have; null when not known before.</param>
    public ContentWriter Write(Guid id, long? length)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(id))!);
        return ContentWriter.Open(Path(id), id, length, keys);
    }

    /// <summary>Reads a finished object; a fault when it is not there, has another length, or any segment read is not what was stored.</summary>
    public ContentReader Read(Guid id, long length) => ContentReader.Open(Path(id), id, length, keys);

    /// <summary>Reads the finished object back and returns the digest of what is really stored.</summary>
    public async ValueTask<string> Digest(Guid id, long length, CancellationToken ct)
    {
        await using var content = Read(id, length);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }

    /// <summary>What is wrong with an object whose upload is under way; null when nothing is.</summary>
    public string? PartFault(Guid id) => PartialContent.Fault(Path(id), id, keys);

    public void Delete(Guid id)
    {
        if (Directory.Exists(System.IO.Path.GetDirectoryName(Path(id))))
        {
            ContentWriter.DeleteTails(Path(id));
            File.Delete(Path(id));
        }
    }

    /// <summary>Every file of the store with the object it belongs to.</summary>
    public IEnumerable<StoredFile> Files()
    {
        foreach (var path in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            if (Guid.TryParseExact(System.IO.Path.GetFileName(path).Split('.')[0], "D", out var id))
            {
                yield return new StoredFile(id, path, File.GetLastWriteTimeUtc(path));
            }
        }
    }

    public string Path(Guid id)
    {
        var name = id.ToString("D");
        return System.IO.Path.Combine(_root, name[^2..], name);
    }
}
