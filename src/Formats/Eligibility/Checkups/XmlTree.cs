using System.Text;
using System.Xml;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Why a file could not be read as XML.</summary>
internal enum XmlTrouble
{
    None,
    NotWellFormed,
    Dtd,
    TooDeep,
    Encoding,
}

/// <summary>What was read, or why not and where.</summary>
internal readonly record struct XmlOutcome(XmlPart? Root, XmlTrouble Trouble, int Line);

/// <summary>
/// Reads XML that anybody may have written: no DTD, no external entity, a bounded depth and number of elements, UTF-8 only. Never throws for what
/// the bytes hold. The walk is not recursive.
/// </summary>
internal static class XmlTree
{
    private const int MaximumDepth = 64;
    private const int MaximumParts = 100_000;

    private static readonly string[] Allowed = ["", "utf-8"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static XmlOutcome Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.IndexOf("<!DOCTYPE"u8) >= 0 || bytes.Span.IndexOf("<!ENTITY"u8) >= 0)
        {
            return new XmlOutcome(null, XmlTrouble.Dtd, 1);
        }

        if (Declared(bytes.Span) is { } encoding && !Allowed.Contains(encoding, StringComparer.OrdinalIgnoreCase))
        {
            return new XmlOutcome(null, XmlTrouble.Encoding, 1);
        }

        try
        {
            var text = Decode(bytes.Span);
            if (!SafeXml.IsModest(text))
            {
                return new XmlOutcome(null, XmlTrouble.TooDeep, 1);
            }

            using var reader = SafeXml.Open(new StringReader(text), text.Length);
            return Walk(reader);
        }
        catch (XmlException broken)
        {
            return new XmlOutcome(null, XmlTrouble.NotWellFormed, Math.Max(1, broken.LineNumber));
        }
        catch (DecoderFallbackException)
        {
            return new XmlOutcome(null, XmlTrouble.Encoding, 1);
        }
    }

    /// <summary>The bytes as UTF-8 whatever they declare; what is not UTF-8 ends with <see cref="DecoderFallbackException"/>.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) =>
        Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);

    // encoding="…" of the XML declaration, in the first 200 bytes.
    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(200, bytes.Length)]);
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        var at = head.IndexOf("encoding", StringComparison.Ordinal);
        if (end < 0 || at < 0 || at > end)
        {
            return null;
        }

        var open = head.AsSpan(at, end - at).IndexOfAny('"', '\'');
        if (open < 0)
        {
            return null;
        }

        var rest = head[(at + open + 1)..end];
        var close = rest.IndexOfAny(['"', '\'']);
        return close < 0 ? null : rest[..close];
    }

    private static XmlOutcome Walk(XmlReader reader)
    {
        var open = new Stack<XmlPart>();
        XmlPart? root = null;
        var parts = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count >= MaximumDepth || ++parts > MaximumParts)
                    {
                        return new XmlOutcome(null, XmlTrouble.TooDeep, Line(reader));
                    }

                    var part = Part(reader);
                    (open.TryPeek(out var parent) ? parent.Children : null)?.Add(part);
                    root ??= part;
                    if (!reader.IsEmptyElement)
                    {
                        open.Push(part);
                    }

                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Add(reader.Value);
                    break;
            }
        }

        return new XmlOutcome(root, root is null ? XmlTrouble.NotWellFormed : XmlTrouble.None, 1);
    }

    private static int Line(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;

    private static XmlPart Part(XmlReader reader)
    {
        var part = new XmlPart(reader.NamespaceURI, reader.LocalName, Line(reader));
        while (reader.MoveToNextAttribute())
        {
            var name = reader.NamespaceURI == CheckupOids.Instance ? "xsi:" + reader.LocalName : reader.LocalName;
            part.Attributes[name] = reader.Value;
        }

        // Back from the attributes: IsEmptyElement is the element's word.
        reader.MoveToElement();
        return part;
    }
}
