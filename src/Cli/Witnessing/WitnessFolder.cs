using System.Security.Cryptography;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Cli.Witnessing;

/// <summary>What a witness remembers, one file per log. One process at a time; a file is replaced whole and is on disk before the witness answers.</summary>
internal sealed class WitnessFolder : IWitnessState, IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another witness uses the folder.</exception>
    public WitnessFolder(string folder)
    {
        _folder = Files.Folder(Path.GetFullPath(folder));
        _lock = new FileStream(Path.Combine(_folder, "witness.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public byte[]? Read(string origin) => File.Exists(PathOf(origin)) ? File.ReadAllBytes(PathOf(origin)) : null;

    public void Write(string origin, byte[] checkpoint)
    {
        var draft = PathOf(origin) + ".part";
        using (var file = Files.Create(draft, FileMode.Create))
        {
            file.Write(checkpoint);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, PathOf(origin), overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private string PathOf(string origin) => Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, 16)) + ".checkpoint");
}
