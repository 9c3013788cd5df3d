using System.Security.Cryptography;
using Sekisho.Platform;

namespace Sekisho.Modules.Claims.Delivery;

/// <summary>
/// A file on the way to the exchange, too large for memory. It is encrypted with a key that exists only in this process, so that a crash leaves nothing
/// readable; what a crash leaves is removed at the next start.
/// </summary>
internal sealed class Spool : IDisposable
{
    private readonly Aes _aes = Aes.Create();
    private readonly FileStream _file;

    public Spool(DataFolder folder)
    {
        var path = Path.Combine(Folder(folder), Guid.CreateVersion7().ToString("D"));
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
    }

    /// <summary>Removes what an earlier process left.</summary>
    public static void Clean(DataFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Folder(folder)))
        {
            File.Delete(file);
        }
    }

    /// <summary>Write everything once; disposing it ends the content.</summary>
    public Stream Write() => new CryptoStream(_file, _aes.CreateEncryptor(), CryptoStreamMode.Write, leaveOpen: true);

    /// <summary>Read it from the beginning.</summary>
    public Stream Read()
    {
        _file.Position = 0;
        return new CryptoStream(_file, _aes.CreateDecryptor(), CryptoStreamMode.Read, leaveOpen: true);
    }

    public void Dispose()
    {
        _file.Dispose();
        _aes.Dispose();
    }

    private static string Folder(DataFolder folder) => folder.Sub("claims-spool");
}
