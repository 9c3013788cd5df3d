using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Cli;

/// <summary>Files that must not be lost or half-written.</summary>
internal static class Files
{
    /// <summary>Writes a file whole or not at all, durable before it gets its name.</summary>
    public static async Task WriteWhole(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var draft = path + ".part";
        await using (var stream = Create(draft, FileMode.Create))
        {
            await stream.WriteAsync(bytes, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Adds a line to a log; durable on return.</summary>
    public static async Task AppendLine(string path, string line, CancellationToken ct)
    {
        await using var stream = Create(path, FileMode.Append);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), ct);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>A file only its owner can read.</summary>
    public static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>A folder only its owner can enter.</summary>
    public static string Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>SHA-256 as 64 lower-case hex digits.</summary>
    public static async Task<string> Digest(string path, CancellationToken ct)
    {
        await using var stream = OpenSequential(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
    }

    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static FileStream OpenSequential(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
}
