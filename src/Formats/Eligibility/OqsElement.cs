namespace Sekisho.Formats.Eligibility;

/// <summary>One element of a message: a value or further elements. All values are strings, their zeros and spaces kept.</summary>
public sealed class OqsElement
{
    // Most elements are values: no list for them.
    private List<OqsElement>? _children;

    /// <summary>A value, or with an empty one the beginning of a group.</summary>
    public OqsElement(string name, string value = "")
    {
        Name = name;
        Value = value;
    }

    /// <summary>Element name.</summary>
    public string Name { get; internal set; }

    /// <summary>The text; empty for a group. 保険者番号 are 8 digits here, whatever they were padded with.</summary>
    public string Value { get; internal set; }

    /// <summary>In the order they were read or added.</summary>
    public IReadOnlyList<OqsElement> Children => _children ?? [];

    /// <summary>Line where it was read; 0 when it was made.</summary>
    public int Line { get; internal init; }

    /// <summary>Value of the first element at <paramref name="path"/> (names joined by /); empty when there is none.</summary>
    public string this[string path] => Find(path)?.Value ?? "";

    /// <summary>The first element at <paramref name="path"/> (names joined by /).</summary>
    public OqsElement? Find(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? path.AsSpan() : path.AsSpan(0, slash);
        foreach (var child in Children)
        {
            if (name.SequenceEqual(child.Name))
            {
                return slash < 0 ? child : child.Find(path[(slash + 1)..]);
            }
        }

        return null;
    }

    /// <summary>Direct children of that name.</summary>
    public IEnumerable<OqsElement> All(string name) => Children.Where(c => c.Name == name);

    /// <summary>Elements of that name at any depth below.</summary>
    public IEnumerable<OqsElement> Descendants(string name) =>
        Children.SelectMany(c => c.Name == name ? c.Descendants(name).Prepend(c) : c.Descendants(name));

    /// <summary>Adds a value unless it is empty; returns this.</summary>
    public OqsElement Add(string name, string? value) => string.IsNullOrEmpty(value) ? this : Add(new OqsElement(name, value));

    /// <summary>Adds an element; returns this.</summary>
    public OqsElement Add(OqsElement child)
    {
        (_children ??= []).Add(child);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A message: header, body, and whatever else stood beside them.</summary>
public sealed class OqsMessage
{
    /// <summary>A message around a root element XmlMsg.</summary>
    public OqsMessage(OqsShape shape, OqsElement root)
    {
        Shape = shape;
        Root = root;
    }

    /// <summary>Which message it is.</summary>
    public OqsShape Shape { get; }

    /// <summary>XmlMsg.</summary>
    public OqsElement Root { get; }

    /// <summary>MessageHeader; an empty one when it is missing.</summary>
    public OqsElement Header => Root.Find("MessageHeader") ?? new OqsElement("MessageHeader");

    /// <summary>MessageBody; an empty one when it is missing, as in an answer that failed as a whole.</summary>
    public OqsElement Body => Root.Find("MessageBody") ?? new OqsElement("MessageBody");

    /// <summary>The header as a view.</summary>
    public T ReadHeader<T>()
        where T : class, new() => Views.OqsView.Read<T>(Header);

    /// <summary>The body as a view.</summary>
    public T ReadBody<T>()
        where T : class, new() => Views.OqsView.Read<T>(Body);

    /// <summary>A message from views; without <paramref name="body"/> it has none.</summary>
    public static OqsMessage Of(OqsShape shape, object header, object? body = null)
    {
        var root = new OqsElement("XmlMsg").Add(Views.OqsView.Write(header, shape.Header));
        return new OqsMessage(shape, body is null ? root : root.Add(Views.OqsView.Write(body, shape.Body)));
    }
}
