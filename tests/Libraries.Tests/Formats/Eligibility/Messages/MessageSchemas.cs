using System.Globalization;
using System.Text;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>docs/formats/eligibility/*.xsd from the tables: the shared groups, values and codes in types.xsd, one file per message over it.</summary>
internal static class MessageSchemas
{
    public const string Types = "types.xsd";

    public static IEnumerable<(string File, string Text)> Files()
    {
        yield return (Types, Shared());
        foreach (var shape in OqsShapes.All)
        {
            yield return ($"{shape.Name}.xsd", Message(shape));
        }
    }

    private static string Message(OqsShape shape)
    {
        var page = Begin($"{shape.InterfaceId} {shape.Title}".Trim() + $"（{shape.Certainty}）");
        page.Append(CultureInfo.InvariantCulture, $"  <xs:include schemaLocation=\"{Types}\"/>\n  <xs:element name=\"XmlMsg\">\n    <xs:complexType>\n      <xs:sequence>\n");
        page.Append(CultureInfo.InvariantCulture, $"        <xs:element name=\"MessageHeader\" type=\"{shape.Header.Block}\"/>\n");
        page.Append(CultureInfo.InvariantCulture, $"        <xs:element name=\"MessageBody\" type=\"{shape.Body.Block}\"{(shape.Body.Required ? "" : " minOccurs=\"0\"")}/>\n");
        return page.Append("      </xs:sequence>\n    </xs:complexType>\n  </xs:element>\n</xs:schema>\n").ToString();
    }

    private static string Shared()
    {
        var page = Begin("電文に共通の群・値・業務コード");
        var leaves = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var blocks = new SortedDictionary<string, ElementShape>(StringComparer.Ordinal);
        foreach (var part in OqsShapes.All.SelectMany(s => new[] { s.Header, s.Body }))
        {
            Collect(part, blocks, leaves);
        }

        foreach (var (name, block) in blocks)
        {
            page.Append(CultureInfo.InvariantCulture, $"  <xs:complexType name=\"{name}\">\n");
            Sequence(page, block, 4);
            page.Append("  </xs:complexType>\n");
        }

        foreach (var (name, restriction) in leaves)
        {
            page.Append(CultureInfo.InvariantCulture, $"  <xs:simpleType name=\"{name}\"><xs:restriction base=\"xs:string\">{restriction}</xs:restriction></xs:simpleType>\n");
        }

        foreach (var codes in OqsShapes.Codes.Values.OrderBy(c => c.Id, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"  <xs:simpleType name=\"{codes.Id}\">\n    <xs:annotation><xs:documentation>{codes.Title}</xs:documentation></xs:annotation>\n    <xs:restriction base=\"xs:string\">\n");
            foreach (var (code, text) in codes.Rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"      <xs:enumeration value=\"{code}\"><xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation></xs:enumeration>\n");
            }

            page.Append("    </xs:restriction>\n  </xs:simpleType>\n");
        }

        return page.Append("</xs:schema>\n").ToString();
    }

    private static void Collect(ElementShape shape, SortedDictionary<string, ElementShape> blocks, SortedDictionary<string, string> leaves)
    {
        if (shape.Block.Length > 0)
        {
            blocks[shape.Block] = shape;
        }

        if (shape.Type is not (ElementType.群 or ElementType.コード))
        {
            leaves[TypeName(shape)] = Restriction(shape);
        }

        foreach (var child in shape.Children)
        {
            Collect(child, blocks, leaves);
        }
    }

    private static void Sequence(StringBuilder page, ElementShape group, int indent)
    {
        var space = new string(' ', indent);
        if (group.Children.Count == 0)
        {
            return;
        }

        page.Append(space).Append("<xs:sequence>\n");
        foreach (var child in group.Children)
        {
            var occurs = (child.Required ? "" : " minOccurs=\"0\"") + (child.Many ? " maxOccurs=\"unbounded\"" : "");
            var open = $"{space}  <xs:element name=\"{child.Name}\"{(child.Type != ElementType.群 || child.Block.Length > 0 ? $" type=\"{TypeName(child)}\"" : "")}{occurs}>";
            page.Append(open).Append(CultureInfo.InvariantCulture, $"\n{space}    <xs:annotation><xs:documentation>{child.Title}{(child.Remark.Length > 0 ? $"。{child.Remark}" : "")}</xs:documentation></xs:annotation>\n");
            if (child.Type == ElementType.群 && child.Block.Length == 0)
            {
                page.Append(space).Append("    <xs:complexType>\n");
                Sequence(page, child, indent + 6);
                page.Append(space).Append("    </xs:complexType>\n");
            }

            page.Append(space).Append("  </xs:element>\n");
        }

        page.Append(space).Append("</xs:sequence>\n");
    }

    private static string TypeName(ElementShape shape) => shape.Type switch
    {
        ElementType.群 => shape.Block,
        ElementType.コード => shape.Codes!.Id,
        _ => shape.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{shape.Type}{shape.Length}") : shape.Type.ToString(),
    };

    private static string Restriction(ElementShape shape) => shape.Type switch
    {
        ElementType.文字 when shape.Length > 0 => $"<xs:maxLength value=\"{shape.Length}\"/>",
        ElementType.文字 => $"<xs:maxLength value=\"{OqsLimits.MaxText}\"/>",
        ElementType.数字 => Pattern($"[0-9]{{{shape.Length}}}"),
        ElementType.整数 => Pattern("[0-9]{1,9}"),
        ElementType.数 => Pattern(@"[0-9]+(\.[0-9]+)?"),
        ElementType.日 => Pattern("[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"),
        ElementType.日時 => Pattern("[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"),
        ElementType.年月 => Pattern("[0-9]{4}(0[1-9]|1[0-2])"),
        ElementType.保険者番号 => Pattern(" {0,7}[0-9]{1,8}") + "<xs:length value=\"8\"/>",
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static string Pattern(string pattern) => $"<xs:pattern value=\"{pattern}\"/>";

    private static StringBuilder Begin(string title) => new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .Append(CultureInfo.InvariantCulture, $"<!-- {title}: src/Formats/Eligibility/Tables の表から作られる（SEKISHO_APPROVE=1）。私たちが書く電文の形であり、公式の XML スキーマではない。 -->\n")
        .Append("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n");
}
