namespace Sekisho.Libraries.Tests;

/// <summary>Finds the repository from where the tests run, and the read-only facts beside it where they are.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>True when a run shall rewrite generated files instead of comparing them.</summary>
    public static bool Approve => Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1";

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A file or folder of ../shared; skips the test visibly when it is not there.</summary>
    public static string Shared(params string[] parts)
    {
        var path = System.IO.Path.Combine([Root, "..", "shared", .. parts]);
        Assert.SkipUnless(System.IO.Path.Exists(path), $"../shared/{string.Join('/', parts)} がありません。");
        return path;
    }

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Sekisho.slnx"))
            ? folder
            : Find(Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("Sekisho.slnx"));
}
