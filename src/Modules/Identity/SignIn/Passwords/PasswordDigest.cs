using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Modules.Identity.SignIn.Passwords;

/// <summary>Password digests: PBKDF2 with HMAC-SHA-256, written as <c>pbkdf2-sha256$iterations$salt$digest</c>.</summary>
internal static class PasswordDigest
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int DigestLength = 32;

    /// <summary>What an unknown login is compared with, so that it takes as long as a known one.</summary>
    public static readonly string Nobody = $"{Scheme}${Iterations}${Convert.ToBase64String(new byte[16])}${Convert.ToBase64String(new byte[DigestLength])}";

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Digest(password, salt, Iterations))}";
    }

    public static bool Verify(string password, string stored)
    {
        var parts = stored.Split('$');
        return parts is [Scheme, var iterations, var salt, var digest]
            && CryptographicOperations.FixedTimeEquals(
                Digest(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture)), Convert.FromBase64String(digest));
    }

    private static byte[] Digest(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, DigestLength);
}
