namespace Sekisho.EndToEnd.Tests;

/// <summary>Where things lie in the repository this test was built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, the same as this test's.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    /// <summary>The built server.</summary>
    public static string Server => Executable("src/Server", "Sekisho.Server");

    /// <summary>The built command line.</summary>
    public static string Cli => Executable("src/Cli", "sekisho");

    /// <summary>A file of the read-only inputs beside the repository; the test is skipped visibly without it.</summary>
    public static string Shared(string path)
    {
        var file = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(File.Exists(file) || Directory.Exists(file), $"../shared/{path} がありません。");
        return file;
    }

    private static string Executable(string project, string name)
    {
        var file = Path.Combine(Root, project, "bin", Configuration, "net10.0", OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(file) ? file : throw new FileNotFoundException("Build the solution first.", file);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Sekisho.slnx");
    }
}
