using System.Text.RegularExpressions;

namespace Sekisho.Architecture.Tests;

/// <summary>The list of fault points, the places that pass them and their document say the same.</summary>
public sealed partial class FaultPointTests
{
    private static IEnumerable<string> Listed =>
        Name().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src/Platform/FaultPoints.cs"))).Select(m => m.Groups[1].Value);

    [Fact]
    public void Points_InTheListAreThePassedOnes()
    {
        var passed = Repository.CSharpFiles("src").SelectMany(f => Passed().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(Listed.Order(StringComparer.Ordinal), passed.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Points_AreDocumentedInTheOrderOfTheList()
    {
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/operations/fault-points.md"))).Select(m => m.Groups[1].Value);

        Assert.Equal(Listed, documented);
    }

    [GeneratedRegex("\"([a-z]+\\.[a-z]+\\.[a-z-]+)\"")]
    private static partial Regex Name();

    [GeneratedRegex("FaultPoints\\.Pass\\(\"([^\"]+)\"\\)")]
    private static partial Regex Passed();

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
