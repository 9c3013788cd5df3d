using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>The embedded TSV files by their path below Tables, e.g. 医科/2020-04/RE.tsv.</summary>
internal static class TableFiles
{
    /// <summary>All files below <paramref name="root"/>, ordered by path.</summary>
    public static SortedDictionary<string, string> Embedded(string root = "Claims/Tables/")
    {
        var assembly = typeof(TableFiles).Assembly;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            // %(RecursiveDir) has back-slashes when built on Windows.
            var path = resource.Replace('\\', '/');
            if (path.StartsWith(root, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
                files.Add(path[root.Length..], reader.ReadToEnd());
            }
        }

        return files;
    }

    /// <summary>SHA-256 (lower-case hex) over path and content of every file.</summary>
    public static string Digest(SortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{text}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Cells of every data row; lines that begin with # are headings. A row of another width stops the load.</summary>
    public static IEnumerable<TableRow> Rows(string path, string text, int columns)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var cells = line.Split('\t');
            var row = new TableRow(path, i + 1, cells);
            if (cells.Length != columns)
            {
                throw row.Wrong($"列は {columns} 個のはずですが {cells.Length} 個あります");
            }

            yield return row;
        }
    }
}

/// <summary>One row of a table and where it stands, so that a wrong word names its place.</summary>
internal sealed record TableRow(string Path, int Line, string[] Cells)
{
    public string this[int column] => Cells[column];

    public InvalidDataException Wrong(string what) => new($"表 {Path} の {Line} 行: {what}。");
}
