namespace Sekisho.Formats.Claims.Reading;

/// <summary>What a piece of the file is.</summary>
internal enum LineKind
{
    /// <summary>One line.</summary>
    Record,

    /// <summary>Part of a line longer than <see cref="LineReader.MaxLine"/>; the last part carries the line's end.</summary>
    Fragment,

    /// <summary>0x1A and whatever follows it, in pieces.</summary>
    Tail,
}

/// <summary>One piece of the file; all pieces in order are the file, byte for byte.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">1-based line.</param>
/// <param name="Offset">Byte offset in the file.</param>
/// <param name="Length">Bytes without the line's end.</param>
/// <param name="Terminator">Bytes of the line's end: 2 = CR LF, 1 = LF, 0 = none.</param>
internal readonly record struct Line(LineKind Kind, int Number, long Offset, int Length, int Terminator);

/// <summary>
/// Cuts a stream into lines with constant memory. Bytes stay readable from <see cref="Keep"/> on, so that a claim can be looked at as a whole;
/// whoever keeps is responsible for letting go. Shift_JIS trail bytes never equal LF, CR, comma or 0x1A, so bytes can be searched directly.
/// </summary>
internal sealed class LineReader(Stream content)
{
    /// <summary>Longer lines are given in fragments.</summary>
    public const int MaxLine = 1 << 20;

    private const int Chunk = 256 * 1024;

    // A mark stands behind the last byte and a whole block can be read from there: splitting a line needs no other test for the end of the buffer.
    private const int Slack = 2 * Block.Size;
    private const byte LineFeed = (byte)'\n';
    private const byte EndOfFile = 0x1A;

    private byte[] _buffer = new byte[Chunk + Slack];
    private long _base;
    private int _next;
    private int _end;
    private bool _drained;
    private bool _inFragment;
    private bool _inTail;
    private int _number;

    /// <summary>Offset from which bytes must stay; negative = none.</summary>
    public long Keep { get; set; } = -1;

    /// <summary>Bytes at an offset that has been kept.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, int length) => _buffer.AsSpan((int)(offset - _base), length);

    /// <summary>Where an offset that has been kept lies; until the next read.</summary>
    public void Locate(long offset, out byte[] buffer, out int index)
    {
        buffer = _buffer;
        index = (int)(offset - _base);
    }

    /// <summary>The first bytes of what is still unread, without consuming them.</summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        while (_end - _next < length && Fill())
        {
        }

        return _buffer.AsSpan(_next, Math.Min(length, _end - _next));
    }

    /// <summary>Reads and forgets the rest.</summary>
    public void Drain()
    {
        Keep = -1;
        do
        {
            _next = _end;
        }
        while (Fill());
    }

    /// <summary>The next piece, and when it is a record its fields; false at the end of the stream.</summary>
    public bool Read(out Line line, RecordFields fields)
    {
        if (!_inTail && !_inFragment && _next < _end)
        {
            var stop = _next + fields.Split(_buffer.AsSpan(_next));
            if (stop < _end && _buffer[stop] == LineFeed && fields.Length <= MaxLine)
            {
                line = Advance(LineKind.Record, fields.Length, stop + 1 - _next - fields.Length);
                return true;
            }
        }

        if (!Read(out line))
        {
            return false;
        }

        if (line.Kind == LineKind.Record)
        {
            fields.Split(_buffer.AsSpan((int)(line.Offset - _base)));
        }

        return true;
    }

    /// <summary>The next piece; false at the end of the stream.</summary>
    public bool Read(out Line line)
    {
        var searched = 0;
        while (!_inTail)
        {
            var at = _buffer.AsSpan(_next + searched, _end - _next - searched).IndexOfAny(LineFeed, EndOfFile);
            if (at >= 0)
            {
                return TryTake(searched + at, out line) || ReadTail(out line);
            }

            searched = _end - _next;
            if (searched > MaxLine + 1)
            {
                return TakeFragment(searched, out line);
            }

            if (!Fill())
            {
                return TakeRest(out line);
            }
        }

        return ReadTail(out line);
    }

    private bool TryTake(int length, out Line line)
    {
        if (_buffer[_next + length] == EndOfFile)
        {
            _inTail = true;
            if (length == 0 && !_inFragment)
            {
                line = default;
                return false;
            }

            line = Advance(_inFragment || length > MaxLine ? LineKind.Fragment : LineKind.Record, length, 0);
            _inFragment = false;
            return true;
        }

        var terminator = 1;
        if (length > 0 && _buffer[_next + length - 1] == '\r')
        {
            terminator = 2;
            length--;
        }

        line = Advance(_inFragment || length > MaxLine ? LineKind.Fragment : LineKind.Record, length, terminator);
        _inFragment = false;
        return true;
    }

    private bool TakeFragment(int length, out Line line)
    {
        line = Advance(LineKind.Fragment, length, 0);
        _inFragment = true;
        return true;
    }

    private bool TakeRest(out Line line)
    {
        var length = _end - _next;
        line = default;
        if (length == 0)
        {
            return false;
        }

        line = Advance(_inFragment || length > MaxLine ? LineKind.Fragment : LineKind.Record, length, 0);
        return true;
    }

    private bool ReadTail(out Line line)
    {
        line = default;
        if (_next == _end && !Fill())
        {
            return false;
        }

        line = new Line(LineKind.Tail, _number + 1, _base + _next, _end - _next, 0);
        _next = _end;
        return true;
    }

    private Line Advance(LineKind kind, int length, int terminator)
    {
        if (!_inFragment && _number < int.MaxValue - 1)
        {
            _number++;
        }

        var line = new Line(kind, _number, _base + _next, length, terminator);
        _next += length + terminator;
        return line;
    }

    private bool Fill()
    {
        if (_drained)
        {
            return false;
        }

        var keep = Keep < 0 ? _next : (int)(Keep - _base);
        if (_buffer.Length - Slack - _end < Chunk / 4)
        {
            MakeRoom(keep);
        }

        var read = content.Read(_buffer, _end, _buffer.Length - Slack - _end);
        _end += read;
        _buffer[_end] = EndOfFile;
        _drained = read == 0;
        return !_drained;
    }

    private void MakeRoom(int keep)
    {
        var kept = _end - keep;
        var target = _buffer;
        if (kept > _buffer.Length / 2)
        {
            target = new byte[((_buffer.Length - Slack) * 2) + Slack];
        }
        else if (kept < Chunk / 4 && _buffer.Length > Chunk * 16)
        {
            target = new byte[Chunk + Slack];
        }

        Array.Copy(_buffer, keep, target, 0, kept);
        _buffer = target;
        _base += keep;
        _next -= keep;
        _end = kept;
    }
}
