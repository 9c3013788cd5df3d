using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Writing;

/// <summary>Reads a file line by line and writes it again. What was not changed comes out byte for byte, whatever it is.</summary>
public static class ClaimFileCopy
{
    /// <summary>Copies <paramref name="input"/> to its end.</summary>
    public static void Run(Stream input, Stream output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var reader = new LineReader(input);
        while (reader.Read(out var line))
        {
            output.Write(reader.Bytes(line.Offset, line.Length + line.Terminator));
        }
    }
}
