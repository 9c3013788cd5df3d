using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Cli.Cards;

/// <summary>
/// The JPKI applet of a マイナンバーカード, as far as 利用者証明用電子証明書 goes. Certificates can be read by anybody; signing needs the PIN of four digits, which blocks
/// itself after three wrong ones and is unblocked only at a municipal office: so a PIN is never tried without asking how many tries are left.
/// </summary>
internal sealed class JpkiCard
{
    private const int LongestCertificate = 8 * 1024;
    private const int PinLength = 4;
    private const ushort AuthenticationCertificate = 0x000A;
    private const ushort AuthenticationAuthority = 0x000B;
    private const ushort AuthenticationKey = 0x0017;
    private const ushort AuthenticationPin = 0x0018;
    private static readonly byte[] _applet = Convert.FromHexString("D392F000260100000001");
    private static readonly byte[] _sha256 = Convert.FromHexString("3031300D060960864801650304020105000420");
    private readonly Func<byte[], byte[]> _transmit;

    private JpkiCard(Func<byte[], byte[]> transmit) => _transmit = transmit;

    /// <summary>Selects the applet. CI-0117 when the card has none.</summary>
    /// <param name="transmit">Carries one command to the card and its answer back; throws <see cref="CardException"/> when the card is gone.</param>
    public static Outcome<JpkiCard> Open(Func<byte[], byte[]> transmit)
    {
        var card = new JpkiCard(transmit);
        return card.Exchange(new CommandApdu(0x00, 0xA4, 0x04, 0x0C, _applet)).IsDone ? card : Refusals.CardUnknown;
    }

    /// <summary>利用者証明用電子証明書.</summary>
    public Outcome<X509Certificate2> ReadCertificate() => ReadCertificate(AuthenticationCertificate);

    /// <summary>The certificate of its authority.</summary>
    public Outcome<X509Certificate2> ReadAuthority() => ReadCertificate(AuthenticationAuthority);

    /// <summary>How many tries of the PIN are left; asking uses none up.</summary>
    public Outcome<int> TriesLeft()
    {
        if (Select(AuthenticationPin).Refused(out var refusal, out _))
        {
            return refusal;
        }

        var answer = Exchange(new CommandApdu(0x00, 0x20, 0x00, 0x80, []));
        return answer.TriesLeft is { } left ? left : Unexpected(answer);
    }

    /// <summary>Shows the PIN to the card. CI-0119 no PIN, CI-0407 wrong, CI-0408 blocked, CI-0409 one try is left and <paramref name="evenTheLast"/> does not say to use it.</summary>
    public Outcome<bool> Verify(string pin, bool evenTheLast)
    {
        if (pin.Length != PinLength || !pin.All(char.IsAsciiDigit))
        {
            return Refusals.PinMalformed;
        }

        if (TriesLeft().Refused(out var refusal, out var left))
        {
            return refusal;
        }

        if (left == 0)
        {
            return Refusals.PinBlocked;
        }

        if (left == 1 && !evenTheLast)
        {
            return Refusals.PinLastTry;
        }

        var answer = Exchange(new CommandApdu(0x00, 0x20, 0x00, 0x80, Encoding.ASCII.GetBytes(pin)));
        return answer switch
        {
            { IsDone: true } => true,
            { TriesLeft: 0 } => Refusals.PinBlocked,
            { TriesLeft: { } still } => Refusals.PinWrong with { Text = string.Create(CultureInfo.InvariantCulture, $"暗証番号が違います。あと {still} 回です。") },
            _ => Unexpected(answer),
        };
    }

    /// <summary>RSASSA-PKCS1-v1_5 over a text's SHA-256, by the card's key, after <see cref="Verify"/> (or what a face reader does instead).</summary>
    public Outcome<byte[]> Sign(ReadOnlySpan<byte> text)
    {
        if (Select(AuthenticationKey).Refused(out var refusal, out _))
        {
            return refusal;
        }

        byte[] digestInfo = [.. _sha256, .. SHA256.HashData(text)];
        var answer = Exchange(new CommandApdu(0x80, 0x2A, 0x00, 0x80, digestInfo, 256));
        return answer switch
        {
            { IsDone: true, Data.Length: > 0 } => answer.Data,
            { Status: 0x6982 } => Refusals.CardWantsProof,
            _ => Unexpected(answer),
        };
    }

    private Outcome<X509Certificate2> ReadCertificate(ushort file)
    {
        if (Select(file).Refused(out var refusal, out _) || ReadBinary(0, 4).Refused(out refusal, out var head))
        {
            return refusal;
        }

        if (LengthOfSequence(head) is not (> 0 and <= LongestCertificate and var length))
        {
            return Refusals.CardEmpty;
        }

        var bytes = new List<byte>(length);
        while (bytes.Count < length)
        {
            if (ReadBinary(bytes.Count, Math.Min(256, length - bytes.Count)).Refused(out refusal, out var part))
            {
                return refusal;
            }

            bytes.AddRange(part);
        }

        try
        {
            return X509CertificateLoader.LoadCertificate([.. bytes]);
        }
        catch (CryptographicException)
        {
            return Refusals.CardEmpty;
        }
    }

    /// <summary>Length of a DER SEQUENCE with its header, from its first bytes; null when it is none.</summary>
    internal static int? LengthOfSequence(ReadOnlySpan<byte> head) => head switch
    {
        [0x30, < 0x80 and var length, ..] => 2 + length,
        [0x30, 0x81, var length, ..] => 3 + length,
        [0x30, 0x82, var high, var low, ..] => 4 + (high << 8) + low,
        _ => null,
    };

    private Outcome<bool> Select(ushort file)
    {
        var answer = Exchange(new CommandApdu(0x00, 0xA4, 0x02, 0x0C, [(byte)(file >> 8), (byte)(file & 0xFF)]));
        return answer.IsDone ? true : Unexpected(answer);
    }

    private Outcome<byte[]> ReadBinary(int offset, int length)
    {
        var answer = Exchange(new CommandApdu(0x00, 0xB0, (byte)(offset >> 8), (byte)(offset & 0xFF), [], length));
        return answer is { IsDone: true, Data.Length: > 0 } && answer.Data.Length <= length ? answer.Data : Unexpected(answer);
    }

    /// <summary>One command and its whole answer: what the protocol T=0 leaves to be fetched is fetched.</summary>
    private ResponseApdu Exchange(CommandApdu command)
    {
        var answer = Once(command);
        if (answer.Status >> 8 == 0x6C)
        {
            answer = Once(command with { Expected = Count(answer) });
        }

        var data = new List<byte>(answer.Data);
        while (answer.Status >> 8 == 0x61)
        {
            answer = Once(new CommandApdu(0x00, 0xC0, 0x00, 0x00, [], Count(answer)));
            data.AddRange(answer.Data);
            if (answer.Data.Length == 0 || data.Count > LongestCertificate)
            {
                break;
            }
        }

        return answer with { Data = [.. data] };
    }

    private static int Count(ResponseApdu answer) => (answer.Status & 0xFF) is > 0 and var some ? some : 256;

    private ResponseApdu Once(CommandApdu command)
    {
        var bytes = command.ToBytes();
        try
        {
            return ResponseApdu.Parse(_transmit(bytes)) ?? throw new CardException("The card answered nothing.");
        }
        finally
        {
            // It may have been a PIN.
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static Refusal Unexpected(ResponseApdu answer) =>
        Refusals.CardFailed with { Text = string.Create(CultureInfo.InvariantCulture, $"カードが処理できませんでした（SW {answer.Status:X4}）。") };
}

/// <summary>The card cannot be spoken to any more: taken away, or the reader failed.</summary>
internal sealed class CardException(string message) : IOException(message);
