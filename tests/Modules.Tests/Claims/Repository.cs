namespace Sekisho.Modules.Tests.Claims;

/// <summary>Where the checked-out tree and what lies beside it are.</summary>
internal static class Repository
{
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Not inside the repository");
    }

    /// <summary>A file beside the repository; the test is skipped where there is none.</summary>
    public static string Shared(string path)
    {
        var file = Path.GetFullPath(Path.Combine(Root(), "../shared", path));
        Assert.SkipUnless(File.Exists(file), $"../shared/{path} がありません。");
        return file;
    }
}
