using System.Buffers.Binary;
using System.Security.Cryptography;
using Sekisho.Platform;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>
/// Writes one object, encrypting as it comes. Full segments are appended to the object's file. When the line is cut, <see cref="Park"/> puts what is
/// left of a segment into a file beside it, replaced as a whole, so that what was once reported as durable survives a crash at any instant; that file
/// also says up to where the segments are known to be on disk. <see cref="Finish"/> appends the final segment. Not thread-safe.
/// </summary>
internal sealed class ContentWriter : IDisposable
{
    private const int TailHeader = Segments.Header + sizeof(long);
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Segments _segments;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Segments.Plain);
    private readonly byte[] _stored = GC.AllocateUninitializedArray<byte>(Segments.Sealed);
    private long _index;
    private int _filled;
    private bool _changed;

    private ContentWriter(string path, FileStream file, Segments segments)
    {
        _path = path;
        _file = file;
        _segments = segments;
    }

    /// <summary>Bytes held so far; durable when just opened and after <see cref="Park"/> or <see cref="Finish"/>.</summary>
    public long Offset => IsFinished ? Segments.ContentLength(_file.Length) : (_index * Segments.Plain) + _filled;

    /// <summary>True when the final segment is in place.</summary>
    public bool IsFinished { get; private set; }

    public static string TailOf(string path) => path + ".tail";

    /// <summary>Deletes what is kept beside the object, the half-made included.</summary>
    public static void DeleteTails(string path)
    {
        File.Delete(NewTailOf(path));
        File.Delete(TailOf(path));
    }

    /// <summary>Opens the object, creating it when new, and recovers what is durable. The file is locked against every other writer.</summary>
    public static ContentWriter Open(string path, Guid id, long? length, MasterKeys keys)
    {
        var file = new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
        try
        {
            if (file.Length < Segments.Header)
            {
                return New(path, file, Segments.ForNew(id, keys));
            }

            var header = new byte[Segments.Header];
            RandomAccess.Read(file.SafeFileHandle, header, 0);
            var writer = new ContentWriter(path, file, Segments.ForStored(id, header, keys));
            writer.Recover(length);
            return writer;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Room for the next bytes, never empty; say with <see cref="Advance"/> how many were put there.</summary>
    public async ValueTask<Memory<byte>> Room(CancellationToken ct)
    {
        if (_filled == Segments.Plain)
        {
            var length = _segments.Seal(_index, SegmentRole.Inner, _buffer, _stored);
            await RandomAccess.WriteAsync(_file.SafeFileHandle, _stored.AsMemory(0, length), Segments.Position(_index), ct);
            FaultPoints.Pass("exchange.upload.segment");
            _index++;
            _filled = 0;
        }

        return _buffer.AsMemory(_filled);
    }

    public void Advance(int count)
    {
        _filled += count;
        _changed |= count > 0;
    }

    /// <summary>Appends all of <paramref name="content"/> and hashes it, but stops once more than <paramref name="limit"/> bytes are held.</summary>
    public async ValueTask Append(Stream content, long limit, IncrementalHash hash, CancellationToken ct)
    {
        int read;
        do
        {
            var room = await Room(ct);
            read = await content.ReadAsync(room, ct);
            hash.AppendData(room.Span[..read]);
            Advance(read);
        }
        while (read > 0 && Offset <= limit);
    }

    /// <summary>Makes everything held durable, so that writing can go on later.</summary>
    public void Park()
    {
        if (IsFinished || !_changed)
        {
            return;
        }

        _file.Flush(flushToDisk: true);
        FaultPoints.Pass("exchange.upload.park-flushed");
        var tail = new byte[TailHeader + Segments.Sealed];
        _segments.HeaderBytes.CopyTo(tail);
        BinaryPrimitives.WriteInt64BigEndian(tail.AsSpan(Segments.Header), _index);
        var length = _segments.Seal(_index, SegmentRole.Unfinished, _buffer.AsSpan(0, _filled), tail.AsSpan(TailHeader));
        var temporary = NewTailOf(_path);
        using (var file = new FileStream(temporary, PrivateFile.Options(FileMode.Create, FileAccess.Write)))
        {
            file.Write(tail.AsSpan(0, TailHeader + length));
            file.Flush(flushToDisk: true);
        }

        FaultPoints.Pass("exchange.upload.tail-written");
        File.Move(temporary, TailOf(_path), overwrite: true);
        FaultPoints.Pass("exchange.upload.tail-moved");
        _changed = false;
    }

    /// <summary>Seals what is held as the whole object and makes it durable.</summary>
    public void Finish()
    {
        if (IsFinished)
        {
            return;
        }

        var length = _segments.Seal(_index, SegmentRole.Final, _buffer.AsSpan(0, _filled), _stored);
        RandomAccess.Write(_file.SafeFileHandle, _stored.AsSpan(0, length), Segments.Position(_index));
        FaultPoints.Pass("exchange.upload.last-segment");
        _file.Flush(flushToDisk: true);
        FaultPoints.Pass("exchange.upload.flushed");
        DeleteTails(_path);
        IsFinished = true;
        FaultPoints.Pass("exchange.upload.finished");
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        _segments.Dispose();
        _file.Dispose();
    }

    private static string NewTailOf(string path) => TailOf(path) + ".new";

    private static ContentWriter New(string path, FileStream file, Segments segments)
    {
        DeleteTails(path);
        file.SetLength(0);
        RandomAccess.Write(file.SafeFileHandle, segments.HeaderBytes, 0);
        FaultPoints.Pass("exchange.upload.created");
        return new ContentWriter(path, file, segments);
    }

    /// <summary>
    /// Segments before the parked tail were flushed before it was written. Those after it may or may not have reached the disk before a crash: each is
    /// opened, and everything from the first that does not open is dropped.
    /// </summary>
    private void Recover(long? length)
    {
        var (tailIndex, tail) = ReadTail();
        _index = tailIndex * Segments.Sealed <= _file.Length - Segments.Header ? tailIndex : 0;
        while (Opens(_index, SegmentRole.Inner, Segments.Sealed))
        {
            _index++;
        }

        if (length is { } whole && _file.Length == Segments.StoredLength(whole) && _index == Segments.LastIndex(whole)
            && Opens(_index, SegmentRole.Final, (int)(_file.Length - Segments.Position(_index))))
        {
            // Died before the tail was deleted.
            DeleteTails(_path);
            IsFinished = true;
            return;
        }

        if (tail.Length > 0 && _index == tailIndex)
        {
            tail.CopyTo(_buffer, 0);
            _filled = tail.Length;
        }

        _file.SetLength(Segments.Position(_index));
    }

    private (long Index, byte[] Plain) ReadTail()
    {
        if (!File.Exists(TailOf(_path)))
        {
            return (0, []);
        }

        var bytes = File.ReadAllBytes(TailOf(_path));
        if (bytes.Length < TailHeader || !bytes.AsSpan(0, Segments.Header).SequenceEqual(_segments.HeaderBytes))
        {
            return (0, []);
        }

        var index = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(Segments.Header));
        var length = _segments.Open(index, SegmentRole.Unfinished, bytes.AsSpan(TailHeader), _buffer);
        return length < 0 ? (0, []) : (index, _buffer.AsSpan(0, length).ToArray());
    }

    private bool Opens(long index, SegmentRole role, int size)
    {
        if (_file.Length < Segments.Position(index) + size)
        {
            return false;
        }

        var read = RandomAccess.Read(_file.SafeFileHandle, _stored.AsSpan(0, size), Segments.Position(index));
        return _segments.Open(index, role, _stored.AsSpan(0, read), _buffer) >= 0;
    }
}
