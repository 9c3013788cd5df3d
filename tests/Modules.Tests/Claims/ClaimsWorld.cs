using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>A site with a clinic, its agent, another clinic, a payer and an insurer, in November 2021.</summary>
internal sealed class ClaimsWorld : IAsyncDisposable
{
    public const string ClinicCode = "1310101017";
    public const string OtherCode = "1310202021";
    public const string Insurer = "06132013";

    private static readonly Permission[] _institution =
        [Permission.SendTransmissions, Permission.ReceiveTransmissions, Permission.ReadReceptions, Permission.ConfirmClaims];

    private ClaimsWorld(TestSite site) => Site = site;

    public TestSite Site { get; }

    public Actor Clinic { get; private set; } = null!;

    public Actor Other { get; private set; } = null!;

    public Actor Agent { get; private set; } = null!;

    public Actor Payer { get; private set; } = null!;

    public Organisation InsurerOrganisation { get; private set; } = null!;

    public static YearMonth November { get; } = YearMonth.TryParse("202111", out var month) ? month : throw new InvalidOperationException();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ClaimsWorld> Start(DatabaseProvider provider, params string[] settings)
    {
        var world = new ClaimsWorld(await TestSite.Start(provider, settings));
        world.Clinic = Speak(await world.Site.Organisation("関所診療所", OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, ClinicCode)), _institution);
        world.Other = Speak(await world.Site.Organisation("隣の診療所", OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, OtherCode)), _institution);
        world.Agent = Speak(await world.Site.Organisation("架空事務代行", OrganisationKind.Agent), _institution);
        world.Payer = Speak(
            await world.Site.Organisation("架空支払基金", OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1")),
            Permission.ReadSubmissions,
            Permission.ReviewClaims,
            Permission.ReceiveTransmissions);
        world.InsurerOrganisation = await world.Site.Organisation("架空健康保険組合", OrganisationKind.Insurer, new OrganisationCode(CodeSystem.Insurer, Insurer));
        await world.On(8, 10);
        var loaded = await world.LoadRegistry(
            $"{ClinicCode},関所診療所,東京都架空区関所町1-1,,1,202104,,{world.Agent.Organisation},202111,202111",
            $"{OtherCode},隣の診療所,東京都架空区関所町1-2,,1,202104,,,,");
        Assert.Empty(loaded.Refused);
        return world;
    }

    /// <summary>Business time of November 2021.</summary>
    public Task On(int day, int hour) => Site.SimulateTime(new DateTimeOffset(2021, 11, day, hour, 0, 0, TimeSpan.FromHours(9)));

    public async Task<RegistryLoad> LoadRegistry(params string[] rows)
    {
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes(
            "医療機関コード,名称,所在地,組織,審査支払機関,開始年月,終了年月,事務代行者,代行開始年月,代行終了年月\n" + string.Join('\n', rows) + "\n"));
        await using var scope = Site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IClaimsAdministration>().LoadRegistry(csv, Ct);
    }

    /// <summary>Asks as one request would: in a scope of its own.</summary>
    public async Task<T> Ask<T>(Func<IClaims, ValueTask<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IClaims>());
    }

    /// <summary>Asks of the checks.</summary>
    public async Task<T> Checks<T>(Func<IClaimChecks, ValueTask<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IClaimChecks>());
    }

    /// <summary>Asks about 取下げ.</summary>
    public async Task<T> In<T>(Func<IClaimWithdrawals, ValueTask<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IClaimWithdrawals>());
    }

    public async Task<T> Exchange<T>(Func<IExchange, ValueTask<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IExchange>());
    }

    /// <summary>Hands a file over for the payer; the acknowledged transmission or the refusal.</summary>
    public async Task<Outcome<Transmission>> Send(Actor by, byte[] file)
    {
        using var content = new MemoryStream(file);
        return await Exchange(x => x.HandOver(by, Payer.Organisation, TransmissionKinds.Claim, "RECEIPTC.UKE", content, Ct));
    }

    /// <summary>Sends and waits for the check.</summary>
    public async Task<ReceptionResult> Receive(Actor by, byte[] file)
    {
        var number = (await Send(by, file)).Value.Number;
        return await Until(by, number, r => r.State != ReceptionState.Received);
    }

    /// <summary>Waits until the reception is as expected.</summary>
    public async Task<ReceptionResult> Until(Actor by, string number, Func<Reception, bool> expected)
    {
        for (var i = 0; i < 600; i++)
        {
            var outcome = await Ask(c => c.Result(by, number, Ct));
            if (outcome.Succeeded(out var result, out _) && expected(result.Reception))
            {
                return result;
            }

            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("The reception did not come to the expected state");
    }

    /// <summary>What follows upon a checked reception: confirmed, closed as soon as everything received is checked, reviewed as claimed, decided, delivered.</summary>
    public async Task<DeliveryReport> Conclude(string number)
    {
        Assert.True((await Ask(c => c.Confirm(Clinic, number, Ct))).Succeeded(out _, out _));
        await On(13, 9);
        for (var i = 0; (await Ask(c => c.Close(Payer, November, Ct))).Refused(out var notYet, out _); i++)
        {
            Assert.True(notYet.Code == "CL-0302" && i < 600, notYet.Text);
            await Task.Delay(50, Ct);
        }

        Assert.True((await Ask(c => c.Review(Payer, number, ReviewDecision.AsClaimed, null, Ct))).Succeeded(out _, out _));
        Assert.True((await Ask(c => c.Decide(Payer, November, Ct))).Succeeded(out _, out _));
        return (await Ask(c => c.Deliver(Payer, November, Ct))).Value;
    }

    public static byte[] File(params MadeClaim[] claims) => ClaimFiles.Make(ClinicCode, "関所診療所", "1", "202111", claims);

    /// <summary>The files of a delivery, by their path.</summary>
    public async Task<Dictionary<string, byte[]>> Unzip(TransmissionId id)
    {
        await using var content = (await Exchange(x => x.Open(id, Ct))).Value;
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, Ct);
        using var zip = new ZipArchive(buffer);
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var one = new MemoryStream();
            await using var stream = entry.Open();
            await stream.CopyToAsync(one, Ct);
            files.Add(entry.FullName, one.ToArray());
        }

        return files;
    }

    /// <summary>One number from the site's tables.</summary>
    public async Task<long> Count(string table, string condition)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return Convert.ToInt64(await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("claims")}{table} WHERE {condition}", Ct), CultureInfo.InvariantCulture);
    }

    /// <summary>How many facts of a kind were published.</summary>
    public async Task<long> Published(string fact)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return Convert.ToInt64(
            await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("platform")}outbox WHERE type LIKE @type", Ct, ("type", "%." + fact)), CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private static Actor Speak(Organisation organisation, params Permission[] permissions) =>
        new(organisation.Id, organisation.Name, null, null, "", permissions.ToHashSet());
}
