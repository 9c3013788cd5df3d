using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Modules.Eligibility.Checkups;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.CheckupWorld;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>特定健診 at the centre: what insurers send, who sees it, and for how long.</summary>
public sealed class CheckupsTests
{
    private const string Bmi = "9N011000000000001";

    private static async Task<int> Expire(EligibilityWorld world)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ExpireCheckups>().Some(Ct);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Package_IsSeenAtTheDesk_WithConsentOnly(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        var report = (await world.Send("p1", Package(Visit(1, 2023), Visit(1, 2025)))).Value;
        Assert.Equal((true, true, 2), (report.Complete, report.Accepted, report.Files));
        Assert.Equal((2, 0, 0, 0), Counts(report));

        Assert.Equal("EL-0612", Code(await world.See(1)));
        await world.Agrees(1, kind: ConsentKind.Medicines);
        Assert.Equal("EL-0612", Code(await world.See(1)));
        await world.Agrees(1);
        var view = (await world.See(1, birth: false)).Value;

        Assert.Equal([Visit(1, 2025).Day!.Value, Visit(1, 2023).Day!.Value], view.Visits.Select(v => v.Day));
        Assert.Equal(Person(1).Name, view.Name);
        Assert.Equal(Visit(1, 2025).Results.Single(r => r.Code == Bmi).Value, view.Visits[0].Values.Single(v => v.Code == Bmi).Text);
        Assert.Equal(2, view.Trends.Single(t => t.Key == "bmi").Points.Length);
        Assert.Equal("EL-0612", Code(await world.See(1, world.Pharmacist())));
        Assert.Equal("EL-0612", Code(await world.See(1, care: CareForm.Online)));
        Assert.Equal("EL-0611", Code(await world.See(1, world.Clinic)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task View_AndItsRefusal_AreRecordedWithThePerson(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.See(1);
        await world.Agrees(1);
        await world.See(1);

        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        var events = await session.Query(
            $"SELECT result, whose FROM {session.Prefix("platform")}audit WHERE kind = 'CheckupsViewed' ORDER BY at, id", r => (r.GetString(0), !r.IsDBNull(1)), Ct);

        Assert.Equal([("EL-0612", true), ("0", true)], events);
        await session.Rollback();

        // The insurer sees that somebody looked, not what was refused.
        var state = (await world.In<IRegistrationQuality, Outcome<RegistrationState>>(q => q.State(world.Insurer, Day.AddDays(-1), Day.AddDays(1), Ct))).Value;
        Assert.Equal(1, Assert.Single(state.Looks).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Correction_Replaces_AndWhatWasKnownStaysKnown(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Agrees(1);
        var first = Visit(1, 2025);
        await world.Send("p1", Package(first));
        var corrected = first with { Results = [.. first.Results.Select(r => r.Code == Bmi ? r with { Value = "31.5" } : r)] };

        Assert.Equal((0, 1, 0, 0), Counts((await world.Send("p2", Package(corrected))).Value));
        Assert.Equal((0, 0, 1, 0), Counts((await world.Send("p3", Package(corrected))).Value));

        Assert.Equal("31.5", Assert.Single((await world.See(1)).Value.Visits).Values.Single(v => v.Code == Bmi).Text);
        var versions = (await Find(world, new RegisteredCheckupsQuery { Card = Card(1) })).Value;
        Assert.Equal(2, versions.Count);
        Assert.Equal(versions[0].KnownUntil, versions[1].KnownFrom);
        Assert.Equal(versions[0], Assert.Single((await Find(world, new RegisteredCheckupsQuery { Card = Card(1), AsOf = versions[0].KnownFrom })).Value));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Withdrawal_HidesTheResult_AndAsksForAReason(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Agrees(1);
        await world.Send("p1", Package(Visit(1, 2025)));
        var name = new CheckupName { Card = Card(1), Institution = Visit(1, 2025).Performer.Code, Day = Visit(1, 2025).Day!.Value };

        Assert.Equal("EL-0132", Code(await Withdraw(world, name, "")));
        Assert.Equal("EL-0607", Code(await Withdraw(world, name, Why, world.OtherInsurer)));
        Assert.NotNull((await Withdraw(world, name, Why)).Value.KnownUntil);
        Assert.Equal("EL-0607", Code(await Withdraw(world, name, Why)));
        Assert.Empty((await world.See(1)).Value.Visits);
        Assert.Equal((1, 0, 0, 0), Counts((await world.Send("p2", Package(Visit(1, 2025)))).Value));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Results_AreKeptFiveBusinessYears_ThenDeleted(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Agrees(1);
        var (old, young) = (Visit(1, 2024), Visit(1, 2025));
        var past = Visit(1, 2025) with { Day = EligibilityWorld.Day.AddYears(-5).AddDays(-1), Written = EligibilityWorld.Day.AddYears(-5) };
        var report = (await world.Send("p1", Package(old, young, past))).Value;
        Assert.Equal((2, 0, 0, 1), Counts(report));
        Assert.Equal("EL-0635", Assert.Single(report.Problems, p => p.Refused).Code);

        await world.Site.SimulateTime(new DateTimeOffset(old.Day!.Value.AddYears(5), new TimeOnly(9, 0), JapanTime.Offset));
        Assert.Equal(2, (await world.See(1)).Value.Visits.Count);
        Assert.Equal(0, await Expire(world));
        await world.Site.SimulateTime(new DateTimeOffset(old.Day!.Value.AddYears(5).AddDays(1), new TimeOnly(9, 0), JapanTime.Offset));
        Assert.Equal(young.Day, Assert.Single((await world.See(1)).Value.Visits).Day);
        Assert.Equal(1, await Expire(world));
        Assert.Equal(1L, await Rows(world));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Package_WithOtherPeople_RegistersTheGoodFiles_AndReportsTheOthers(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await CheckupWorld.Has(world, 2);
        await CheckupWorld.Has(world, 3);
        var birth = Visit(2, 2025) with { Person = Person(2) with { BirthDate = new DateOnly(1980, 1, 1) } };
        var name = Visit(3, 2025) with { Person = Person(3) with { Name = "別人　次郎" } };

        var report = (await world.Send("p1", Package(Visit(1, 2025), birth, name, Visit(4, 2025)))).Value;

        Assert.Equal((2, 0, 0, 2), Counts(report));
        Assert.Equal(["EL-0634", "EL-0636", "EL-0632"], report.Problems.Where(p => p.Code.StartsWith("EL", StringComparison.Ordinal)).Select(p => p.Code));
        Assert.DoesNotContain("別人", string.Concat(report.Problems), StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task AnotherInsurersPerson_IsRefused(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);

        var report = (await world.Send("p1", Package(Visit(1, 2025)), world.OtherInsurer)).Value;

        Assert.Equal((0, 0, 0, 1), Counts(report));
        Assert.Equal("EL-0631", Assert.Single(report.Problems).Code);
        Assert.Equal("EL-0601", Code(await world.Send("p2", Package(Visit(1, 2025)), world.Doctor())));
        Assert.Equal("EL-0606", Code(await world.In<ICheckupRegistration, Outcome<CheckupPackageReport>>(r => r.Report(world.Insurer, "p1", Ct))));
        Assert.Empty((await Find(world, new RegisteredCheckupsQuery { Card = Card(1) }, world.OtherInsurer)).Value);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Package_SentAgain_GivesTheSameReport_AndAnotherUnderItsIdIsRefused(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        var zip = Package(Visit(1, 2025), Visit(2, 2025));

        var first = (await world.Send("p1", zip)).Value;
        var again = (await world.Send("p1", zip)).Value;

        Assert.Equal(first with { Problems = [] }, again with { Problems = [] });
        Assert.Equal(first.Problems, again.Problems);
        Assert.Equal("EL-0604", Code(await world.Send("p1", Package(Visit(1, 2024)))));
        Assert.Equal("EL-0602", Code(await world.Send("患者", zip)));
        Assert.Equal(1L, await Rows(world));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Package_SentByTwoAtOnce_IsTakenOnce_AndBothAreTold(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        foreach (var number in Enumerable.Range(1, 20))
        {
            await CheckupWorld.Has(world, number);
        }

        for (var round = 0; round < 3; round++)
        {
            // Several batches, so that one overtakes the other between them.
            var zip = Package([.. Enumerable.Range(1, 120).Select(n => Visit(n, 2023 + round))]);
            var (first, other) = ($"a{round}", $"b{round}");
            var answers = await Task.WhenAll(new[] { first, first, first, other }.Select(id => Task.Run(() => world.Send(id, zip), Ct)));
            Assert.All(answers, a => Assert.True(a.Succeeded(out var report, out var refusal) && report.Complete, refusal?.Code));
            Assert.All(answers, a => Assert.Equal(20, a.Value.Created + a.Value.Same));
            Assert.Single(answers.Take(3).Select(a => Counts(a.Value)).Distinct());
            Assert.Equal(20, answers[0].Value.Created + answers[3].Value.Created);
            Assert.Equal(20L * (round + 1), await Rows(world));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Package_BrokenOff_GoesOnWhereItStopped(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        foreach (var number in new[] { 1, 60, 120 })
        {
            await CheckupWorld.Has(world, number);
        }

        var zip = Package([.. Enumerable.Range(1, 120).Select(n => Visit(n, 2025))]);
        var whole = (await world.Send("p1", zip)).Value;
        Assert.Equal((3, 0, 0, 117), Counts(whole));
        await AsAfterTheFirstBatch(world);
        Assert.False((await world.In<ICheckupRegistration, Outcome<CheckupPackageReport>>(r => r.Report(world.Insurer, "p1", Ct))).Value.Complete);

        var rest = (await world.Send("p1", zip)).Value;

        Assert.True(rest.Complete);
        Assert.Equal((3, 0, 0, 117), Counts(rest));
        Assert.Equal(whole.Problems, rest.Problems);
        Assert.Equal(3L, await Rows(world));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ProtectedPerson_IsSeenWithoutWhereTheyWent(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = Entry(Person(1)) with { NonDisclosure = true };
        await world.Register(entry);
        await CheckupWorld.Has(world, 2);
        await world.Send("p1", Package(Visit(1, 2025), Visit(2, 2025)));
        await world.Agrees(1);
        await world.Agrees(2);

        var hidden = Json(await world.See(1));
        var open = Json(await world.See(2));

        Assert.Contains("架空健診センター", open, StringComparison.Ordinal);
        Assert.DoesNotContain("架空健診センター", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("架空町", open + hidden, StringComparison.Ordinal);
        foreach (var doctor in Visit(1, 2025).Results.Select(r => r.Doctor).Where(d => d.Length > 0))
        {
            Assert.DoesNotContain(doctor, hidden, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ViewingStopped_LooksLikeNobody(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package(Visit(1, 2025)));
        await world.Agrees(1);
        await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, Card(1), Why, Ct));

        Assert.Equal(Code(await world.See(9)), Code(await world.See(1)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Registry_HoldsNothingReadable(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package(Visit(1, 2025)));
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        var rows = await session.Query($"SELECT sealed FROM {session.Prefix("eligibility")}checkup", r => (byte[])r.GetValue(0), Ct);
        Assert.Throws<InvalidDataException>(() => CheckupBytes.Read(rows[0]));
        Assert.DoesNotContain("架空", System.Text.Encoding.UTF8.GetString(rows[0]), StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Bomb_AndNotAZip_AreRefusedAsAWhole(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var report = (await world.Send("p1", "PK nothing"u8.ToArray())).Value;
        Assert.Equal((true, false, 0), (report.Complete, report.Accepted, report.Files));
        Assert.StartsWith("EH-", Assert.Single(report.Problems).Code, StringComparison.Ordinal);
        var bomb = (await world.Send("p2", Bomb())).Value;
        Assert.Equal((0, 0, 0), (bomb.Created, bomb.Changed, bomb.Same));
        Assert.NotEmpty(bomb.Problems);
        Assert.Equal(0L, await Rows(world));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OurSample_IsTaken(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var folder = Directory.EnumerateDirectories(Path.Combine(Claims.Repository.Root(), "tests", "Samples", "checkups")).Single();
        var person = CheckupDocuments.Read(await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(folder, "DATA")).Single(), Ct), CheckupReading.Default, "h.xml").Document!.Person;
        await world.Register(Entry(person));

        var report = (await world.Send("sample", Zip(folder))).Value;

        Assert.Equal((1, 0, 0, 0), Counts(report));
        Assert.DoesNotContain(report.Problems, p => p.Refused);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task RealResult_IsReadAndChecked_AndItsUnknownPersonReported(DatabaseProvider provider)
    {
        var sample = Path.Combine(Claims.Repository.Root(), "..", "shared", "data", "eligibility", "checkup", "cda", "h_sample_redacted.xml");
        Assert.SkipUnless(File.Exists(sample), "../shared がありません。");
        var bytes = await File.ReadAllBytesAsync(sample, Ct);
        var document = CheckupDocuments.Read(bytes, CheckupReading.Default, "h").Document!;
        await using var world = await Start(provider);
        var society = await world.Site.Organisation("架空の健保組合", OrganisationKind.HealthInsuranceSociety, new OrganisationCode(CodeSystem.Insurer, document.Person.InsurerNumber));

        var report = (await world.Send("real", Alone(bytes, document), As(society, Permission.RegisterCoverage))).Value;

        // The only finding that is truly in it; its 記号 is blacked out, so nobody can be registered whom it would fit.
        Assert.Equal([("EH-0316", false), ("EL-0632", true)], report.Problems.Select(p => (p.Code, p.Refused)));
    }

    /// <summary>One file as it is, in a package of its own.</summary>
    private static byte[] Alone(byte[] file, CheckupDocument document)
    {
        var day = document.Day!.Value;
        var folder = new CheckupFolder(document.Performer.Code, document.Person.InsurerNumber, day, 0, "1");
        var index = new CheckupIndex("6", day, "1.2.392.200119.6.102", folder.Sender, "1.2.392.200119.6.101", folder.Receiver, "1", 1);
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("ix08_V08.xml", CheckupWriter.Write(index)), ($"DATA/{new CheckupFileName('h', folder.Sender, day, 0, 1, 1)}", file) })
            {
                using var entry = zip.CreateEntry($"{folder}/{name}").Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>What a process that died after its first batch of fifty leaves.</summary>
    private static async Task AsAfterTheFirstBatch(EligibilityWorld world)
    {
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Write(Ct);
        var own = session.Prefix("eligibility");
        await session.Execute($"UPDATE {own}checkup_package SET ended = NULL, done = 50, created = 1, refused = 49, problems = problems - 68", Ct);
        await session.Execute($"DELETE FROM {own}checkup_problem WHERE ordinal >= (SELECT problems FROM {own}checkup_package)", Ct);
        await session.Execute($"DELETE FROM {own}checkup WHERE id NOT IN (SELECT id FROM {own}checkup ORDER BY known_from LIMIT 1)", Ct);
        await session.Commit(Ct);
    }

    private static byte[] Bomb()
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("1319999999_06139999_202602280_1/DATA/h13199999992026022801000001.xml").Open();
            entry.Write(new byte[32 << 20]);
        }

        return bytes.ToArray();
    }

    private static string Json(Outcome<CheckupView> view) => System.Text.Json.JsonSerializer.Serialize(view.Value, Sekisho.Platform.Web.SiteJson.Options);

    private static Task<Outcome<IReadOnlyList<RegisteredCheckup>>> Find(EligibilityWorld world, RegisteredCheckupsQuery query, Actor? by = null) =>
        world.In<ICheckupRegistration, Outcome<IReadOnlyList<RegisteredCheckup>>>(r => r.Find(by ?? world.Insurer, query, Ct));

    private static Task<Outcome<RegisteredCheckup>> Withdraw(EligibilityWorld world, CheckupName name, string reason, Actor? by = null) =>
        world.In<ICheckupRegistration, Outcome<RegisteredCheckup>>(r => r.Withdraw(by ?? world.Insurer, name, reason, Ct));

    private static async Task<object?> Rows(EligibilityWorld world)
    {
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return await session.Scalar($"SELECT count(*) FROM {session.Prefix("eligibility")}checkup", Ct);
    }
}
