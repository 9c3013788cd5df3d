using System.Text.RegularExpressions;

namespace Sekisho.Architecture.Tests;

/// <summary>
/// Whatever answers with a file says of what class it is, or that it is an export (厳秘の書き出し), or why it is none. The guard before the first byte of an
/// answer holds the same at run time; this finds it earlier.
/// </summary>
public sealed partial class FileAnswerTests
{
    [Fact]
    public void Pages_ThatAnswerWithAFile_SayOfWhatClassOrThatItIsAnExport()
    {
        var silent = Sources("src/Web/Pages").Where(f => AFileOfAPage().IsMatch(f.Text) && !Statement().IsMatch(f.Text)).Select(f => f.Name);
        Assert.Empty(silent);
    }

    [Fact]
    public void Endpoints_WithAFileName_SayOfWhatClassOrThatTheyAreExports()
    {
        var named = Sources("src/Modules").SelectMany(f => ANamedFile().Matches(f.Text).Select(m => (f.Name, f.Text, m.Value))).ToList();
        Assert.Equal(4, named.Count); // A fifth: state it where it is mapped, and count it here.
        Assert.Empty(named.Where(n => !n.Name.EndsWith("ReadDeliveries.cs", StringComparison.Ordinal) && !Statement().IsMatch(n.Text)).Select(n => n.Name));
        Assert.Matches(@"use\.Content\(id, http, ct\)\)\.Audits\(AuditKind\.DeliveryRead\)\.WithMetadata\(new ExportsAttribute\(\)\)", Sources("src/Modules").Single(f => f.Name.EndsWith("ExchangeModule.cs", StringComparison.Ordinal)).Text);
    }

    private static IEnumerable<(string Name, string Text)> Sources(string folder) =>
        Repository.CSharpFiles(folder).Select(f => (f, File.ReadAllText(f)));

    [GeneratedRegex(@"(?<![.\w])File\(|FileStreamResult|FileContentResult|PhysicalFile\(|VirtualFile\(")]
    private static partial Regex AFileOfAPage();

    [GeneratedRegex(@"Results\.(?:Bytes|Stream|File)\(.*(?:FileName|\.Name|\.csv"")")]
    private static partial Regex ANamedFile();

    [GeneratedRegex(@"\[Exports\b|\[NotAnExport\(|new ExportsAttribute\(|\[Classified\(|new ClassifiedAttribute\(Classification\.(?:Public|Confidential)\)")]
    private static partial Regex Statement();
}
