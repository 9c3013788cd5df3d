using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Claims.Writing;

/// <summary>
/// Writes a claim file of 医科 in the newest edition: all commas to the last column, CR LF, and 0x1A at the end.
/// It knows bytes and columns, not rules: a wrong value is written as it is given and found by the check.
/// </summary>
/// <param name="output">Receives Shift_JIS bytes; not closed.</param>
public sealed class ClaimFileWriter(Stream output)
{
    private readonly Edition _edition = Editions.All[^1];
    private bool _complete;

    /// <summary>Writes a record with nothing but its id.</summary>
    public void Record(string id) => Write(Shape(id), []);

    /// <summary>Writes a record by 項目名. Where a name stands twice (予備) the first one is meant; use 項番 for the others.</summary>
    /// <exception cref="ArgumentException">No such record or item, an item given twice, or a value that cannot be recorded.</exception>
    public void Record(string id, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var shape = Shape(id);
        Write(shape, fields.Select(f => (shape.Item(f.Name), f.Value)));
    }

    /// <summary>Writes a record by 項番.</summary>
    /// <exception cref="ArgumentException">No such record or item, an item given twice, or a value that cannot be recorded.</exception>
    public void Record(string id, params (int Item, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Write(Shape(id), fields);
    }

    /// <summary>Ends the file with 0x1A. Nothing can be written afterwards.</summary>
    public void Complete()
    {
        EnsureOpen();
        _complete = true;
        output.WriteByte(0x1A);
        output.Flush();
    }

    private RecordShape Shape(string id) =>
        _edition.Record(id) ?? throw new ArgumentException($"レコード「{id}」は記録条件仕様（{_edition.Name}）にありません。", nameof(id));

    private void Write(RecordShape shape, IEnumerable<(int Item, string Value)> fields)
    {
        EnsureOpen();
        var values = new byte[]?[shape.Items.Length + 1];
        foreach (var (item, value) in fields)
        {
            if (item < 2 || item >= values.Length || values[item] is not null)
            {
                throw new ArgumentException($"{shape.Id} の項番 {item} はないか、2度指定されています。", nameof(fields));
            }

            values[item] = Encode(shape, item, value);
        }

        output.Write([(byte)shape.Id[0], (byte)shape.Id[1]]);
        for (var item = 2; item < values.Length; item++)
        {
            output.WriteByte((byte)',');
            output.Write(values[item]);
        }

        output.Write("\r\n"u8);
    }

    private static byte[] Encode(RecordShape shape, int item, string value)
    {
        if (value.AsSpan().ContainsAny(",\"\r\n"))
        {
            throw new ArgumentException($"{shape.Id} 項番{item}「{shape.Items[item - 1].Name}」: カンマ・引用符・改行は記録できません。", nameof(value));
        }

        return SjisText.TryEncode(value)
            ?? throw new ArgumentException($"{shape.Id} 項番{item}「{shape.Items[item - 1].Name}」: シフトJIS（JIS X 0208）にない文字は記録できません。", nameof(value));
    }

    private void EnsureOpen()
    {
        if (_complete)
        {
            throw new InvalidOperationException("The file is complete.");
        }
    }
}
