namespace Sekisho.Generators;

/// <summary>
/// SplitMix64: the same numbers from one seed for ever, on every runtime. What is generated from it is compared by hash, so the runtime's own
/// generator, whose sequence is nobody's promise, would not do.
/// </summary>
internal sealed class Seed(ulong state)
{
    private ulong _state = state;

    /// <summary>A seed of its own for one part, so that a change in one part does not move the others.</summary>
    public static Seed Of(ulong seed, long part) => new(unchecked((seed * 0x9E3779B97F4A7C15) + ((ulong)part * 0xD1B54A32D192ED03) + 1));

    public ulong Bits()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => (int)(Bits() % (ulong)end);

    /// <summary>Both ends included.</summary>
    public int From(int first, int last) => first + Below(last - first + 1);

    /// <summary>True in <paramref name="percent"/> of 100 cases.</summary>
    public bool In100(int percent) => Below(100) < percent;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Ascending and distinct, out of <paramref name="first"/> to <paramref name="last"/>.</summary>
    public int[] Some(int count, int first, int last)
    {
        var chosen = new SortedSet<int>();
        while (chosen.Count < Math.Min(count, last - first + 1))
        {
            chosen.Add(From(first, last));
        }

        return [.. chosen];
    }
}
