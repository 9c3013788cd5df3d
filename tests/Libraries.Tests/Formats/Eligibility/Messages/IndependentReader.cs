using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sekisho.Formats.Eligibility;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>Reads what we write without a line of what we read with: LINQ to XML over the runtime's own decoding, padding undone by its own rule.</summary>
internal static class IndependentReader
{
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public static XDocument Open(byte[] bytes)
    {
        var head = Encoding.ASCII.GetString(bytes[..60]);
        var text = (head.Contains("encoding=\"Shift_JIS\"", StringComparison.Ordinal) ? ShiftJis : Encoding.UTF8).GetString(bytes);
        using var xml = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(xml, LoadOptions.PreserveWhitespace);
    }

    /// <summary>Every value with its path, siblings sorted by name: equal for the same message whatever its order.</summary>
    public static IReadOnlyList<string> Values(XElement element, string path = "")
    {
        var here = $"{path}/{element.Name.LocalName}";
        return element.HasElements
            ? [.. element.Elements().OrderBy(e => e.Name.LocalName, StringComparer.Ordinal).SelectMany(e => Values(e, here))]
            : [$"{here}={(element.Name.LocalName == "InsurerNumber" ? element.Value.TrimStart().PadLeft(8, '0') : element.Value)}"];
    }

    /// <summary>The same of a message.</summary>
    public static IReadOnlyList<string> Values(OqsElement element, string path = "")
    {
        var here = $"{path}/{element.Name}";
        return element.Children.Count > 0
            ? [.. element.Children.OrderBy(e => e.Name, StringComparer.Ordinal).SelectMany(e => Values(e, here))]
            : [$"{here}={element.Value}"];
    }
}
