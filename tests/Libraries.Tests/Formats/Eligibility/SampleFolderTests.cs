using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Schema;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility;

/// <summary>Every file of ../shared/data/eligibility has a reader of ours; a new one that has none fails here.</summary>
public sealed class SampleFolderTests
{
    // Where the folder is from.
    private static readonly string[] _toPeople = ["SOURCES.md"];

    [Fact]
    public void EveryFile_IsTakenByAReaderOfOurs()
    {
        var folder = SourceTree.Shared("data", "eligibility");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count >= 50, $"{files.Count}");
        Assert.All(files.Except(_toPeople), file => Assert.True(IsRead(Path.Combine(folder, file), file), $"Nobody reads {file}"));
        Assert.All(_toPeople, f => Assert.Contains(f, files));
    }

    private static bool IsRead(string path, string file)
    {
        var name = Path.GetFileName(file);
        return (file.Split('/')[0], Path.GetExtension(name)) switch
        {
            ("bulk" or "drug" or "qualification", ".xml") => IsMessage(path, name),
            ("qualification", ".txt") => AppText.Read(File.ReadAllText(path)) is not null,
            ("checkup", ".xml") when file.StartsWith("checkup/cda/", StringComparison.Ordinal) => IsDocument(File.ReadAllBytes(path), name),
            ("checkup", ".xml") => IsMessage(path, name),
            ("checkup", ".xsd") => IsSchema(path),
            ("checkup", ".csv") => IsTable(path, name),
            ("codes", ".csv") => File.ReadLines(path).Skip(1).All(l => l.Split(',').Length > 1),
            ("codes", ".json") => IsJson(path),
            _ => false,
        };
    }

    private static bool IsMessage(string path, string name) =>
        OqsShapes.All.FirstOrDefault(s => name.StartsWith(s.Name, StringComparison.Ordinal)) is { } shape && OqsReader.Read(File.ReadAllBytes(path), shape).Message is not null;

    /// <summary>A result, a claim, an index or a summary; the empty templates are read as what they are, and not acceptable.</summary>
    private static bool IsDocument(byte[] bytes, string name)
    {
        var (notes, reading) = (new CheckupNotes(name), CheckupReading.Default);
        return name switch
        {
            _ when name.Contains("CDA", StringComparison.Ordinal) || name[0] == 'h' => CheckupDocuments.Read(bytes, reading, name) is var file && (name[0] == 't' ? !file.Acceptable : file.Document is not null),
            _ when name.Contains("CCV08", StringComparison.Ordinal) || name[0] == 'c' => CheckupDocuments.ReadClaim(bytes, reading, name) is var file && (name[0] == 't' ? !file.Acceptable : file.Claim is not null),
            _ when name.Contains("IX", StringComparison.Ordinal) || name[0] == 'i' => ManifestReader.Index(bytes, notes) is not null || notes.List.Count > 0,
            _ when name.Contains("SU", StringComparison.Ordinal) || name[0] == 's' => ManifestReader.Summary(bytes, notes) is not null || notes.List.Count > 0,
            _ => false,
        };
    }

    private static bool IsSchema(string path)
    {
        using var xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XmlSchema.Read(xml, (_, e) => Assert.Fail(e.Message)) is not null && CheckupFacts.Schemas is not null;
    }

    /// <summary>The official tables of items; and what other programs know of the same items: every code of theirs is one of ours, in the same unit.</summary>
    private static bool IsTable(string path, string name)
    {
        using var csv = new StreamReader(path, Encoding.UTF8);
        if (name.StartsWith("XMLhc24", StringComparison.Ordinal))
        {
            return CheckupItemTable.FromOfficial(csv).Items.Length > 0;
        }

        var rows = csv.ReadToEnd().Split('\n').Select(l => l.TrimEnd('\r').Split(',')).ToList();
        switch (name)
        {
            case "C2XDTBL001-2024.csv":
                return Codes(rows, 10).Count() == 105;
            case "ITEMBasicInfo_reference_ranges.csv":
                var ranges = rows.Where(r => r[0].Length == 17 && r[0][0] != 'X').ToList();
                // One of theirs is cut off ("U/").
                Assert.All(ranges, r => Assert.True(Fold(Item(r[0]).Unit).StartsWith(Fold(r[9]), StringComparison.Ordinal), $"{r[0]} {Item(r[0]).Unit} {r[9]}"));
                return ranges.Count == 96;
            case "METHODCVTB.csv":
                var methods = rows.Where(r => r[0].Length == 17).ToList();
                return methods.Count == 90 && methods.All(r => r.Length > 2);
            default:
                return false;
        }
    }

    private static IEnumerable<CheckupItem> Codes(IEnumerable<string[]> rows, int column) =>
        rows.Where(r => r.Length > column && r[column].Length == 17 && r[column].All(char.IsAsciiLetterOrDigit)).Select(r => Item(r[column]));

    private static string Fold(string unit) => unit.Replace('％', '%').ToUpperInvariant();

    private static CheckupItem Item(string code)
    {
        using var csv = new StreamReader(SourceTree.Shared("data", "eligibility", "checkup", "XMLhc24ext.csv"), Encoding.UTF8);
        return CheckupItemTable.Default.Find(code) ?? CheckupItemTable.FromOfficial(csv).Find(code) ?? throw new InvalidDataException(code);
    }

    private static bool IsJson(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return json.RootElement.GetArrayLength() > 0;
    }
}
