using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Server.Demo;

/// <summary>
/// A world to try things in, made once on an empty database in 開発 when <c>Demo</c> is true. Made step by step, each of which can be repeated: a start that
/// was cut off is finished by the next.
/// </summary>
internal sealed class DemoWorld
{
    private readonly IServiceProvider _services;
    private readonly IDirectory _directory;
    private readonly IDeviceAdministration _devices;
    private readonly string _folder;

    private DemoWorld(IServiceProvider services)
    {
        _services = services;
        _directory = services.GetRequiredService<IDirectory>();
        _devices = services.GetRequiredService<IDeviceAdministration>();
        _folder = services.GetRequiredService<DataFolder>().Sub("demo");
    }

    private string FilePath => Path.Combine(_folder, "demo.json");

    public static async Task Create(IServiceProvider services, CancellationToken ct)
    {
        if (IsWanted(services))
        {
            await new DemoWorld(services).Create(ct);
        }
    }

    /// <summary>Names the ports of this start in <c>demo.json</c>.</summary>
    public static void Publish(IServiceProvider services)
    {
        if (IsWanted(services) && Read(services) is { } file)
        {
            var (machines, people) = StartNotice.Addresses(services);
            (file with { Machines = machines, People = people }).Write(new DemoWorld(services).FilePath);
        }
    }

    /// <summary>The demo world of this site, when there is one.</summary>
    public static DemoFile? Read(IServiceProvider services) => IsWanted(services) ? DemoFile.Read(new DemoWorld(services).FilePath) : null;

    public static string Folder(IServiceProvider services) => new DemoWorld(services)._folder;

    private static bool IsWanted(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        return configuration.IsDevelopmentSite() && configuration.GetValue<bool>("Demo");
    }

    private async Task Create(CancellationToken ct)
    {
        var file = DemoFile.Read(FilePath);
        if (file is null && !await IsEmpty(ct))
        {
            return;
        }

        file ??= new DemoFile("", "", [.. DemoCast.Members.Select(Account)], [.. DemoCast.Members.DistinctBy(m => m.Name).Select(Device)], Complete: false);
        if (file.Complete)
        {
            return;
        }

        file.Write(FilePath);
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.pem"), _devices.AuthorityPem + "\n", ct);
        var organisations = new List<OrganisationId>();
        foreach (var member in DemoCast.Members)
        {
            organisations.Add(await Join(member, ct));
        }

        // A small clinic: its head is what the regulation lets one person be.
        var small = new NewRegulation("MI", ManagerPost: "医院長", Combining: Combining.All);
        await _services.GetRequiredService<IPeopleAdministration>().Adopt(organisations[0], small, ct);

        // A password takes its time to digest: all at once, not one after the other.
        await Task.WhenAll(DemoCast.Members.Select((member, i) => AddPerson(member, organisations[i], file, ct)));
        var month = await SimulateDay(ct);
        await LoadRegistry(ct);
        DemoClaims.Write(Path.Combine(_folder, "RECEIPTC.UKE"), month);
        await DemoReception.Create(_services, ct);
        DemoCards.Write(_services.GetRequiredService<DataFolder>(), _folder, _services.GetRequiredService<TimeProvider>().GetUtcNow());
        (file with { Complete = true }).Write(FilePath);
    }

    private async Task<bool> IsEmpty(CancellationToken ct)
    {
        foreach (var kind in Enum.GetValues<OrganisationKind>())
        {
            if (kind != OrganisationKind.Centre && (await _directory.OfKind(kind, ct)).Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<OrganisationId> Join(DemoMember member, CancellationToken ct)
    {
        var organisation = await Organisation(member, ct);
        var pfx = Path.Combine(_folder, member.Key + ".pfx");
        if (!File.Exists(pfx) && DemoCast.Members.First(m => m.Name == member.Name) == member)
        {
            PrivateFile.Write(pfx, (await _devices.Issue(organisation, "デモ端末", "", ct)).Value.Pfx);
        }

        return organisation;
    }

    private async Task AddPerson(DemoMember member, OrganisationId organisation, DemoFile file, CancellationToken ct)
    {
        var account = file.Accounts.Single(a => a.Login == member.Key);
        var added = await _services.GetRequiredService<IPeopleAdministration>().AddPerson(
            new NewPerson(organisation, account.Login, account.Name, member.Roles) { Appointments = member.Appointments, Posts = member.Posts }, account.Password, ct);
        if (added.Refused(out var refusal, out _) && refusal.Code != "ID-0104")
        {
            throw new InvalidOperationException(refusal.Text);
        }

        if (added.Succeeded(out var person, out _))
        {
            // So that whoever tries the demo is not asked to change a password first.
            await _services.GetRequiredService<ISignInAdministration>().TakeAsOwn(person, ct);
        }
    }

    private async Task<OrganisationId> Organisation(DemoMember member, CancellationToken ct)
    {
        if (member.Code is not { } code)
        {
            var centre = await _directory.Centre(ct);
            return (await _directory.Register(centre with { Name = member.Name }, ct)).Value.Id;
        }

        if ((await _directory.Holder(code, ct)).Succeeded(out var known, out _))
        {
            return known.Id;
        }

        var organisation = new Organisation(new OrganisationId(Guid.CreateVersion7()), member.Name, new HashSet<OrganisationKind> { member.Kind }, [code]);
        return (await _directory.Register(organisation, ct)).Value.Id;
    }

    /// <summary>The 8th of this month at 10:00: inside the window in which claims are sent. Returns that month.</summary>
    private async Task<YearMonth> SimulateDay(CancellationToken ct)
    {
        var today = _services.GetRequiredService<TimeProvider>().GetUtcNow().InJapan();
        var moment = new DateTimeOffset(today.Year, today.Month, 8, 10, 0, 0, JapanTime.Offset);
        await using var scope = _services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        await _services.GetRequiredService<BusinessTime>().Simulate(session, moment, ct);
        await session.Commit(ct);
        return YearMonth.Of(DateOnly.FromDateTime(moment.DateTime));
    }

    private async Task LoadRegistry(CancellationToken ct)
    {
        var csv = $"""
            医療機関コード,名称,所在地,組織,審査支払機関,開始年月,終了年月,事務代行者,代行開始年月,代行終了年月
            {DemoCast.Clinic},{DemoCast.ClinicName},東京都千代田区関所町一丁目,,1,202001,,,,
            {DemoCast.Clinic},{DemoCast.ClinicName},東京都千代田区関所町一丁目,,213,202001,,,,

            """;
        await File.WriteAllTextAsync(Path.Combine(_folder, "registry.csv"), csv, ct);
        await using var scope = _services.CreateAsyncScope();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var load = await scope.ServiceProvider.GetRequiredService<IClaimsAdministration>().LoadRegistry(stream, ct);
        if (load.Refused.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', load.Refused));
        }
    }

    /// <summary>The clinic's account is always called clinic; its password is of this site only.</summary>
    private static DemoAccount Account(DemoMember member) => new(
        member.Key, Password(), member.Person, member.Name, member.RoleName);

    /// <summary>Letters, digits and a sign, 17 characters; easy to copy from a screen.</summary>
    private static string Password() =>
        $"{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", 8)}-{RandomNumberGenerator.GetString("23456789", 4)}{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", 4)}";

    private static DemoDevice Device(DemoMember member) => new(member.Key, member.Name, member.Key + ".pfx");
}
