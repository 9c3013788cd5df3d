using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

public sealed class CheckupPageTests
{
    [Fact]
    public void Page_WrittenFromTheTables_IsTheCommittedOne() =>
        Compare(System.Text.Encoding.UTF8.GetBytes(CheckupPage.Write()), "docs", "formats", "checkups.md");

    // One fictional person, readable beside the documents; other tests and the demo may start from it.
    [Fact]
    public void Samples_WrittenByTheGenerator_AreTheCommittedOnes()
    {
        using var zip = new MemoryStream(CheckupPeople.Package(2024, 1));
        foreach (var (path, bytes) in CheckupZip.Files(zip))
        {
            Compare(bytes, ["tests", "Samples", "checkups", .. path.Split('/')]);
        }
    }

    [Fact]
    public void Samples_AsCommitted_HaveNoFindings()
    {
        var root = SourceTree.Path("tests", "Samples", "checkups");
        using var zip = CheckupZip.Of(Directory.GetFiles(root, "*.xml", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllBytes(f))));
        var (package, files) = CheckupPackage.Read(zip, CheckupReading.Default);
        Assert.Empty(package.Findings.Concat(files.SelectMany(f => f.Findings)));
        Assert.Equal(2, files.Length);
    }

    private static void Compare(byte[] bytes, params string[] path)
    {
        var file = SourceTree.Path(path);
        if (SourceTree.Approve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }

        Assert.True(File.Exists(file), $"{string.Join('/', path)} がありません。SEKISHO_APPROVE=1 で作ってください。");
        Assert.Equal(System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(file)).ReplaceLineEndings("\n"), System.Text.Encoding.UTF8.GetString(bytes));
    }
}
