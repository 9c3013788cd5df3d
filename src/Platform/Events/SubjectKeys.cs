using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;

namespace Sekisho.Platform.Events;

/// <summary>
/// Keys under which the audit trail knows persons: <c>audit-whose.key</c> (HMAC) and <c>audit-sealed.key</c> (AES-256-GCM), one line <c>id key</c> (hex)
/// each, the current one first. A new first line rotates; older lines still find and open what was written under them. Singleton.
/// </summary>
public sealed class SubjectKeys(DataFolder folder) : ISubjectHashes
{
    private readonly KeyRing _hashing = new(folder.File("audit-whose.key"));
    private readonly KeyRing _sealing = new(folder.File("audit-sealed.key"));

    public string Of(DataSubject subject) => Hash(0, Identities(subject).FirstOrDefault() ?? "");

    public IReadOnlyList<string> All(DataSubject subject) =>
        [.. from key in Enumerable.Range(0, _hashing.Count) from identity in Identities(subject) select Hash(key, identity)];

    public DataSubject? Open(ReadOnlyMemory<byte> sealedValue) =>
        _sealing.Open(sealedValue.Span) is { } plain ? JsonSerializer.Deserialize<DataSubject>(plain) : null;

    public byte[] Seal(DataSubject subject) => _sealing.Seal(JsonSerializer.SerializeToUtf8Bytes(subject));

    internal static string Digest(byte[] sealedValue) => Convert.ToHexStringLower(SHA256.HashData(sealedValue));

    /// <summary>
    /// Who somebody is, the surest first: 保険者番号・記号・番号・枝番; the same with 生年月日 where no 枝番 is recorded, or alone; 公費負担者番号・受給者番号; 氏名・生年月日.
    /// An event carries the first of what its data says.
    /// </summary>
    private static IEnumerable<string> Identities(DataSubject subject)
    {
        var (number, branch, birth) = (Normal(subject.Number), Normal(subject.Branch), Normal(subject.Birth));
        if (number.Length > 0)
        {
            var coverage = $"insured\n{Payer(subject.Insurer)}\n{Normal(subject.Symbol)}\n{number}\n";
            if (branch.Length > 0)
            {
                yield return coverage + branch.TrimStart('0');
            }

            if (birth.Length > 0)
            {
                yield return coverage + "\n" + birth;
            }

            yield return coverage;
        }

        if (Normal(subject.Recipient).Length > 0)
        {
            yield return $"public\n{Payer(subject.PublicPayer)}\n{Normal(subject.Recipient)}";
        }

        if (Normal(subject.Name).Length > 0 && birth.Length > 0)
        {
            yield return $"person\n{Normal(subject.Name)}\n{birth}";
        }
    }

    private static string Payer(string number) => Normal(number).TrimStart('0');

    /// <summary>One form for what files and people write differently: width of letters and digits, blanks, case. (Needs no ICU: a site runs without.)</summary>
    private static string Normal(string value) =>
        string.Concat(value.Where(c => !char.IsWhiteSpace(c)).Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c)).ToUpperInvariant();

    private string Hash(int key, string identity) =>
        identity.Length == 0 ? "" : Convert.ToHexStringLower(_hashing.Hash(Encoding.UTF8.GetBytes("sekisho whose 1\n" + identity), key));
}
