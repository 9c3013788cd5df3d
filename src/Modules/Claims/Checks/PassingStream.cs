using System.Security.Cryptography;
using Sekisho.Formats.Claims;

namespace Sekisho.Modules.Claims.Checks;

/// <summary>The file is larger than a preview reads.</summary>
internal sealed class PreviewTooLargeException(long limit) : IOException($"More than {limit} bytes");

/// <summary>
/// A request's body on its way through the check: read once, hashed, measured, kept nowhere. When asked to, it holds on to the bytes of the claim at hand
/// until they are taken. The check reads synchronously and the request does not, so it belongs on a thread of its own.
/// </summary>
internal sealed class PassingStream(Stream source, long limit, bool holds, CancellationToken ct) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _held = new();
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>SHA-256 of everything that passed.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The bytes of a claim that has just been read; what lies before its end is let go.</summary>
    public byte[] Take(ClaimEntry claim)
    {
        var begins = _read - _held.Length;
        var all = _held.GetBuffer().AsSpan(0, (int)_held.Length);
        var slice = all.Slice((int)(claim.Offset - begins), claim.Length).ToArray();
        var rest = all[(int)(claim.Offset + claim.Length - begins)..].ToArray();
        _held.SetLength(0);
        _held.Write(rest);
        return slice;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ct.ThrowIfCancellationRequested();
        var read = source.ReadAsync(buffer.AsMemory(offset, count), ct).AsTask().GetAwaiter().GetResult();
        _read += read;
        if (_read > limit)
        {
            throw new PreviewTooLargeException(limit);
        }

        _hash.AppendData(buffer, offset, read);
        if (holds)
        {
            _held.Write(buffer, offset, read);
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _held.Dispose();
        }

        base.Dispose(disposing);
    }
}
