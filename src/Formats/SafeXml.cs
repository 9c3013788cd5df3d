using System.Xml;

namespace Sekisho.Formats;

/// <summary>The one way XML from outside is opened: no DTD, so no entities beyond the five of XML, nothing fetched, a limit on characters.</summary>
internal static class SafeXml
{
    /// <summary>Characters from one &lt; to the next: a tag with its attributes and the text behind it.</summary>
    public const int MaxRun = 32 * 1024;

    /// <summary>
    /// True when no tag or text is longer than <see cref="MaxRun"/>. To be asked before reading: a tag with a million attributes holds the runtime's reader for a
    /// minute, because it compares each with each.
    /// </summary>
    public static bool IsModest(ReadOnlySpan<char> text)
    {
        while (text.Length > MaxRun)
        {
            var next = text[1..].IndexOf('<');
            if (next < 0 || next >= MaxRun)
            {
                return false;
            }

            text = text[(next + 1)..];
        }

        return true;
    }

    /// <summary>Reads <paramref name="text"/>, already decoded: the encoding named in its declaration is not looked at again.</summary>
    public static XmlReader Open(TextReader text, long maxCharacters) => XmlReader.Create(text, Settings(maxCharacters));

    /// <summary>The settings of <see cref="Open"/>, for a reader that also validates.</summary>
    public static XmlReaderSettings Settings(long maxCharacters) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = maxCharacters,
        CheckCharacters = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };
}
