using System.IO.Compression;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>Any ZIP a test wants, right or wrong.</summary>
internal static class CheckupZip
{
    public static MemoryStream Of(string root, IReadOnlyDictionary<string, byte[]> files) =>
        Of(files.Select(f => (root.Length > 0 ? $"{root}/{f.Key}" : f.Key, f.Value)));

    public static MemoryStream Of(IEnumerable<(string Path, byte[] Bytes)> files, CompressionLevel level = CompressionLevel.Optimal)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in files)
            {
                using var content = archive.CreateEntry(path, level).Open();
                content.Write(bytes);
            }
        }

        zip.Position = 0;
        return zip;
    }

    /// <summary>The files of a ZIP by path.</summary>
    public static SortedDictionary<string, byte[]> Files(Stream zip)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
        {
            using var bytes = new MemoryStream();
            using var content = entry.Open();
            content.CopyTo(bytes);
            files[entry.FullName] = bytes.ToArray();
        }

        return files;
    }
}
