using Microsoft.Win32.SafeHandles;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>Seekable plain text of a finished object. Throws <see cref="InvalidDataException"/> as soon as it meets a segment that is not what was stored.</summary>
internal sealed class ContentReader : Stream
{
    private readonly SafeFileHandle _file;
    private readonly Segments _segments;
    private readonly Guid _id;
    private readonly byte[] _stored = new byte[Segments.Sealed];
    private readonly byte[] _plain = new byte[Segments.Plain];
    private long _held = -1;
    private int _heldLength;
    private long _position;

    private ContentReader(SafeFileHandle file, Segments segments, Guid id, long length)
    {
        _file = file;
        _segments = segments;
        _id = id;
        Length = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public static ContentReader Open(string path, Guid id, long length, MasterKeys keys)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"Stored object {id:D} is missing");
        }

        var file = File.OpenHandle(path);
        try
        {
            if (RandomAccess.GetLength(file) != Segments.StoredLength(length))
            {
                throw new InvalidDataException($"Stored object {id:D} has another length than was acknowledged");
            }

            Span<byte> header = stackalloc byte[Segments.Header];
            var read = RandomAccess.Read(file, header, 0);
            return new ContentReader(file, Segments.ForStored(id, header[..read], keys), id, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var index = _position / Segments.Plain;
        if (index != _held)
        {
            Load(index, RandomAccess.Read(_file, _stored, Segments.Position(index)));
        }

        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var index = _position / Segments.Plain;
        if (index != _held)
        {
            Load(index, await RandomAccess.ReadAsync(_file, _stored, Segments.Position(index), cancellationToken));
        }

        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _segments.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Load(long index, int read)
    {
        var last = Segments.LastIndex(Length);
        var expected = index == last ? (int)(Length - (last * Segments.Plain)) : Segments.Plain;
        _held = -1;
        _heldLength = _segments.Open(index, index == last ? SegmentRole.Final : SegmentRole.Inner, _stored.AsSpan(0, read), _plain);
        if (_heldLength != expected)
        {
            throw new InvalidDataException($"Stored object {_id:D}: segment {index} is not what was stored");
        }

        _held = index;
    }

    private int Take(Span<byte> buffer)
    {
        var start = (int)(_position % Segments.Plain);
        var count = Math.Min(buffer.Length, _heldLength - start);
        _plain.AsSpan(start, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
