using System.Reflection.Metadata;

namespace Sekisho.Architecture.Tests;

/// <summary>Arrows only point down the picture of ARCHITECTURE.md, and modules meet in Contracts only.</summary>
public sealed class DependencyTests
{
    private const string Architecture = "ARCHITECTURE.md";

    [Fact]
    public void References_OfEveryProject_EqualTheTable()
    {
        var stated = Repository.Table(Architecture, "What may reference what").ToDictionary(r => r[0], r => Words(r[1]));
        foreach (var project in Repository.Projects)
        {
            var key = stated.ContainsKey(project.Name) ? project.Name : project.Name.Split('/')[0] + "/*";
            Assert.True(stated.ContainsKey(key), $"{project.Name} is not in the table");
            var names = Repository.Projects.ToDictionary(p => p.Assembly, p => p.Name);
            var actual = Repository.References(project).Where(names.ContainsKey).Select(a => names[a]).ToHashSet();
            var allowed = stated[key];
            var forbidden = actual.Where(a => !allowed.Contains(a) && !allowed.Contains(a.Split('/')[0] + "/*"));
            Assert.Empty(forbidden.Select(f => $"{project.Name} -> {f}"));
        }
    }

    [Fact]
    public void Modules_NeverReferenceEachOther()
    {
        var modules = Repository.Modules.Select(m => m.Assembly).ToHashSet();
        Assert.NotEmpty(modules);
        foreach (var module in Repository.Modules)
        {
            Assert.DoesNotContain(Repository.References(module), modules.Contains);
        }
    }

    [Fact]
    public void Libraries_ReferenceOnlyTheRuntime()
    {
        foreach (var project in Repository.Projects.Where(p => p.Name is "Formats" or "Wire"))
        {
            Assert.DoesNotContain(Repository.References(project), r => !r.StartsWith("System.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void UsesTable_OfModulesAndPages_EqualsTheAssemblies()
    {
        var stated = Repository.Table(Architecture, "Who may ask whom").ToDictionary(r => r[0], r => Words(r[1]));
        var actual = Repository.Projects.Where(AsksThroughContracts).ToDictionary(p => Path.GetFileName(p.Name), Asked);
        Assert.Equal(stated.Keys.Order(), actual.Keys.Order());
        foreach (var (name, asked) in actual)
        {
            Assert.True(stated[name].SetEquals(asked), $"{name}: ARCHITECTURE.md says [{string.Join(", ", stated[name].Order())}], the assembly says [{string.Join(", ", asked.Order())}]");
        }
    }

    [Fact]
    public void Module_HasExactlyOnePublicType_NamedAfterIt()
    {
        foreach (var module in Repository.Modules)
        {
            using var pe = module.Open();
            var metadata = pe.GetMetadataReader();
            var visible = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
                .Where(t => (t.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
                .Select(t => metadata.GetString(t.Name));
            Assert.Equal([Path.GetFileName(module.Name) + "Module"], visible);
        }
    }

    private static bool AsksThroughContracts(SourceProject project) =>
        project.Name.StartsWith("Modules/", StringComparison.Ordinal) || project.Name is "Web" or "Platform";

    /// <summary>The namespaces below Sekisho.Contracts whose types the assembly mentions, without its own.</summary>
    private static HashSet<string> Asked(SourceProject project)
    {
        const string Root = "Sekisho.Contracts.";
        using var pe = project.Open();
        var metadata = pe.GetMetadataReader();
        return [.. metadata.TypeReferences
            .Select(h => metadata.GetString(metadata.GetTypeReference(h).Namespace))
            .Where(n => n.StartsWith(Root, StringComparison.Ordinal))
            .Select(n => n[Root.Length..])
            .Where(n => n != Path.GetFileName(project.Name))];
    }

    private static HashSet<string> Words(string cell) => [.. cell.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Where(w => w != "—")];
}
