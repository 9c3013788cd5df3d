using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Libraries.Tests.Formats.Documents;

public sealed class FormatPageTests
{
    [Fact]
    public void Page_WrittenFromTheTables_IsTheCommittedOne()
    {
        var path = SourceTree.Path("docs", "formats", "医科.md");
        var page = FormatPage.Write(Editions.All);
        if (SourceTree.Approve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path), "docs/formats/医科.md がありません。SEKISHO_APPROVE=1 で作ってください。");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), page);
    }
}
