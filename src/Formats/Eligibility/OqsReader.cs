using System.Globalization;
using System.Text;
using System.Xml;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Formats.Eligibility;

/// <summary>What came of reading: the message unless a finding says it cannot be read.</summary>
/// <param name="Message">Null when it cannot be read.</param>
/// <param name="Encoding">How it was encoded.</param>
/// <param name="Findings">In the order they were met.</param>
public sealed record OqsReading(OqsMessage? Message, OqsEncoding Encoding, IReadOnlyList<OqsFinding> Findings)
{
    /// <summary>The finding because of which there is no message; null when there is one.</summary>
    public OqsFinding? Refusal => Message is null ? Findings.First(f => f.Rule.Severity == OqsSeverity.読めない) : null;
}

/// <summary>
/// Reads a message by element names: order does not matter, unknown elements are kept, missing and empty ones are tolerated and said. Never throws on any bytes.
/// </summary>
public static class OqsReader
{
    /// <summary>Reads a message of that shape.</summary>
    public static OqsReading Read(ReadOnlySpan<byte> bytes, OqsShape shape, OqsLimits? limits = null)
    {
        limits ??= OqsLimits.For(shape);
        var findings = new List<OqsFinding>();
        if (bytes.Length == 0 || bytes.Length > limits.MaxBytes)
        {
            findings.Add(bytes.Length == 0
                ? new OqsFinding(OqsRules.Empty, "", 0, "ファイルが空です。")
                : new OqsFinding(OqsRules.TooLarge, "", 0, string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:N0} バイトあります（上限 {limits.MaxBytes:N0}）。")));
            return new OqsReading(null, OqsEncoding.Utf8, findings);
        }

        if (OqsText.Decode(bytes, findings) is not var (text, encoding))
        {
            return new OqsReading(null, OqsEncoding.Utf8, findings);
        }

        var root = new Tree(findings, limits).Read(text, shape.Root);
        if (root is null)
        {
            return new OqsReading(null, encoding, findings);
        }

        var message = new OqsMessage(shape, root);
        OqsCheck.Run(message, findings);
        return new OqsReading(message, encoding, findings);
    }

    /// <summary>8 digits as they are compared and kept: blanks cut off, zeros in front. Anything but digits stays as it is.</summary>
    public static string CanonicalInsurer(string value)
    {
        var digits = value.Trim();
        return digits.Length is > 0 and < 8 && digits.All(char.IsAsciiDigit) ? digits.PadLeft(8, '0') : digits;
    }

    private sealed class Tree(List<OqsFinding> findings, OqsLimits limits)
    {
        private int _elements;

        public OqsElement? Read(string text, ElementShape root)
        {
            // Some programs write a blank line first, or end like a DOS file.
            text = text.Trim('\uFEFF', ' ', '\t', '\r', '\n', '\0', '\u001A');
            if (!SafeXml.IsModest(text))
            {
                findings.Add(new OqsFinding(OqsRules.TooComplex, "", 0, string.Create(CultureInfo.InvariantCulture, $"一つのタグか値が {SafeXml.MaxRun:N0} 文字より長くなっています。")));
                return null;
            }

            using var xml = SafeXml.Open(new StringReader(text), limits.MaxBytes);
            try
            {
                xml.MoveToContent();
                if (xml.LocalName != root.Name)
                {
                    findings.Add(new OqsFinding(OqsRules.WrongRoot, "", 1, "最上位の要素が XmlMsg ではありません。"));
                    return null;
                }

                var element = Element(xml, root, root.Name, 1);
                while (element is not null && xml.Read())
                {
                    // What follows the root must be well-formed too.
                }

                return element;
            }
            catch (XmlException e)
            {
                var dtd = text.Contains("<!DOCTYPE", StringComparison.Ordinal);
                findings.Add(dtd
                    ? new OqsFinding(OqsRules.HasDtd, "", e.LineNumber, "文書型宣言（DOCTYPE）があります。")
                    : new OqsFinding(OqsRules.Malformed, "", e.LineNumber, string.Create(CultureInfo.InvariantCulture, $"{e.LineNumber} 行 {e.LinePosition} 文字目で XML の形が壊れています。")));
                return null;
            }
        }

        private OqsElement? Element(XmlReader xml, ElementShape? shape, string path, int depth)
        {
            var line = ((IXmlLineInfo)xml).LineNumber;
            if (depth > OqsLimits.MaxDepth || ++_elements > limits.MaxElements)
            {
                findings.Add(new OqsFinding(OqsRules.TooComplex, path, line, $"要素が {OqsLimits.MaxDepth} 段より深いか、{limits.MaxElements} 個より多くあります。"));
                return null;
            }

            var element = new OqsElement(xml.LocalName) { Line = line };
            if (xml.HasAttributes)
            {
                Say(OqsRules.Attribute, path, line, "属性は読み捨てました。");
            }

            if (xml.IsEmptyElement)
            {
                return element;
            }

            var text = new StringBuilder();
            while (xml.Read() && xml.NodeType != XmlNodeType.EndElement)
            {
                if (xml.NodeType == XmlNodeType.Element)
                {
                    var name = xml.LocalName;
                    var known = shape?.Child(name) ?? shape?.ChildByAlias(name);
                    if (Element(xml, known, $"{path}/{name}", depth + 1) is not { } child)
                    {
                        return null;
                    }

                    element.Add(child);
                }
                else if (!Append(text, xml, path, line))
                {
                    return null;
                }
            }

            return Finish(element, shape, text.ToString(), path);
        }

        private bool Append(StringBuilder text, XmlReader xml, string path, int line)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                text.Append(xml.Value);
            }

            // Line breaks between elements are text too: only what is a value counts.
            if (text.Length <= OqsLimits.MaxText || string.IsNullOrWhiteSpace(xml.Value))
            {
                return true;
            }

            findings.Add(new OqsFinding(OqsRules.TooComplex, path, line, $"値が {OqsLimits.MaxText} 文字より長くなっています。"));
            return false;
        }

        private OqsElement Finish(OqsElement element, ElementShape? shape, string text, string path)
        {
            if (element.Children.Count > 0 || shape?.Type == ElementType.群)
            {
                if (!string.IsNullOrWhiteSpace(text))
                {
                    Say(OqsRules.WrongContent, path, element.Line, "要素の並びの中に文字があります。読み捨てました。");
                }

                Rename(element, shape, path);
            }
            else
            {
                element.Value = shape?.Type switch
                {
                    null or ElementType.文字 => text,
                    ElementType.保険者番号 => CanonicalInsurer(text),
                    _ => string.IsNullOrWhiteSpace(text) ? "" : text,
                };
            }

            return element;
        }

        // An alias stands for the element only where that is not there itself.
        private void Rename(OqsElement element, ElementShape? shape, string path)
        {
            HashSet<string>? filled = null;
            foreach (var child in element.Children)
            {
                if (shape is null || shape.Child(child.Name) is not null || shape.ChildByAlias(child.Name) is not { } meant)
                {
                    continue;
                }

                filled ??= [.. element.Children.Where(c => c.Value.Length > 0).Select(c => c.Name)];
                if (!filled.Contains(meant.Name))
                {
                    Say(OqsRules.Alias, $"{path}/{child.Name}", child.Line, $"{meant.Name}（{meant.Title}）として読みました。");
                    child.Name = meant.Name;
                    _ = child.Value.Length > 0 && filled.Add(meant.Name);
                }
            }
        }

        private void Say(OqsRule rule, string path, int line, string message)
        {
            if (findings.Count < OqsLimits.MaxFindings)
            {
                findings.Add(new OqsFinding(rule, path, line, message));
            }
        }
    }
}
