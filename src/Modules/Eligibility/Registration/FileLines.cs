using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>
/// The lines of a file as bytes, without their end, in constant memory. Neither UTF-8 nor CP932 has a line feed within a character. A line that is too long
/// comes as null.
/// </summary>
internal static class FileLines
{
    private const int Longest = 64 << 10;

    public static async IAsyncEnumerable<byte[]?> Of(Stream content, [EnumeratorCancellation] CancellationToken ct)
    {
        var pipe = PipeReader.Create(content, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
        var skipping = false;
        while (true)
        {
            var read = await pipe.ReadAsync(ct);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return skipping ? null : Line(buffer.Slice(0, end));
                skipping = false;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                if (buffer.Length > 0 || skipping)
                {
                    yield return skipping ? null : Line(buffer);
                }

                await pipe.CompleteAsync();
                yield break;
            }

            if (buffer.Length > Longest)
            {
                skipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static byte[]? Line(ReadOnlySequence<byte> line)
    {
        if (line.Length > Longest)
        {
            return null;
        }

        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
    }
}
