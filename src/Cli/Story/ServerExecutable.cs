namespace Sekisho.Cli.Story;

/// <summary>Where the server's executable lies.</summary>
internal static class ServerExecutable
{
    private static readonly string _name = OperatingSystem.IsWindows() ? "Sekisho.Server.exe" : "Sekisho.Server";

    /// <summary>Built in the repository around this program, else beside it when published; null when neither.</summary>
    public static string? Find()
    {
        var here = AppContext.BaseDirectory;
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(here))) ?? "Debug";
        for (var folder = new DirectoryInfo(here); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
            {
                // The build leaves a launcher without its program beside this one: it is not the server.
                return Existing(Path.Combine(folder.FullName, "src", "Server", "bin", configuration, "net10.0", _name));
            }
        }

        return Existing(Path.Combine(here, _name));
    }

    private static string? Existing(string file) => File.Exists(file) ? file : null;
}
