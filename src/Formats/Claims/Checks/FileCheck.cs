using System.Globalization;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Checks what concerns the file as a whole: header, total, volumes, and the sequence of レセプト番号.</summary>
internal sealed class FileCheck(Findings findings, IClaimFileSink sink, YearMonth reception)
{
    private readonly ClaimCheck _records = new(findings, new CheckContext(reception));
    private long _lastNumber;
    private bool _total;
    private bool _afterTotal;

    /// <summary>Null when no header was read.</summary>
    public ClaimFileHeader? Header { get; private set; }

    /// <summary>請求年月; null when the header has none that can be read.</summary>
    public YearMonth? Billing { get; private set; }

    /// <summary>False when the totals of this file cannot be compared, because they stand for all volumes.</summary>
    public bool TotalsCompared { get; private set; } = true;

    /// <summary>True once GO has been read.</summary>
    public bool HasTotal => _total;

    /// <summary>IR.</summary>
    public void TakeHeader(ReadOnlySpan<byte> record, RecordFields fields, int line, bool first)
    {
        var spot = new Spot(line, 0, "IR");
        if (Header is not null)
        {
            findings.Add(ShapeRules.S1004, spot);
            return;
        }

        if (!first)
        {
            findings.Add(ShapeRules.S1003, spot);
        }

        var view = _records.File(RecordKey.IR, record, fields, line);
        Header = new ClaimFileHeader(
            Value(view, IR.審査支払機関),
            Value(view, IR.都道府県),
            Value(view, IR.点数表),
            Value(view, IR.医療機関コード),
            Value(view, IR.医療機関名称),
            Value(view, IR.請求年月),
            Value(view, IR.マルチボリューム識別情報));
        sink.Header(Header);
        Billing = Dates.TryMonth(view[0, IR.請求年月], out var month, out _) ? month : null;
        CheckHeader(view, spot);
    }

    /// <summary>GO; the counted totals are compared with the recorded ones.</summary>
    public void TakeTotal(ReadOnlySpan<byte> record, RecordFields fields, int line, int payers, long points)
    {
        if (_total)
        {
            After(line, "GO");
            return;
        }

        _total = true;
        var view = _records.File(RecordKey.GO, record, fields, line);
        var spot = new Spot(line, 0, "GO");
        if (Volumes(view) is { } last)
        {
            CompareTotals(view, spot, last, payers, points);
        }
        else
        {
            findings.Add(ShapeRules.S1033, spot, view.Plan(0).Items[GO.マルチボリューム識別情報 - 1], view[0, GO.マルチボリューム識別情報]);
        }
    }

    /// <summary>A record after GO: said once.</summary>
    public void After(int line, string id)
    {
        if (_total && !_afterTotal)
        {
            _afterTotal = true;
            findings.Add(ShapeRules.S1006, new Spot(line, 0, id));
        }
    }

    /// <summary>レセプト番号 counts up by one; after a slip the counting goes on from there, so that one gap gives one finding.</summary>
    public void TakeNumber(ClaimView claim)
    {
        var value = claim[0, RE.レセプト番号];
        if (value.Length > 6 || !Number.TryReadLong(value, out var number))
        {
            _lastNumber++;
            return;
        }

        // A later volume may go on where the one before ended: only the step counts there.
        var continues = claim.Ordinal == 1 && Header is { Volume: not ("" or "00") };
        if (number != _lastNumber + 1 && !continues)
        {
            findings.Add(ShapeRules.L1917, new Spot(claim.Line(0), claim.Ordinal, "RE"), claim.Plan(0).Items[RE.レセプト番号 - 1], value, $"前のレセプト番号 {_lastNumber}");
        }

        _lastNumber = number;
    }

    /// <summary>The stream has ended.</summary>
    public void End(int claims)
    {
        if (Header is null)
        {
            findings.Add(ShapeRules.S1003, default(Place) with { Record = "", Name = "" });
        }

        if (claims == 0)
        {
            findings.Add(ShapeRules.S1007, default(Place) with { Record = "", Name = "" });
        }

        if (!_total)
        {
            findings.Add(ShapeRules.S1005, default(Place) with { Record = "", Name = "" });
        }
    }

    private void CheckHeader(ClaimView view, in Spot spot)
    {
        var items = view.Plan(0).Items;
        var table = view[0, IR.点数表];
        if (table.Length == 1 && table[0] is >= (byte)'2' and <= (byte)'9' && items[IR.点数表 - 1].Codes!.Contains(table))
        {
            findings.Add(ShapeRules.S1023, spot, items[IR.点数表 - 1], table);
        }

        var month = items[IR.請求年月 - 1];
        if (month.Shape.Value == ItemValue.年月 && 期間.和暦(view[0, IR.請求年月], month))
        {
            findings.Add(OfficeChecks.Of("L4800").Rule, spot, month, view[0, IR.請求年月]);
        }

        // 確認試験 may send the month before again.
        if (Billing is { } billing && (billing > reception || billing < reception.Add(-1)))
        {
            findings.Add(ShapeRules.S4011, spot, month, view[0, IR.請求年月], $"受付年月 {reception}");
        }

        Span<byte> code = stackalloc byte[10];
        if (view[0, IR.都道府県] is { Length: 2 } prefecture && table.Length == 1 && view[0, IR.医療機関コード] is { Length: 7 } institution)
        {
            prefecture.CopyTo(code);
            code[2] = table[0];
            institution.CopyTo(code[3..]);
            if (AsciiDigits.Are(code) && !CheckDigit.IsValid(code))
            {
                findings.Add(ShapeRules.S4824, spot, items[IR.医療機関コード - 1], institution);
            }
        }
    }

    // True = the last volume, false = one before it, null = the two ids do not fit. What is no number has its own finding.
    private bool? Volumes(ClaimView view)
    {
        if (!Number.TryReadLong(view[0, GO.マルチボリューム識別情報], out var total)
            || Header is null
            || !int.TryParse(Header.Volume, NumberStyles.None, CultureInfo.InvariantCulture, out var volume))
        {
            return true;
        }

        TotalsCompared = volume == 0;
        return total == 99 ? true : total == volume + 1 ? false : null;
    }

    private void CompareTotals(ClaimView view, in Spot spot, bool last, int payers, long points)
    {
        var count = view.Plan(0).Items[GO.総件数 - 1];
        var sum = view.Plan(0).Items[GO.総合計点数 - 1];
        var hasCount = Number.TryReadLong(view[0, GO.総件数], out var recordedCount);
        var hasSum = Number.TryReadLong(view[0, GO.総合計点数], out var recordedSum);
        if (!last)
        {
            if (!view[0, GO.総件数].IsEmpty || !view[0, GO.総合計点数].IsEmpty)
            {
                findings.Add(ShapeRules.S4808, spot, count, view[0, GO.総件数]);
            }

            return;
        }

        AddIf(view[0, GO.総件数].IsEmpty, ShapeRules.L1574, spot, count, "");
        AddIf(view[0, GO.総合計点数].IsEmpty, ShapeRules.L1575, spot, sum, "");

        // 電子資格確認による振替・分割 is recorded with both totals 0.
        if (TotalsCompared && !(hasCount && hasSum && recordedCount == 0 && recordedSum == 0))
        {
            AddIf(hasCount && recordedCount != payers, ShapeRules.S1031, spot, count, $"記録 {recordedCount}、集計 {payers}", view[0, GO.総件数]);
            AddIf(hasSum && recordedSum != points, ShapeRules.S1032, spot, sum, $"記録 {recordedSum}、集計 {points}", view[0, GO.総合計点数]);
        }
    }

    private void AddIf(bool wrong, Rule rule, in Spot spot, ItemPlan item, string detail, ReadOnlySpan<byte> value = default)
    {
        if (wrong)
        {
            findings.Add(rule, spot, item, value, detail);
        }
    }

    private static string Value(ClaimView view, int item) => SjisText.Decode(view[0, item]);
}
