using System.Globalization;

namespace Sekisho.Bench.Load;

/// <summary>Durations of one kind of act, in milliseconds. Thread-safe.</summary>
internal sealed class Latencies
{
    private readonly List<float> _values = [];

    public int Count
    {
        get
        {
            lock (_values)
            {
                return _values.Count;
            }
        }
    }

    public void Add(TimeSpan taken)
    {
        lock (_values)
        {
            _values.Add((float)taken.TotalMilliseconds);
        }
    }

    public override string ToString()
    {
        lock (_values)
        {
            var sorted = _values.ToArray();
            Array.Sort(sorted);
            return sorted.Length == 0 ? "none" : string.Create(
                CultureInfo.InvariantCulture, $"p50 {At(sorted, 0.5):F1} ms, p99 {At(sorted, 0.99):F1} ms, max {sorted[^1]:F1} ms");
        }
    }

    private static float At(float[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
