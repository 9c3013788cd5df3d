using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>The CA's key in a PKCS#11 token (softhsm2), through libcrypto's engine. Runs the server as a process: the token's library reads its environment once.</summary>
public sealed class TokenTests
{
    private static readonly string[] _modules = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Authority_InAToken_IssuesAndRevokes_AndOpensslAgrees()
    {
        var token = await Token.Make();
        try
        {
            var data = Path.Combine(token.Folder, "data");
            string[] settings =
            [
                $"--DataFolder={data}", "--Environment=development", "--Demo=false", $"--Ca:Pkcs11:Module={token.Module}", "--Ca:Pkcs11:Token=sekisho", "--Ca:Pkcs11:Key=ca",
                $"--Ca:Pkcs11:PinFile={Path.Combine(token.Folder, "pin")}",
            ];
            await Done(token.Server(["admin", "init", .. settings]));
            await Done(token.Server(["admin", "register-organisation", "--name", "関所内科", "--kind", "medicalinstitution", "--code", "Institution:1319000012", .. settings]));
            var pfx = Path.Combine(token.Folder, "device.pfx");
            await Done(token.Server(["admin", "issue-cert", "--code", "Institution:1319000012", "--name", "受付", "--out", pfx, .. settings]));
            var keys = System.IO.Directory.GetFiles(Path.Combine(data, "keys")).Select(Path.GetFileName).ToList();
            Assert.DoesNotContain(keys, k => k!.StartsWith("ca-", StringComparison.Ordinal) && k.EndsWith(".p8", StringComparison.Ordinal));
            Assert.Single(keys, k => k!.StartsWith("ca-", StringComparison.Ordinal) && k.EndsWith(".p11", StringComparison.Ordinal));

            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(pfx, "");
            var device = all.Single(c => c.HasPrivateKey);
            string ca = Path.Combine(token.Folder, "ca.pem"), own = Path.Combine(token.Folder, "own.pem");
            await File.WriteAllTextAsync(ca, all.Single(c => !c.HasPrivateKey).ExportCertificatePem(), Ct);
            await File.WriteAllTextAsync(own, device.ExportCertificatePem(), Ct);
            Assert.Contains("own.pem: OK", (await DeviceWorld.Openssl("verify", "-x509_strict", "-CAfile", ca, own)).Output, StringComparison.Ordinal);
            await Done(token.Server(["admin", "revoke", "--serial", device.SerialNumber, "--reason", "紛失", .. settings]));
            await Done(token.Server(["admin", "health", .. settings]));

            await File.WriteAllTextAsync(Path.Combine(token.Folder, "pin"), "0000\n", Ct);
            var (exit, output) = await token.Server(["admin", "issue-cert", "--code", "Institution:1319000012", "--name", "2", "--out", pfx + "2", .. settings]);
            Assert.Equal(3, exit);
            Assert.Contains("トークン「sekisho」の鍵「ca」を使えません", output, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.Directory.Delete(token.Folder, recursive: true);
        }
    }

    private static async Task Done(Task<(int Exit, string Output)> command)
    {
        var (exit, output) = await command;
        Assert.True(exit == 0, output);
    }

    private sealed record Token(string Folder, string Module)
    {
        /// <summary>A token of our own with a P-256 key in it; skipped visibly where the packages are missing.</summary>
        public static async Task<Token> Make()
        {
            var module = Array.Find(_modules, File.Exists);
            Assert.SkipWhen(module is null || !File.Exists("/usr/bin/softhsm2-util"), "softhsm2 がありません。");
            Assert.SkipWhen(!System.IO.Directory.EnumerateDirectories("/usr/lib").Any(d => File.Exists(Path.Combine(d, "engines-3", "pkcs11.so"))), "libengine-pkcs11-openssl がありません。");
            var folder = System.IO.Directory.CreateTempSubdirectory("sekisho-token-").FullName;
            var token = new Token(folder, module!);
            System.IO.Directory.CreateDirectory(Path.Combine(folder, "tokens"));
            await File.WriteAllTextAsync(Path.Combine(folder, "softhsm2.conf"), $"directories.tokendir = {Path.Combine(folder, "tokens")}\n", Ct);
            await File.WriteAllTextAsync(Path.Combine(folder, "pin"), "1234\n", Ct);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), Ct);
            await Done(token.Run("softhsm2-util", "--init-token", "--free", "--label", "sekisho", "--pin", "1234", "--so-pin", "5678"));
            await Done(token.Run("softhsm2-util", "--import", Path.Combine(folder, "key.pem"), "--token", "sekisho", "--label", "ca", "--id", "01", "--pin", "1234"));
            File.Delete(Path.Combine(folder, "key.pem"));
            return token;
        }

        public Task<(int Exit, string Output)> Server(IEnumerable<string> arguments) => Run("dotnet", [typeof(Server.Site).Assembly.Location, .. arguments]);

        private async Task<(int Exit, string Output)> Run(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["SOFTHSM2_CONF"] = Path.Combine(Folder, "softhsm2.conf");
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(Ct);
            var error = process.StandardError.ReadToEndAsync(Ct);
            await process.WaitForExitAsync(Ct);
            return (process.ExitCode, await output + await error);
        }
    }
}
