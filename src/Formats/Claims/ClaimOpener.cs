using System.Globalization;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims;

/// <summary>Splits a claim for reading. Takes whatever bytes there are: what is wrong with them is the check's to say.</summary>
internal static class ClaimOpener
{
    private const int TreatmentItem = 4;

    public static ClaimDocument Open(ReadOnlySpan<byte> slice, MasterSet? masters)
    {
        var lines = Lines(slice);
        var treatment = lines.Find(l => l.Values[0] == "RE").Values is { } re && re.Length >= TreatmentItem ? re[TreatmentItem - 1] : "";
        var (edition, month) = Edition(treatment);
        var meanings = new ClaimMeanings(edition, month, masters);
        return new ClaimDocument([.. lines.Select(l => Record(l.Line, l.Values, edition, meanings))]);
    }

    // Shift_JIS trail bytes are never a comma, CR or LF, so bytes can be split before they are decoded.
    internal static List<(int Line, string[] Values)> Lines(ReadOnlySpan<byte> slice)
    {
        var lines = new List<(int, string[])>();
        for (var line = 1; !slice.IsEmpty; line++)
        {
            var end = slice.IndexOf((byte)'\n');
            var content = end < 0 ? slice : slice[..end];
            slice = end < 0 ? [] : slice[(end + 1)..];
            content = content.TrimEnd("\r\x1A"u8);
            if (!content.IsEmpty)
            {
                lines.Add((line, ShiftJisText.Tolerant.GetString(content).Split(',')));
            }
        }

        return lines;
    }

    // The reception month is not in the slice: the month after treatment is usual; the width of the date tells a later reception in western dates.
    private static (Edition Edition, YearMonth Month) Edition(string treatment)
    {
        var all = Editions.All;
        if (!YearMonth.TryParse(treatment, out var month) && !Wareki.TryParseMonth(treatment, out month))
        {
            return (all[^1], CodeRow.Last);
        }

        var usual = Editions.Select(month, month < CodeRow.Last ? month.Add(1) : month);
        if (Width(usual) == treatment.Length)
        {
            return (usual, month);
        }

        var fitting = all.LastOrDefault(e => Width(e) == treatment.Length && (e.Dates.Treatment is not { } from || from <= month));
        return (fitting ?? usual, month);
    }

    private static int Width(Edition edition) => edition.Record("RE")!.Items[TreatmentItem - 1].MaxBytes;

    private static ClaimRecord Record(int line, string[] values, Edition edition, ClaimMeanings meanings)
    {
        // A record of another edition is still shown with its names.
        var shape = edition.Record(values[0]) ?? Editions.All.Select(e => e.Record(values[0])).LastOrDefault(r => r is not null);
        if (shape is null)
        {
            var unknown = values.Select((v, i) => new ClaimField(i + 1, i == 0 ? "レコード識別情報" : Nameless(i + 1), v, ""));
            return new ClaimRecord(line, values[0], "不明なレコード", [.. unknown]);
        }

        var fields = new List<ClaimField>(Math.Max(values.Length, shape.Items.Length));
        for (var i = 0; i < Math.Max(values.Length, shape.Items.Length); i++)
        {
            var value = i < values.Length ? values[i] : "";
            fields.Add(i < shape.Items.Length
                ? new ClaimField(i + 1, shape.Items[i].Name, value, meanings.Of(shape, shape.Items[i], values))
                : new ClaimField(i + 1, Nameless(i + 1), value, ""));
        }

        return new ClaimRecord(line, shape.Id, shape.Name, fields);
    }

    private static string Nameless(int item) => string.Create(CultureInfo.InvariantCulture, $"項番{item}（定義なし）");
}
