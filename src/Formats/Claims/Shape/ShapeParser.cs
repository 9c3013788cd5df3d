using System.Collections.Frozen;
using System.Globalization;
using Sekisho.Formats.Claims.Masters;

namespace Sekisho.Formats.Claims.Shape;

/// <summary>Reads one record table. The vocabulary is closed: an unknown word stops the load.</summary>
internal static class ShapeParser
{
    private const int Columns = 9;

    private static readonly FrozenDictionary<string, MasterKind> Masters = new Dictionary<string, MasterKind>
    {
        ["傷病名マスター"] = MasterKind.Disease,
        ["修飾語マスター"] = MasterKind.Modifier,
        ["診療行為マスター"] = MasterKind.Procedure,
        ["医薬品マスター"] = MasterKind.Drug,
        ["特定器材マスター"] = MasterKind.Material,
        ["コメントマスター"] = MasterKind.Comment,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, ItemValue> Values = new Dictionary<string, ItemValue>
    {
        ["-"] = ItemValue.なし,
        ["識別"] = ItemValue.識別,
        ["文字"] = ItemValue.文字,
        ["番号"] = ItemValue.番号,
        ["整数"] = ItemValue.整数,
        ["小数5.5"] = ItemValue.小数,
        ["小数5.3"] = ItemValue.小数,
        ["小数8.2"] = ItemValue.小数,
        ["年月"] = ItemValue.年月,
        ["年月日"] = ItemValue.年月日,
        ["和暦年月"] = ItemValue.和暦年月,
        ["和暦年月日"] = ItemValue.和暦年月日,
        ["コード"] = ItemValue.コード,
        ["繰返し2"] = ItemValue.繰返し,
        ["繰返し3"] = ItemValue.繰返し,
        ["繰返し4"] = ItemValue.繰返し,
    }.ToFrozenDictionary();

    public static ItemShape[] Items(string path, string text, string id, FrozenDictionary<string, CodeTable> codes)
    {
        var items = new List<ItemShape>();
        foreach (var row in TableFiles.Rows(path, text, Columns))
        {
            var (first, last) = Range(row);
            if (first != items.Count + 1)
            {
                throw row.Wrong($"項番 {row[0]} は {items.Count + 1} から始まるはずです");
            }

            for (var item = first; item <= last; item++)
            {
                var name = row[1].Replace("{n}", (item - first + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                items.Add(Item(row, item, name, codes));
            }
        }

        return items is [{ Value: ItemValue.識別, MaxBytes: 2, Fixed: true }, ..] && items.Count(i => i.Value == ItemValue.識別) == 1
            ? [.. items]
            : throw new InvalidDataException($"表 {path}: 項番1は レコード識別情報（{id}）でなければなりません。");
    }

    private static (int First, int Last) Range(TableRow row)
    {
        var dash = row[0].IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? (Number(row, row[0]), Number(row, row[0]))
            : (Number(row, row[0][..dash]), Number(row, row[0][(dash + 1)..]));
    }

    private static ItemShape Item(TableRow row, int item, string name, FrozenDictionary<string, CodeTable> codes)
    {
        var master = Masters.TryGetValue(row[6], out var kind) ? kind : (MasterKind?)null;
        var table = master is null && row[6] != "-" ? row[6] : "";
        if (table.Length > 0 && !codes.ContainsKey(table))
        {
            throw row.Wrong($"コード表「{table}」はありません");
        }

        var value = Values.TryGetValue(row[7], out var known) ? known : throw row.Wrong($"値「{row[7]}」は知らない語です");
        var (integer, fraction) = value == ItemValue.小数 ? (row[7][2] - '0', row[7][4] - '0') : (0, 0);
        var unit = value == ItemValue.繰返し ? row[7][^1] - '0' : 0;
        var shape = new ItemShape(
            item,
            name,
            Word<ItemMode>(row, 2),
            Number(row, row[3]),
            row[4] switch { "固定" => true, "可変" => false, _ => throw row.Wrong($"形式「{row[4]}」は知らない語です") },
            Word<Necessity>(row, 5),
            table,
            master,
            value,
            integer,
            fraction,
            unit,
            row[8] == "-" ? "" : row[8]);
        return Consistent(shape) ? shape : throw row.Wrong($"値「{row[7]}」は最大バイト {row[3]}・必須「{row[5]}」・コード表「{row[6]}」と合いません");
    }

    // The columns say some things twice; a slip in one of them is found here.
    private static bool Consistent(ItemShape item) =>
        (item.Value is ItemValue.コード or ItemValue.繰返し) == (item.CodeTable.Length > 0 || item.Master is not null)
        && (item.Value != ItemValue.なし || item.Necessity == Necessity.予備)
        && item.Value switch
        {
            ItemValue.年月 => item.MaxBytes == 6,
            ItemValue.年月日 => item.MaxBytes == 8,
            ItemValue.和暦年月 => item.MaxBytes == 5,
            ItemValue.和暦年月日 => item.MaxBytes == 7,
            ItemValue.小数 => item.MaxBytes == item.IntegerDigits + 1 + item.FractionDigits,
            ItemValue.繰返し => item.MaxBytes % item.Unit == 0,
            _ => item.MaxBytes > 0,
        };

    private static int Number(TableRow row, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw row.Wrong($"「{text}」は正の整数ではありません");

    private static T Word<T>(TableRow row, int column)
        where T : struct, Enum =>
        Enum.TryParse<T>(row[column], out var word) && Enum.IsDefined(word) && !char.IsAsciiDigit(row[column][0])
            ? word
            : throw row.Wrong($"「{row[column]}」は知らない語です");
}
