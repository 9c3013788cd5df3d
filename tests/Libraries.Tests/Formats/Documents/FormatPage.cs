using System.Globalization;
using System.Text;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Libraries.Tests.Formats.Documents;

/// <summary>docs/formats/医科.md from the tables the program runs on.</summary>
internal static class FormatPage
{
    public static string Write(IReadOnlyList<Edition> editions)
    {
        var page = new StringBuilder();
        var newest = editions[^1];
        page.Append("# レコードの形式: 医科\n\n");
        page.Append("この頁は `src/Formats/Claims/Tables` の表から作られています。直すときは表を直し、`SEKISHO_APPROVE=1` を付けてテストを動かしてください。\n\n");
        page.Append("## 版\n\n| 版 | 診療年月から | 受付年月から | 変わったこと |\n|---|---|---|---|\n");
        foreach (var edition in editions)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {edition.Name} | {Month(edition.Dates.Treatment)} | {Month(edition.Dates.Reception)} | {edition.Dates.Change} |\n");
        }

        page.Append("\n診療年月と受付年月の両方が届いている版のうち、最も新しいものを使います。\n");
        page.Append(CultureInfo.InvariantCulture, $"\n## レコード（{newest.Name}）\n");
        foreach (var record in newest.Records)
        {
            Record(page, record, "###");
        }

        for (var i = editions.Count - 2; i >= 0; i--)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {editions[i].Name} が次の版と違うレコード\n");
            foreach (var record in editions[i].Records.Where(r => !Same(r, editions[i + 1].Record(r.Id))))
            {
                Record(page, record, "###");
            }

            var absent = editions[i + 1].Records.Where(r => editions[i].Record(r.Id) is null).Select(r => r.Id).ToList();
            page.Append(absent.Count > 0 ? $"\n無いレコード: {string.Join('・', absent)}\n" : "");
        }

        Codes(page, newest);
        return page.ToString();
    }

    private static bool Same(RecordShape record, RecordShape? next) => next is not null && record.Items.SequenceEqual(next.Items);

    private static void Record(StringBuilder page, RecordShape record, string heading)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n{heading} {record.Id} {record.Name}（{record.Items.Length}項目）\n\n");
        page.Append("| 項番 | 項目名 | モード | 最大バイト | 形式 | 必須 | 値 | コード表 | 備考 |\n|--:|---|---|--:|---|---|---|---|---|\n");
        for (var i = 0; i < record.Items.Length;)
        {
            var item = record.Items[i];
            var last = i;
            while (last + 1 < record.Items.Length && Repeats(record.Items[last], record.Items[last + 1]))
            {
                last++;
            }

            var number = last == i ? $"{item.Item}" : $"{item.Item}–{record.Items[last].Item}";
            var name = last == i ? item.Name : $"{item.Name} 〜 {record.Items[last].Name}";
            page.Append(CultureInfo.InvariantCulture, $"| {number} | {name} | {item.Mode} | {item.MaxBytes} | {(item.Fixed ? "固定" : "可変")} | {item.Necessity} | {Value(item)} | {CodeTable(item)} | {item.Remark} |\n");
            i = last + 1;
        }
    }

    private static bool Repeats(ItemShape item, ItemShape next) =>
        item with { Item = 0, Name = "" } == next with { Item = 0, Name = "" }
        && Stem(item.Name) == Stem(next.Name)
        && item.Name != next.Name;

    private static string Stem(string name) => string.Concat(name.Where(c => !char.IsAsciiDigit(c)));

    private static string Value(ItemShape item) => item.Value switch
    {
        ItemValue.なし => "",
        ItemValue.小数 => $"小数 {item.IntegerDigits}.{item.FractionDigits}",
        ItemValue.繰返し => $"{item.Unit}桁×{item.MaxBytes / item.Unit}",
        _ => item.Value.ToString(),
    };

    private static string CodeTable(ItemShape item) =>
        item.Master is { } master ? Master(master) : item.CodeTable.Length > 0 ? $"[{item.CodeTable}](#{item.CodeTable})" : "";

    private static string Master(MasterKind kind) => kind switch
    {
        MasterKind.Disease => "傷病名マスター",
        MasterKind.Modifier => "修飾語マスター",
        MasterKind.Procedure => "医科診療行為マスター",
        MasterKind.Drug => "医薬品マスター",
        MasterKind.Material => "特定器材マスター",
        MasterKind.Comment => "コメントマスター",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // 別表10 comes after 別表9.
    private static int Number(CodeTable table) =>
        int.Parse(string.Concat(table.Title.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);

    private static void Codes(StringBuilder page, Edition edition)
    {
        page.Append("\n## 別表\n");
        foreach (var table in edition.Codes.OrderBy(Number))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {table.Name}\n\n{table.Title}\n\n| コード | 内容 | 診療年月 |\n|---|---|---|\n");
            foreach (var row in table.Rows)
            {
                var from = row.From == CodeRow.First ? "" : $"{row.From}から";
                var until = row.Until == CodeRow.Last ? "" : $"{row.Until}まで";
                page.Append(CultureInfo.InvariantCulture, $"| {row.Code} | {row.Text} | {from}{until} |\n");
            }
        }
    }

    private static string Month(Sekisho.Formats.Identifiers.YearMonth? month) => month?.ToString() ?? "";
}
