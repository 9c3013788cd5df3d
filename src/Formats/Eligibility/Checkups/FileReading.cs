using System.Globalization;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>What the readers of the four kinds of file share: bytes to a root element, and values out of elements, each fault a finding.</summary>
internal static class FileReading
{
    /// <summary>The root element, if the bytes are the document that was asked for.</summary>
    public static XmlPart? Root(ReadOnlyMemory<byte> bytes, string space, string name, CheckupNotes notes)
    {
        var outcome = XmlTree.Read(bytes);
        if (outcome.Root is not { } root)
        {
            notes.Add(Trouble(outcome.Trouble), outcome.Line);
            return null;
        }

        var old = space == CheckupOids.Mhlw && root.Space == CheckupOids.OldMhlw;
        if (root.Name != name || (root.Space != space && !old))
        {
            notes.Add(CheckupRules.WrongRoot, root.Line, detail: $"{name} のはずです");
            return null;
        }

        if (old)
        {
            notes.Add(CheckupRules.OldNamespace, root.Line);
        }

        return root;
    }

    /// <summary>The part down a path; a missing one is a finding.</summary>
    public static XmlPart? Need(this XmlPart part, CheckupNotes notes, params ReadOnlySpan<string> path)
    {
        var found = part.Path(path);
        if (found is null)
        {
            notes.Add(CheckupRules.NoElement, part.Line, string.Join('/', path.ToArray()));
        }

        return found;
    }

    /// <summary>YYYYMMDD of a day that exists; longer instants (YYYYMMDDhhmmss) by their day.</summary>
    public static DateOnly? Day(string text) =>
        text.Length >= 8 && CalendarDate.TryParse(text.AsSpan(0, 8), out var day) ? day.Day : null;

    /// <summary>The day in the value attribute of a time element, or of its low or high.</summary>
    public static DateOnly? Time(XmlPart? part) =>
        part is null ? null : Day(part["value"]) ?? Day(part.Child("low")?["value"] ?? "") ?? Day(part.Child("high")?["value"] ?? "");

    /// <summary>A count or an amount up to nine digits; anything else is a finding and null.</summary>
    public static int? Amount(XmlPart? part, CheckupNotes notes, string place)
    {
        if (part is null)
        {
            return null;
        }

        var text = part["value"];
        if (text.Length is > 0 and <= 9 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return amount;
        }

        notes.Add(CheckupRules.Amount, part.Line, place, value: text);
        return null;
    }

    private static CheckupRule Trouble(XmlTrouble trouble) => trouble switch
    {
        XmlTrouble.Dtd => CheckupRules.HasDtd,
        XmlTrouble.TooDeep => CheckupRules.TooDeep,
        XmlTrouble.Encoding => CheckupRules.NotUtf8,
        _ => CheckupRules.NotXml,
    };
}
