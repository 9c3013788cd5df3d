using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace Sekisho.Server.Edge;

/// <summary>What the comments beside the assemblies say of types, their members and the values of enums; nothing where a site was installed without them.</summary>
internal static partial class OpenApiComments
{
    private static readonly ConcurrentDictionary<Assembly, FrozenDictionary<string, string>> _files = new();

    public static string Of(Type type) => Text(type, "T:", "");

    /// <summary>Of a property, or of the record's parameter that became it.</summary>
    public static string Of(Type type, string property) => Text(type, "P:", "." + property) is { Length: > 0 } said ? said : Text(type, "T:", "(" + property);

    public static string OfValue(Type type, string value) => Text(type, "F:", "." + value);

    private static string Text(Type type, string kind, string member) =>
        _files.GetOrAdd(type.Assembly, Read).GetValueOrDefault($"{kind}{type.FullName?.Replace('+', '.')}{member}", "");

    private static FrozenDictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        var texts = new Dictionary<string, string>();
        if (File.Exists(file))
        {
            using var xml = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (xml.ReadToFollowing("member"))
            {
                var member = xml.GetAttribute("name")!;
                using var inside = xml.ReadSubtree();
                Read(inside, member, texts);
            }
        }

        return texts.ToFrozenDictionary();
    }

    private static void Read(XmlReader member, string name, Dictionary<string, string> texts)
    {
        while (member.Read())
        {
            if (member is { NodeType: XmlNodeType.Element, Name: "summary" or "param" })
            {
                var key = member.Name == "summary" ? name : $"{name}({member.GetAttribute("name")}";
                using var text = member.ReadSubtree();
                texts.TryAdd(key, Line(text));
            }
        }
    }

    /// <summary>On one line, references to members as they are called in JSON.</summary>
    private static string Line(XmlReader text)
    {
        var line = new StringBuilder();
        for (var first = true; text.Read();)
        {
            line.Append(text.NodeType switch
            {
                XmlNodeType.Element when !first => Named(text),
                XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace => text.Value,
                _ => "",
            });
            first = false;
        }

        return Blanks().Replace(line.ToString(), " ").Trim();
    }

    private static string Named(XmlReader element)
    {
        var reference = element.GetAttribute("cref") ?? "";
        var name = reference.Length > 0 ? reference[(reference.LastIndexOf('.') + 1)..] : element.GetAttribute("name") ?? "";
        return reference.StartsWith("P:", StringComparison.Ordinal) || element.Name == "paramref" ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
