using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Sekisho.Formats.Eligibility;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>Every message there is, in both encodings, over many seeds: written, validated, read by another, read by us, written again.</summary>
public sealed class RoundTripTests
{
    private const int Seeds = 15;

    public static TheoryData<string> Names => [.. OqsShapes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_OfAnySeed_ComesBackTheSame(string name)
    {
        var shape = OqsShapes.Get(name);
        var schema = Schema(name);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            foreach (var encoding in new[] { OqsEncoding.Utf8, OqsEncoding.ShiftJis })
            {
                var message = MessageMaker.Make(shape, Seed.Of(seed, name.Length));
                Assert.Empty(OqsCheck.Run(message));

                var bytes = OqsWriter.Write(message, encoding).Bytes!;

                var independent = IndependentReader.Open(bytes);
                Assert.Empty(Faults(independent, schema));
                var expected = IndependentReader.Values(message.Root);
                Assert.Equal(expected, Without(IndependentReader.Values(independent.Root!)));
                var reading = OqsReader.Read(bytes, shape);
                Assert.Empty(reading.Findings);
                Assert.Equal(encoding, reading.Encoding);
                Assert.Equal(expected, Without(IndependentReader.Values(reading.Message!.Root)));
                Assert.Equal(bytes, OqsWriter.Write(reading.Message, encoding).Bytes);
            }
        }
    }

    [Fact]
    public void UnknownElements_ReadAndWritten_AreStillThere()
    {
        var text = """
            <XmlMsg><Outside>0</Outside><MessageBody><ReceptionNumber>7</ReceptionNumber><New><Inner> a </Inner></New></MessageBody>
            <MessageHeader><Future>x</Future><MedicalInstitutionCode>1319999999</MedicalInstitutionCode></MessageHeader></XmlMsg>
            """;
        var reading = OqsReader.Read(System.Text.Encoding.UTF8.GetBytes(text), OqsShapes.Get("OQSmuquc02req"));

        Assert.Equal(["EM-0201", "EM-0201", "EM-0201"], reading.Findings.Select(f => f.Rule.Number));
        var written = IndependentReader.Open(OqsWriter.Write(reading.Message!, OqsEncoding.Utf8).Bytes!).Root!;
        Assert.Equal(IndependentReader.Values(reading.Message!.Root), IndependentReader.Values(written));
        Assert.Equal(["MessageHeader", "MessageBody", "Outside"], written.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(["MedicalInstitutionCode", "Future"], written.Element("MessageHeader")!.Elements().Select(e => e.Name.LocalName));
    }

    [Fact]
    public void Schema_ForAMessageOfAnotherShape_SaysNo()
    {
        var message = MessageMaker.Make(OqsShapes.Get("OQSsiimm01req"), new Seed(1));

        Assert.NotEmpty(Faults(IndependentReader.Open(OqsWriter.Write(message, OqsEncoding.Utf8).Bytes!), Schema("OQSsiquc01req")));
    }

    internal static XmlSchemaSet Schema(string name)
    {
        var set = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        set.Add(null, SourceTree.Path("docs", "formats", "eligibility", name + ".xsd"));
        set.Compile();
        return set;
    }

    internal static List<string> Faults(XDocument document, XmlSchemaSet schema)
    {
        var faults = new List<string>();
        document.Validate(schema, (_, e) => faults.Add(e.Message));
        return faults;
    }

    // The writer says how it wrote; the maker does not know.
    private static IEnumerable<string> Without(IEnumerable<string> values) => values.Where(v => !v.Contains("/CharacterCodeIdentifier=", StringComparison.Ordinal));
}
