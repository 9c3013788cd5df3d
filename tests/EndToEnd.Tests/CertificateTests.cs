using System.Net.Sockets;

namespace Sekisho.EndToEnd.Tests;

/// <summary>Who may not: another authority, another environment, a revoked device, a clinic with somebody else's claims.</summary>
public sealed class CertificateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_CertificateOfAnotherSite_IsRefusedBeforeAnythingIsSent()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        await using var other = await ServerProcess.StartOwn(Provider.Sqlite);
        string[] connected = ["--server", clinic.Server.Machines.AbsoluteUri, "--cert", other.Demo("clinic.pfx")];

        var byOwnAuthority = (await clinic.Sekisho.Run(["send", clinic.File, .. connected])).Expect(3);
        var byTheirAuthority = (await clinic.Sekisho.Run(["send", clinic.File, .. connected, "--ca", clinic.Server.Demo("ca.pem")])).Expect(2);

        Assert.Contains("CI-0302", byOwnAuthority.Error, StringComparison.Ordinal);
        Assert.Contains("CI-0206", byTheirAuthority.Error, StringComparison.Ordinal);
        Assert.True(await IsStranger(clinic, other.Demo("clinic.pfx")));
        Assert.False(File.Exists(clinic.File + ".sending"));
        Assert.False(File.Exists(clinic.Acknowledgement));
        await NothingArrived(clinic);
    }

    [Fact]
    public async Task Send_CertificateOfAnotherEnvironment_IsRefused()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        await using var test = await ServerProcess.Start(Provider.Sqlite, "Demo=false", "Environment=test", "Scanner:Mode=None", "Clock:Mode=None", "Listen:People=https://127.0.0.1:0");
        (await test.Admin("register-organisation", "--name", "架空医院", "--kind", "MedicalInstitution", "--code", "Institution:1310000001")).Expect(0);
        var pfx = clinic.Sekisho.PathOf("test.pfx");
        (await test.Admin("issue-cert", "--code", "Institution:1310000001", "--name", "試験端末", "--out", pfx)).Expect(0);

        var result = await clinic.Sekisho.Run("send", clinic.File, "--server", clinic.Server.Machines.AbsoluteUri, "--cert", pfx, "--ca", clinic.Server.Demo("ca.pem"));

        Assert.Contains("CI-0206", result.Expect(2).Error, StringComparison.Ordinal);
        Assert.True(await IsStranger(clinic, pfx));
        await NothingArrived(clinic);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Send_RevokedCertificate_IsRefused(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        var pfx = clinic.Sekisho.PathOf("second.pfx");
        (await clinic.Server.Admin("issue-cert", "--code", $"Institution:{SendReceiveTests.Institution(clinic)}", "--name", "受付2", "--out", pfx)).Expect(0);
        string[] connected = ["--server", clinic.Server.Machines.AbsoluteUri, "--cert", pfx];
        (await clinic.Sekisho.Run(["receptions", .. connected])).Expect(0);
        using var device = new Participant(clinic.Server.Machines, pfx);
        (await clinic.Server.Admin("revoke", "--serial", device.Certificate.SerialNumber, "--reason", "紛失")).Expect(0);

        await Eventually(async () => (await clinic.Sekisho.Run(["receptions", .. connected])).Code == 3);

        (await clinic.Sekisho.Run(["send", clinic.File, .. connected])).Expect(3);
        await NothingArrived(clinic);
    }

    [Fact]
    public async Task Send_ClaimsOfAnotherInstitution_IsRejectedAsAWhole()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        ClaimFiles.Set(clinic.File, "IR", 5, "9999999");

        var sent = await clinic.Sekisho.Json(1, ["send", clinic.File, .. clinic.Connected("clinic")]);

        Assert.Equal("Rejected", sent.GetProperty("reception").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Send_AuthorityChangedSinceTheFirstContact_IsRefused()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        await using var other = await ServerProcess.StartOwn(Provider.Sqlite);
        (await clinic.Sekisho.Run(["receptions", .. clinic.Connected("clinic")])).Expect(0);
        var pinned = Directory.GetFiles(Path.Combine(clinic.Sekisho.Configuration, "trust"), "*.pem").Single();

        File.Copy(other.Demo("ca.pem"), pinned, overwrite: true);

        var result = (await clinic.Sekisho.Run(["receptions", .. clinic.Connected("clinic")])).Expect(2);
        Assert.Contains("CI-0204", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Trusts the site but shows it a certificate that is not of its making: it gets no answer.</summary>
    private static async Task<bool> IsStranger(Clinic clinic, string pfx)
    {
        using var stranger = new Participant(clinic.Server.Machines, pfx, clinic.Server.Demo("ca.pem"));
        try
        {
            await stranger.Get("/identity/me");
            return false;
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException)
        {
            return true;
        }
    }

    private static async Task NothingArrived(Clinic clinic) =>
        Assert.Equal(0, (await clinic.Sekisho.Json(0, ["receptions", .. clinic.Connected("clinic")])).GetArrayLength());

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 240; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(500, Stop);
        }

        Assert.Fail("It did not happen within two minutes.");
    }
}
