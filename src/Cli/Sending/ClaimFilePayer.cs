using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Cli.Sending;

/// <summary>To whom a claim file goes: its header record says so.</summary>
internal sealed class ClaimFilePayer : IClaimFileSink
{
    private const int LongestHeader = 4096;
    private ClaimFileHeader? _header;

    /// <summary>審査支払機関 as the directory knows it: 1, or 2 + 都道府県. Reads the first line only.</summary>
    public static Outcome<string> Of(string file)
    {
        if (!TryReadFirstLine(file, out var line))
        {
            return Refusals.FileMissing with { Text = $"ファイル {file} を読めません。" };
        }

        var sink = new ClaimFilePayer();
        using var content = new MemoryStream(line);
        YearMonth.TryCreate(2024, 1, out var anyMonth);
        ClaimFileCheck.Run(content, new CheckContext(anyMonth), sink);
        return sink._header is { Payer.Length: > 0 } header ? header.Payer == "1" ? header.Payer : header.Payer + header.Prefecture : Refusals.NotAClaimFile;
    }

    void IClaimFileSink.Header(ClaimFileHeader header) => _header = header;

    void IClaimFileSink.Finding(Finding finding)
    {
        // Reception will say it; `sekisho check` says it here.
    }

    void IClaimFileSink.Claim(ClaimEntry claim)
    {
        // The header is enough.
    }

    private static bool TryReadFirstLine(string file, out byte[] line)
    {
        line = [];
        try
        {
            using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            var start = new byte[LongestHeader];
            var read = content.ReadAtLeast(start, LongestHeader, throwOnEndOfStream: false);
            var end = Array.IndexOf(start, (byte)'\n', 0, read);
            line = start[..(end < 0 ? read : end + 1)];
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
