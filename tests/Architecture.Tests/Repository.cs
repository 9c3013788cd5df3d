using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Sekisho.Architecture.Tests;

/// <summary>A project under src, found by looking.</summary>
/// <param name="Name">Folder below src, e.g. Modules/Claims.</param>
/// <param name="Folder">Full path.</param>
/// <param name="Assembly">Assembly name.</param>
internal sealed record SourceProject(string Name, string Folder, string Assembly)
{
    public string Dll => Path.Combine(AppContext.BaseDirectory, Assembly + ".dll");

    public PEReader Open() => new(File.OpenRead(Dll));
}

/// <summary>The checkout these tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceProject> Projects { get; } = [.. Find()];

    public static IEnumerable<SourceProject> Modules => Projects.Where(p => p.Name.StartsWith("Modules/", StringComparison.Ordinal));

    /// <summary>Every C# file people wrote below the given folders.</summary>
    public static IEnumerable<string> CSharpFiles(params string[] folders) => folders
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.cs", SearchOption.AllDirectories))
        .Where(f => !Relative(f).Split('/').Any(part => part is "bin" or "obj"));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Cells of the Markdown table that follows the heading in a file, without header and rule.</summary>
    public static IReadOnlyList<string[]> Table(string file, string heading) =>
    [
        .. File.ReadLines(Path.Combine(Root, file))
            .SkipWhile(l => !l.StartsWith('#') || !l.Contains(heading, StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(l => !l.StartsWith('#'))
            .Where(l => l.StartsWith('|'))
            .Skip(2)
            .Select(l => l.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)),
    ];

    public static IEnumerable<string> References(SourceProject project)
    {
        using var pe = project.Open();
        var metadata = pe.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))];
    }

    private static IEnumerable<SourceProject> Find()
    {
        var src = Path.Combine(Root, "src");
        foreach (var file in Directory.EnumerateFiles(src, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Path.GetDirectoryName(file)!;
            var name = Path.GetRelativePath(src, folder).Replace('\\', '/');
            var assembly = XDocument.Load(file).Descendants("AssemblyName").FirstOrDefault()?.Value;
            yield return new SourceProject(name, folder, assembly ?? "Sekisho." + Path.GetFileNameWithoutExtension(file));
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sekisho.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("Sekisho.slnx not found");
        }

        return folder;
    }
}
