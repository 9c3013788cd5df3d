using System.Globalization;
using System.Text;
using System.Xml;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Writes the XML of the exchange files: UTF-8 without mark, indented, the same bytes from the same values on every machine.</summary>
internal sealed class XmlOut : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _writer;

    private XmlOut(string space, string root, string schema)
    {
        _writer = XmlWriter.Create(_bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize });
        _writer.WriteStartDocument();
        _writer.WriteStartElement(root, space);
        _writer.WriteAttributeString("xmlns", "xsi", null, CheckupOids.Instance);
        _writer.WriteAttributeString("xsi", "schemaLocation", CheckupOids.Instance, $"{space} {schema}");
        Space = space;
    }

    public string Space { get; }

    public static byte[] Write(string space, string root, string schema, Action<XmlOut> content)
    {
        using var xml = new XmlOut(space, root, schema);
        content(xml);
        xml._writer.WriteEndDocument();
        xml._writer.Flush();
        return xml._bytes.ToArray();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    /// <summary>An element with attributes in the order given; those without a value are left out.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _writer.WriteEndElement();
    }

    /// <summary>The same around something.</summary>
    public void Around(string name, Action content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        content();
        _writer.WriteEndElement();
    }

    public void Text(string name, string text)
    {
        _writer.WriteStartElement(name, Space);
        _writer.WriteString(text);
        _writer.WriteEndElement();
    }

    /// <summary>Text beside child elements (住所).</summary>
    public void Bare(string text) => _writer.WriteString(text);

    public static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _writer.WriteStartElement(name, Space);
        foreach (var (attribute, value) in attributes)
        {
            if (value.Length == 0)
            {
                continue;
            }

            if (attribute == "xsi:type")
            {
                _writer.WriteAttributeString("xsi", "type", CheckupOids.Instance, value);
            }
            else
            {
                _writer.WriteAttributeString(attribute, value);
            }
        }
    }
}
