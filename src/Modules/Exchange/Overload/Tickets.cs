using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Sekisho.Modules.Exchange.Storage;

namespace Sekisho.Modules.Exchange.Overload;

/// <summary>
/// A place in line that its holder carries: number and transmission, sealed by a key of the site. A forged one, or one of another transmission, is none.
/// Singleton.
/// </summary>
internal sealed class Tickets(MasterKeys keys)
{
    public const string Header = "Sekisho-Ticket";
    private const int Body = sizeof(long) + 16;
    private const int Seal = 16;
    private static readonly Guid _purpose = new("5e6b1550-0000-4000-8000-7469636b6574");
    private readonly byte[] _key = keys.Derive(keys.CurrentId, _purpose);

    public string Write(long number, Guid transmission)
    {
        Span<byte> ticket = stackalloc byte[Body + Seal];
        Fill(number, transmission, ticket);
        return Base64Url.EncodeToString(ticket);
    }

    /// <summary>The number, or null.</summary>
    public long? Read(string? text, Guid transmission)
    {
        Span<byte> given = stackalloc byte[Body + Seal];
        if (text is null || text.Length > 2 * given.Length || !Base64Url.TryDecodeFromChars(text, given, out var length) || length != given.Length)
        {
            return null;
        }

        var number = BinaryPrimitives.ReadInt64BigEndian(given);
        Span<byte> expected = stackalloc byte[Body + Seal];
        Fill(number, transmission, expected);
        return CryptographicOperations.FixedTimeEquals(given, expected) ? number : null;
    }

    private void Fill(long number, Guid transmission, Span<byte> ticket)
    {
        BinaryPrimitives.WriteInt64BigEndian(ticket, number);
        transmission.TryWriteBytes(ticket[sizeof(long)..], bigEndian: true, out _);
        Span<byte> seal = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, ticket[..Body], seal);
        seal[..Seal].CopyTo(ticket[Body..]);
    }
}
