using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.SignIn.Factors;

/// <summary>Codes for a lost phone: random, kept as digests, each good once.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;

    // 16 of 31 characters are 79 random bits: a digest of that needs no slow function.
    private const string Characters = "23456789abcdefghjkmnpqrstuvwxyz";

    public static string New() => string.Join('-', RandomNumberGenerator.GetString(Characters, 16).Chunk(4).Select(c => new string(c)));

    public static string DigestOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normal(code))));

    public static async ValueTask<IReadOnlyList<string>> Renew(Store.Unit unit, Guid person, CancellationToken ct)
    {
        await Remove(unit, person, ct);
        var codes = Enumerable.Range(0, Count).Select(_ => New()).ToList();
        foreach (var code in codes)
        {
            await unit.Session.Execute(
                $"INSERT INTO {unit.Session.Prefix("identity")}recovery_code (person, digest) VALUES (@person, @digest)",
                ct,
                ("person", person),
                ("digest", DigestOf(code)));
        }

        return codes;
    }

    public static async ValueTask Remove(Store.Unit unit, Guid person, CancellationToken ct) =>
        await unit.Session.Execute($"DELETE FROM {unit.Session.Prefix("identity")}recovery_code WHERE person = @person", ct, ("person", person));

    /// <summary>True when it was unused; it is used from now on.</summary>
    public static async ValueTask<bool> Use(Store.Unit unit, Guid person, string code, DateTimeOffset now, CancellationToken ct) => await unit.Session.Execute(
        $"UPDATE {unit.Session.Prefix("identity")}recovery_code SET used = @now WHERE person = @person AND digest = @digest AND used IS NULL",
        ct,
        ("now", now),
        ("person", person),
        ("digest", DigestOf(code))) == 1;

    public static async ValueTask<int> Unused(Store.Unit unit, Guid person, CancellationToken ct) => Convert.ToInt32(
        await unit.Session.Scalar($"SELECT COUNT(*) FROM {unit.Session.Prefix("identity")}recovery_code WHERE person = @person AND used IS NULL", ct, ("person", person)),
        CultureInfo.InvariantCulture);

    private static string Normal(string code) =>
        new([.. code.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
