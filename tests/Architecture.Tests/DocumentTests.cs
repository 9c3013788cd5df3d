using System.Globalization;
using System.Text.RegularExpressions;

namespace Sekisho.Architecture.Tests;

/// <summary>Documents keep their promises: links resolve, decisions are numbered, packages have a reason.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Decisions_AreNumberedWithoutGap()
    {
        var numbers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/adr"), "*.md")
            .Select(f => int.Parse(Path.GetFileName(f)[..4], CultureInfo.InvariantCulture)).Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public void RelativeLinks_Resolve()
    {
        var broken = from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
                     let relative = Repository.Relative(file)
                     where !relative.Split('/').Any(part => part is "bin" or "obj" or ".git" or "data" or "node_modules")
                     from Match link in Link().Matches(File.ReadAllText(file))
                     let target = Uri.UnescapeDataString(link.Groups[1].Value.Split('#')[0])
                     where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
                     select $"{relative}: {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Pictures_AreAllInTheirList()
    {
        var folder = Path.Combine(Repository.Root, "docs/screenshots");
        var shown = Link().Matches(File.ReadAllText(Path.Combine(folder, "README.md"))).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(Directory.EnumerateFiles(folder, "*.png").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal), shown);
    }

    [Fact]
    public void Packages_EachHaveAReason()
    {
        var reasons = File.ReadAllText(Path.Combine(Repository.Root, "docs/dependencies.md"));
        var packages = PackageVersion().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"))).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(packages);
        Assert.DoesNotContain(packages, p => !reasons.Contains(p, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();
}
