using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts;

namespace Sekisho.Modules.Claims;

/// <summary>Transmission ids that follow from what is sent, so that asking twice after a crash sends once.</summary>
internal static class StableId
{
    public static TransmissionId Of(string purpose)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("sekisho:claims:" + purpose)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new TransmissionId(new Guid(bytes, bigEndian: true));
    }
}
