using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sekisho.Bench;

/// <summary>What the same bytes cost when nothing is judged: the ceiling that the check is compared with.</summary>
internal static class PlainPasses
{
    private const int Chunk = 256 * 1024;

    /// <summary>One vectorised pass that counts commas and line feeds.</summary>
    public static long Scan(string path)
    {
        var count = 0L;
        Read(path, bytes =>
        {
            var blocks = MemoryMarshal.Cast<byte, Vector256<byte>>(bytes);
            foreach (var block in blocks)
            {
                var found = Vector256.Equals(block, Vector256.Create((byte)',')) | Vector256.Equals(block, Vector256.Create((byte)'\n'));
                count += BitOperations.PopCount(found.ExtractMostSignificantBits());
            }

            foreach (var value in bytes[(blocks.Length * Vector256<byte>.Count)..])
            {
                count += value is (byte)',' or (byte)'\n' ? 1 : 0;
            }
        });
        return count;
    }

    /// <summary>Stops at every comma and line feed and touches the first byte of every field, empty or not.</summary>
    public static long Walk(string path)
    {
        var sum = 0L;
        Read(path, bytes =>
        {
            var at = 0;
            while (bytes[at..].IndexOfAny((byte)',', (byte)'\n') is var length and >= 0)
            {
                sum += bytes[at];
                at += length + 1;
            }
        });
        return sum;
    }

    private static void Read(string path, Action<ReadOnlySpan<byte>> look)
    {
        using var content = File.OpenRead(path);
        var buffer = new byte[Chunk];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            look(buffer.AsSpan(0, read));
        }
    }
}
