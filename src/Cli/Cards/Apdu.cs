namespace Sekisho.Cli.Cards;

/// <summary>A command of ISO 7816-4 in its short form.</summary>
/// <param name="Class">CLA.</param>
/// <param name="Instruction">INS.</param>
/// <param name="P1">First parameter.</param>
/// <param name="P2">Second parameter.</param>
/// <param name="Data">Up to 255 bytes; none for a command without.</param>
/// <param name="Expected">How many bytes may come back: 1 to 256, 0 for none.</param>
internal readonly record struct CommandApdu(byte Class, byte Instruction, byte P1, byte P2, byte[] Data, int Expected = 0)
{
    public byte[] ToBytes()
    {
        if (Data.Length > 255 || Expected is < 0 or > 256)
        {
            throw new InvalidOperationException("Not a short command.");
        }

        byte[] header = [Class, Instruction, P1, P2];
        byte[] body = Data.Length == 0 ? [] : [(byte)Data.Length, .. Data];
        return Expected == 0 ? [.. header, .. body] : [.. header, .. body, unchecked((byte)Expected)];
    }
}

/// <summary>What a card answered: data, and SW1 SW2.</summary>
internal readonly record struct ResponseApdu(byte[] Data, ushort Status)
{
    public const ushort Done = 0x9000;

    public bool IsDone => Status == Done;

    /// <summary>63Cx: how many tries of a PIN are left; 0 when it is blocked; null when the status says nothing of tries.</summary>
    public int? TriesLeft => Status switch
    {
        >= 0x63C0 and <= 0x63CF => Status & 0x0F,
        0x6983 or 0x6984 => 0,
        _ => null,
    };

    /// <summary>Null for fewer than the two bytes every answer ends with.</summary>
    public static ResponseApdu? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 2 ? null : new ResponseApdu(bytes[..^2].ToArray(), (ushort)((bytes[^2] << 8) | bytes[^1]));
}
