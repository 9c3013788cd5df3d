using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims;

/// <summary>What the values of one claim mean to a person, by the code tables and masters of its month.</summary>
internal sealed class ClaimMeanings(Edition edition, YearMonth month, MasterSet? masters)
{
    private const string Uncoded = "0000999";

    /// <summary>Meaning of the item of a record split into <paramref name="values"/>; empty when there is none.</summary>
    public string Of(RecordShape shape, ItemShape item, string[] values)
    {
        var value = item.Item <= values.Length ? values[item.Item - 1] : "";
        if (value.Length == 0)
        {
            return "";
        }

        return item.Value switch
        {
            ItemValue.コード when item.Master == MasterKind.Disease => Disease(shape, value, values),
            ItemValue.コード when item.Master is { } kind => Name(kind, value),
            ItemValue.コード => Text(item.CodeTable, value),
            ItemValue.繰返し => Repeated(item, value),
            ItemValue.年月 or ItemValue.和暦年月 => Month(value),
            ItemValue.年月日 or ItemValue.和暦年月日 => Day(value),
            _ => "",
        };
    }

    private string Text(string table, string code) => edition.Code(table).TryText(code, month, out var text) ? text : "";

    private string Name(MasterKind kind, string code)
    {
        if (masters is null)
        {
            return "";
        }

        return masters.TryName(kind, code, month, out var name) ? name
            : masters.TryNearestName(kind, code, month, out name) ? name + "（この診療月の版ではない）"
            : "";
    }

    private string Repeated(ItemShape item, string value) =>
        string.Join('・', Units(value, item.Unit)
            .Select(code => item.Master is { } kind ? Name(kind, code) : Text(item.CodeTable, code))
            .Where(text => text.Length > 0));

    // The name as written on the claim: prefixes, disease, suffixes.
    private string Disease(RecordShape shape, string code, string[] values)
    {
        var name = code == Uncoded ? Value(shape, values, "傷病名称") : Name(MasterKind.Disease, code);
        if (name.Length == 0)
        {
            return "";
        }

        var modifiers = Units(Value(shape, values, "修飾語コード"), MasterLayout.Length(MasterKind.Modifier)).ToList();
        return string.Concat(modifiers.Where(m => !IsSuffix(m)).Select(Modifier)) + name + string.Concat(modifiers.Where(IsSuffix).Select(Modifier));
    }

    private string Modifier(string code) => Name(MasterKind.Modifier, code) is { Length: > 0 } name ? name : $"〔修飾語{code}〕";

    // 修飾語 of the 8000s are 接尾語 (の疑い, の術後).
    private static bool IsSuffix(string modifier) => modifier[0] == '8';

    private static string Value(RecordShape shape, string[] values, string name)
    {
        var item = shape.Item(name);
        return item <= values.Length ? values[item - 1] : "";
    }

    private static IEnumerable<string> Units(string value, int unit)
    {
        for (var at = 0; at < value.Length; at += unit)
        {
            yield return value.Substring(at, Math.Min(unit, value.Length - at));
        }
    }

    private static string Month(string value) =>
        YearMonth.TryParse(value, out var month) || Wareki.TryParseMonth(value, out month) ? Wareki.Display(month) : "";

    private static string Day(string value) =>
        CalendarDate.TryParse(value, out var date) ? Wareki.Display(date.Day)
        : Wareki.TryParseDay(value, out var day) ? Wareki.Display(day)
        : "";
}
