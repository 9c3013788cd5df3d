using System.Collections.Frozen;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>版: the record tables in force for a 診療年月 and 受付年月.</summary>
internal sealed class Edition
{
    private const int Letters = 26;
    private readonly RecordShape?[] _byId = new RecordShape?[Letters * Letters];
    private readonly FrozenDictionary<string, CodeTable> _codes;

    public Edition(string kind, string name, EditionDates dates, IReadOnlyList<RecordShape> records, FrozenDictionary<string, CodeTable> codes)
    {
        Kind = kind;
        Name = name;
        Dates = dates;
        Records = records;
        _codes = codes;
        foreach (var record in records)
        {
            _byId[((record.Id[0] - 'A') * Letters) + record.Id[1] - 'A'] = record;
        }
    }

    /// <summary>医科.</summary>
    public string Kind { get; }

    /// <summary>E.g. 医科/2020-04.</summary>
    public string Name { get; }

    /// <summary>From when it is in force.</summary>
    public EditionDates Dates { get; }

    /// <summary>In the order of the specification.</summary>
    public IReadOnlyCollection<RecordShape> Records { get; }

    /// <summary>Shape of the record; null when the edition has no such record.</summary>
    public RecordShape? Record(ReadOnlySpan<byte> id) =>
        id.Length == 2 && id[0] is >= (byte)'A' and <= (byte)'Z' && id[1] is >= (byte)'A' and <= (byte)'Z'
            ? _byId[((id[0] - 'A') * Letters) + id[1] - 'A']
            : null;

    /// <inheritdoc cref="Record(ReadOnlySpan{byte})"/>
    public RecordShape? Record(string id) =>
        id.Length == 2 && char.IsAsciiLetterUpper(id[0]) && char.IsAsciiLetterUpper(id[1])
            ? _byId[((id[0] - 'A') * Letters) + id[1] - 'A']
            : null;

    /// <summary>The 別表 of that name; throws when there is none, because names come from the tables and from code.</summary>
    public CodeTable Code(string name) => _codes[name];

    /// <summary>All 別表.</summary>
    public IEnumerable<CodeTable> Codes => _codes.Values;
}

/// <summary>From when an edition is in force: both months must be reached; null means always.</summary>
/// <param name="Treatment">診療年月から.</param>
/// <param name="Reception">受付年月から.</param>
/// <param name="Change">What changed, for people.</param>
internal sealed record EditionDates(YearMonth? Treatment, YearMonth? Reception, string Change)
{
    public bool Cover(YearMonth treatment, YearMonth reception) =>
        (Treatment is not { } t || t <= treatment) && (Reception is not { } r || r <= reception);
}
