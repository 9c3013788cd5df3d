namespace Sekisho.Cli.Story;

/// <summary>Where the server's executable lies.</summary>
internal static class ServerExecutable
{
    private static readonly string _name = OperatingSystem.IsWindows() ? "Sekisho.Server.exe" : "Sekisho.Server";

    /// <summary>Beside this program when published, else built in the repository around it; null when neither.</summary>
    public static string? Find()
    {
        var here = AppContext.BaseDirectory;
        var beside = Path.Combine(here, _name);
        if (File.Exists(beside) && File.Exists(Path.Combine(here, "Sekisho.Server.dll")))
        {
            return beside;
        }

        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(here))) ?? "Debug";
        for (var folder = new DirectoryInfo(here); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
            {
                var built = Path.Combine(folder.FullName, "src", "Server", "bin", configuration, "net10.0", _name);
                return File.Exists(built) ? built : null;
            }
        }

        return null;
    }
}
