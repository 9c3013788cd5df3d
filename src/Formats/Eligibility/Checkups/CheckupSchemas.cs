using System.Collections.Frozen;
using System.Text;
using System.Xml;
using System.Xml.Schema;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>
/// The official XSDs (V08), from a folder a site configures: they are not shipped. The site's own administrator put them there, so they are trusted as
/// configuration; still nothing outside that folder is opened.
/// </summary>
public sealed class CheckupSchemas
{
    private const int MostFindings = 20;

    private static readonly (string Root, string Space, string File)[] Known =
    [
        ("ClinicalDocument", CheckupOids.Cda, "hc08_V08.xsd"),
        ("checkupClaim", CheckupOids.Mhlw, "cc08_V08.xsd"),
        ("index", CheckupOids.Mhlw, "ix08_V08.xsd"),
        ("summary", CheckupOids.Mhlw, "su08_V08.xsd"),
    ];

    private readonly FrozenDictionary<string, XmlSchemaSet> _sets;

    private CheckupSchemas(Dictionary<string, XmlSchemaSet> sets) => _sets = sets.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Loads hc08, cc08, ix08 and su08 with what they include.</summary>
    /// <exception cref="InvalidDataException">A file is missing or is not a schema: a mistake of configuration.</exception>
    public static CheckupSchemas Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var sets = new Dictionary<string, XmlSchemaSet>();
        foreach (var (root, _, file) in Known)
        {
            sets[root] = Load(Path.GetFullPath(folder), file);
        }

        return new CheckupSchemas(sets);
    }

    /// <summary>What does not follow the schema of its kind; empty when the file is valid.</summary>
    public IReadOnlyList<CheckupFinding> Validate(ReadOnlyMemory<byte> bytes, string file)
    {
        var notes = new CheckupNotes(file);
        Validate(bytes, notes);
        return notes.List;
    }

    internal static XmlSchemaSet Load(string folder, string file)
    {
        var resolver = new FolderResolver(folder);
        var set = new XmlSchemaSet { XmlResolver = resolver };
        try
        {
            using var reader = XmlReader.Create(resolver.Open(file), SafeXml.Settings(0), new Uri(Path.Combine(folder, file)).AbsoluteUri);
            set.Add(null, reader);
            set.Compile();
            return set;
        }
        catch (Exception broken) when (broken is XmlException or XmlSchemaException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"XSD {file} を読めません: {broken.Message}", broken);
        }
    }

    internal void Validate(ReadOnlyMemory<byte> bytes, CheckupNotes notes)
    {
        var root = XmlTree.Read(bytes).Root;
        if (root is not null && _sets.TryGetValue(root.Name, out var set))
        {
            Validate(bytes, set, notes);
        }
    }

    internal static void Validate(ReadOnlyMemory<byte> bytes, XmlSchemaSet set, CheckupNotes notes)
    {
        var settings = SafeXml.Settings(Math.Max(1, bytes.Length));
        settings.ValidationType = ValidationType.Schema;
        settings.Schemas = set;

        // Without a declaration for the root, validation would pass silently with a warning.
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        var found = 0;
        settings.ValidationEventHandler += (_, wrong) =>
        {
            if (++found <= MostFindings)
            {
                // The validator's words quote the value, so they are a value.
                notes.Add(CheckupRules.SchemaInvalid, wrong.Exception.LineNumber, detail: $"{wrong.Exception.LineNumber} 行", value: wrong.Message);
            }
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(XmlTree.Decode(bytes.Span)), settings);
            while (reader.Read())
            {
            }
        }
        catch (XmlException broken)
        {
            notes.Add(CheckupRules.NotXml, broken.LineNumber);
        }
        catch (DecoderFallbackException)
        {
            notes.Add(CheckupRules.NotUtf8);
        }
    }

    /// <summary>Opens files below one folder and nothing else.</summary>
    private sealed class FolderResolver(string folder) : XmlResolver
    {
        private readonly string _folder = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;

        public FileStream Open(string file) => File.OpenRead(Path.Combine(_folder, file));

        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn)
        {
            var path = absoluteUri.IsFile ? Path.GetFullPath(absoluteUri.LocalPath) : "";
            return path.StartsWith(_folder, StringComparison.Ordinal) && File.Exists(path)
                ? File.OpenRead(path)
                : throw new XmlException($"XSD の参照先 {Path.GetFileName(absoluteUri.AbsolutePath)} がフォルダーの中にありません。");
        }
    }
}
