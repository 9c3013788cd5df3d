using System.Collections.Concurrent;
using Sekisho.Formats.Claims.Masters;

namespace Sekisho.Generators;

/// <summary>Damaged files in any number. Each has a number of its own: what fails is made again from the seed and that number alone.</summary>
internal sealed class Fuzz
{
    private const int Files = 64;
    private const int DeepEvery = 8;

    private static readonly DateOnly[] Receptions = [new(2019, 7, 1), new(2020, 6, 1), new(2021, 10, 1), new(2026, 6, 1)];

    private readonly ulong _seed;
    private readonly MasterSet? _masters;
    private readonly (byte[] Bytes, int Reception)[] _files;
    private readonly long[] _inputs = new long[Damage.Kinds.Length];
    private readonly ConcurrentQueue<Failure> _failures = new();
    private long _bytes;

    public Fuzz(ulong seed, MasterSet? masters = null)
    {
        _seed = seed;
        _masters = masters;
        _files = [.. Enumerable.Range(0, Files).Select(i => Small(Seed.Of(seed, -1 - i)))];
    }

    /// <summary>An input for which something does not hold.</summary>
    public sealed record Failure(long Number, string Kind, string What);

    public IReadOnlyCollection<Failure> Failures => _failures;

    public long Bytes => _bytes;

    /// <summary>How many inputs of each kind of damage.</summary>
    public IEnumerable<(string Kind, long Inputs)> Kinds => Damage.Kinds.Select((k, i) => (k.Name, _inputs[i]));

    /// <summary>The inputs from <paramref name="first"/> on.</summary>
    public void Run(long first, long count, int threads) =>
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = threads }, Try);

    /// <summary>Makes one input again.</summary>
    public (byte[] Bytes, int Reception, int Kind) Input(long number)
    {
        var seed = Seed.Of(_seed, number);
        var (bytes, reception) = seed.Of<(byte[] Bytes, int Reception)>(_files);
        var kind = Damage.Of(ref bytes, seed);
        return (bytes, reception, kind);
    }

    private void Try(long number)
    {
        var kind = 0;
        try
        {
            (var bytes, var reception, kind) = Input(number);
            Interlocked.Add(ref _bytes, bytes.Length);
            if (Trial.Of(bytes, Seed.Of(_seed ^ 1, number), reception, deep: number % DeepEvery == 0, _masters) is { } wrong)
            {
                _failures.Enqueue(new Failure(number, Damage.Kinds[kind].Name, wrong));
            }
        }
#pragma warning disable CA1031 // Whatever is thrown is the finding.
        catch (Exception thrown)
        {
            _failures.Enqueue(new Failure(number, Damage.Kinds[kind].Name, thrown.ToString()));
        }
#pragma warning restore CA1031

        Interlocked.Increment(ref _inputs[kind]);
    }

    private static (byte[] Bytes, int Reception) Small(Seed seed)
    {
        var order = new FileOrder(seed.Bits(), seed.From(1, 4), seed.Of<DateOnly>(Receptions), seed.Of("1", "2"));
        return (ClaimFile.Make(order).ToBytes(), order.ReceptionMonth);
    }
}
