using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The world of claims with a registered person, a doctor and consents: what a claim brought is looked at where it is needed.</summary>
internal sealed class MedicinesWorld(ClaimsWorld claims) : IAsyncDisposable
{
    public const string Amlodipine = "620003471", Other = "620000001", Visit = "113001810", Operation = "150000110";

    public ClaimsWorld Claims { get; } = claims;

    public TestSite Site => Claims.Site;

    public Actor Doctor => Speak(Claims.Clinic, Permission.ViewMedicines, Permission.ViewDiagnoses);

    public Actor OtherDoctor => Speak(Claims.Other, Permission.ViewMedicines, Permission.ViewDiagnoses);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Both facilities use everything; without that they would be shown 薬剤 only.</summary>
    public static async Task<MedicinesWorld> Start(DatabaseProvider provider, params string[] settings)
    {
        var world = new MedicinesWorld(await ClaimsWorld.Start(provider, settings));
        await world.Site.Uses(world.Claims.Clinic.Organisation, FacilityUses.Switched);
        await world.Site.Uses(world.Claims.Other.Organisation, FacilityUses.Switched);
        return world;
    }

    /// <summary>The patient of <see cref="Claim"/> as their insurer registers them.</summary>
    public static CoverageEntry Entry(string id = "P1", string branch = "01") => new()
    {
        Id = id,
        Coverage = new Coverage
        {
            Insurer = ClaimsWorld.Insurer,
            Symbol = "123",
            Number = "456",
            Branch = branch,
            Name = "架空　花子",
            Kana = "カクウ ハナコ",
            Sex = "2",
            Birth = new DateOnly(1980, 1, 1),
            Address = "東京都架空区1-1",
            Acquired = new DateOnly(2020, 4, 1),
            Ratio = "030",
        },
    };

    /// <summary>A visit in October 2021 with 内服 for two weeks from the 10th, a check, and an operation.</summary>
    public static MadeClaim Claim(string drug = Amlodipine, int day = 10, string branch = "01") => new("架空　花子", "100")
    {
        Branch = branch,
        Points = 1_000,
        Services = [new("SI", "13", Visit, day), new("IY", "21", drug, day, 14, "1"), new("SI", "50", Operation, 20)],
    };

    public static MedicinesQuery Query(CoverageEntry entry, string? from = null, string? until = null) => new()
    {
        Card = new CardKeys { Insurer = entry.Coverage!.Insurer, Symbol = entry.Coverage.Symbol, Number = entry.Coverage.Number, Branch = entry.Coverage.Branch },
        From = Month(from),
        Until = Month(until),
    };

    public static YearMonth? Month(string? text) => YearMonth.TryParse(text, out var month) ? month : null;

    public async Task<CoverageEntry> Register(CoverageEntry entry)
    {
        var insurer = new Actor(Claims.InsurerOrganisation.Id, "", null, null, "", new HashSet<Permission> { Permission.RegisterCoverage });
        Assert.NotEqual(EntryResult.Refused, (await In<ICoverageRegistration, Outcome<EntryReport>>(r => r.Register(insurer, entry, Ct))).Value.Result);
        return entry;
    }

    /// <summary>Sends, confirms and closes for a 請求年月, and waits until what was given is known.</summary>
    public async Task<string> Passage(Actor by, string institution, int month, params MadeClaim[] made)
    {
        await On(month, 8);
        var file = ClaimFiles.Make(institution, "関所診療所", "1", string.Create(CultureInfo.InvariantCulture, $"2021{month:D2}"), made);
        var number = (await Claims.Receive(by, file)).Reception.Number;
        Assert.True((await Claims.Ask(c => c.Confirm(by, number, Ct))).Succeeded(out _, out var why), why?.Text);
        await Close(month);
        return number;
    }

    public Task<string> Passage(params MadeClaim[] made) => Passage(Claims.Clinic, ClaimsWorld.ClinicCode, 11, made);

    public async Task Close(int month)
    {
        await On(month, 13);
        for (var i = 0; (await Claims.Ask(c => c.Close(Claims.Payer, YearMonth.Of(new DateOnly(2021, month, 1)), Ct))).Refused(out var notYet, out _); i++)
        {
            Assert.True(notYet.Code == "CL-0302" && i < 600, notYet.Text);
            await Task.Delay(50, Ct);
        }

        await Read();
    }

    /// <summary>Until every published fact was taken and every claim of it read.</summary>
    public async Task Read()
    {
        for (var i = 0; await Count("platform", "outbox", "done = 0") + await Count("eligibility", "medicine_work", "1 = 1") > 0; i++)
        {
            Assert.True(i < 600, "The claims were not read");
            await Task.Delay(50, Ct);
        }
    }

    public async Task<long> Count(string module, string table, string condition)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return Convert.ToInt64(await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix(module)}{table} WHERE {condition}", Ct), CultureInfo.InvariantCulture);
    }

    /// <summary>Changes a module's tables by hand; {0} is where they live.</summary>
    public async Task Write(string module, string sql, params (string Name, object? Value)[] values)
    {
        await using var session = new DbSession(Site.Services.GetRequiredService<Database>());
        await session.Write(Ct);
        await session.Execute(string.Format(CultureInfo.InvariantCulture, sql, session.Prefix(module)), Ct, values);
        await session.Commit(Ct);
    }

    /// <summary>The person agrees at the doctor's facility, for a day.</summary>
    public async Task Agree(CoverageEntry entry, Actor doctor, params ConsentKind[] kinds)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var person = (await scope.ServiceProvider.GetRequiredService<MemberOf>().Find(Query(entry).Card, Ct)).Value.Person;
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        var at = TimeProvider.System.Now();
        foreach (var kind in kinds)
        {
            await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.Consents.Consents>().Give(
                new Modules.Eligibility.Consents.Consent(Guid.CreateVersion7(), person, doctor.Organisation, kind, CareForm.Outpatient, at, at.AddDays(1), PersonProof.Pin, Guid.CreateVersion7()), Ct);
        }

        await session.Commit(Ct);
    }

    public Task AgreeToAll(CoverageEntry entry, Actor doctor) => Agree(entry, doctor, ConsentKind.Medicines, ConsentKind.Diagnoses, ConsentKind.Operations);

    public Task<Outcome<MedicinesAnswer>> View(Actor by, MedicinesQuery query) => In<IMedicines, Outcome<MedicinesAnswer>>(m => m.View(by, query, Ct));

    public async Task<T> In<TService, T>(Func<TService, ValueTask<T>> act)
        where TService : notnull
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task On(int month, int day) => Site.SimulateTime(new DateTimeOffset(2021, month, day, 10, 0, 0, TimeSpan.FromHours(9)));

    public ValueTask DisposeAsync() => Claims.DisposeAsync();

    private static Actor Speak(Actor of, params Permission[] permissions) => of with { Permissions = permissions.ToHashSet() };
}
