using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Checks one claim: its shape record by record while the bytes are fresh, then what the office asks of it as a whole.</summary>
internal sealed class ClaimCheck(Findings findings, YearMonth reception, MasterSet? masters = null)
{
    private readonly ItemCheck _items = new(findings) { Month = reception };
    private readonly RecordOrder _order = new(findings);
    private readonly Places _places = new(findings);
    private readonly CheckSelection _selection = new(masters);
    private readonly int[] _ends = new int[Columns.Max];
    private EditionPlan _edition = EditionPlan.For(Editions.Select(reception, reception));

    /// <summary>The claim at hand.</summary>
    public ClaimView View { get; } = new() { Reception = reception };

    /// <summary>The edition of the claim at hand.</summary>
    public Edition Edition => _edition.Edition;

    /// <summary>Checks that some claim could not be put to, with the reason.</summary>
    public IEnumerable<(string Number, string Reason)> NotRun => _selection.NotRun();

    /// <summary>RE: a claim begins.</summary>
    public void Begin(int ordinal, ReadOnlySpan<byte> record, int line)
    {
        _order.Begin();
        var count = Math.Min(Columns.Split(record, _ends, out _), Columns.Max);
        var month = Dates.TryMonth(Column(record, count, RE.診療年月), out var treatment, out _) ? treatment : reception;
        View.Begin(ordinal, month, masters);
        _edition = EditionPlan.For(Editions.Select(month, reception));
        _items.Month = month;
        _items.Resubmitted = !Column(record, count, RE.検索番号).IsEmpty;
        Take(_edition.Record("RE"u8)!, record, line, 0);
    }

    /// <summary>A record of the claim. <paramref name="start"/> counts from the claim's first byte.</summary>
    public void Record(ReadOnlySpan<byte> record, int line, int start)
    {
        var key = RecordKey.Of(record);
        if ((key == 0 ? null : _edition.Record(record[..2])) is { IsOfFile: false } plan)
        {
            Take(plan, record, line, start);
            _order.Next(key, record.Length > 3 && record[3] != ',', View.Insurers, new Spot(line, View.Ordinal, plan.Id));
            return;
        }

        var id = RecordName(record);
        var skipped = key is RecordKey.SN or RecordKey.JD or RecordKey.MF;
        findings.Add(skipped ? ShapeRules.L4835 : ShapeRules.S2013, new Spot(line, View.Ordinal, id));
    }

    /// <summary>The claim is complete and attached.</summary>
    public void End(bool whole)
    {
        if (whole)
        {
            _order.End(new Spot(View.Line(0), View.Ordinal, "RE"));
            foreach (var check in _selection.For(_items.Month))
            {
                check.Find(View, _places.For(check.Rule, View));
            }
        }
    }

    /// <summary>The first column for people: at most a few characters of it.</summary>
    public static string RecordName(ReadOnlySpan<byte> record)
    {
        var comma = record.IndexOf((byte)',');
        var id = comma < 0 ? record : record[..comma];
        return SjisText.Decode(id[..Math.Min(id.Length, 8)]);
    }

    /// <summary>Checks the shape of a record of the file (IR, GO).</summary>
    public ClaimView File(RecordPlan plan, ReadOnlySpan<byte> record, int line)
    {
        View.Begin(0, reception, masters);
        Take(plan, record, line, 0);
        View.Attach(record.ToArray(), 0);
        return View;
    }

    private void Take(RecordPlan plan, ReadOnlySpan<byte> record, int line, int start)
    {
        var count = Columns.Split(record, _ends, out var bytes);
        var known = Math.Min(count, plan.Items.Length);
        var spot = new Spot(line, View.Ordinal, plan.Id);
        View.Add(plan, line, start, _ends.AsSpan(0, known));
        for (var i = 1; i < known; i++)
        {
            var from = _ends[i - 1] + 1;
            if (_ends[i] > from)
            {
                _items.Check(plan.Items[i], record[from.._ends[i]], bytes, spot);
            }
        }

        foreach (var item in plan.Required)
        {
            if (ItemCheck.IsAbsent(Column(record, known, item.Shape.Item)))
            {
                findings.Add(item.Missing!, spot, item);
            }
        }

        if (count != plan.Items.Length)
        {
            CheckColumns(plan, record, count, spot);
        }
    }

    private void CheckColumns(RecordPlan plan, ReadOnlySpan<byte> record, int count, in Spot spot)
    {
        var expected = plan.Items.Length;
        var excess = count > expected && record[(_ends[expected - 1] + 1)..].ContainsAnyExcept((byte)',', (byte)' ');
        var rule = !excess ? ShapeRules.S4805 : plan.Id switch { "IR" => ShapeRules.L1011, "GO" => ShapeRules.S1022, _ => ShapeRules.S2007 };
        findings.Add(rule, spot, detail: $"項目の数 {count}、記録条件仕様 {expected}");
    }

    private ReadOnlySpan<byte> Column(ReadOnlySpan<byte> record, int count, int item) =>
        item > count ? default : record[(item == 1 ? 0 : _ends[item - 2] + 1).._ends[item - 1]];
}
