using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Platform;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>
/// <c>eligibility-search.key</c> (HMAC) and <c>eligibility-sealed.key</c> (AES-256-GCM) in the data folder: who is registered is found only by who knows what stands
/// on the card and holds the first, and read only with the second. Singleton.
/// </summary>
internal sealed class RegistryKeys(DataFolder folder)
{
    private readonly KeyRing _search = new(folder.File("eligibility-search.key"));
    private readonly KeyRing _sealed = new(folder.File("eligibility-sealed.key"));

    /// <summary>Under how many keys something may have been written.</summary>
    public int Count => _search.Count;

    /// <summary>保険者番号, 記号, 番号, 生年月日 as one hash.</summary>
    public byte[] Card(CardKeys card, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"card\n{Family(card)}\n{card.Birth:yyyyMMdd}")), key);

    /// <summary>保険者番号, 記号, 番号, 枝番: one member of a family; null without 枝番. A 番号 of 後期, which has neither 記号 nor 枝番, is one member.</summary>
    public byte[]? Branch(CardKeys card, int key = 0)
    {
        var hasBranch = SearchKey.HasSymbol(card.Insurer);
        var branch = hasBranch ? SearchKey.Branch(card.Branch) : "";
        return branch.Length > 0 || !hasBranch ? _search.Hash(Encoding.UTF8.GetBytes($"branch\n{Family(card)}\n{branch}"), key) : null;
    }

    /// <summary>The insurer's own id of a row.</summary>
    public byte[] Entry(OrganisationId insurer, string entry, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes($"entry\n{insurer}\n{entry}"), key);

    /// <summary>A 福祉事務所's own id of a ticket.</summary>
    public byte[] Ticket(OrganisationId office, string entry, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes($"ticket\n{office}\n{entry}"), key);

    /// <summary>The insurer's own number of a person.</summary>
    public byte[] Member(OrganisationId insurer, string member, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes($"member\n{insurer}\n{member}"), key);

    /// <summary>A facility's upload: recognises the same one about the same people sent again, and tells nothing about who stands in it.</summary>
    public byte[] Upload(OrganisationId facility, string kind, ReadOnlySpan<byte> bytes, IEnumerable<byte[]> pieces)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(bytes);
        foreach (var piece in pieces)
        {
            digest.AppendData(piece);
        }

        return _search.Hash([.. Encoding.UTF8.GetBytes($"upload\n{facility}\n{kind}\n"), .. digest.GetHashAndReset()]);
    }

    /// <summary>One certificate, by who issued it and its number.</summary>
    public byte[] Serial(string issuer, string serial, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes($"serial\n{issuer}\n{serial}"), key);

    /// <summary>Under which a person's readings of their own accesses are counted.</summary>
    public byte[] OwnAccesses(PersonKey person) => _search.Hash(Encoding.UTF8.GetBytes($"accesses\n{person.Value:N}"));

    /// <summary>目視用パスコード of a facility: short, so it is hashed with a key.</summary>
    public byte[] Passcode(OrganisationId facility, string code, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes($"passcode\n{facility}\n{code}"), key);
    /// <summary>One 健診: the insurer's, of one person, by one 健診実施機関 on one day.</summary>
    public byte[] Checkup(OrganisationId insurer, PersonKey person, string institution, DateOnly day, int key = 0) =>
        _search.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"checkup\n{insurer}\n{person.Value:N}\n{institution}\n{day:yyyyMMdd}")), key);

    /// <summary>What two registrations of one person have in common; null when something of it is missing.</summary>
    public byte[]? Alike(Coverage coverage) => TextFold.Kana(coverage.Kana) is { Length: > 0 } kana && coverage.Sex.Length > 0
        ? _search.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"alike\n{coverage.Birth:yyyyMMdd}\n{kana}\n{coverage.Sex}")))
        : null;

    /// <summary>Seals what belongs to a row: it opens nowhere else.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, Guid row, Guid of = default) => _sealed.Seal(plain, [.. row.ToByteArray(), .. of.ToByteArray()]);

    /// <summary>Opens it; a fault when it was changed or its key is gone.</summary>
    public byte[] Open(ReadOnlySpan<byte> bytes, Guid row, Guid of = default) =>
        _sealed.Open(bytes, [.. row.ToByteArray(), .. of.ToByteArray()]) ?? throw new InvalidDataException($"eligibility row {row:D} does not open: restore eligibility-sealed.key");

    /// <summary>What a facility finds its own by: the same value is another hash at another facility.</summary>
    public byte[] OfFacility(OrganisationId facility, string kind, string value, int key = 0) => _search.Hash(Encoding.UTF8.GetBytes($"facility\n{facility}\n{kind}\n{value}"), key);

    private static string Family(CardKeys card)
    {
        var insurer = SearchKey.Insurer(card.Insurer);
        var symbol = SearchKey.HasSymbol(insurer) ? SearchKey.Symbol(card.Symbol) : "";
        return $"{insurer}\n{symbol}\n{SearchKey.Number(card.Number)}";
    }
}
