using System.IO.Compression;
using System.Text.Json;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>A 健診結果 as short bytes, to be sealed: a form number, then JSON, compressed. The same result gives the same bytes, wherever it stood in its file.</summary>
internal static class CheckupBytes
{
    private const byte Form = 1;

    public static byte[] Write(CheckupDocument document)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(Form);
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(compressed, document with { Results = [.. document.Results.Select(r => r with { Line = 0 })] }, SiteJson.Options);
        }

        return bytes.ToArray();
    }

    public static CheckupDocument Read(byte[] bytes)
    {
        if (bytes is not [Form, ..])
        {
            throw new InvalidDataException("A checkup of an unknown form");
        }

        using var compressed = new BrotliStream(new MemoryStream(bytes, 1, bytes.Length - 1, writable: false), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<CheckupDocument>(compressed, SiteJson.Options) ?? throw new InvalidDataException("An empty checkup");
    }
}
