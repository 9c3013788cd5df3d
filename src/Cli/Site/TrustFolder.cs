using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Cli.Site;

/// <summary>
/// Whom this user trusts, like known_hosts: the authority of a site is remembered at the first contact and must stay the same.
/// Files per site: <c>.pem</c> authority, <c>.crl</c> revocation list.
/// </summary>
internal sealed class TrustFolder(string folder)
{
    /// <summary>True when the site's authority is remembered and is this one, false before the first contact; refused when another one is remembered.</summary>
    public Outcome<bool> Knows(Uri server, X509Certificate2 authority)
    {
        var file = PathOf(server, ".pem");
        if (DeviceCertificate.ReadAuthority(file) is not { } remembered)
        {
            return false;
        }

        return remembered.RawDataMemory.Span.SequenceEqual(authority.RawDataMemory.Span)
            ? true
            : Refusals.AuthorityChanged with { Remedy = Refusals.AuthorityChanged.Remedy + $" 登録ファイル: {file}" };
    }

    /// <summary>Remembers the authority that has just authenticated the site.</summary>
    public Task Remember(Uri server, X509Certificate2 authority, CancellationToken ct) =>
        Files.WriteWhole(PathOf(server, ".pem"), System.Text.Encoding.ASCII.GetBytes(authority.ExportCertificatePem() + "\n"), ct);

    /// <summary>When the revocation list was last fetched.</summary>
    public DateTimeOffset? RevocationListAge(Uri server) => File.Exists(PathOf(server, ".crl")) ? File.GetLastWriteTimeUtc(PathOf(server, ".crl")) : null;

    public Task SaveRevocationList(Uri server, byte[] list, CancellationToken ct) => Files.WriteWhole(PathOf(server, ".crl"), list, ct);

    /// <summary>The public key of the site's ledger, once pinned; null before.</summary>
    public NoteKey? LedgerKey(Uri server) => ReadKeys(PathOf(server, ".vkey")).FirstOrDefault();

    public Task PinLedgerKey(Uri server, NoteKey key, CancellationToken ct) =>
        Files.WriteWhole(PathOf(server, ".vkey"), System.Text.Encoding.UTF8.GetBytes(key + "\n"), ct);

    /// <summary>Where the last verification of the site's ledger ended.</summary>
    public string MarkOf(Uri server) => PathOf(server, ".ledger");

    /// <summary>Every pinned key, for verifying offline.</summary>
    public IReadOnlyList<NoteKey> LedgerKeys() => [.. Directory.GetFiles(folder, "*.vkey").SelectMany(ReadKeys).Distinct()];

    /// <summary>Trust in this one site.</summary>
    public Trust TrustIn(Uri server, X509Certificate2 authority, SiteEnvironment environment) =>
        new([authority], environment, ReadAll(PathOf(server, ".crl")));

    /// <summary>Everything remembered, for verifying offline.</summary>
    public KnownSites All()
    {
        var authorities = Directory.GetFiles(folder, "*.pem").Select(DeviceCertificate.ReadAuthority).OfType<X509Certificate2>().DistinctBy(c => c.Thumbprint).ToList();
        return new KnownSites(authorities, [.. Directory.GetFiles(folder, "*.crl").SelectMany(ReadAll)]);
    }

    private static IEnumerable<NoteKey> ReadKeys(string file) => !File.Exists(file) ? []
        : File.ReadLines(file).Select(l => NoteKey.Parse(l).Succeeded(out var key, out _) ? key : null).OfType<NoteKey>();

    private static IEnumerable<byte[]> ReadAll(string file) => File.Exists(file) ? [File.ReadAllBytes(file)] : [];

    private string PathOf(Uri server, string extension) =>
        Path.Combine(folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{server.IdnHost.Replace(':', '-')}_{server.Port}{extension}"));
}

/// <summary>Authorities and revocation lists met so far.</summary>
internal sealed record KnownSites(IReadOnlyList<X509Certificate2> Authorities, IReadOnlyList<byte[]> RevocationLists)
{
    public Trust ToTrust() => new(Authorities, revocationLists: RevocationLists);
}
