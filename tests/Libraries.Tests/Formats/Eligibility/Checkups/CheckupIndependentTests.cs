using System.Xml;
using System.Xml.XPath;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>What we write, read by another reader than ours: the runtime's XPath, from the published paths alone.</summary>
public sealed class CheckupIndependentTests
{
    [Fact]
    public void Document_ByXPath_SaysWhatTheRecordSays()
    {
        for (var number = 1; number <= 40; number++)
        {
            var visit = CheckupPeople.Visit(31, number, 2024);
            var (root, names) = Open(CheckupWriter.Write(visit), "urn:hl7-org:v3");
            string Text(string path) => root.Evaluate($"string({path})", names).ToString()!;
            Assert.Equal(visit.Person.InsurerNumber, Text("//c:patientRole/c:id[@root='1.2.392.200119.6.101']/@extension"));
            Assert.Equal(visit.Person.Number, Text("//c:patientRole/c:id[@root='1.2.392.200119.6.205']/@extension"));
            Assert.Equal(visit.Person.Branch, Text("//c:patientRole/c:id[@root='1.2.392.200119.6.211']/@extension"));
            Assert.Equal(visit.Person.Name, Text("//c:patient/c:name"));
            Assert.Equal($"{visit.Day:yyyyMMdd}", Text("//c:serviceEvent/c:effectiveTime/@value"));
            Assert.Equal(visit.Ticket?.Number ?? "", Text("//c:participant[@typeCode='HLD']/c:associatedEntity/c:id/@extension"));
            Assert.Equal(visit.Results.Length, (double)root.Evaluate("count(//c:observation/c:code[@code])", names));
            foreach (var result in visit.Results)
            {
                var path = $"//c:observation[c:code/@code='{result.Code}']";
                var value = result.Type switch { CheckupType.PQ => "/@value", CheckupType.ST => "", _ => "/@code" };
                Assert.Equal(result.Value, Text($"{path}/c:value{value}"));
                Assert.Equal(result.Type.ToString(), Text($"{path}/c:value/@xsi:type"));
                Assert.Equal(result.Unit, Text($"{path}/c:value/@unit"));
                Assert.Equal(result.High, Text($"{path}/c:referenceRange/c:observationRange/c:value/c:high/@value"));
                Assert.Equal(result.Doctor, Text($"{path}/c:author/c:assignedAuthor/c:assignedPerson/c:name"));
                Assert.Equal(result.Relation, Text($"{path}/parent::c:entryRelationship/@typeCode"));
            }
        }
    }

    [Fact]
    public void Package_ByXPath_AddsUp()
    {
        using var zip = new MemoryStream(CheckupPeople.Package(31, 25));
        var files = CheckupZip.Files(zip);
        const string Space = "https://www.mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103.html";
        double Sum(string element) => files.Where(f => f.Key.Contains("/CLAIMS/", StringComparison.Ordinal)).Sum(f => Number(f.Value, Space, $"//c:settlement/c:{element}/@value"));
        byte[] File(string name) => files.Single(f => f.Key.EndsWith(name, StringComparison.Ordinal)).Value;
        Assert.Equal(50, Number(File("ix08_V08.xml"), Space, "//c:totalRecordCount/@value"));
        Assert.Equal(Sum("unitAmount"), Number(File("su08_V08.xml"), Space, "//c:totalCostAmount/@value"));
        Assert.Equal(Sum("claimAmount"), Number(File("su08_V08.xml"), Space, "//c:totalClaimAmount/@value"));
    }

    private static double Number(byte[] bytes, string space, string path)
    {
        var (root, names) = Open(bytes, space);
        return (double)root.Evaluate($"number({path})", names);
    }

    private static (XPathNavigator Root, XmlNamespaceManager Names) Open(byte[] bytes, string space)
    {
        var root = new XPathDocument(XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings())).CreateNavigator();
        var names = new XmlNamespaceManager(root.NameTable);
        names.AddNamespace("c", space);
        names.AddNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
        return (root, names);
    }
}
