namespace Sekisho.Formats.Claims;

/// <summary>レセ電コード情報 (11_RECODEINFO_MED.CSV): MN, IR and the claim's records, each line led by データ識別, 行番号, 枝番号 (記録条件仕様 レセ電コード情報).</summary>
public sealed class RecodeInfoWriter
{
    /// <summary>The prescribed file name for 医科.</summary>
    public static string FileName => "11_RECODEINFO_MED.CSV";

    /// <param name="output">Receives Shift_JIS bytes; not closed.</param>
    public RecodeInfoWriter(Stream output) => throw new NotImplementedException();

    /// <summary>Writes one claim.</summary>
    /// <param name="managementNumber">レセプト管理番号 (9–16 digits).</param>
    /// <param name="searchNumber">検索番号 (17–30 digits).</param>
    /// <param name="address">保険医療機関の所在地; converted to Shift_JIS, cut at 80 bytes.</param>
    /// <param name="header">The file's IR line without CRLF.</param>
    /// <param name="slice">The claim's lines as submitted.</param>
    public void Write(string managementNumber, string searchNumber, string address, ReadOnlySpan<byte> header, ReadOnlySpan<byte> slice) =>
        throw new NotImplementedException();

    /// <summary>Ends the file.</summary>
    public void Complete() => throw new NotImplementedException();
}
