using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Two facilities with a clerk each, and what they do at their desks.</summary>
internal sealed class ReceptionWorld : IAsyncDisposable
{
    private ReceptionWorld(EligibilityWorld registry) => Registry = registry;

    public EligibilityWorld Registry { get; }

    public Actor Clerk { get; private set; } = null!;

    public Actor Neighbour { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="provider">On which database.</param>
    /// <param name="nights">Whether the first file switches the usual plan on; otherwise nothing asks by itself, however long a test takes.</param>
    public static async Task<ReceptionWorld> Start(DatabaseProvider provider, bool nights = false)
    {
        var world = new ReceptionWorld(await EligibilityWorld.Start(provider));
        world.Clerk = await world.ClerkOf(world.Registry.ClinicOrganisation);
        world.Neighbour = await world.ClerkOf(world.Registry.PharmacyOrganisation);
        foreach (var clerk in nights ? [] : new[] { world.Clerk, world.Neighbour })
        {
            await world.Nights(n => n.Change(clerk, new NightPlan(false, new TimeOnly(2, 0), true), Ct));
        }

        return world;
    }

    public Task<T> Reception<T>(Func<IReception, ValueTask<T>> act) => Registry.In(act);

    public Task<T> Files<T>(Func<IDeskFiles, ValueTask<T>> act) => Registry.In(act);

    public Task<T> Nights<T>(Func<INightInquiries, ValueTask<T>> act) => Registry.In(act);

    public Task<T> Cards<T>(Func<ICardInbox, ValueTask<T>> act) => Registry.In(act);

    /// <summary>What a facility has on file of a registered person, as registered.</summary>
    public static string Row(string chart, Coverage c, string ratio = "030", string name = "", string time = "") =>
        $"{chart},{c.Insurer},{c.Symbol},{c.Number},{c.Branch},{c.Birth:yyyyMMdd},{(name.Length > 0 ? name : c.Name)},{c.Kana},{c.Sex},{ratio},{c.PostalCode},{c.Address},{c.Relation},{time}";

    public const string Header = "患者番号,保険者番号,記号,番号,枝番,生年月日,氏名,氏名カナ,性別,一部負担金割合,郵便番号,住所,本人・家族,時刻";

    /// <summary>Appointments that say what is on file, too.</summary>
    public async Task<DeskFileReport> Book(Actor by, DateOnly day, params string[] rows) =>
        (await Files(f => f.Appointments(by, day, Bytes(Header, rows), Ct))).Value;

    public static MemoryStream Bytes(string header, params string[] rows) => new(Encoding.UTF8.GetBytes(string.Join("\r\n", [header, .. rows]) + "\r\n"));

    public async Task<DeskDay> Day(Actor by, DateOnly? day = null) => (await Reception(r => r.Day(by, day, Ct))).Value;

    public async Task<DeskCase> Open(Actor by, Guid visit) => (await Reception(r => r.Open(by, visit, Ct))).Value;

    public async Task<DeskAnswer> Ask(Actor by, Guid visit) => (await Reception(r => r.Ask(by, visit, false, Ct))).Value;

    /// <summary>Waits for a run to end; its report.</summary>
    public async Task<NightReport> Ended(Actor by, Guid run)
    {
        for (var i = 0; i < 600; i++)
        {
            var report = (await Nights(n => n.Report(by, run, Ct))).Value;
            if (report.Run.Ended is not null)
            {
                return report;
            }

            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("The run does not end");
    }

    public ValueTask DisposeAsync() => Registry.DisposeAsync();

    private async Task<Actor> ClerkOf(Organisation organisation)
    {
        var (person, _) = await Registry.Site.Person(organisation, BusinessRole.ReceptionClerk);
        return EligibilityWorld.As(organisation, Permission.InquireEligibility) with { Person = person };
    }
}
