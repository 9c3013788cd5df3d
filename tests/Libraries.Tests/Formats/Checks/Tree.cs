namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>Files of the tree and the read-only inputs beside it.</summary>
internal static class Tree
{
    /// <summary>Folder holding Sekisho.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>True when a run shall rewrite generated files instead of comparing them.</summary>
    public static bool Approve => Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1";

    /// <summary>A file of ../shared; skips the test when it is not there.</summary>
    public static string Shared(string path)
    {
        var full = Path.Combine(Root, "..", "shared", path);
        Assert.SkipUnless(File.Exists(full), $"../shared/{path} がありません。");
        return full;
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
