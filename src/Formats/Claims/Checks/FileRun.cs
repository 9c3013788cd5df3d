using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Walks one file from its first byte to its last.</summary>
internal sealed class FileRun
{
    private const long MaxClaim = 64L << 20;
    private const int MaxRows = 100_000;
    private const int Head = 64 * 1024;

    private readonly LineReader _reader;
    private readonly RecordFields _fields = new();
    private readonly ClaimEntries _entries = new();
    private readonly IClaimFileSink _sink;
    private readonly Findings _findings;
    private readonly FileCheck _file;
    private readonly ClaimCheck _claim;
    private readonly SortedSet<string> _editions = new(StringComparer.Ordinal);

    private int _claims;
    private int _payers;
    private long _points;
    private long _offset = -1;
    private long _end;
    private int _firstLine;
    private int _lines;
    private bool _begun;
    private bool _skipping;
    private bool _bareLine;
    private bool _tail;
    private int _fragment;

    public FileRun(Stream content, CheckContext context, IClaimFileSink sink)
    {
        _reader = new LineReader(content);
        _sink = sink;
        _findings = new Findings(sink);
        _file = new FileCheck(_findings, sink, context.ReceptionMonth);
        _claim = new ClaimCheck(_findings, context);
    }

    private bool InClaim => _offset >= 0;

    /// <summary>Reads to the end.</summary>
    public CheckReport Run()
    {
        var look = FileSniffer.Look(_reader.Peek(Head), out var detail);
        if (look != FileLook.医科)
        {
            _findings.Add(look == FileLook.Other ? ShapeRules.S1002 : ShapeRules.S1001, new Place(0, 0, "", 0, ""), "", detail);
            _reader.Drain();
            _findings.Flush();
            return Report("");
        }

        while (_reader.Read(out var line, _fields))
        {
            Take(line);
        }

        EndClaim(whole: true);
        _file.End(_claims);
        _findings.Flush();
        return Report("医科");
    }

    private void Take(in Line line)
    {
        switch (line.Kind)
        {
            case LineKind.Tail:
                TakeTail(line);
                break;
            case LineKind.Fragment:
                TakeFragment(line);
                break;
            default:
                TakeRecord(line);
                break;
        }
    }

    private void TakeRecord(in Line line)
    {
        var record = _reader.Bytes(line.Offset, line.Length);
        CheckTerminator(line);
        var key = RecordKey.Of(record);
        if (key is RecordKey.RE or RecordKey.GO or RecordKey.IR)
        {
            EndClaim(whole: true);
            _skipping = false;
            TakeBoundary(key, line);
            Count(line);
            return;
        }

        Count(line);
        if (record.IsEmpty)
        {
            _findings.Add(ShapeRules.S4802, Spot(line, ""));
        }
        else if (InClaim)
        {
            _claim.Record(key, record, _fields, line.Number, (int)(line.Offset - _offset));
        }
        else if (!_skipping)
        {
            OutsideClaim(record, line);
        }

        CheckSize(line);
    }

    private void TakeBoundary(ushort key, in Line line)
    {
        var record = _reader.Bytes(line.Offset, line.Length);
        switch (key)
        {
            case RecordKey.RE:
                BeginClaim(line, record);
                break;
            case RecordKey.GO:
                _file.TakeTotal(record, _fields, line.Number, _payers, _points);
                break;
            default:
                _file.TakeHeader(record, _fields, line.Number, !_begun);
                _claim.View.Billing = _file.Billing;
                _claim.View.Payer = _file.Header is { Payer: [var payer] } ? payer : '\0';
                break;
        }

        _begun = true;
    }

    private void BeginClaim(in Line line, ReadOnlySpan<byte> record)
    {
        _claims++;
        _file.After(line.Number, "RE");
        _claim.Begin(_claims, record, _fields, line.Number);
        _editions.Add(_claim.Edition.Name);
        _offset = line.Offset;
        _firstLine = line.Number;
        _lines = 0;
        _reader.Keep = line.Offset;
    }

    private void EndClaim(bool whole)
    {
        if (!InClaim)
        {
            return;
        }

        var view = _claim.View;
        var length = (int)(_end - _offset);
        _reader.Locate(_offset, out var buffer, out var origin);
        view.Attach(buffer, origin);
        _file.TakeNumber(view);
        _claim.End(whole);
        var worst = _findings.Worst;
        var entry = _entries.Of(view, _firstLine, _lines, _offset, length, worst);
        _payers += entry.Payers;
        _points += entry.Points;
        _findings.Flush();
        _sink.Claim(entry);
        _offset = -1;
        _reader.Keep = -1;
    }

    private void TakeFragment(in Line line)
    {
        Count(line);
        if (_fragment != line.Number)
        {
            _fragment = line.Number;
            _findings.Add(ShapeRules.S1009, Spot(line, ""));
            _begun = true;
        }

        CheckSize(line);
    }

    private void TakeTail(in Line line)
    {
        if (!_tail && _reader.Bytes(line.Offset, line.Length).ContainsAnyExcept("\u001A\r\n\0 "u8))
        {
            _tail = true;
            _findings.Add(ShapeRules.S1011, new Place(line.Number, 0, "", 0, ""));
        }
    }

    // What has been read of the claim is kept, the rest is passed over until the next claim begins.
    private void CheckSize(in Line line)
    {
        if (InClaim && (_end - _offset > MaxClaim || _lines > MaxRows))
        {
            _findings.Add(ShapeRules.S1010, Spot(line, ""));
            EndClaim(whole: false);
            _skipping = true;
        }
    }

    private void OutsideClaim(ReadOnlySpan<byte> record, in Line line)
    {
        var id = ClaimCheck.RecordName(record);
        _begun = true;
        if (_file.HasTotal)
        {
            _file.After(line.Number, id);
        }
        else
        {
            _findings.Add(ShapeRules.S1008, new Spot(line.Number, 0, id));
        }
    }

    private void CheckTerminator(in Line line)
    {
        if (line.Terminator != 2 && !_bareLine)
        {
            _bareLine = true;
            _findings.Add(ShapeRules.S4801, new Place(line.Number, 0, "", 0, ""));
        }
    }

    private void Count(in Line line)
    {
        _end = line.Offset + line.Length + line.Terminator;
        _lines++;
    }

    private Spot Spot(in Line line, string record) => new(line.Number, InClaim ? _claims : 0, record);

    private CheckReport Report(string kind)
    {
        var notRun = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (kind.Length > 0 && !_file.TotalsCompared)
        {
            foreach (var rule in (Rule[])[ShapeRules.S1031, ShapeRules.S1032])
            {
                notRun[rule.Number] = "総件数と総合計点数は全ボリュームの合計のため、このファイルだけでは点検できません。";
            }
        }

        foreach (var check in _claim.NotRun)
        {
            notRun[check.Rule.Number] = $"診療年月が {check.From} より前のレセプトには適用していません。";
        }

        return new CheckReport(kind, _file.Header, _claims, _payers, _points, _findings.Rejected, _findings.Counts, notRun, [.. _editions], RuleList.Hash);
    }
}
