namespace Sekisho.Generators;

/// <summary>Gives bytes in pieces as a network does: never more at once than was asked for by the seed.</summary>
internal sealed class Pieces(byte[] content, Func<int> next) : MemoryStream(content, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, next()));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, next())]);
}

/// <summary>A file that never exists as a whole: blocks, each so many times, one after the other.</summary>
internal sealed class Repeated(params (byte[] Block, long Times)[] parts) : Stream
{
    private int _part;
    private int _at;
    private long _times;

    /// <summary>Called now and then with the number of bytes given so far.</summary>
    public Action<long>? Watch { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => parts.Sum(p => p.Block.Length * p.Times);

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var given = 0;
        while (given < buffer.Length && _part < parts.Length)
        {
            var (block, times) = parts[_part];
            if (_times == times || block.Length == 0)
            {
                (_part, _times) = (_part + 1, 0);
                continue;
            }

            var piece = Math.Min(block.Length - _at, buffer.Length - given);
            block.AsSpan(_at, piece).CopyTo(buffer[given..]);
            given += piece;
            _at += piece;
            if (_at == block.Length)
            {
                (_at, _times) = (0, _times + 1);
            }
        }

        Position += given;
        Watch?.Invoke(Position);
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
