using System.Text;
using System.Xml.Schema;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>Our own schemas under docs/, and the official ones where they lie beside the repository.</summary>
public sealed class CheckupSchemaTests
{
    private static readonly string Folder = SourceTree.Path("docs", "formats", "checkups");
    private static readonly XmlSchemaSet Document = CheckupSchemas.Load(Folder, "document.xsd");
    private static readonly XmlSchemaSet Claim = CheckupSchemas.Load(Folder, "claim.xsd");

    [Fact]
    public void WhatWeWrite_IsValidByOurSchemas()
    {
        foreach (var claims in new[] { true, false })
        {
            using var zip = new MemoryStream(CheckupPeople.Package(77, 150, claims: claims));
            foreach (var (path, bytes) in CheckupZip.Files(zip))
            {
                Assert.Empty(Validate(bytes, path.Contains("/DATA/", StringComparison.Ordinal) ? Document : Claim));
            }
        }
    }

    [Fact]
    public void RealSamples_AreValidByOurSchemasToo()
    {
        Assert.Empty(Validate(CheckupFacts.Sample("h_sample_redacted.xml"), Document));
        Assert.All(["c_sample_redacted.xml", "ix08_V08.xml", "su08_V08.xml"], name => Assert.Empty(Validate(CheckupFacts.Sample(name), Claim)));
    }

    [Theory]
    [InlineData("<confidentialityCode code=\"N\" />", "")]
    [InlineData("moodCode=\"EVN\"", "moodCode=\"RQO\"")]
    [InlineData("xsi:type=\"PQ\"", "xsi:type=\"XX\"")]
    [InlineData("<ClinicalDocument", "<Other><ClinicalDocument")]
    public void BrokenDocument_IsNotValid(string old, string replaced)
    {
        var text = Encoding.UTF8.GetString(CheckupWriter.Write(CheckupPeople.Visit(77, 1, 2024)));
        Assert.NotEmpty(Validate(Encoding.UTF8.GetBytes(text.Replace(old, replaced, StringComparison.Ordinal)), Document));
    }

    [Fact]
    public void OfficialSchema_FindsWhatBreaksIt_WithoutNamingTheValue()
    {
        var text = Encoding.UTF8.GetString(CheckupWriter.Write(CheckupPeople.Claim(77, CheckupPeople.Visit(77, 1, 2024))));
        var broken = Encoding.UTF8.GetBytes(text.Replace("<postalCode>000-0000", "<postalCode>秘密の番号", StringComparison.Ordinal));
        var finding = Assert.Single(CheckupFacts.Schemas.Validate(broken, "c").DistinctBy(f => f.Line));
        Assert.Equal("EH-0108", finding.Rule.Number);
        Assert.True(finding.Line > 1);
        Assert.DoesNotContain("秘密", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SchemaFolder_WithoutTheFiles_IsAMistakeOfConfiguration()
    {
        var wrong = Assert.Throws<InvalidDataException>(() => CheckupSchemas.Load(Folder));
        Assert.Contains("hc08_V08.xsd", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_ThatPointsOutsideItsFolder_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("xsd");
        try
        {
            foreach (var file in new[] { "hc08_V08.xsd", "cc08_V08.xsd", "ix08_V08.xsd", "su08_V08.xsd" })
            {
                File.WriteAllText(Path.Combine(folder.FullName, file), "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:hl7-org:v3\"><xs:include schemaLocation=\"../../etc/hostname\"/><xs:element name=\"ClinicalDocument\" type=\"Elsewhere\" xmlns=\"urn:hl7-org:v3\"/></xs:schema>");
            }

            Assert.Throws<InvalidDataException>(() => CheckupSchemas.Load(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Validate(byte[] bytes, XmlSchemaSet set)
    {
        var notes = new CheckupNotes("");
        CheckupSchemas.Validate(bytes, set, notes);
        return notes.List.Select(f => $"{f.Line} {f.Value}");
    }
}
