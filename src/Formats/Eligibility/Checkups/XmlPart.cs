using System.Text;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>One element as it was read: enough for a small document, and nothing that could fetch or expand anything.</summary>
internal sealed class XmlPart(string space, string name, int line)
{
    private StringBuilder? _text;

    public string Space { get; } = space;

    public string Name { get; } = name;

    /// <summary>1-based line of the start tag.</summary>
    public int Line { get; } = line;

    /// <summary>The text directly inside, without that of children.</summary>
    public string Text => _text?.ToString().Trim() ?? "";

    public List<XmlPart> Children { get; } = [];

    /// <summary>Local names; xsi:type is "xsi:type".</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    public string this[string attribute] => Attributes.GetValueOrDefault(attribute, "");

    public XmlPart? Child(string name) => Children.Find(c => c.Name == name);

    public IEnumerable<XmlPart> All(string name) => Children.Where(c => c.Name == name);

    /// <summary>Down a path of names; null when a step is missing.</summary>
    public XmlPart? Path(params ReadOnlySpan<string> names)
    {
        var part = this;
        foreach (var name in names)
        {
            part = part.Child(name);
            if (part is null)
            {
                return null;
            }
        }

        return part;
    }

    public void Add(string text) => (_text ??= new StringBuilder()).Append(text);
}
