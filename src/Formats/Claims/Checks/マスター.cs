using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>How checks look codes up.</summary>
internal static class マスター
{
    /// <summary>A000 初診料.</summary>
    public const int 初診料 = 101000;

    /// <summary>A002 外来診療料.</summary>
    public const int 外来診療料 = 101002;

    /// <summary>B000 特定疾患療養管理料.</summary>
    public const int 特定疾患療養管理料 = 201000;

    /// <summary>The masters as they stand in the claim's month.</summary>
    public static MasterMonth In(this ClaimView claim) => claim.Masters?.In(claim.Month) ?? MasterMonth.None;

    /// <summary>病棟コード 19061–19064 and a number of the hospital's own: no master lists them.</summary>
    public static bool 病棟コード(ReadOnlySpan<byte> code) => code is [(byte)'1', (byte)'9', (byte)'0', (byte)'6', >= (byte)'1' and <= (byte)'4', _, _, _, _];

    /// <summary>未コード化特定器材: a code for what no master lists.</summary>
    public static bool 未コード化特定器材(ReadOnlySpan<byte> code) => code.SequenceEqual("777770000"u8);

    /// <summary>未コード化傷病名.</summary>
    public static bool 未コード化傷病名(ReadOnlySpan<byte> code) => code.SequenceEqual("0000999"u8);

    /// <summary>What to use instead, for people.</summary>
    public static string 終わり(MasterRow row, MasterMonth masters)
    {
        var until = row.Dropped > 0 ? $"{row.Dropped}の版で削除" : $"{row.Until}まで";
        return row is DiseaseRow { 移行先: > 0 and var next }
            ? $"{row.Name}、{until}。移行先 {next:D7}{masters.傷病名.InForce(next)?.Name ?? ""}"
            : $"{row.Name}、{until}";
    }
}
