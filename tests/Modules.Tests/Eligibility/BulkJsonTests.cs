using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Bulk;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>資格確認一括照会 for programs that speak JSON.</summary>
public sealed class BulkJsonTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task List_IsTaken_AndItsAnswersFetched(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(With(Entry("A1"), c => c with { Limits = [new("01", "A03", null, new(2026, 8, 1), new(2027, 7, 31), null)] }));

        var taken = await desk.Ask("/eligibility/bulk-inquiries", new BulkInquiry { On = Day, Rows = [Row(entry, "1") with { Limit = new LimitHeld("01", "A01") }, Row(Entry("A9", number: "99"), "2"), new BulkInquiryRow { Identifier = "3" }] });

        var number = taken.GetProperty("number").GetString()!;
        var result = await Fetch(desk, number);
        Assert.Equal((3, 3, 1, Day), (result.State.Rows, result.State.Done, result.State.Failed, result.On));
        Assert.Equal(["1 Valid True ", "2 NotFound  ", "3   EL-0102"], result.Answers.Select(a => $"{a.Identifier} {a.Answer?.Validity} {a.LimitChanged} {a.Code}"));
        Assert.Empty(result.Answers[0].Answer!.Coverage!.Limits);
        Assert.Equal($"{number}: OQSmuquc {desk.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.BulkRead)));
        Assert.Equal("1", (await desk.Fetch("OQSmuquc", number)).Header("SegmentOfResult"));
    }

    [Fact]
    public async Task Lines_AreAListToo_AndWhatIsNone_IsRefused()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var line = JsonSerializer.Serialize(Row(await world.Has(Entry("A1")), "1"), SiteJson.Options);
        var lines = Encoding.UTF8.GetBytes($"{line}\n{line.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)}\r\n\n");

        using var taken = await desk.Send("/eligibility/bulk-inquiries?on=2026-10-15", "application/x-ndjson", lines, desk.Sign(lines));
        var none = Encoding.UTF8.GetBytes("{\"rows\":[]}");
        using var empty = await desk.Send("/eligibility/bulk-inquiries", "application/json", none, desk.Sign(none));
        using var unsigned = await desk.Send("/eligibility/bulk-inquiries", "application/json", none, null);

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        var number = JsonSerializer.Deserialize<BulkState>(await taken.Content.ReadAsStringAsync(Ct), SiteJson.Options)!.Number;
        Assert.Equal(2, (await Fetch(desk, number)).Answers.Count);
        Assert.Contains("EL-0306", await empty.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsigned.StatusCode);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task SixthListAtATime_WaitsAndIsToldHowLong_OnBothDoors(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));
        await Open(world);
        var list = JsonSerializer.SerializeToUtf8Bytes(new BulkInquiry { Rows = [Row(entry, "6")] }, SiteJson.Options);
        var file = OqsDesk.Write("OQSmuquc01req", new Sekisho.Formats.Eligibility.Views.BulkQualificationRequest { QualificationConfirmSearchInfo = [OqsDesk.Search(entry)] });

        using var json = await desk.Send("/eligibility/bulk-inquiries", "application/json", list, desk.Sign(list));
        using var message = await desk.SendFile("OQSmuquc01req_1.xml", file, desk.Sign(file));

        foreach (var answer in new[] { json, message })
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            Assert.Contains("EL-0307", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using var other = await Desk.Of(world.Site, world.PharmacyOrganisation);
        Assert.Equal(20, (await other.Ask("/eligibility/bulk-inquiries", new BulkInquiry { Rows = [Row(entry, "6")] })).GetProperty("number").GetString()!.Length);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 11), InlineData(DatabaseProvider.PostgreSql, 12)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_RandomLists_NobodyGetsAnothersListNorTheirReferences(DatabaseProvider provider, int seed)
    {
#pragma warning disable RS0030 // A property test repeats itself by its seed.
        var dice = new Random(seed);
#pragma warning restore RS0030
        await using var world = await Start(provider);
        Actor[] facilities = [world.Clinic, world.Pharmacy];
        var people = new List<CoverageEntry>();
        for (var i = 0; i < 6; i++)
        {
            people.Add(await world.Has(Entry($"P{i}", number: (i + 1).ToString(CultureInfo.InvariantCulture))));
        }

        var references = new Dictionary<(OrganisationId, int), string>();
        var jobs = new List<(Actor Owner, string Number, List<int> Asked)>();
        for (var step = 0; step < 25; step++)
        {
            var (facility, person) = (facilities[dice.Next(2)], dice.Next(people.Count));
            if (dice.Next(2) == 0)
            {
                await MatchTests.Reference(world, facility, people[person], references[(facility.Organisation, person)] = $"{facility.Organisation.Value:N}{step}"[..20]);
                continue;
            }

            List<int> asked = [.. Enumerable.Range(0, 1 + dice.Next(4)).Select(_ => dice.Next(people.Count))];
            var inquiry = new BulkInquiry { Rows = [.. asked.Select(a => Row(people[a], $"{step}:{a}"))] };
            var state = await world.In<IBulkInquiries, Outcome<BulkState>>(b => b.Submit(facility, inquiry, Ct));
            jobs.Add((facility, state.Value.Number, asked));
            var result = await Finished(world, facility, state.Value.Number);
            Assert.Equal(asked.Select(a => references.GetValueOrDefault((facility.Organisation, a), "")), result.Answers.Select(a => a.Answer!.Reference));
        }

        foreach (var (owner, number, asked) in jobs)
        {
            Assert.Equal(asked.Count, (await Finished(world, owner, number)).Answers.Count);
            foreach (var stranger in facilities.Where(f => f.Organisation != owner.Organisation))
            {
                Assert.Equal("EL-0309", (await world.In<IBulkInquiries, Outcome<BulkAnswers<BulkAnswer>>>(b => b.Result(stranger, number, Ct))).Refusal.Code);
            }
        }
    }

    private static BulkInquiryRow Row(CoverageEntry entry, string identifier) => new() { Card = EligibilityWorld.Ask(entry).Card, Identifier = identifier };

    private static Task<BulkAnswers<BulkAnswer>> Fetch(Desk desk, string number) => Fetch<BulkAnswer>(desk, "/eligibility/bulk-inquiries/result", number);

    internal static async Task<BulkAnswers<TAnswer>> Fetch<TAnswer>(Desk desk, string path, string number)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            var found = await desk.Ask(path, new { number });
            if (found.GetProperty("state").GetProperty("finished").ValueKind != JsonValueKind.Null)
            {
                return found.Deserialize<BulkAnswers<TAnswer>>(SiteJson.Options)!;
            }

            await Task.Delay(50, Ct);
        }

        throw new TimeoutException("The bulk inquiry does not end");
    }

    private static async Task<BulkAnswers<BulkAnswer>> Finished(EligibilityWorld world, Actor by, string number)
    {
        for (var tries = 0; tries < 5000; tries++)
        {
            var found = (await world.In<IBulkInquiries, Outcome<BulkAnswers<BulkAnswer>>>(b => b.Result(by, number, Ct))).Value;
            if (found.State.Finished is not null)
            {
                return found;
            }

            await Task.Delay(20, Ct);
        }

        throw new TimeoutException("The bulk inquiry does not end");
    }

    /// <summary>Five lists whose turn comes tomorrow.</summary>
    private static Task<int> Open(EligibilityWorld world) => world.In<DbSession, int>(async session =>
    {
        await session.Write(Ct);
        foreach (var i in Enumerable.Range(0, BulkPace.MostJobs))
        {
            await session.Execute(
                $"""
                INSERT INTO {session.Prefix("eligibility")}job (id, number, facility, kind, received, served, rows, done, failed, faults, digest, head)
                VALUES (@id, @number, @facility, 'OQSmuquc', @now, @later, 1000, 0, 0, 0, @digest, @digest)
                """,
                Ct,
                ("id", Guid.NewGuid()),
                ("number", $"{i}"),
                ("facility", world.Clinic.Organisation.Value),
                ("now", TimeProvider.System.GetUtcNow()),
                ("later", TimeProvider.System.GetUtcNow().AddDays(1)),
                ("digest", new byte[] { (byte)i }));
        }

        await session.Commit(Ct);
        return 0;
    });
}
