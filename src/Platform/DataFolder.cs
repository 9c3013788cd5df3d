namespace Sekisho.Platform;

/// <summary>The site's data folder (configuration <c>DataFolder</c>), readable by its owner only.</summary>
public sealed class DataFolder
{
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Folder(Path);
    }

    public string Path { get; }

    /// <summary>Path of a file directly in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A sub-folder, created when missing.</summary>
    public string Sub(string name) => Folder(System.IO.Path.Combine(Path, name));

    private static string Folder(string path)
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
}
