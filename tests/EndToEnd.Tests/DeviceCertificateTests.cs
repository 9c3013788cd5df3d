using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary><c>sekisho certificate</c>: the key is made at the user's, private, and used until the certificate stands beside it.</summary>
public sealed class DeviceCertificateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renew_ByCommand_GivesACertificateThatServes_AndTheOldOneStaysForNow()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var secret = clinic.Sekisho.PathOf("secret.txt");
        await File.WriteAllTextAsync(secret, "for the new file\n", Stop);
        var pfx = clinic.Sekisho.PathOf("new.pfx");

        var renewed = await clinic.Sekisho.Json(0, ["certificate", "renew", "--out", pfx, "--passphrase-file", secret, .. clinic.Connected("clinic")]);

        using var old = X509CertificateLoader.LoadPkcs12FromFile(clinic.Server.Demo("clinic.pfx"), "");
        Assert.NotEqual(old.SerialNumber, renewed.GetProperty("serial").GetString(), StringComparer.OrdinalIgnoreCase);
        Assert.False(File.Exists(pfx + ".key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(pfx));
        (await clinic.Sekisho.Run("receptions", "--server", clinic.Server.Machines.AbsoluteUri, "--cert", pfx, "--cert-password-file", secret)).Expect(0);
        (await clinic.Sekisho.Run(["receptions", .. clinic.Connected("clinic")])).Expect(0);
        (await clinic.Sekisho.Run(["certificate", "renew", "--out", pfx, .. clinic.Connected("clinic")])).Expect(2);
    }

    [Fact]
    public async Task Request_ByCommand_MakesAPrivateEncryptedKey_AppliesOnce_AndWaitsForTheCentre()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var secret = clinic.Sekisho.PathOf("secret.txt");
        await File.WriteAllTextAsync(secret, "for the key\n", Stop);
        var pfx = clinic.Sekisho.PathOf("second.pfx");
        string[] command = ["certificate", "request", "受付2", "--out", pfx, "--passphrase-file", secret];

        var made = await clinic.Sekisho.Json(0, command);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", await File.ReadAllTextAsync(pfx + ".key", Stop), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(pfx + ".key"));
        Assert.Equal(64, made.GetProperty("digest").GetString()!.Length);

        foreach (var time in new[] { 1, 2 })
        {
            var waiting = await clinic.Sekisho.Json(0, [.. command, .. clinic.Connected("clinic")]);
            Assert.True(waiting.GetProperty("state").GetString() == "Waiting", $"run {time}");
        }

        Assert.True(File.Exists(pfx + ".application"));
        Assert.False(File.Exists(pfx));
        Assert.Equal(JsonValueKind.Object, made.ValueKind);
    }
}
