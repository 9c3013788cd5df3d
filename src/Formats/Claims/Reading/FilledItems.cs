using System.Numerics;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>項番 of filled items in order, for foreach; absent ones cost nothing.</summary>
/// <param name="filled">Bit 0 is <paramref name="first"/>.</param>
/// <param name="first">項番 of bit 0.</param>
internal ref struct FilledItems(ulong filled, int first)
{
    private ulong _rest = filled;

    /// <summary>How many are left.</summary>
    public readonly int Count => BitOperations.PopCount(_rest);

    /// <summary>項番.</summary>
    public int Current { get; private set; }

    public readonly FilledItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest == 0)
        {
            return false;
        }

        Current = first + BitOperations.TrailingZeroCount(_rest);
        _rest &= _rest - 1;
        return true;
    }
}
