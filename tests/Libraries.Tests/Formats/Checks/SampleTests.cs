using Sekisho.Formats.Claims.Checks;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>
/// Every rule has a file that breaks only it and one that passes, each with the exact expected findings: number, line, claim, record, item.
/// SEKISHO_APPROVE=1 writes the files from the drafts; what it writes is read by eye before it is committed.
/// </summary>
public sealed class SampleTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Samples", "claims");

    private static Dictionary<string, Sample> Samples { get; } = FileSamples.All.Concat(ClaimSamples.All).Concat(InvariantSamples.All).Concat(PersonSamples.All).ToDictionary(s => s.Number);

    public static TheoryData<string> Numbers => [.. RuleList.All.Select(r => r.Number)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Pair_Checked_GivesExactlyTheCommittedFindings(string number)
    {
        var ng = Compare(number, "ng");
        var ok = Compare(number, "ok");

        Assert.Contains(ng, line => line.StartsWith(number + "\t", StringComparison.Ordinal));
        Assert.DoesNotContain(ok, line => line.StartsWith(number + "\t", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_EachBelongToARule_AndEveryRuleHasOne() =>
        Assert.Equal(
            RuleList.All.Select(r => r.Number).Order(StringComparer.Ordinal),
            Directory.GetDirectories(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Numbers_AreUnique() => Assert.Equal(RuleList.All.Count(), RuleList.All.Select(r => r.Number).Distinct().Count());

    [Fact]
    public void Draft_Untouched_HasNoFinding() => Assert.Empty(Collected.Run(new Draft().ToBytes()).Lines);

    private static string[] Compare(string number, string name)
    {
        var file = Path.Combine(Folder, number, name + ".uke");
        var expected = Path.Combine(Folder, number, name + ".findings.txt");
        var draft = Samples.TryGetValue(number, out var sample) ? (name == "ng" ? sample.Ng() : sample.Ok()).ToBytes() : null;
        Assert.True(draft is not null, $"{number} には見本がありません。");
        if (SourceTree.Approve)
        {
            Directory.CreateDirectory(Path.Combine(Folder, number));
            File.WriteAllBytes(file, draft);
            File.WriteAllLines(expected, Collected.Run(draft).Lines);
        }

        var bytes = File.ReadAllBytes(file);
        Assert.True(bytes.AsSpan().SequenceEqual(draft), $"{number}/{name}.uke は下書きと異なります。");
        var lines = Collected.Run(bytes).Lines;
        Assert.Equal(File.ReadAllLines(expected), lines);
        return lines;
    }
}
