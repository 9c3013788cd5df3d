using System.Net;

namespace Sekisho.Cli.Sending;

/// <summary>The rest of a file from an offset as a request body of known length; reports how much of the file has left.</summary>
internal sealed class FileSlice(string path, long offset, long length, Action<double> progress) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var file = Files.OpenSequential(path);
        file.Position = offset;
        var buffer = new byte[64 * 1024];
        for (var sent = offset; sent < length;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - sent)), cancellationToken);
            if (read == 0)
            {
                throw new IOException("The file became shorter while it was being sent.");
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            sent += read;
            progress((double)sent / length);
        }
    }

    protected override bool TryComputeLength(out long size)
    {
        size = length - offset;
        return true;
    }
}
