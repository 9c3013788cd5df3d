using System.Globalization;
using System.Text;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims;

/// <summary>レセ電コード情報 (11_RECODEINFO_MED.CSV): MN, IR and the claim's records, each line led by データ識別, 行番号, 枝番号 (記録条件仕様 レセ電コード情報).</summary>
public sealed class RecodeInfoWriter
{
    private const int AddressBytes = 80;
    private const string OfClaim = "1";
    private const string OfPayer = "2";

    private readonly Stream _output;

    /// <param name="output">Receives Shift_JIS bytes; not closed.</param>
    public RecodeInfoWriter(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <summary>The prescribed file name for 医科.</summary>
    public static string FileName => "11_RECODEINFO_MED.CSV";

    /// <summary>Writes one claim: MN is the payer's (データ識別 2), IR and the claim are the institution's (1).</summary>
    /// <param name="managementNumber">レセプト管理番号 (9–16 digits).</param>
    /// <param name="searchNumber">検索番号 (17–30 digits).</param>
    /// <param name="address">保険医療機関の所在地; converted to Shift_JIS, cut at 80 bytes.</param>
    /// <param name="header">The file's IR line without CRLF.</param>
    /// <param name="slice">The claim's lines as submitted.</param>
    public void Write(string managementNumber, string searchNumber, string address, ReadOnlySpan<byte> header, ReadOnlySpan<byte> slice)
    {
        ArgumentNullException.ThrowIfNull(address);
        EnsureDigits(managementNumber, 9, 16, nameof(managementNumber));
        EnsureDigits(searchNumber, 17, 30, nameof(searchNumber));
        var line = 1;
        Lead(OfPayer, line++);
        _output.Write(Encoding.ASCII.GetBytes($"MN,{managementNumber},"));
        _output.Write(SjisText.EncodeFullWidth(address, AddressBytes));
        _output.Write(Encoding.ASCII.GetBytes($",{searchNumber},,,\r\n"));
        Record(header.TrimEnd("\r\n"u8), ref line);
        while (!slice.IsEmpty)
        {
            var end = slice.IndexOf((byte)'\n');
            Record(end < 0 ? slice : slice[..end].TrimEnd((byte)'\r'), ref line);
            slice = end < 0 ? default : slice[(end + 1)..];
        }
    }

    /// <summary>Ends the file. A CSV has no EOF code.</summary>
    public void Complete() => _output.Flush();

    private void Record(ReadOnlySpan<byte> record, ref int line)
    {
        if (!record.IsEmpty)
        {
            Lead(OfClaim, line++);
            _output.Write(record);
            _output.Write("\r\n"u8);
        }
    }

    private void Lead(string kind, int line) =>
        _output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind},{line},0,")));

    private static void EnsureDigits(string value, int least, int most, string name)
    {
        if (value.Length < least || value.Length > most || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException($"数字{least}〜{most}桁で指定してください。", name);
        }
    }
}
