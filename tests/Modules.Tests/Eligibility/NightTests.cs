using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The overnight inquiry and its report.</summary>
public sealed class NightTests
{
    private static readonly DateOnly Tomorrow = Day.AddDays(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Run_AsksOfEveryAppointmentOnce_AndItsReportSaysWhatIsDifferent(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider, nights: true);
        var same = await world.Registry.Has(Entry("A1", number: "1"));
        var lost = await world.Registry.Has(Entry("A2", number: "2", until: "2026-10-01"));
        var ratio = await world.Registry.Has(With(Entry("A3", number: "3"), c => c with { Ratio = "020" }));
        var masked = await world.Registry.Has(With(Entry("A4", number: "4"), c => c with { Name = "関所　●" }), said: "EL-0714");
        await world.Book(
            world.Clerk, Tomorrow,
            ReceptionWorld.Row("1", same.Coverage!), ReceptionWorld.Row("2", lost.Coverage!), ReceptionWorld.Row("3", ratio.Coverage!),
            ReceptionWorld.Row("4", masked.Coverage!, name: "関所　𠮷"), ReceptionWorld.Row("5", Entry("B", number: "99").Coverage!), "6,,,,,,番号のない人,,,,,,,");
        var run = (await world.Nights(n => n.Start(world.Clerk, Tomorrow, Ct))).Value;
        var report = await world.Ended(world.Clerk, run);
        Assert.Equal((6, 6, false), (report.Run.Total, report.Run.Done, report.Run.Automatic));
        Assert.Equal(
            ["2: Lost", "5: NotFound", "3: Ratio", "4: Masked", "6: NotAsked EL-0102", "1: "],
            report.Lines.Select(l => $"{l.Visit.Patient.Chart}: {string.Join(' ', l.Marks.Select(m => m.ToString()).Append(l.Problem).Where(t => t.Length > 0))}"));
        Assert.Equal(5, (await world.Registry.Site.Audited(AuditKind.EligibilityInquired)).Count);

        // The list of the day shows it already; nothing was written over.
        var day = await world.Day(world.Clerk, Tomorrow);
        Assert.Equal(5, day.Visits.Count(v => v.Answer is { Source: DeskSource.Night }));
        Assert.Equal("030", day.Visits.Single(v => v.Patient.Chart == "3").Patient.Ratio);

        // What is posted as a field's name is nobody's business in the log.
        var third = report.Lines.Single(l => l.Visit.Patient.Chart == "3").Visit;
        Assert.Equal(1, (await world.Reception(r => r.Adopt(world.Clerk, third.Id, third.Answer!.Answer.Id, ["一部負担金割合", "気むずかしい人"], Ct))).Value);
        Assert.Contains($"visit:{third.Id}: adopted 一部負担金割合", await world.Registry.Site.Audited(AuditKind.DeskPatientChanged));

        Assert.Equal("EL-0807", ReceptionTests.Refused(await world.Nights(n => n.Start(world.Clerk, Tomorrow.AddDays(1), Ct))));
        Assert.Equal("EL-0808", ReceptionTests.Refused(await world.Nights(n => n.Report(world.Neighbour, run, Ct))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task NotFound_IsAskedAgain_TheNextDays_UntilItIsThere(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider, nights: true);
        var late = Entry("A1");
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", late.Coverage!));
        await world.Ended(world.Clerk, (await world.Nights(n => n.Start(world.Clerk, Day, Ct))).Value);
        await world.Book(world.Clerk, Tomorrow, ReceptionWorld.Row("2", Entry("Z", number: "55").Coverage!));
        await world.Registry.Has(late);
        var report = await world.Ended(world.Clerk, (await world.Nights(n => n.Start(world.Clerk, Tomorrow, Ct))).Value);
        var again = Assert.Single(report.Lines, l => l.Recheck);
        Assert.Equal(("1", Day, Validity.Valid, DeskSource.Recheck), (again.Visit.Patient.Chart, again.Visit.Day, again.Visit.Answer!.Answer.Validity, again.Visit.Answer.Source));

        // Found: nobody is asked about any more but those of the day. Eight days on, neither is the one who was not.
        await world.Book(world.Clerk, Tomorrow.AddDays(8), ReceptionWorld.Row("1", late.Coverage!));
        report = await world.Ended(world.Clerk, (await world.Nights(n => n.Start(world.Clerk, Tomorrow.AddDays(8), Ct))).Value);
        Assert.DoesNotContain(report.Lines, l => l.Recheck);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Plan_AsksByItself_OnceADay_InTheNameOfWhoeverSetIt(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider, nights: true);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(world.Clerk, Tomorrow, ReceptionWorld.Row("1", entry.Coverage!));
        Assert.Equal(new NightPlan(true, new TimeOnly(2, 0), true), (await world.Nights(n => n.Plan(world.Clerk, Ct))).Value);
        Assert.Equal("EL-0805", ReceptionTests.Refused(await world.Nights(n => n.Change(world.Clerk with { Person = null }, new NightPlan(true, new TimeOnly(20, 0), true), Ct))));

        // 20:30, for the next day.
        await world.Nights(n => n.Change(world.Clerk, new NightPlan(true, new TimeOnly(20, 0), true), Ct));
        await world.Registry.Site.SimulateTime(new DateTimeOffset(Day, new TimeOnly(20, 30), JapanTime.Offset));
        await world.Nights(n => n.Change(world.Clerk, new NightPlan(true, new TimeOnly(20, 0), true), Ct));
        var run = await Run(world);
        Assert.Equal((Tomorrow, true), (run.Day, run.Automatic));
        var report = await world.Ended(world.Clerk, run.Id);
        Assert.Equal(Validity.Valid, Assert.Single(report.Lines).Visit.Answer!.Answer.Validity);

        // Woken again, it does not begin again.
        await world.Nights(n => n.Change(world.Clerk, new NightPlan(true, new TimeOnly(20, 1), true), Ct));
        await Task.Delay(300, Ct);
        Assert.Single((await world.Nights(n => n.Runs(world.Clerk, Ct))).Value);
        Assert.Empty((await world.Nights(n => n.Runs(world.Neighbour, Ct))).Value);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Appointments_BroughtAfterTheRunBegan_AreAskedAboutAtOnce_ButNobodyTheDeskAskedAbout(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider, nights: true);
        await world.Registry.Site.SimulateTime(new DateTimeOffset(Day, new TimeOnly(9, 0), JapanTime.Offset));
        CoverageEntry[] entries = [await world.Registry.Has(Entry("A1", number: "1")), await world.Registry.Has(Entry("A2", number: "2")), await world.Registry.Has(Entry("A3", number: "3"))];
        Coverage[] people = [.. entries.Select(e => e.Coverage!)];
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", people[0], time: "9:30"));
        await Wake(world);
        var run = await Run(world);
        Assert.Equal("1", Assert.Single((await world.Ended(world.Clerk, run.Id)).Lines).Visit.Patient.Chart);

        // Somebody comes in without an appointment: the desk asks, the plan does not.
        var walkIn = (await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = "2", Card = EligibilityWorld.Ask(entries[1]).Card }, Ct))).Value;
        await world.Ask(world.Clerk, walkIn);
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("2", people[1]), ReceptionWorld.Row("3", people[2], time: "10:00"));
        await Wake(world);
        for (var i = 0; i < 200 && (await Run(world)).Done < 2; i++)
        {
            await Task.Delay(50, Ct);
        }

        var report = await world.Ended(world.Clerk, run.Id);
        Assert.Equal(["1", "3"], report.Lines.Select(l => l.Visit.Patient.Chart).Order());
        Assert.Single((await world.Nights(n => n.Runs(world.Clerk, Ct))).Value);
        Assert.Equal(3, (await world.Registry.Site.Audited(AuditKind.EligibilityInquired)).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task NotFound_IsAskedAgain_AlsoWithoutAppointments_AndWhereNoFileEverCame(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider, nights: true);
        var late = Entry("A1");
        var visit = (await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = "1", Card = EligibilityWorld.Ask(late).Card }, Ct))).Value;
        Assert.False((await world.Nights(n => n.Plan(world.Clerk, Ct))).Value.On);
        Assert.Equal(Validity.NotFound, (await world.Ask(world.Clerk, visit)).Answer.Validity);
        Assert.True((await world.Nights(n => n.Plan(world.Clerk, Ct))).Value.On);

        await world.Registry.Has(late);
        await world.Registry.Site.SimulateTime(new DateTimeOffset(Tomorrow, new TimeOnly(2, 30), JapanTime.Offset));
        await Wake(world);
        var line = Assert.Single((await world.Ended(world.Clerk, (await Run(world)).Id)).Lines);
        Assert.Equal((true, Day, Validity.Valid), (line.Recheck, line.Visit.Day, line.Visit.Answer!.Answer.Validity));
    }

    [Fact]
    public async Task Report_ThatIsCut_SaysHowManyMore()
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite, nights: true);
        await world.Book(world.Clerk, Tomorrow, ReceptionWorld.Row("1", Entry("A1").Coverage!));
        var run = (await world.Nights(n => n.Start(world.Clerk, Tomorrow, Ct))).Value;
        Assert.Equal(0, (await world.Ended(world.Clerk, run)).More);
        await world.Registry.In<DbSession, int>(async session =>
        {
            await session.Write(Ct);
            for (var i = 0; i < 5_001; i++)
            {
                await session.Execute(
                    "INSERT INTO eligibility_desk_run_item (run, patient, day, visit, answer, refusal) VALUES (@run, @patient, @day, @visit, NULL, 'EL-0102')",
                    Ct, ("run", run), ("patient", Guid.NewGuid()), ("day", Tomorrow.AddDays(-1)), ("visit", Guid.NewGuid()));
            }

            await session.Commit(Ct);
            return 0;
        });
        Assert.Equal(2, (await world.Nights(n => n.Report(world.Clerk, run, Ct))).Value.More);
    }

    private static async Task Wake(ReceptionWorld world) => await world.Nights(n => n.Change(world.Clerk, new NightPlan(true, new TimeOnly(2, 0), true), Ct));

    private static async Task<NightRun> Run(ReceptionWorld world)
    {
        for (var i = 0; i < 2000; i++)
        {
            if ((await world.Nights(n => n.Runs(world.Clerk, Ct))).Value is [var run, ..])
            {
                return run;
            }

            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("Nothing was begun");
    }
}
