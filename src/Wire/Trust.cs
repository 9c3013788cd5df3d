using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>
/// What a verifier believes without asking anybody: roots, their environment, and optionally revocation lists. Thread-safe; a certificate's chain is
/// built once and remembered, its validity in time and its revocation are judged at every call.
/// </summary>
public sealed class Trust
{
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _roots = [];
    private readonly SiteEnvironment? _environment;
    private readonly FrozenDictionary<(string Issuer, BigInteger Serial), DateTimeOffset> _revoked;
    private readonly ConcurrentDictionary<string, Vouched> _vouched = new(StringComparer.Ordinal);

    /// <param name="roots">CA certificates.</param>
    /// <param name="environment">The environment whose messages are accepted; null accepts the one named by the certificates.</param>
    /// <param name="revocationLists">
    /// DER or PEM CRLs issued by the roots. One that no root signed, or that cannot be understood, is ignored with a note in <see cref="Notes"/>. A listed serial
    /// is refused however old the list is; how long the lists promise to be complete is <see cref="ListsUntil"/>.
    /// </param>
    public Trust(IEnumerable<X509Certificate2> roots, SiteEnvironment? environment = null, IEnumerable<byte[]>? revocationLists = null)
    {
        ArgumentNullException.ThrowIfNull(roots);
        foreach (var root in roots)
        {
            _roots.Add(root);
        }

        _environment = environment;
        var lists = (revocationLists ?? []).Select(l => RevocationList.Read(l, _roots) is { Scope: null } list ? list : null).ToList();
        Notes = [.. lists.Select((list, i) => (list, i)).Where(l => l.list is null).Select(l => Ignored(l.i))];
        ListsUntil = lists.Min(l => l?.NextUpdate);
        _revoked = Revocations(lists.OfType<RevocationList>());
        Operators = _roots.Select(CertificateIdentity.Of).Select(o => o.Succeeded(out var identity, out _) ? identity.Organisation : Guid.Empty)
            .Where(o => o != Guid.Empty).ToFrozenSet();
    }

    /// <summary>What was ignored and why, in Japanese, for the person who supplied it.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The earliest next update of the accepted revocation lists: after it, "not listed" no longer means "not revoked". Null without lists.</summary>
    public DateTimeOffset? ListsUntil { get; }

    /// <summary>
    /// The centres named by the CA certificates (a URI <c>urn:sekisho:{environment}:{centre}:00000000-0000-0000-0000-000000000000</c> in the root). Under a root that names its
    /// centre, only that centre may sign acknowledgements and checkpoints; under one that does not, the judgement is the caller's.
    /// </summary>
    public IReadOnlySet<Guid> Operators { get; }

    /// <summary>Chain, validity at <paramref name="at"/>, key usage, environment and revocation of a signer's certificate; never goes online. WI-02xx.</summary>
    public Outcome<CertificateIdentity> Check(X509Certificate2 certificate, DateTimeOffset at) => Check(certificate, at, CertificatePurpose.Signature);

    /// <summary>Chain, validity at <paramref name="at"/>, key usage for <paramref name="purpose"/>, environment and revocation; never goes online. WI-02xx.</summary>
    public Outcome<CertificateIdentity> Check(X509Certificate2 certificate, DateTimeOffset at, CertificatePurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (Vouch(certificate).Refused(out var refusal, out var vouched))
        {
            return refusal;
        }

        if (_environment is { } environment && vouched.Identity.Environment != environment)
        {
            return Refusals.OtherEnvironment;
        }

        if (!vouched.Purposes.Contains(purpose))
        {
            return Refusals.Purpose;
        }

        if (at < vouched.From || at > vouched.Until)
        {
            return Refusals.NotValidAt;
        }

        return _revoked.TryGetValue((vouched.Issuer, vouched.Serial), out var since) && since <= at ? Refusals.Revoked : vouched.Identity;
    }

    /// <summary>False when the root above <paramref name="certificate"/> names a centre and it is another organisation.</summary>
    internal bool MaySpeakForCentre(X509Certificate2 certificate) =>
        Vouch(certificate).Succeeded(out var vouched, out _) && (vouched.Centre is null || vouched.Centre == vouched.Identity.Organisation);

    /// <summary>Only certificates that a root vouches for are remembered: nobody else can fill the memory.</summary>
    private Outcome<Vouched> Vouch(X509Certificate2 certificate)
    {
        var key = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (_vouched.TryGetValue(key, out var known))
        {
            return known;
        }

        var outcome = Build(certificate);
        if (outcome.Succeeded(out var vouched, out _))
        {
            _vouched.TryAdd(key, vouched);
        }

        return outcome;
    }

    private Outcome<Vouched> Build(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = Policy() };
        var elements = new List<X509Certificate2>();
        try
        {
            var built = chain.Build(certificate);
            elements.AddRange(chain.ChainElements.Select(e => e.Certificate));
            if (!built || elements.Count < 2)
            {
                return Refusals.Chain;
            }

            if (CertificateIdentity.Of(certificate).Refused(out var refusal, out var identity))
            {
                return refusal;
            }

            if (CertificateIdentity.Of(elements[^1]).Succeeded(out var root, out _) && root.Environment != identity.Environment)
            {
                return Refusals.OtherEnvironment;
            }

            return new Vouched(identity, root?.Organisation, Purposes(certificate), Name(elements[1]), Serial(certificate),
                elements.Max(e => Utc(e.NotBefore)), elements.Min(e => Utc(e.NotAfter)));
        }
        catch (CryptographicException)
        {
            return Refusals.Chain;
        }
        finally
        {
            elements.ForEach(e => e.Dispose());
        }
    }

    /// <summary>Time is judged by us against every element, so that the answer can be kept.</summary>
    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
        };
        policy.CustomTrustStore.AddRange(_roots);
        return policy;
    }

    /// <summary>A certificate without a purpose is good for none, and a CA never speaks for a device.</summary>
    private static HashSet<CertificatePurpose> Purposes(X509Certificate2 certificate)
    {
        var purposes = new HashSet<CertificatePurpose>();
        var isAuthority = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority);
        var signs = certificate.Extensions.OfType<X509KeyUsageExtension>().All(e => e.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature));
        if (isAuthority || !signs)
        {
            return purposes;
        }

        foreach (var usage in certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>()))
        {
            if (usage.Value == EmailProtection)
            {
                purposes.Add(CertificatePurpose.Signature);
            }
            else if (usage.Value == ClientAuth)
            {
                purposes.Add(CertificatePurpose.Device);
            }
        }

        return purposes;
    }

    private static FrozenDictionary<(string, BigInteger), DateTimeOffset> Revocations(IEnumerable<RevocationList> lists)
    {
        var revoked = new Dictionary<(string, BigInteger), DateTimeOffset>();
        foreach (var list in lists)
        {
            foreach (var (serial, since) in list.Revoked)
            {
                var key = (Name(list.Issuer), serial);
                revoked[key] = revoked.TryGetValue(key, out var earlier) && earlier < since ? earlier : since;
            }
        }

        return revoked.ToFrozenDictionary();
    }

    /// <summary>An issuer is its key: a CA certificate may be renewed while its lists go on.</summary>
    private static string Name(X509Certificate2 issuer) => Convert.ToHexStringLower(SHA256.HashData(issuer.PublicKey.ExportSubjectPublicKeyInfo()));

    private static BigInteger Serial(X509Certificate2 certificate) => new(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true);

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    private static string Ignored(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"失効リスト({index + 1}番目)は、信頼する認証局の署名を確認できないか読み取れないため、使いませんでした。");

    /// <summary>What stays true of a certificate whenever one asks.</summary>
    private sealed record Vouched(
        CertificateIdentity Identity, Guid? Centre, IReadOnlySet<CertificatePurpose> Purposes, string Issuer, BigInteger Serial, DateTimeOffset From, DateTimeOffset Until);
}
