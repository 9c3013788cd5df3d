using System.Buffers.Binary;
using System.Globalization;

namespace Sekisho.Wire;

/// <summary>C2SP tlog-tiles: where a tile lies. A tile of hashes, or (level -1) a bundle of entries.</summary>
/// <param name="Level">0 to 63; -1 for entries.</param>
/// <param name="Index">Index within the level.</param>
/// <param name="Width">1 to 256.</param>
public readonly record struct TilePath(int Level, long Index, int Width)
{
    /// <summary>The level of entry bundles.</summary>
    public const int Entries = -1;

    /// <summary>Width of a full tile.</summary>
    public const int Full = 256;

    private const int Height = 8;
    private const int MaxLevel = 63;

    /// <summary>The level within the whole tree of the hashes in this tile; the leaves for entries.</summary>
    public int TreeLevel => Math.Max(0, Level) * Height;

    /// <summary>Index of the first hash at <see cref="TreeLevel"/>.</summary>
    public long First => Index * Full;

    /// <summary>Width of tile <paramref name="index"/> of a level in a tree of <paramref name="size"/> leaves; 0 when there is none.</summary>
    public static int WidthIn(int level, long index, long size)
    {
        var height = Math.Max(0, level) * Height;
        var hashes = height >= 63 ? 0 : size >> height;
        return (int)Math.Clamp(hashes - (index * Full), 0, Full);
    }

    /// <summary>The part of a URL after <c>tile/</c>, e.g. <c>0/x001/067.p/3</c>.</summary>
    public override string ToString()
    {
        var digits = Index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var parts = Enumerable.Range(0, digits.Length / 3).Select(i => digits.Substring(i * 3, 3)).ToList();
        var path = string.Join('/', parts.Select((p, i) => i < parts.Count - 1 ? "x" + p : p));
        var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        return Width == Full ? $"{level}/{path}" : string.Create(CultureInfo.InvariantCulture, $"{level}/{path}.p/{Width}");
    }

    /// <summary>Reads such a path; null when it is written in any other way.</summary>
    public static TilePath? Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        var width = Full;
        if (parts.Length >= 2 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= Full)
            {
                return null;
            }

            parts = [.. parts[..^2], parts[^2][..^2]];
        }

        // Seven groups hold more than any tree has.
        if (parts.Length is < 2 or > 7 || Number(parts[1..]) is not { } index)
        {
            return null;
        }

        var level = Entries;
        if (parts[0] != "entries" && (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out level) || level > MaxLevel))
        {
            return null;
        }

        var tile = new TilePath(level, index, width);
        return tile.ToString() == path ? tile : null;
    }

    private static long? Number(string[] groups)
    {
        var digits = string.Concat(groups.Select((g, i) => i < groups.Length - 1 && g.StartsWith('x') ? g[1..] : g));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}

/// <summary>What a bundle of entries looks like: big-endian uint16 length, entry, and so on.</summary>
public static class EntryBundle
{
    /// <summary>Longest entry a bundle can hold, and so the longest a ledger takes.</summary>
    public const int MaxEntry = ushort.MaxValue;

    /// <summary>The bundle's bytes.</summary>
    public static byte[] Write(IEnumerable<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
            bytes.Write(length);
            bytes.Write(entry);
        }

        return bytes.ToArray();
    }

    /// <summary>Its entries; WI-0511 when it is cut or too long.</summary>
    public static Outcome<IReadOnlyList<byte[]>> Read(ReadOnlySpan<byte> bundle)
    {
        var entries = new List<byte[]>();
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < sizeof(ushort) || entries.Count == TilePath.Full)
            {
                return Refusals.TileMalformed;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (bundle.Length < sizeof(ushort) + length)
            {
                return Refusals.TileMalformed;
            }

            entries.Add(bundle.Slice(sizeof(ushort), length).ToArray());
            bundle = bundle[(sizeof(ushort) + length)..];
        }

        return entries;
    }
}
