using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Modules.Identity.SignIn.Factors;

/// <summary>
/// One-time codes, RFC 6238: six digits, a step of 30 seconds, one step of drift either way. HMAC-SHA-1 is what the authenticator apps in use compute (several
/// ignore any other algorithm in the link); as a MAC it is not touched by SHA-1's collisions. The runtime's own verifier was no choice: it goes by the
/// machine's clock, allows two steps, and does not say which step a code was of, so that a replay could not be told.
/// </summary>
internal static class Totp
{
    private const int StepSeconds = 30;
    private const int Drift = 1;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(20);

    public static long StepAt(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / StepSeconds;

    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Prescribed, see above.
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 15)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step the code belongs to, when it is one after <paramref name="last"/>; null for a wrong, an old or a used code.</summary>
    public static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long last)
    {
        var typed = Encoding.ASCII.GetBytes(Digits(code));
        long? matched = null;
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(Code(key, step))) && step > last)
            {
                matched = step;
            }
        }

        return matched;
    }

    /// <summary>As typed, full-width digits and spaces too.</summary>
    public static string Digits(string code) => new([.. code.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))]);

    public static string Base32(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var b in key)
        {
            (bits, count) = (((bits << 8) | b) & 0xFFF, count + 8);
            for (; count >= 5; count -= 5)
            {
                text.Append(Alphabet[(bits >> (count - 5)) & 31]);
            }
        }

        return count == 0 ? text.ToString() : text.Append(Alphabet[(bits << (5 - count)) & 31]).ToString();
    }

    /// <summary>In groups of four.</summary>
    public static string Grouped(string key) => string.Join(' ', key.Chunk(4).Select(c => new string(c)));

    public static string Address(string issuer, string login, string key) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(login)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period=30";
}
