using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>An authority made by openssl, whose list is cut into partitions: each with its own distribution point, as real card authorities do.</summary>
internal sealed class OpenSslAuthority : IDisposable
{
    private const string Common = """
        [req]
        distinguished_name = none
        [none]
        [authority]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign,cRLSign
        [rules]
        commonName = supplied
        [ku]
        keyUsage = critical,digitalSignature
        extendedKeyUsage = clientAuth
        """;

    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("sekisho-openssl-");
    private readonly List<string> _sections = [Common];
    private int _cards;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Configuration => PathOf("openssl.cnf");

    /// <summary>Where the site looks.</summary>
    public string Published => _work.CreateSubdirectory("published").FullName;

    public static async Task<OpenSslAuthority> Start()
    {
        var authority = new OpenSslAuthority();
        authority.Write();
        await Openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", authority.PathOf("ca.key"));
        await Openssl(
            "req", "-new", "-x509", "-sha384", "-key", authority.PathOf("ca.key"), "-out", authority.PathOf("published/ca.crt"), "-days", "3650", "-subj", "/O=Test/CN=Card authority of a test",
            "-config", authority.Configuration, "-extensions", "authority");
        return authority;
    }

    /// <summary>A partition: what its list says of itself (lines of openssl.cnf), and what its certificates say.</summary>
    public void Partition(string name, string point, string issuingPoint, string more = "")
    {
        File.WriteAllText(PathOf(name + ".txt"), "");
        File.WriteAllText(PathOf(name + ".number"), "01\n");
        _sections.Add($"""
            [{name}]
            database = {PathOf(name + ".txt")}
            certificate = {PathOf("published/ca.crt")}
            private_key = {PathOf("ca.key")}
            crlnumber = {PathOf(name + ".number")}
            default_md = sha384
            policy = rules
            [{name}_user]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = clientAuth
            {(point.Length > 0 ? $"crlDistributionPoints = {name}_point" : "")}
            [{name}_point]
            {point}
            [{name}_list]
            {(issuingPoint.Length > 0 ? $"issuingDistributionPoint = critical,@{name}_issuing" : "")}
            [{name}_issuing]
            {issuingPoint}
            {more}
            """);
        Write();
    }

    /// <summary>A certificate of that partition.</summary>
    public async Task<X509Certificate2> Issue(string partition)
    {
        var card = $"card{++_cards}";
        await Openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", PathOf(card + ".key"));
        await Openssl("req", "-new", "-key", PathOf(card + ".key"), "-out", PathOf(card + ".csr"), "-subj", $"/CN=TEST000{_cards}", "-config", Configuration);
        await Openssl(
            "x509", "-req", "-in", PathOf(card + ".csr"), "-CA", PathOf("published/ca.crt"), "-CAkey", PathOf("ca.key"), "-set_serial", $"0x00A10{_cards}", "-days", "900", "-sha384",
            "-extfile", Configuration, "-extensions", partition + "_user", "-out", PathOf(card + ".pem"));
        return X509CertificateLoader.LoadCertificateFromFile(PathOf(card + ".pem"));
    }

    public async Task Revoke(string partition, X509Certificate2 certificate)
    {
        await File.WriteAllTextAsync(PathOf("revoked.pem"), certificate.ExportCertificatePem(), Ct);
        await Openssl("ca", "-batch", "-config", Configuration, "-name", partition, "-revoke", PathOf("revoked.pem"));
    }

    /// <summary>Puts the partition's list, as of now, where the site looks.</summary>
    public Task Publish(string partition, int seconds = 3600) => Openssl(
        "ca", "-batch", "-config", Configuration, "-name", partition, "-gencrl", "-crlexts", partition + "_list", "-crlsec", $"{seconds}", "-out",
        PathOf($"published/{partition}.crl"));

    public void Withdraw(string partition) => File.Delete(PathOf($"published/{partition}.crl"));

    public void Dispose() => _work.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_work.FullName, name);

    private void Write()
    {
        Directory.CreateDirectory(PathOf("published"));
        File.WriteAllText(Configuration, string.Join('\n', _sections));
    }

    private static async Task Openssl(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, $"openssl {arguments[0]}: {await output}{await error}");
    }
}
