using System.Security.Cryptography;

namespace Sekisho.Modules.Tests;

/// <summary>Key files of a data folder, as an operator changes them (<see cref="Platform.KeyRing"/>).</summary>
internal static class KeyFiles
{
    /// <summary>A new key in the first line; the older lines stay.</summary>
    public static void Rotate(string path)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var line = $"{Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8))} {Convert.ToHexStringLower(key)}\n";
        File.WriteAllText(path, line + File.ReadAllText(path));
    }
}
