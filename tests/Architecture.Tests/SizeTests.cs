namespace Sekisho.Architecture.Tests;

/// <summary>Short files, short methods. Data tables are TSV files and static initialisers, which are not counted.</summary>
public sealed class SizeTests
{
    [Fact]
    public void Files_AreShort()
    {
        var files = Repository.CSharpFiles("src", "tests", "bench").Select(f => (Name: Repository.Relative(f), Lines: File.ReadLines(f).Count())).ToList();
        Assert.DoesNotContain(files, f => f.Lines > 500);
        Assert.InRange(Percentile90(files.Select(f => f.Lines)), 1, 250);
    }

    [Fact]
    public void Methods_AreShort()
    {
        var methods = Repository.Projects.SelectMany(MethodSizes.Of).ToList();
        Assert.Empty(methods.Where(m => m.Lines > 60).Select(m => $"{m.Name}: {m.Lines} lines in {m.File}"));
        Assert.InRange(Percentile90(methods.Select(m => m.Lines)), 1, 20);
    }

    private static int Percentile90(IEnumerable<int> values)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(sorted.Count * 0.9)];
    }
}
