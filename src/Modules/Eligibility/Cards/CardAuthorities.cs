using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Sekisho.Formats;
using Sekisho.Platform;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>A card's certificate that stands: issued by an authority this site trusts, in its time, not revoked.</summary>
/// <param name="Certificate">It.</param>
/// <param name="Issuer">SHA-256 of the issuer's public key.</param>
/// <param name="Serial">Serial number, hex without leading zeros.</param>
internal sealed record CardCertificate(X509Certificate2 Certificate, string Issuer, string Serial) : IDisposable
{
    public DateTimeOffset Until => Certificate.NotAfter;

    public void Dispose() => Certificate.Dispose();
}

/// <summary>One of an authority's revocation lists.</summary>
/// <param name="Point">Its distribution point; empty when it speaks for all certificates.</param>
/// <param name="Until">次回更新日時.</param>
/// <param name="Revoked">How many numbers.</param>
/// <param name="Unsupported">Why it is not used; empty when it is.</param>
internal sealed record AuthorityList(string Point, DateTimeOffset? Until, int Revoked, string Unsupported);

/// <summary>An authority as the operator sees it.</summary>
/// <param name="Id">SHA-256 of its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Until">When its certificate ends.</param>
/// <param name="ListUntil">The earliest of its lists that are used; null without one.</param>
/// <param name="Revoked">How many certificates are on them.</param>
/// <param name="Lists">All of its lists.</param>
internal sealed record AuthorityState(string Id, string Name, DateTimeOffset Until, DateTimeOffset? ListUntil, int Revoked, IReadOnlyList<AuthorityList> Lists);

/// <summary>
/// The authorities whose cards this site accepts, and their revocation lists: files in a folder, read again when they change. No line is used to check a card.
/// What cannot be checked is refused, and said to be the centre's trouble rather than the card's. Singleton.
/// </summary>
internal sealed partial class CardAuthorities(IConfiguration configuration, DataFolder folder, TimeProvider time, ILogger<CardAuthorities> logger)
{
    private const string Setting = "Eligibility:Cards:Authorities";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(30);
    private static readonly string[] _certificates = [".crt", ".cer", ".pem"];

    private readonly string _path = configuration[Setting] is { Length: > 0 } path ? path : folder.Sub("card-authorities");
    private readonly Lock _lock = new();
    private (long Looked, string Files, Loaded Now) _state;

    private sealed record Listed(RevocationList List, HashSet<BigInteger> Serials)
    {
        public bool IsUnsupported => List.Scope?.Unsupported.Length > 0;

        public bool Serves(X509Certificate2 certificate, DateTimeOffset now) => List.NextUpdate >= now && List.Covers(certificate);
    }

    private sealed record Loaded(X509Certificate2Collection Authorities, ILookup<string, Listed> Lists);

    /// <summary>What a card shows, if it stands; EL-0404 to EL-0408.</summary>
    public Outcome<CardCertificate> Check(byte[] shown)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(shown);
        }
        catch (CryptographicException)
        {
            return Refusals.NotACardCertificate;
        }

        if (Fault(certificate, Current(), out var issuer) is not { } refusal)
        {
            return new CardCertificate(certificate, issuer, Serial(certificate));
        }

        certificate.Dispose();
        return refusal;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<AuthorityState> States()
    {
        var loaded = Current();
        return
        [
            .. loaded.Authorities.Select(a =>
            {
                List<AuthorityList> lists =
                [
                    .. loaded.Lists[Id(a)].Select(l => new AuthorityList(l.List.Scope?.Describe() ?? "", l.List.NextUpdate, l.Serials.Count, l.List.Scope?.Unsupported ?? "")),
                ];
                var used = lists.FindAll(l => l.Unsupported.Length == 0);
                return new AuthorityState(Id(a), a.Subject, a.NotAfter, used.Min(l => l.Until), used.Sum(l => l.Revoked), lists);
            }),
        ];
    }

    /// <summary>Looks at the folder again at the next card.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _state = default;
        }
    }

    /// <summary>How an authority is named where serial numbers are: a renewed authority with a new key is another one.</summary>
    public static string Id(X509Certificate2 authority) => Convert.ToHexStringLower(SHA256.HashData(authority.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>One form for however a serial number is written.</summary>
    public static string Serial(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.SerialNumberBytes.Span).TrimStart('0');

    private Refusal? Fault(X509Certificate2 certificate, Loaded loaded, out string issuer)
    {
        issuer = "";
        var now = time.GetUtcNow();
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = now.UtcDateTime,
                VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(loaded.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(loaded.Authorities);
        if (!chain.Build(certificate) || chain.ChainElements.Count < 2)
        {
            return Refusals.UnknownCardAuthority;
        }

        issuer = Id(chain.ChainElements[1].Certificate);
        if (!IsForAuthentication(certificate))
        {
            return Refusals.NotACardCertificate;
        }

        return now < certificate.NotBefore || now > certificate.NotAfter
            ? Refusals.CardCertificateOutOfTime with { Text = string.Create(CultureInfo.InvariantCulture, $"電子証明書の有効期間（{Day(certificate.NotBefore)}から{Day(certificate.NotAfter)}まで）の外です。") }
            : Revoked(chain, loaded, now);
    }

    /// <summary>Every certificate of the chain against its issuer's list, the authority's own included; a list that is missing or past says nothing.</summary>
    private static Refusal? Revoked(X509Chain chain, Loaded loaded, DateTimeOffset now)
    {
        for (var i = 0; i < chain.ChainElements.Count - 1; i++)
        {
            var certificate = chain.ChainElements[i].Certificate;
            if (now > chain.ChainElements[i + 1].Certificate.NotAfter)
            {
                return Refusals.UnknownCardAuthority;
            }

            // A number is one certificate of the issuer, whichever of its lists names it. That it is not named counts on the list of its own partition only.
            var lists = loaded.Lists[Id(chain.ChainElements[i + 1].Certificate)];
            var serial = new BigInteger(certificate.SerialNumberBytes.Span, isBigEndian: true);
            if (lists.Any(l => !l.IsUnsupported && l.Serials.Contains(serial)))
            {
                return Refusals.CardRevoked;
            }

            if (!lists.Any(l => l.Serves(certificate, now)))
            {
                return Unlisted(lists, certificate);
            }
        }

        return null;
    }

    /// <summary>Why nothing can be said about it, for who has to do something about it.</summary>
    private static Refusal Unlisted(IEnumerable<Listed> lists, X509Certificate2 certificate) =>
        lists.Any(l => l.List.Covers(certificate)) ? Refusals.CardListStale
        : lists.Any(l => l.IsUnsupported) ? Refusals.CardListStale with
        {
            Text = "認証局の失効リストが対応していない形のため、電子証明書を確かめられません。カードの問題ではありません。",
        }
        : Refusals.CardListStale with { Text = "この電子証明書の配布点の失効リストがないため、電子証明書を確かめられません。カードの問題ではありません。" };

    /// <summary>利用者証明用, not 署名用: that one names the person and is not asked for.</summary>
    private static bool IsForAuthentication(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().All(b => !b.CertificateAuthority)
        && certificate.Extensions.OfType<X509KeyUsageExtension>().All(u =>
            u.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) && !u.KeyUsages.HasFlag(X509KeyUsageFlags.NonRepudiation))
        && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().All(u => u.EnhancedKeyUsages[ClientAuthentication] is not null);

    private static string Day(DateTime time) => new DateTimeOffset(time).InJapan().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Loaded Current()
    {
        lock (_lock)
        {
            var (looked, files, now) = _state;
            if (now is not null && time.GetElapsedTime(looked) < _look)
            {
                return now;
            }

            List<FileInfo> found = Directory.Exists(_path) ? [.. new DirectoryInfo(_path).GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal)] : [];
            var stamp = string.Join('\n', found.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}")));
            _state = (time.GetTimestamp(), stamp, now is not null && stamp == files ? now : Load(found));
            return _state.Now;
        }
    }

    private Loaded Load(List<FileInfo> files)
    {
        var authorities = new X509Certificate2Collection();
        foreach (var file in files.Where(f => _certificates.Contains(f.Extension, StringComparer.OrdinalIgnoreCase)))
        {
            try
            {
                authorities.Add(X509CertificateLoader.LoadCertificateFromFile(file.FullName));
            }
            catch (CryptographicException)
            {
                LogUnreadable(file.Name);
            }
        }

        var lists = new Dictionary<(string Issuer, string Scope), RevocationList>();
        foreach (var file in files.Where(f => f.Extension.Equals(".crl", StringComparison.OrdinalIgnoreCase)))
        {
            if (RevocationList.Read(File.ReadAllBytes(file.FullName), authorities) is not { } list)
            {
                LogUnreadable(file.Name);
                continue;
            }

            if (list.Scope is { Unsupported: { Length: > 0 } unsupported })
            {
                LogUnsupported(file.Name, unsupported);
            }

            // Of two lists of one authority for the same certificates the later one counts.
            var key = (Id(list.Issuer), Key(list.Scope));
            if (!lists.TryGetValue(key, out var other) || other.NextUpdate < list.NextUpdate)
            {
                lists[key] = list;
            }
        }

        LogLoaded(authorities.Count, lists.Count);
        return new Loaded(authorities, lists.ToLookup(l => l.Key.Issuer, l => new Listed(l.Value, [.. l.Value.Revoked.Select(r => r.Serial)])));
    }

    private static string Key(RevocationScope? scope) =>
        scope is null ? "" : $"{scope.OnlyUsers} {scope.Unsupported} {string.Join(' ', scope.Names.Select(n => Convert.ToHexString(n.Span)))}";

    [LoggerMessage(5011, LogLevel.Error, "{File} in the folder of card authorities is not a certificate or a list of one of them; it is not used")]
    private partial void LogUnreadable(string file);

    [LoggerMessage(5013, LogLevel.Error, "{File} in the folder of card authorities is a list of a kind that is not supported ({Kind}); it is not used")]
    private partial void LogUnsupported(string file, string kind);

    [LoggerMessage(5012, LogLevel.Information, "{Authorities} card authorities and {Lists} revocation lists are in use")]
    private partial void LogLoaded(int authorities, int lists);
}
