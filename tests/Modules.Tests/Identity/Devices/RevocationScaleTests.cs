using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>A long revocation list: made, read and asked quickly.</summary>
public sealed class RevocationScaleTests
{
    private const int Many = 15_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfFifteenThousand_IsBuiltAndAskedQuickly_AndOpensslReadsIt()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (device, certificate) = await site.Certified(clinic.Administrator());
        await Fill(site, device.Value);

        var clock = Stopwatch.StartNew();
        Assert.True((await site.Office().Revoke(clinic.Administrator(), device, RevocationReason.KeyCompromise, "紛失", Ct)).Succeeded(out _, out _));
        var revoked = clock.Elapsed;
        var trust = site.Certificates.Trust;
        trust.Check(certificate, TimeProvider.System.GetUtcNow());
        clock.Restart();
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal("WI-0206", trust.Check(certificate, TimeProvider.System.GetUtcNow()).Refusal.Code);
        }

        var asked = clock.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"revoke + publish + load {revoked.TotalMilliseconds:F0} ms; one check {asked.TotalMicroseconds / 1000:F1} µs");
        Assert.True(revoked < TimeSpan.FromSeconds(60), $"{revoked}");
        Assert.True(asked < TimeSpan.FromSeconds(20), $"{asked}");
        var (ca, list) = await site.Published();
        var text = (await DeviceWorld.Openssl("crl", "-in", list, "-noout", "-text", "-CAfile", ca)).Output;
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Equal(Many + 1, text.Split("Serial Number:").Length - 1);
    }

    private static async Task Fill(TestSite site, Guid device)
    {
        await using var unit = await site.Services.GetRequiredService<Store>().Write(Ct);
        var version = await unit.NextVersion(Ct);
        for (var i = 0; i < Many; i++)
        {
            var serial = RandomNumberGenerator.GetBytes(16);
            serial[0] = 0x40;
            unit.Context.Certificates.Add(new CertificateRow
            {
                Serial = Convert.ToHexStringLower(serial),
                Device = device,
                Thumbprint = Guid.NewGuid().ToString("N"),
                Certificate = [],
                State = CertificateState.Revoked,
                RevokedAt = TimeProvider.System.GetUtcNow(),
                ReasonCode = (RevocationReason)(i % 5),
                Changed = version,
            });
        }

        await unit.Context.SaveChangesAsync(Ct);
        await site.Services.GetRequiredService<Revocation>().Publish(unit, Ct);
        await unit.Commit(Ct);
    }
}
