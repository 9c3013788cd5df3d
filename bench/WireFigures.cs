using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Bench;

/// <summary>What one thread signs, verifies and hashes per second, with the messages a transmission really has.</summary>
internal static class WireFigures
{
    private static readonly DateTimeOffset Now = new(2026, 4, 8, 0, 55, 0, TimeSpan.Zero);
    private static readonly Guid Organisation = new("01900000-0000-7000-8000-000000000001");

    public static void Run(int count, int runs)
    {
        using var root = Root();
        using var device = Device(root);
        var trust = new Trust([root], SiteEnvironment.Development);
        var envelope = new Envelope(Organisation, SiteEnvironment.Development, Organisation, Organisation, TransmissionKinds.Claim,
            "RECEIPTC.UKE", Classification.StrictlyConfidential, new string('0', 64), 1, Now).ToBytes();
        var signed = Cms.Sign(envelope, device);
        using var ecdsa = device.GetECDsaPrivateKey()!;
        var signature = ecdsa.SignData(envelope, HashAlgorithmName.SHA256);

        Report("sign envelope", count, runs, () => Cms.Sign(envelope, device));
        Report("verify envelope", count, runs, () => Holds(Cms.Verify(signed, trust, Now).Succeeded(out _, out _)));
        Report("  of it bare ECDSA P-256 verify", count, runs, () => Holds(ecdsa.VerifyData(envelope, signature, HashAlgorithmName.SHA256)));
        Report("parse envelope", count * 10, runs, () => Holds(Envelope.Parse(envelope).Succeeded(out _, out _)));
        Ledger(count * 100, runs);
    }

    private static void Ledger(int leaves, int runs)
    {
        var tree = new Memory();
        var leaf = new byte[600];
        var next = 0L;
        Report("ledger append (600-byte leaf)", leaves, runs, () => tree.Append(next++, MerkleTree.LeafHash(leaf)));
        var root = tree.Root(next);
        var at = 0L;
        Report($"inclusion proof and its verification, {next} leaves", Math.Max(1, leaves / 100), runs, () =>
        {
            at = (at + 7919) % next;
            Holds(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(leaf), at, next, tree.Proof(at, next), root));
        });
    }

    private static void Report(string what, int count, int runs, Action action)
    {
        var rates = new List<double>();
        for (var run = 0; run < runs + 1; run++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                action();
            }

            if (run > 0)
            {
                rates.Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
        rates.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {rates[rates.Count / 2]:F0}/s (min {rates[0]:F0}, max {rates[^1]:F0}); {count} each, runs {runs}"));
    }

    private static void Holds(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("What is measured does not work");
        }
    }

    private static X509Certificate2 Root()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Bench CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(9));
    }

    private static X509Certificate2 Device(X509Certificate2 root)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench device", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new CertificateIdentity(SiteEnvironment.Development, Organisation, Organisation).ToUri());
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], false));
        using var certificate = request.Create(root, Now.AddDays(-1), Now.AddYears(1), [1, 2, 3, 4]);
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The tree's hashes in memory: what is left when storage costs nothing.</summary>
    private sealed class Memory : IHashReader
    {
        private readonly Dictionary<(int, long), byte[]> _hashes = [];

        public void Append(long index, byte[] leafHash)
        {
            foreach (var (level, at, hash) in Done(MerkleTree.Append(index, leafHash, this, CancellationToken.None)))
            {
                _hashes.Add((level, at), hash);
            }
        }

        public byte[] Root(long size) => Done(MerkleTree.Root(size, this, CancellationToken.None));

        public IReadOnlyList<byte[]> Proof(long index, long size) => Done(MerkleTree.InclusionProof(index, size, this, CancellationToken.None));

        public ValueTask<byte[]> Read(int level, long index, CancellationToken ct) => ValueTask.FromResult(_hashes[(level, index)]);

        /// <summary>Nothing here waits, so every task is complete.</summary>
        private static T Done<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException("Memory does not wait");
    }
}
