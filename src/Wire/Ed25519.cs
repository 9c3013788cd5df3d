using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sekisho.Wire;

/// <summary>
/// Ed25519 (RFC 8032) through OpenSSL 3 (<c>libcrypto.so.3</c>), because the runtime has no such type and C2SP logs and witnesses need it. Where that library is not
/// to be had (<see cref="IsAvailable"/>) nothing verifies and nothing can be signed. The only place of this code base that calls native functions.
/// </summary>
public static class Ed25519
{
    /// <summary>Length of a seed (private key) and of a public key.</summary>
    public const int KeyLength = 32;

    /// <summary>Length of a signature.</summary>
    public const int SignatureLength = 64;

    private const string Library = "libcrypto.so.3";
    private const int Ed25519Type = 1087;

    /// <summary>True where this machine can do it.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>A new private key.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>The public key of a private one.</summary>
    public static byte[] PublicKey(byte[] seed)
    {
        using var key = Key.Private(seed);
        var (result, length) = (new byte[KeyLength], (nuint)KeyLength);
        return EVP_PKEY_get_raw_public_key(key.Handle, result, ref length) == 1 && length == KeyLength ? result : throw Failed();
    }

    /// <summary>Signs <paramref name="message"/>.</summary>
    public static byte[] Sign(byte[] seed, byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var key = Key.Private(seed);
        using var context = new Context();
        var (signature, length) = (new byte[SignatureLength], (nuint)SignatureLength);
        return EVP_DigestSignInit(context.Handle, 0, 0, 0, key.Handle) == 1
            && EVP_DigestSign(context.Handle, signature, ref length, message, (nuint)message.Length) == 1
            && length == SignatureLength ? signature : throw Failed();
    }

    /// <summary>True when <paramref name="signature"/> is the key's over <paramref name="message"/>; false for anything else, hostile bytes included.</summary>
    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(signature);
        if (!IsAvailable || publicKey.Length != KeyLength || signature.Length != SignatureLength)
        {
            return false;
        }

        using var key = Key.Public(publicKey);
        using var context = new Context();
        return key.Handle != 0
            && EVP_DigestVerifyInit(context.Handle, 0, 0, 0, key.Handle) == 1
            && EVP_DigestVerify(context.Handle, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
    }

    private static CryptographicException Failed() => new("libcrypto could not do Ed25519");

    private readonly struct Key(nint handle) : IDisposable
    {
        public nint Handle => handle;

        public static Key Private(byte[] seed)
        {
            ArgumentNullException.ThrowIfNull(seed);
            if (!IsAvailable)
            {
                throw new PlatformNotSupportedException("Ed25519 needs " + Library);
            }

            var made = seed.Length == KeyLength ? EVP_PKEY_new_raw_private_key(Ed25519Type, 0, seed, KeyLength) : 0;
            return made != 0 ? new Key(made) : throw Failed();
        }

        public static Key Public(byte[] key) => new(EVP_PKEY_new_raw_public_key(Ed25519Type, 0, key, KeyLength));

        public void Dispose() => EVP_PKEY_free(handle);
    }

    private readonly struct Context() : IDisposable
    {
        public nint Handle { get; } = EVP_MD_CTX_new();

        public void Dispose() => EVP_MD_CTX_free(Handle);
    }

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_PKEY_get_raw_public_key(nint key, byte[] result, ref nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_MD_CTX_new();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestSign(nint context, byte[] signature, ref nuint signatureLength, byte[] message, nuint length);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestVerify(nint context, byte[] signature, nuint signatureLength, byte[] message, nuint length);
}
