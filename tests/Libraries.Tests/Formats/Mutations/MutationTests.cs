using System.Collections.Concurrent;
using Sekisho.Formats.Claims.Checks;
using Sekisho.Generators;
using Sekisho.Libraries.Tests.Formats.Checks;

namespace Sekisho.Libraries.Tests.Formats.Mutations;

/// <summary>
/// Each check finds a single change in an otherwise faultless file, at exactly its place and nowhere else. What else such a change brings about is
/// listed in tests/Samples/generated/collateral.tsv; SEKISHO_APPROVE=1 writes it, and the difference is read by eye.
/// </summary>
public sealed class MutationTests
{
    private const int Claims = 45;
    private const int Seeds = 4;
    private const int MostTries = 40;

    private static readonly string Table = SourceTree.Path("tests", "Samples", "generated", "collateral.tsv");
    private static readonly ConcurrentDictionary<(ulong, DateOnly, string), ClaimFile> Files = new();

    private static HashSet<string> Numbers { get; } = [.. RuleList.All.Select(r => r.Number)];

    private static IReadOnlyList<Mutation> All { get; } =
        [.. FileMutations.All, .. ShapeMutations.All, .. OfficeMutations.All, .. OwnMutations.All, .. ServiceMutations.All, .. PublishedMutations.All];

    [Fact]
    public void Rules_EachHaveAMutation()
    {
        Assert.Empty(Numbers.Except(All.Select(m => m.Number)));
        Assert.Distinct(All.Select(m => m.ToString()));
    }

    [Fact]
    public void Mutations_AreFoundAtTheirPlace_WithTheListedCollateral()
    {
        var wrong = new ConcurrentBag<string>();
        var lines = All.AsParallel().AsOrdered().Select(m => $"{m.Number}\t{m.Change}\t{string.Join(' ', Collateral(m, wrong))}").ToArray();
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal)));
        if (SourceTree.Approve)
        {
            File.WriteAllLines(Table, ["#番号\t変更\t同時に指摘される番号", .. lines]);
        }

        Assert.Equal(File.ReadAllLines(Table).Skip(1), lines);
    }

    // The numbers found besides, over all seeds.
    private static SortedSet<string> Collateral(Mutation mutation, ConcurrentBag<string> wrong)
    {
        var besides = new SortedSet<string>(StringComparer.Ordinal);
        var done = 0;
        for (var seed = 1UL; done < Seeds && seed <= MostTries; seed++)
        {
            if (Mutate(mutation, seed) is { } mutant)
            {
                done++;
                besides.UnionWith(Found(mutation, mutant, seed, wrong));
            }
        }

        if (done < Seeds)
        {
            wrong.Add($"{mutation}: too few generated files have what it needs");
        }

        return besides;
    }

    private static Mutant? Mutate(Mutation mutation, ulong seed)
    {
        var office = mutation.Office.Length > 0 ? mutation.Office : seed % 2 == 0 ? "1" : "2";
        var file = Files.GetOrAdd((seed, mutation.Reception, office), key => ClaimFile.Make(new FileOrder(key.Item1, Claims, key.Item2, key.Item3)));
        var mutant = new Mutant(file.Copy(), Seed.Of(seed, mutation.ToString().Length));
        try
        {
            mutation.Apply(mutant);
            return mutant;
        }
        catch (UnsuitableException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Found(Mutation mutation, Mutant mutant, ulong seed, ConcurrentBag<string> wrong)
    {
        var run = Collected.Run(new MemoryStream(mutant.ToBytes()), mutant.Order.ReceptionMonth, mutation.Masters ? MasterFiles.Set : null);
        var places = run.Findings.Where(f => f.Rule.Number == mutation.Number).Select(f => new Spot(f.Place.Line, f.Place.Claim, f.Place.Record, f.Place.Item));
        var (expected, found) = (mutant.Expected.ToList(), places.ToList());
        if (!expected.SequenceEqual(found))
        {
            wrong.Add($"{mutation}, seed {seed}: expected {string.Join(' ', expected)}, found {string.Join(' ', found)}; all: {string.Join(' ', run.Lines.Take(20))}");
        }

        return run.Report.Counts.Keys.Where(n => n != mutation.Number);
    }
}
