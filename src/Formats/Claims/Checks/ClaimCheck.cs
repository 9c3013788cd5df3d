using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Checks one claim: its shape record by record while the bytes are fresh, then what the office asks of it as a whole.</summary>
internal sealed class ClaimCheck
{
    private readonly Findings _findings;
    private readonly CheckContext _context;
    private readonly ItemCheck _items;
    private readonly RecordOrder _order;
    private readonly Places _places;
    private readonly CheckSelection _selection;
    private EditionPlan _edition;
    private YearMonth _editionOf;

    public ClaimCheck(Findings findings, CheckContext context)
    {
        _findings = findings;
        _context = context;
        View = new ClaimView { Reception = context.ReceptionMonth };
        _items = new ItemCheck(findings) { Month = context.ReceptionMonth };
        _order = new RecordOrder(findings);
        _places = new Places(findings, View);
        _selection = new CheckSelection(context.Masters);
        _editionOf = context.ReceptionMonth;
        _edition = EditionPlan.For(Editions.Select(_editionOf, _editionOf));
    }

    /// <summary>The claim at hand.</summary>
    public ClaimView View { get; }

    /// <summary>The edition of the claim at hand.</summary>
    public Edition Edition => _edition.Edition;

    /// <summary>Checks that some claim could not be put to, with the reason.</summary>
    public IEnumerable<(string Number, string Reason)> NotRun => _selection.NotRun();

    /// <summary>RE: a claim begins.</summary>
    public void Begin(int ordinal, ReadOnlySpan<byte> record, RecordFields fields, int line)
    {
        _order.Begin();
        var month = Dates.TryMonth(fields.Item(record, RE.診療年月), out var treatment, out _) ? treatment : _context.ReceptionMonth;
        if (month != _editionOf)
        {
            _editionOf = month;
            _edition = EditionPlan.For(Editions.Select(month, _context.ReceptionMonth));
        }

        View.Begin(ordinal, month, _edition, _context.Masters);
        _items.Month = month;
        _items.Resubmitted = !fields.Item(record, RE.検索番号).IsEmpty;
        Take(_edition.Record(RecordKey.RE)!, record, fields, line, 0);
    }

    /// <summary>A record of the claim. <paramref name="start"/> counts from the claim's first byte.</summary>
    public void Record(ushort key, ReadOnlySpan<byte> record, RecordFields fields, int line, int start)
    {
        if (key != 0 && _edition.Record(key) is { IsOfFile: false } plan)
        {
            Take(plan, record, fields, line, start);
            _order.Next(plan, (fields.Present & 2) != 0, View.Insurers, new Spot(line, View.Ordinal, plan.Id));
            return;
        }

        var id = RecordName(record);
        var skipped = key is RecordKey.SN or RecordKey.JD or RecordKey.MF;
        _findings.Add(skipped ? ShapeRules.L4835 : ShapeRules.S2013, new Spot(line, View.Ordinal, id));
    }

    /// <summary>The claim is complete and attached.</summary>
    public void End(bool whole)
    {
        if (whole)
        {
            _order.End(new Spot(View.Line(0), View.Ordinal, "RE"));
            if (!_context.ShapeOnly)
            {
                _places.Ask(_selection.For(_items.Month));
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
    public ClaimView File(ushort key, ReadOnlySpan<byte> record, RecordFields fields, int line)
    {
        View.Begin(0, _context.ReceptionMonth, _edition, _context.Masters);
        Take(_edition.Record(key)!, record, fields, line, 0);
        View.Attach(record.ToArray(), 0);
        return View;
    }

    // A record without a fault ends after three comparisons; only what may be wrong is looked at item by item.
    private void Take(RecordPlan plan, ReadOnlySpan<byte> record, RecordFields fields, int line, int start)
    {
        View.Add(plan, line, start, fields);
        var doubtful = plan.Quick.Doubtful(record, fields);
        if ((doubtful | (plan.RequiredItems & ~fields.Present)) != 0)
        {
            CheckItems(plan, record, fields, doubtful, new Spot(line, View.Ordinal, plan.Id));
        }

        if (fields.Columns != plan.Items.Length)
        {
            CheckColumns(plan, record, fields.Columns, new Spot(line, View.Ordinal, plan.Id));
        }
    }

    private void CheckItems(RecordPlan plan, ReadOnlySpan<byte> record, RecordFields fields, ulong doubtful, in Spot spot)
    {
        foreach (var item in new FilledItems(doubtful, 1))
        {
            _items.Check(plan.Items[item - 1], fields.Item(record, item), fields.Bytes, spot);
        }

        foreach (var item in plan.Required)
        {
            if (ItemCheck.IsAbsent(fields.Item(record, item.Shape.Item)))
            {
                _findings.Add(item.Missing!, spot, item);
            }
        }
    }

    private void CheckColumns(RecordPlan plan, ReadOnlySpan<byte> record, int count, in Spot spot)
    {
        var expected = plan.Items.Length;
        var excess = count > expected && Behind(record, expected).ContainsAnyExcept((byte)',', (byte)' ');
        var rule = !excess ? ShapeRules.S4805 : plan.Id switch { "IR" => ShapeRules.L1011, "GO" => ShapeRules.S1022, _ => ShapeRules.S2007 };
        _findings.Add(rule, spot, detail: $"項目の数 {count}、記録条件仕様 {expected}");
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> record, int columns)
    {
        for (; columns > 0; columns--)
        {
            record = record[(record.IndexOf((byte)',') + 1)..];
        }

        return record;
    }
}
