using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sekisho.Tests.VirtualCards;

/// <summary>
/// A small simulator of a マイナンバーカード's JPKI applet: 利用者証明用電子証明書, its authority, PIN with three tries, signature of a DigestInfo. Nothing of it comes from a
/// real card; it answers what the adapter asks, and the wrong status words for everything else.
/// </summary>
internal sealed class VirtualJpkiCard : IDisposable
{
    private const int Tries = 3;
    private static readonly byte[] _applet = Convert.FromHexString("D392F000260100000001");
    private readonly RSA _key;
    private readonly byte[] _authority;
    private readonly string _pin;
    private bool _appletSelected;
    private bool _verified;
    private int _file;

    public VirtualJpkiCard(RSA key, X509Certificate2 certificate, byte[] authority, string pin) =>
        (_key, Certificate, _authority, _pin) = (key, certificate, authority, pin);

    public static byte[] Atr { get; } = Convert.FromHexString("3B8080010101");

    public X509Certificate2 Certificate { get; }

    public int TriesLeft { get; private set; } = Tries;

    /// <summary>How often a PIN was shown to it, right or wrong.</summary>
    public int PinsShown { get; private set; }

    /// <summary>As if the reader's own program had compared the face: it signs without a PIN.</summary>
    public bool AcceptsFace { get; set; }

    /// <summary>A card whose certificate is its own authority.</summary>
    public static VirtualJpkiCard WithNewKey(string pin)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test Card", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new VirtualJpkiCard(key, certificate, certificate.RawData, pin);
    }

    /// <summary>Power was cut, or a reset came.</summary>
    public void Reset() => (_appletSelected, _verified, _file) = (false, false, 0);

    /// <summary>The answer to a command.</summary>
    public byte[] Answer(byte[] command)
    {
        var (data, expected) = Parts(command);
        return (command[0], command[1], command[2]) switch
        {
            (0x00, 0xA4, 0x04) => Status((_appletSelected = data.SequenceEqual(_applet)) ? 0x9000 : 0x6A82),
            _ when !_appletSelected => Status(0x6D00),
            (0x00, 0xA4, 0x02) => Select((data[0] << 8) | data[1]),
            (0x00, 0xB0, _) => Read((command[2] << 8) | command[3], expected),
            (0x00, 0x20, _) when _file == 0x18 => Verify(data),
            (0x80, 0x2A, 0x00) when _file == 0x17 => Sign(data),
            _ => Status(0x6D00),
        };
    }

    /// <summary>What the card would sign, without the card.</summary>
    public byte[] SignDirectly(byte[] text) => _key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }

    private byte[] Select(int file) => Status((_file = file is 0x0A or 0x0B or 0x17 or 0x18 ? file : 0) == 0 ? 0x6A82 : 0x9000);

    private byte[] Read(int offset, int expected)
    {
        var content = _file switch { 0x0A => Certificate.RawData, 0x0B => _authority, _ => [] };
        return offset >= content.Length ? Status(0x6B00) : [.. content[offset..Math.Min(content.Length, offset + expected)], 0x90, 0x00];
    }

    private byte[] Verify(byte[] pin)
    {
        if (pin.Length == 0)
        {
            return Status(0x63C0 | TriesLeft);
        }

        PinsShown++;
        if (TriesLeft == 0)
        {
            return Status(0x6984);
        }

        _verified = Encoding.ASCII.GetString(pin) == _pin;
        TriesLeft = _verified ? Tries : TriesLeft - 1;
        return Status(_verified ? 0x9000 : 0x63C0 | TriesLeft);
    }

    private byte[] Sign(byte[] digestInfo)
    {
        if (!_verified && !AcceptsFace)
        {
            return Status(0x6982);
        }

        // DigestInfo of SHA-256: 19 bytes before the digest.
        return digestInfo.Length == 51
            ? [.. _key.SignHash(digestInfo[19..], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), 0x90, 0x00]
            : Status(0x6A80);
    }

    private static (byte[] Data, int Expected) Parts(byte[] command)
    {
        if (command.Length <= 5)
        {
            return ([], command.Length < 5 ? 0 : command[4] == 0 ? 256 : command[4]);
        }

        var end = 5 + command[4];
        return (command[5..end], end == command.Length ? 0 : command[end] == 0 ? 256 : command[end]);
    }

    private static byte[] Status(int status) => [(byte)(status >> 8), (byte)(status & 0xFF)];
}
