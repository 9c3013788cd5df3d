using System.Collections.Frozen;
using System.Globalization;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Eligibility.Shape;

/// <summary>Builds the messages from the tables. The vocabulary is closed: an unknown word stops the load, naming file and line.</summary>
internal sealed class ShapeLoader
{
    private const int Columns = 6;
    private readonly SortedDictionary<string, string> _files;
    private readonly FrozenDictionary<string, CodeList> _codes;
    private readonly Dictionary<string, IReadOnlyList<ElementShape>> _blocks = [];

    private ShapeLoader(SortedDictionary<string, string> files)
    {
        _files = files;
        _codes = Codes(files).ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
    }

    public static (IReadOnlyList<OqsShape> Messages, FrozenDictionary<string, CodeList> Codes) Load(SortedDictionary<string, string> files)
    {
        var loader = new ShapeLoader(files);
        return ([.. TableFiles.Rows("電文.tsv", files["電文.tsv"], Columns).Select(loader.Message)], loader._codes);
    }

    private static IEnumerable<CodeList> Codes(SortedDictionary<string, string> files) =>
        TableFiles.Rows("コード表.tsv", files["コード表.tsv"], 4)
            .GroupBy(r => (Id: r[0], Title: r[1]))
            .Select(g => new CodeList(g.Key.Id, g.Key.Title, [.. g.Select(r => (r[2], r[3]))]));

    private OqsShape Message(TableRow row)
    {
        var certainty = row[5] is "公開" or "構成" or "推定" ? row[5] : throw row.Wrong($"確度「{row[5]}」は知らない語です");
        var isRequest = row[0].EndsWith("req", StringComparison.Ordinal);
        var header = new ElementShape("MessageHeader", "ヘッダ", Block(row, row[3])) { Required = true, Block = row[3] };
        var body = new ElementShape("MessageBody", "本文", Block(row, row[4])) { Required = isRequest && row[4] != "空", Block = row[4] };
        return new OqsShape(row[0], row[1] == "-" ? "" : row[1], row[2], certainty, new ElementShape("XmlMsg", row[2], [header, body]) { Required = true });
    }

    private IReadOnlyList<ElementShape> Block(TableRow user, string name)
    {
        if (_blocks.TryGetValue(name, out var known))
        {
            return known;
        }

        var path = $"群/{name}.tsv";
        var rows = TableFiles.Rows(path, _files.TryGetValue(path, out var text) ? text : throw user.Wrong($"群「{name}」の表がありません"), Columns).ToList();
        var taken = 0;
        var children = Children(rows, "", ref taken);
        return taken == rows.Count ? _blocks[name] = children : throw rows[taken].Wrong("親の要素がすぐ上にありません");
    }

    // Rows stand in the order of the tree: the children of an element follow it at once.
    private List<ElementShape> Children(List<TableRow> rows, string parent, ref int taken)
    {
        var children = new List<ElementShape>();
        while (taken < rows.Count && rows[taken][0].StartsWith(parent, StringComparison.Ordinal) && !rows[taken][0].AsSpan(parent.Length).Contains('/'))
        {
            var row = rows[taken++];
            var own = Children(rows, row[0] + "/", ref taken);
            children.Add(Element(row, row[0][parent.Length..], own));
        }

        return children;
    }

    private ElementShape Element(TableRow row, string name, List<ElementShape> own)
    {
        var block = row[2].StartsWith("群:", StringComparison.Ordinal) ? row[2][2..] : "";
        var children = block.Length > 0 ? Block(row, block) : own;
        var (type, length, codes) = Type(row);
        if ((type == ElementType.群) != (children.Count > 0) || (block.Length > 0 && own.Count > 0))
        {
            throw row.Wrong($"型「{row[2]}」と下位の要素が合いません");
        }

        return new ElementShape(name, row[1], children)
        {
            Type = type,
            Length = length,
            Codes = codes,
            Required = row[3] is "1" or "+",
            Many = row[3] is "*" or "+" || (row[3] is "1" or "?" ? false : throw row.Wrong($"回数「{row[3]}」は知らない語です")),
            Aliases = row[4] == "-" ? [] : row[4].Split(' '),
            Remark = row[5] == "-" ? "" : row[5],
            Block = block,
        };
    }

    private (ElementType Type, int Length, CodeList? Codes) Type(TableRow row)
    {
        var word = row[2];
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            return word[..colon] switch
            {
                "群" => (ElementType.群, 0, null),
                "コード" when _codes.TryGetValue(word[(colon + 1)..], out var codes) => (ElementType.コード, 0, codes),
                _ => throw row.Wrong($"型「{word}」は知らない語です"),
            };
        }

        var name = word.TrimEnd("0123456789".ToCharArray());
        var length = name.Length == word.Length ? 0 : int.Parse(word.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return Enum.TryParse<ElementType>(name, out var type) && type != ElementType.コード
            && (length > 0) == (type == ElementType.数字 || (type == ElementType.文字 && length > 0))
            ? (type, length, null)
            : throw row.Wrong($"型「{word}」は知らない語です");
    }
}
