using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>An organisation that takes part, with its device's certificate and key.</summary>
internal sealed record Member(Organisation Organisation, X509Certificate2 Certificate);

/// <summary>Who takes part in a load: registered and certified before the server starts, as an administrator would. Everybody is fictional.</summary>
internal sealed class Cast
{
    /// <summary>Sending is open on this day, business time.</summary>
    public static readonly DateTimeOffset SendingDay = new(2026, 6, 8, 10, 0, 0, JapanTime.Offset);

    private Cast(X509Certificate2 authority, Member centre, Member payer, IReadOnlyList<Member> institutions, IReadOnlyList<Member> insurers)
    {
        Authority = authority;
        Centre = centre;
        Payer = payer;
        Institutions = institutions;
        Insurers = insurers;
    }

    public X509Certificate2 Authority { get; }

    public Member Centre { get; }

    public Member Payer { get; }

    public IReadOnlyList<Member> Institutions { get; }

    public IReadOnlyList<Member> Insurers { get; }

    /// <summary>Ten digits: 東京都, 医科, and a number.</summary>
    public static string InstitutionCode(int number) => string.Create(CultureInfo.InvariantCulture, $"131{number:D7}");

    public static string InstitutionName(int number) => string.Create(CultureInfo.InvariantCulture, $"負荷試験医院{number}");

    public static async Task<Cast> Register(IServiceProvider services, int institutions, params string[] insurers)
    {
        var payer = await Join(services, "支払基金（負荷試験）", OrganisationKind.Payer, new(CodeSystem.Payer, "1"));
        var centre = await Certified(services, await services.GetRequiredService<IDirectory>().Centre(CancellationToken.None));
        var senders = new Member[institutions];
        await Parallel.ForAsync(0, institutions, async (i, _) =>
            senders[i] = await Join(services, InstitutionName(i), OrganisationKind.MedicalInstitution, new(CodeSystem.Institution, InstitutionCode(i))));

        var receivers = new List<Member>();
        foreach (var code in insurers)
        {
            receivers.Add(await Join(services, "保険者" + code, OrganisationKind.Insurer, new(CodeSystem.Insurer, code)));
        }

        await Notify(services, institutions);
        await Simulate(services, SendingDay);
        return new Cast(X509Certificate2.CreateFromPem(services.GetRequiredService<IDeviceAdministration>().AuthorityPem), centre, payer, senders, receivers);
    }

    /// <summary>Makes business time be <paramref name="moment"/>, going on from there.</summary>
    public static async Task Simulate(IServiceProvider services, DateTimeOffset moment)
    {
        await using var scope = services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(CancellationToken.None);
        await services.GetRequiredService<BusinessTime>().Simulate(session, moment, CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }

    private static async Task<Member> Join(IServiceProvider services, string name, OrganisationKind kind, OrganisationCode code)
    {
        var organisation = new Organisation(new OrganisationId(Guid.CreateVersion7()), name, new HashSet<OrganisationKind> { kind }, [code]);
        return await Certified(services, (await services.GetRequiredService<IDirectory>().Register(organisation, CancellationToken.None)).Value);
    }

    private static async Task<Member> Certified(IServiceProvider services, Organisation organisation)
    {
        var issued = (await services.GetRequiredService<IDeviceAdministration>().Issue(organisation.Id, "負荷試験端末", "", CancellationToken.None)).Value;
        return new Member(organisation, X509CertificateLoader.LoadPkcs12(issued.Pfx, "", X509KeyStorageFlags.Exportable));
    }

    private static async Task Notify(IServiceProvider services, int institutions)
    {
        var csv = new StringBuilder("医療機関コード,名称,所在地,組織,審査支払機関,開始年月,終了年月,事務代行者,代行開始年月,代行終了年月\n");
        for (var i = 0; i < institutions; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{InstitutionCode(i)},{InstitutionName(i)},東京都千代田区架空町一丁目,,1,202001,,,,\n");
        }

        await using var scope = services.CreateAsyncScope();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var load = await scope.ServiceProvider.GetRequiredService<IClaimsAdministration>().LoadRegistry(stream, CancellationToken.None);
        if (load.Refused.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', load.Refused.Take(5)));
        }
    }
}
