using System.Diagnostics;
using System.Globalization;
using Sekisho.Generators;

namespace Sekisho.Bench;

/// <summary>Damaged files without end: how many, how fast, of which kinds, and whether anything did not hold.</summary>
internal static class FuzzFigures
{
    private const long Step = 100_000;

    /// <summary>Gives the exit code: 1 when something did not hold.</summary>
    public static int Run(long count, ulong seed, int threads)
    {
        var fuzz = new Fuzz(seed);
        var start = Stopwatch.GetTimestamp();
        for (var done = 0L; done < count; done += Step)
        {
            fuzz.Run(done, Math.Min(Step, count - done), threads);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Min(done + Step, count)} inputs, {fuzz.Failures.Count} failures"));
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"fuzz seed {seed}: {count} inputs, {fuzz.Bytes / 1e6:F0} MB, {count / seconds:F0}/s on {threads} threads, {fuzz.Failures.Count} failures"));
        foreach (var (kind, inputs) in fuzz.Kinds)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind}: {inputs}"));
        }

        foreach (var group in fuzz.Failures.OrderBy(f => f.Number).GroupBy(f => f.What.Length > 200 ? f.What[..200] : f.What).Take(50))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILED {group.Count()}x, first: fuzz-input {group.First().Number} {seed} ({group.First().Kind}): {group.First().What}"));
        }

        return fuzz.Failures.Count == 0 ? 0 : 1;
    }

    /// <summary>Writes one input to a file, to look at it.</summary>
    public static int Save(long number, ulong seed, string path)
    {
        var (bytes, reception, kind) = new Fuzz(seed).Input(number);
        File.WriteAllBytes(path, bytes);
        Console.WriteLine($"{path}: {bytes.Length} bytes, {Damage.Kinds[kind].Name}, reception {reception}");
        return 0;
    }
}
