using Sekisho.Formats.Eligibility;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>What is committed beside the tables is what the tables say: schemas, the page, and one sample of every message.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void Schemas_WrittenFromTheTables_AreTheCommittedOnes()
    {
        var folder = SourceTree.Path("docs", "formats", "eligibility");
        foreach (var (file, text) in MessageSchemas.Files())
        {
            Compare(Path.Combine(folder, file), System.Text.Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal(MessageSchemas.Files().Select(f => f.File).Order(StringComparer.Ordinal), Directory.GetFiles(folder, "*.xsd").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_WrittenFromTheTables_IsTheCommittedOne() =>
        Compare(SourceTree.Path("docs", "formats", "eligibility.md"), System.Text.Encoding.UTF8.GetBytes(MessagePage.Write()));

    [Fact]
    public void Samples_MadeFromASeed_NeverChange()
    {
        var number = 0UL;
        foreach (var shape in OqsShapes.All)
        {
            var message = MessageMaker.Make(shape, new Seed(20_260_401 + number++));
            var encoding = number % 2 == 0 ? OqsEncoding.ShiftJis : OqsEncoding.Utf8;
            Compare(SourceTree.Path("tests", "Samples", "eligibility", "generated", $"{shape.Name}_{number:D12}.xml"), OqsWriter.Write(message, encoding).Bytes!);
        }
    }

    /// <summary>Each is without fault, validates, and the other reader finds in it what was said.</summary>
    [Fact]
    public void Story_WrittenFromViews_IsTheCommittedOneAndReadByBoth()
    {
        foreach (var (file, encoding, message) in StorySamples.All())
        {
            Assert.True(OqsFileName.TryParse(file, out var name));
            Assert.Empty(OqsCheck.Run(message));
            var bytes = OqsWriter.Write(message, encoding).Bytes!;
            Compare(SourceTree.Path("tests", "Samples", "eligibility", file), bytes);

            var independent = IndependentReader.Open(bytes);
            Assert.Empty(RoundTripTests.Faults(independent, RoundTripTests.Schema(name.Message)));
            Assert.Equal(
                IndependentReader.Values(message.Root),
                IndependentReader.Values(independent.Root!).Where(v => !v.Contains("/CharacterCodeIdentifier=", StringComparison.Ordinal)));
            Assert.Empty(OqsReader.Read(bytes, name.Shape!).Findings);
        }
    }

    private static void Compare(string path, byte[] expected)
    {
        if (SourceTree.Approve)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, expected);
        }

        Assert.True(File.Exists(path), $"{Path.GetFileName(path)} がありません。SEKISHO_APPROVE=1 で作ってください。");
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(path)), $"{Path.GetFileName(path)} が表と違います。SEKISHO_APPROVE=1 で書き直してください。");
    }
}
