using Sekisho.Generators;

namespace Sekisho.Bench;

/// <summary>Synthetic 医科 files in the shape of real ones: a thousand different claims of all kinds over and over, mostly empty fields. The people are fictional.</summary>
internal static class ClaimFiles
{
    /// <summary>Writes a faultless file of about <paramref name="megabytes"/> MB and returns how many claims it holds.</summary>
    public static int Write(string path, int megabytes)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        return ClaimStream.Write(output, FileOrder.Of(1, 0), megabytes * 1_000_000L);
    }
}
