using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Sekisho.Architecture.Tests;

/// <summary>A method and how many source lines its body spans, by the sequence points of the portable PDB.</summary>
internal sealed record MethodSize(string Name, string File, int Lines, bool IsConstructor, bool IsAccessor);

internal static class MethodSizes
{
    /// <summary>Methods with source lines written by people; static constructors are left out (they hold the data tables).</summary>
    public static IReadOnlyList<MethodSize> Of(SourceProject project)
    {
        using var pe = project.Open();
        var metadata = pe.GetMetadataReader();
        using var stream = File.OpenRead(Path.ChangeExtension(project.Dll, ".pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var pdb = provider.GetMetadataReader();
        var sizes = new List<MethodSize>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            if (Measure(metadata, pdb, handle) is { } size)
            {
                sizes.Add(size);
            }
        }

        return sizes;
    }

    private static MethodSize? Measure(MetadataReader metadata, MetadataReader pdb, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        var name = metadata.GetString(method.Name);
        if (name == ".cctor")
        {
            return null;
        }

        var debug = pdb.GetMethodDebugInformation(handle.ToDebugInformationHandle());
        var points = debug.GetSequencePoints().Where(p => !p.IsHidden).ToList();
        if (points.Count == 0)
        {
            return null;
        }

        var file = pdb.GetString(pdb.GetDocument(points[0].Document.IsNil ? debug.Document : points[0].Document).Name);
        if (!file.EndsWith(".cs", StringComparison.Ordinal) || file.Split('/', '\\').Contains("obj"))
        {
            return null;
        }

        var type = metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
        // A constructor holds the initialisers of all properties, however far apart they stand: only what they write counts.
        var lines = name == ".ctor"
            ? points.SelectMany(p => Enumerable.Range(p.StartLine, p.EndLine - p.StartLine + 1)).Distinct().Count()
            : points.Max(p => p.EndLine) - points.Min(p => p.StartLine) + 1;
        var accessor = name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal);
        return new MethodSize($"{type}.{name}", file, lines, name == ".ctor", accessor);
    }
}
