using System.Buffers;
using System.Text;
using System.Xml;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Formats.Eligibility;

/// <summary>What came of writing: the bytes, unless a character could not be written.</summary>
/// <param name="Bytes">Null when a finding says why not.</param>
/// <param name="Findings">One per character that could not be written.</param>
public sealed record OqsWriting(byte[]? Bytes, IReadOnlyList<OqsFinding> Findings);

/// <summary>
/// Writes a message in the order of its table, unknown elements last in their group. No byte order mark. A character the encoding does not have
/// is refused with its element, never replaced.
/// </summary>
public static class OqsWriter
{
    private const string CharacterCode = "CharacterCodeIdentifier";

    /// <summary>Writes it; answers say in CharacterCodeIdentifier how they are encoded.</summary>
    public static OqsWriting Write(OqsMessage message, OqsEncoding encoding)
    {
        var writing = new Text(encoding);
        writing.Element(message.Root, message.Shape.Root, message.Root.Name, 0);
        return writing.Findings.Count > 0
            ? new OqsWriting(null, writing.Findings)
            : new OqsWriting(OqsText.Of(encoding).GetBytes(writing.ToString()), []);
    }

    /// <summary>The message with ● for every character that could not be written: what a centre does for a desk that reads Shift_JIS. The given one stays as it is.</summary>
    public static OqsMessage Masked(OqsMessage message, OqsEncoding encoding) => new(message.Shape, Masked(message.Root, new Text(encoding)));

    private static OqsElement Masked(OqsElement element, Text writing)
    {
        var masked = new OqsElement(element.Name, writing.Masked(element.Value)) { Line = element.Line };
        foreach (var child in element.Children)
        {
            masked.Add(Masked(child, writing));
        }

        return masked;
    }

    private sealed class Text(OqsEncoding encoding)
    {
        private readonly StringBuilder _text = new StringBuilder(2_000)
            .Append("<?xml version=\"1.0\" encoding=\"").Append(OqsText.Word(encoding)).Append("\" standalone=\"no\"?>\r\n");

        // What is written otherwise than it is, and what cannot be written at all.
        private static readonly SearchValues<char> Suspicious = SearchValues.Create(
            [.. "&<>\r\uFFFE\uFFFF", .. Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c is not ('\t' or '\n'))]);

        private readonly Encoding _encoding = OqsText.Of(encoding);

        public List<OqsFinding> Findings { get; } = [];

        public override string ToString() => _text.ToString();

        public void Element(OqsElement element, ElementShape? shape, string path, int depth)
        {
            var isGroup = element.Children.Count > 0 || (shape?.Type == ElementType.群 && element.Value.Length == 0);
            _text.Append(' ', depth * 2).Append('<').Append(element.Name).Append('>');
            if (isGroup)
            {
                _text.Append("\r\n");
                Children(element, shape, path, depth + 1);
                _text.Append(' ', depth * 2);
            }
            else
            {
                Value(shape?.Type == ElementType.保険者番号 ? Padded(element.Value) : element.Value, element.Name, path);
            }

            _text.Append("</").Append(element.Name).Append(">\r\n");
        }

        private void Children(OqsElement element, ElementShape? shape, string path, int depth)
        {
            foreach (var known in shape?.Children ?? [])
            {
                if (known.Name == CharacterCode)
                {
                    Element(new OqsElement(CharacterCode, encoding == OqsEncoding.Utf8 ? "0" : "1"), known, $"{path}/{CharacterCode}", depth);
                    continue;
                }

                foreach (var child in element.Children)
                {
                    if (child.Name == known.Name)
                    {
                        Element(child, known, $"{path}/{child.Name}", depth);
                    }
                }
            }

            foreach (var child in element.Children)
            {
                if (shape?.Child(child.Name) is null)
                {
                    Element(child, null, $"{path}/{child.Name}", depth);
                }
            }
        }

        // Numbers of 6 digits (国民健康保険) stand right-aligned: "  138057".
        private static string Padded(string value)
        {
            var canonical = OqsReader.CanonicalInsurer(value);
            return canonical.Length == 8 && canonical.StartsWith("00", StringComparison.Ordinal) ? canonical.TrimStart('0').PadLeft(8) : canonical;
        }

        private void Value(string value, string name, string path)
        {
            // Nearly every value is plain text that the encoding has.
            if (!CanEncode(value) || value.AsSpan().ContainsAny(Suspicious))
            {
                Judge(value, name, path);
                value = value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
                    .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\r", "&#xD;", StringComparison.Ordinal);
            }

            _text.Append(value);
        }

        private void Judge(string value, string name, string path)
        {
            var before = Findings.Count;
            foreach (var rune in value.EnumerateRunes())
            {
                if (!IsXml(rune))
                {
                    Findings.Add(new OqsFinding(OqsRules.Unwritable, path, 0, $"{name} に XML で書けない文字 U+{rune.Value:X4} があります。"));
                }
                else if (!CanEncode(rune.ToString()))
                {
                    Findings.Add(new OqsFinding(OqsRules.Unencodable, path, 0, $"{name} の文字「{rune}」（U+{rune.Value:X4}）は {OqsText.Word(encoding)} にありません。"));
                }
            }

            // Half of a character beyond U+FFFF is no rune.
            if (Findings.Count == before && !CanEncode(value))
            {
                Findings.Add(new OqsFinding(OqsRules.Unwritable, path, 0, $"{name} に文字の片割れ（サロゲート）があります。"));
            }
        }

        public string Masked(string value) => CanEncode(value) && !value.AsSpan().ContainsAny(Suspicious)
            ? value
            : string.Concat(value.EnumerateRunes().Select(r => r != Rune.ReplacementChar && IsXml(r) && CanEncode(r.ToString()) ? r.ToString() : NameMatch.Unknown.ToString()));

        private static bool IsXml(Rune rune) => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value);

        private bool CanEncode(string value)
        {
            if (Ascii.IsValid(value))
            {
                return true;
            }

            try
            {
                return _encoding.GetByteCount(value) > 0;
            }
            catch (EncoderFallbackException)
            {
                return false;
            }
        }
    }
}
