using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Server;
using Sekisho.Server.Demo;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>The demo world is made whole, and its claim file says exactly what it is meant to say.</summary>
public sealed class DemoWorldTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2024, 6)]
    [InlineData(2026, 11)]
    public void DemoFile_Checked_HasExactlyTheDeliberateFindings(int year, int month)
    {
        using var file = new MemoryStream();
        Assert.True(YearMonth.TryCreate(year, month, out var billing));
        DemoClaims.Write(file, billing);
        file.Position = 0;
        var seen = new Seen();
        var report = ClaimFileCheck.Run(file, new CheckContext(billing), seen);
        Assert.Equal(12, report.Claims);
        Assert.False(report.Rejected);
        Assert.Equal(["6 L3220", "8 L3129", "9 L2162", "10 L4800"], seen.Findings.Select(f => $"{f.Place.Claim} {f.Rule.Number}"));
        Assert.Equal(["06139018", "06139026", "", "06139992"], seen.Claims.Select(c => c.Insurer).Distinct());
        Assert.Equal(["12139010"], seen.Claims.SelectMany(c => c.PublicPayers));
    }

    [Fact]
    public void DemoCodes_HaveValidCheckDigits()
    {
        Assert.True(InstitutionCode.TryParse(DemoCast.Clinic, out var clinic) && clinic.HasValidCheckDigit is true);
        Assert.All([DemoCast.Insurer, DemoCast.OtherInsurer, DemoCast.UnknownInsurer], code => Assert.True(InsurerNumber.TryParse(code, out var number) && number.HasValidCheckDigit));
        Assert.True(PublicPayerNumber.TryParse(DemoCast.Welfare, out var welfare) && welfare.HasValidCheckDigit);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task DemoWorld_OnAnEmptyDatabase_LetsEverybodyIn(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider, "Demo=true");
        var demo = DemoWorld.Read(site.Services)!;
        Assert.Equal((site.Machines.ToString().TrimEnd('/'), site.People.ToString().TrimEnd('/')), (demo.Machines, demo.People));
        Assert.True(demo.Complete);
        Assert.Equal(8, site.Services.GetRequiredService<IBusinessTime>().Now.Day);
        foreach (var account in demo.Accounts)
        {
            var actor = (await site.SignIn.Password(account.Login, account.Password, Ct)).Value.Actor!;
            Assert.Equal(account.Organisation, actor.OrganisationName);
            Assert.NotEmpty(actor.Governance);
        }

        foreach (var device in demo.Devices)
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(site.DataFolder, "demo", device.Pfx), "");
            using var client = site.Client(certificate);
            Assert.Contains(device.Organisation, await client.GetStringAsync(new Uri("/identity/me", UriKind.Relative), Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DemoWorld_CutOffInTheMaking_IsFinishedByTheNextStart()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Demo=true");
        var folder = Path.Combine(site.DataFolder, "demo");
        var demo = DemoWorld.Read(site.Services)!;
        (demo with { Complete = false }).Write(Path.Combine(folder, "demo.json"));
        File.Delete(Path.Combine(folder, "payer.pfx"));
        File.Delete(Path.Combine(folder, "RECEIPTC.UKE"));
        await site.Restart();
        Assert.True(DemoWorld.Read(site.Services)!.Complete);
        Assert.True(File.Exists(Path.Combine(folder, "payer.pfx")) && File.Exists(Path.Combine(folder, "RECEIPTC.UKE")));
        Assert.True((await site.SignIn.Password("clinic", demo.Accounts[0].Password, Ct)).Succeeded(out _, out _));
    }

    [Fact]
    public async Task DemoWorld_WhereOrganisationsAreAlready_IsNotMade()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await site.Organisation(OrganisationKind.Insurer, new OrganisationCode(CodeSystem.Insurer, DemoCast.Insurer));
        await site.Close();
        await using (var second = await Site.Build([.. site.Settings, "--Environment=development", "--Demo=true", "--Listen:Machines=https://127.0.0.1:0", "--Listen:People=http://127.0.0.1:0"]))
        {
            Assert.False(File.Exists(Path.Combine(site.DataFolder, "demo", "demo.json")));
            Assert.Empty(await second.Services.GetRequiredService<IDirectory>().OfKind(OrganisationKind.Payer, Ct));
        }
    }

    [Fact]
    public async Task StartNotice_NamesPortsAccountsAndWhatToTry()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Demo=true");
        using var text = new StringWriter();
        await StartNotice.Print(site.Services, text);
        Assert.All(
            [site.DataFolder, site.People.ToString().TrimEnd('/'), "clinic", "請求担当", "RECEIPTC.UKE", "模擬業務日"],
            part => Assert.Contains(part, text.ToString(), StringComparison.Ordinal));
    }

    private sealed class Seen : IClaimFileSink
    {
        public List<Finding> Findings { get; } = [];

        public List<ClaimEntry> Claims { get; } = [];

        public void Header(ClaimFileHeader header) => Assert.Equal(DemoCast.Clinic[3..], header.Institution);

        public void Finding(Finding finding) => Findings.Add(finding);

        public void Claim(ClaimEntry claim) => Claims.Add(claim);
    }
}
