namespace Sekisho.Formats.Claims;

/// <summary>A field of a claim as a person reads it.</summary>
/// <param name="Item">項番.</param>
/// <param name="Name">項目名.</param>
/// <param name="Value">Decoded value as recorded; may be empty.</param>
/// <param name="Meaning">Text of the code where the item has a code table or master, 和暦 where it is a date; otherwise empty.</param>
public sealed record ClaimField(int Item, string Name, string Value, string Meaning);

/// <summary>A record of a claim.</summary>
/// <param name="Line">Line within the slice, 1-based.</param>
/// <param name="Id">レコード識別情報.</param>
/// <param name="Name">レコード名, e.g. 傷病名レコード.</param>
/// <param name="Fields">All fields in order, missing trailing ones included as empty.</param>
public sealed record ClaimRecord(int Line, string Id, string Name, IReadOnlyList<ClaimField> Fields)
{
    /// <summary>Value of the field named <paramref name="name"/> (first of that name); empty when absent.</summary>
    public string this[string name] => Fields.FirstOrDefault(f => f.Name == name)?.Value ?? "";
}

/// <summary>One claim opened for reading by a person. For display only: the check never builds these.</summary>
/// <param name="Records">In file order.</param>
public sealed record ClaimDocument(IReadOnlyList<ClaimRecord> Records)
{
    /// <summary>Opens the slice of one claim (RE through its last record). Never throws on data.</summary>
    public static ClaimDocument Open(ReadOnlySpan<byte> slice, Masters.MasterSet? masters = null) => ClaimOpener.Open(slice, masters);
}
