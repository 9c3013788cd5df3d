using System.Buffers.Binary;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>Looks, without touching anything, whether what an interrupted upload was told to be held is still there.</summary>
internal static class PartialContent
{
    private const int TailHeader = Segments.Header + sizeof(long);
    private const int Looks = 3;

    /// <summary>
    /// What is wrong with the object and its tail; null when nothing is. The upload may go on meanwhile: what does not fit is looked at again before it is told.
    /// </summary>
    public static string? Fault(string path, Guid id, MasterKeys keys)
    {
        var fault = (string?)null;
        for (var look = 0; look < Looks; look++)
        {
            if ((fault = Once(path, id, keys)) is null)
            {
                return null;
            }

            Thread.Sleep(50);
        }

        return fault;
    }

    private static string? Once(string path, Guid id, MasterKeys keys)
    {
        var tailPath = ContentWriter.TailOf(path);
        var tail = File.Exists(tailPath) ? File.ReadAllBytes(tailPath) : null;
        if (!File.Exists(path))
        {
            return tail is null ? null : $"送信途中の内容 {id:D} の本体がありません。";
        }

        using var file = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        var header = new byte[Segments.Header];
        if (RandomAccess.Read(file.SafeFileHandle, header, 0) < Segments.Header)
        {
            return tail is null ? null : $"送信途中の内容 {id:D} の本体が途切れています。";
        }

        using var segments = Segments.ForStored(id, header, keys);
        if (tail is null)
        {
            return null;
        }

        if (tail.Length < TailHeader || !tail.AsSpan(0, Segments.Header).SequenceEqual(header))
        {
            return $"送信途中の内容 {id:D} の末尾 (.tail) の先頭部が一致しません。";
        }

        var plain = new byte[Segments.Plain];
        var index = BinaryPrimitives.ReadInt64BigEndian(tail.AsSpan(Segments.Header));
        return segments.Open(index, SegmentRole.Unfinished, tail.AsSpan(TailHeader), plain) < 0
            ? $"送信途中の内容 {id:D} の末尾 (.tail) が書き換えられています。"
            : SegmentFault(file, segments, id, index, plain);
    }

    /// <summary>The segments before the tail were on disk before it was written.</summary>
    private static string? SegmentFault(FileStream file, Segments segments, Guid id, long count, byte[] plain)
    {
        var stored = new byte[Segments.Sealed];
        for (var index = 0L; index < count; index++)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, stored, Segments.Position(index));
            if (segments.Open(index, SegmentRole.Inner, stored.AsSpan(0, read), plain) != Segments.Plain)
            {
                return $"送信途中の内容 {id:D} の区画 {index} が書き換えられています。";
            }
        }

        return null;
    }
}
