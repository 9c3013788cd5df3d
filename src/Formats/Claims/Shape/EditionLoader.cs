using System.Collections.Frozen;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>Builds the editions from the tables. An edition's folder holds only what changed; the rest is inherited from the edition before.</summary>
internal static class EditionLoader
{
    private const string List = "レコード";

    /// <summary>Throws <see cref="InvalidDataException"/> naming file and line on any word outside the closed vocabulary.</summary>
    public static IReadOnlyList<Edition> Load(SortedDictionary<string, string> files)
    {
        var codes = Codes(files);
        var editions = new List<Edition>();
        Dictionary<string, ItemShape[]> items = [];
        List<(string Id, string Name)> records = [];
        foreach (var row in TableFiles.Rows("editions.tsv", files["editions.tsv"], 5))
        {
            var name = $"{row[0]}/{row[1]}";
            foreach (var (path, text) in files.Where(f => f.Key.StartsWith(name + "/", StringComparison.Ordinal)))
            {
                var id = Path.GetFileNameWithoutExtension(path);
                if (id == List)
                {
                    records = [.. TableFiles.Rows(path, text, 2).Select(r => (r[0], r[1]))];
                }
                else
                {
                    items[id] = ShapeParser.Items(path, text, id, codes);
                }
            }

            var dates = new EditionDates(Month(row, 2), Month(row, 3), row[4]);
            editions.Add(new Edition(row[0], name, dates, Shapes(row, records, items), codes));
        }

        return editions;
    }

    private static List<RecordShape> Shapes(TableRow row, List<(string Id, string Name)> records, Dictionary<string, ItemShape[]> items)
    {
        var shapes = new List<RecordShape>();
        foreach (var (id, name) in records)
        {
            if (id.Length != 2 || !id.All(char.IsAsciiLetterUpper))
            {
                throw row.Wrong($"レコード識別情報「{id}」は英大文字2文字ではありません");
            }

            shapes.Add(new RecordShape(id, name, items.TryGetValue(id, out var shape) ? shape : throw row.Wrong($"レコード {id} の表がありません")));
        }

        return shapes;
    }

    private static FrozenDictionary<string, CodeTable> Codes(SortedDictionary<string, string> files)
    {
        const string folder = "別表/";
        var tables = new Dictionary<string, CodeTable>();
        foreach (var (path, text) in files.Where(f => f.Key.StartsWith(folder, StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var rows = TableFiles.Rows(path, text, 4)
                .Select(r => new CodeRow(r[0], r[1], Month(r, 2) ?? CodeRow.First, Month(r, 3) ?? CodeRow.Last))
                .ToList();
            tables.Add(name, new CodeTable(name, text[1..text.IndexOf('\n', StringComparison.Ordinal)].TrimEnd('\r'), rows));
        }

        return tables.ToFrozenDictionary();
    }

    private static YearMonth? Month(TableRow row, int column) =>
        row[column] == "-" ? null
        : YearMonth.TryParse(row[column], out var month) ? month
        : throw row.Wrong($"「{row[column]}」は年月（YYYYMM）でも - でもありません");
}
