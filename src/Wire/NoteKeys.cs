using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Wire;

/// <summary>The signature types of C2SP signed-note that are understood here; the number is the identifier byte.</summary>
public enum NoteKeyType
{
    /// <summary>Ed25519 over the note's text: a log.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA P-256 with SHA-256 (DER): a log on a machine without Ed25519.</summary>
    Ecdsa = 2,

    /// <summary>Ed25519 with a timestamp, <c>cosignature/v1</c>: a witness.</summary>
    Cosignature = 4,
}

/// <summary>A public key as it is pinned (<c>name+id+base64</c>, a "vkey").</summary>
/// <param name="Name">Name of the key: a log's origin, a witness's name.</param>
/// <param name="Type">How it signs.</param>
/// <param name="PublicKey">32 bytes, or the SPKI of an ECDSA key.</param>
public sealed record NoteKey(string Name, NoteKeyType Type, byte[] PublicKey)
{
    /// <summary>First four bytes of a digest over name, type and key (over the SPKI alone for ECDSA).</summary>
    public uint KeyId { get; } = Id(Name, Type, PublicKey);

    /// <summary>The vkey.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([(byte)Type, .. PublicKey])}");

    /// <summary>Reads a vkey; WI-0507.</summary>
    public static Outcome<NoteKey> Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        // A name has no plus sign; base64 may.
        if (vkey.Split('+', 3) is not [var name, var id, var text] || !NoteSignature.IsName(name) || text.Length > 1000)
        {
            return Refusals.NoteKeyMalformed;
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length < 2 || !Enum.IsDefined((NoteKeyType)bytes[0]))
        {
            return Refusals.NoteKeyMalformed;
        }

        var key = new NoteKey(name, (NoteKeyType)bytes[0], bytes[1..length]);
        var fits = key.Type == NoteKeyType.Ecdsa ? IsP256(key.PublicKey) : key.PublicKey.Length == Ed25519.KeyLength;
        return fits && id.Length == 8 && key.ToString() == vkey ? key : Refusals.NoteKeyMalformed;
    }

    /// <summary>
    /// WI-0508 when this key did not sign <paramref name="note"/>, or a signature that claims to be its own does not hold. For a witness the time of its cosignature,
    /// otherwise the beginning of time.
    /// </summary>
    public Outcome<DateTimeOffset> Check(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var latest = (DateTimeOffset?)null;
        foreach (var line in note.Signatures.Where(s => s.Name == Name && s.KeyId == KeyId))
        {
            if (Verify(note.Text, line.Signature) is not { } time)
            {
                return Refusals.NoteNotSigned;
            }

            latest = latest is { } earlier && earlier > time ? earlier : time;
        }

        return latest is { } at ? at : Refusals.NoteNotSigned;
    }

    /// <inheritdoc/>
    public bool Equals(NoteKey? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => KeyId.GetHashCode();

    internal static byte[] CosignedMessage(string text, ulong time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    private DateTimeOffset? Verify(string text, byte[] signature) => Type switch
    {
        NoteKeyType.Ed25519 => Ed25519.Verify(PublicKey, Encoding.UTF8.GetBytes(text), signature) ? DateTimeOffset.UnixEpoch : null,
        NoteKeyType.Ecdsa => VerifyEcdsa(text, signature) ? DateTimeOffset.UnixEpoch : null,
        NoteKeyType.Cosignature => VerifyCosignature(text, signature),
        _ => null,
    };

    private DateTimeOffset? VerifyCosignature(string text, byte[] signature)
    {
        const long LastSecond = 253402300799;
        if (signature.Length != sizeof(ulong) + Ed25519.SignatureLength)
        {
            return null;
        }

        var time = BinaryPrimitives.ReadUInt64BigEndian(signature);
        return time <= LastSecond && Ed25519.Verify(PublicKey, CosignedMessage(text, time), signature[sizeof(ulong)..])
            ? DateTimeOffset.FromUnixTimeSeconds((long)time)
            : null;
    }

    private bool VerifyEcdsa(string text, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(PublicKey, out _);
            return key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsP256(byte[] spki)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            return read == spki.Length && key.KeySize == 256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static uint Id(string name, NoteKeyType type, byte[] key) => BinaryPrimitives.ReadUInt32BigEndian(
        type == NoteKeyType.Ecdsa ? SHA256.HashData(key) : SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. key]));
}

/// <summary>A private key that signs notes. The bytes are an Ed25519 seed, or PKCS#8 of an ECDSA key.</summary>
public sealed class NoteSigner
{
    private readonly byte[] _private;

    /// <param name="name">Name of the key.</param>
    /// <param name="type">How it signs.</param>
    /// <param name="privateKey">32-byte seed, or PKCS#8.</param>
    public NoteSigner(string name, NoteKeyType type, byte[] privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        if (!NoteSignature.IsName(name))
        {
            throw new ArgumentException("A key name has no spaces and no plus sign", nameof(name));
        }

        _private = privateKey;
        Key = new NoteKey(name, type, type == NoteKeyType.Ecdsa ? Ecdsa(privateKey).ExportSubjectPublicKeyInfo() : Ed25519.PublicKey(privateKey));
    }

    /// <summary>The public half.</summary>
    public NoteKey Key { get; }

    /// <summary>The private key as Go's note package writes it: <c>PRIVATE+KEY+name+id+base64</c>.</summary>
    public string ToPrivateText() =>
        string.Create(CultureInfo.InvariantCulture, $"PRIVATE+KEY+{Key.Name}+{Key.KeyId:x8}+{Convert.ToBase64String([(byte)Key.Type, .. _private])}");

    /// <summary>Reads such a text; WI-0507.</summary>
    public static Outcome<NoteSigner> ParsePrivate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            if (text.Split('+', 5) is ["PRIVATE", "KEY", var name, _, var data] && NoteSignature.IsName(name)
                && Convert.FromBase64String(data) is { Length: > 1 } bytes && Enum.IsDefined((NoteKeyType)bytes[0]))
            {
                var signer = new NoteSigner(name, (NoteKeyType)bytes[0], bytes[1..]);
                return signer.ToPrivateText() == text ? signer : Refusals.NoteKeyMalformed;
            }
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // Told below.
        }

        return Refusals.NoteKeyMalformed;
    }

    /// <summary>A new private key for a log: Ed25519, or ECDSA P-256 where that is not to be had.</summary>
    public static (NoteKeyType Type, byte[] PrivateKey) NewLogKey()
    {
        if (Ed25519.IsAvailable)
        {
            return (NoteKeyType.Ed25519, Ed25519.NewSeed());
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (NoteKeyType.Ecdsa, key.ExportPkcs8PrivateKey());
    }

    /// <summary>Signs a note's text; a witness states <paramref name="now"/>.</summary>
    public NoteSignature Sign(string text, DateTimeOffset now)
    {
        var message = Encoding.UTF8.GetBytes(text);
        switch (Key.Type)
        {
            case NoteKeyType.Ecdsa:
                using (var key = Ecdsa(_private))
                {
                    return new NoteSignature(Key.Name, Key.KeyId, key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
                }

            case NoteKeyType.Cosignature:
                var time = (ulong)now.ToUnixTimeSeconds();
                var stamped = new byte[sizeof(ulong) + Ed25519.SignatureLength];
                BinaryPrimitives.WriteUInt64BigEndian(stamped, time);
                Ed25519.Sign(_private, NoteKey.CosignedMessage(text, time)).CopyTo(stamped, sizeof(ulong));
                return new NoteSignature(Key.Name, Key.KeyId, stamped);

            default:
                return new NoteSignature(Key.Name, Key.KeyId, Ed25519.Sign(_private, message));
        }
    }

    private static ECDsa Ecdsa(byte[] pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return key;
    }
}
