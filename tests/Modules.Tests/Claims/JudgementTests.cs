using System.Net;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>How right the checks are: what people say of findings, and what happens anyway.</summary>
public sealed class JudgementTests
{
    private const string NoName = "L3001";

    private static readonly MadeClaim _nameless = new("", "101");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Judge_BothSides_AreCountedApart_AndEveryWordIsKept(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Receive(world, _nameless, new MadeClaim("関所　二郎", "102"), _nameless with { Chart = "103" });
        Assert.Equal((2, 2, 0, 0, 0, 0), await Numbers(world, world.Payer));

        Assert.Equal(2, await Say(world, world.Payer, Verdict.Wrong, "見直し\r\nが必要", (number, 1), (number, 3)));
        Assert.Equal(0, await Say(world, world.Payer, Verdict.Wrong, "見直し が必要", (number, 1)));
        Assert.Equal(1, await Say(world, world.Payer, Verdict.Right, "", (number, 3)));
        Assert.Equal(1, await Say(world, world.Clinic, Verdict.Wrong, "氏名は届出済み", (number, 1)));
        Assert.Equal((2, 2, 1, 1, 0, 1), await Numbers(world, world.Payer));
        Assert.Equal((2, 2, 0, 0, 0, 1), await Numbers(world, world.Clinic));

        var words = (await world.Checks(c => c.Judgements(world.Payer, number, 3, Ct))).Value;
        Assert.Equal([Verdict.Right, Verdict.Wrong], words.Select(w => w.Verdict));
        Assert.Equal("見直し が必要", words[1].Reason);
        Assert.Empty((await world.Checks(c => c.Judgements(world.Clinic, number, 3, Ct))).Value);

        Assert.Equal(1, await Say(world, world.Payer, Verdict.Withdrawn, "", (number, 3)));
        Assert.Equal((2, 2, 0, 1, 0, 1), await Numbers(world, world.Payer));
        Assert.Equal(5, await world.Count("judgement_history", "1 = 1"));
        Assert.Equal(4, (await world.Site.Audited(AuditKind.FindingJudged)).Count);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Judge_WhatIsNotYoursOrNotThere_ChangesNothing(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Receive(world, _nameless, new MadeClaim("関所　二郎", "102"));
        Assert.Equal("CL-0101", await Refused(world, world.Other, "", (number, 1)));
        Assert.Equal("CL-0602", await Refused(world, world.Payer, "", (number, 1), (number, 2)));
        Assert.Equal("CL-0101", await Refused(world, world.Payer, "", (number, 1), ("20990101-000001-0", 1)));
        Assert.Equal("CL-0601", await Refused(world, world.Payer, ""));
        Assert.Equal("CL-0604", await Refused(world, world.Payer, new string('あ', 201), (number, 1)));
        Assert.Equal("CL-0204", await Refused(world, world.Clinic with { Permissions = new HashSet<Permission>() }, "", (number, 1)));
        Assert.Equal(0, await world.Count("judgement_history", "1 = 1"));
        Assert.Empty((await world.Checks(c => c.Statistics(world.Other, null, null, Ct))).Value.Rows);
        Assert.Empty((await world.Checks(c => c.Findings(world.Other, new JudgedQuery(NoName, null, false, null), Ct))).Value.Findings);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Facts_CancelledConfirmedResent_AreCountedApartFromJudgements(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var cancelled = await Receive(world, _nameless);
        await world.Ask(c => c.Cancel(world.Clinic, cancelled, Ct));
        var faulty = new MadeClaim("関所　一郎", "201") { Born = "19800199" };
        var confirmed = await Receive(world, _nameless, _nameless with { Chart = "103" }, faulty);
        await world.Ask(c => c.Confirm(world.Clinic, confirmed, Ct));
        var row = await Row(world, world.Payer, NoName);
        Assert.Equal((3, 1, 2, 0), (row.Claims, row.Cancelled, row.Stood, row.Resent));
        Assert.Equal((1, 0, 0), Facts(await Row(world, world.Payer, "L2133")));

        await world.On(11, 10);
        var correction = await Receive(world, faulty with { Born = "19800101" });
        Assert.Equal((1, 0, 1), Facts(await Row(world, world.Payer, "L2133")));
        await world.Ask(c => c.Cancel(world.Clinic, correction, Ct));
        Assert.Equal((1, 0, 0), Facts(await Row(world, world.Payer, "L2133")));

        static (long, long, long) Facts(CheckTally tally) => (tally.Claims, tally.Stood, tally.Resent);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Findings_ManyClaims_AreWorkedThroughPartByPart(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var claims = Enumerable.Range(1, 130).Select(i => _nameless with { Chart = $"{i}" }).ToArray();
        var first = await Receive(world, claims);
        var second = await Receive(world, [.. claims, _nameless with { Chart = "999" }]);
        var seen = new List<FindingOn>();
        for (FindingOn? after = null; ;)
        {
            var part = (await world.Checks(c => c.Findings(world.Payer, new JudgedQuery(NoName, null, OpenOnly: false, after), Ct))).Value;
            Assert.Equal((261, 0), (part.Claims, part.Judged));
            seen.AddRange(part.Findings.Select(f => f.On));
            if ((after = part.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(261, seen.Distinct().Count());
        Assert.Equal([first, second], seen.Select(s => s.Reception).Distinct());
        Assert.Equal(130, await Say(world, world.Payer, Verdict.Right, "", [.. seen.Take(130).Select(s => (s.Reception, s.Ordinal))]));
        var open = (await world.Checks(c => c.Findings(world.Payer, new JudgedQuery(NoName, ClaimsWorld.November, OpenOnly: true, null), Ct))).Value;
        Assert.Equal((130, new FindingOn(second, 1)), (open.Judged, open.Findings[0].On));
        Assert.Equal(("氏名", 1, ReceptionState.Checked), (open.Findings[0].First.Place.Name, open.Findings[0].Claim!.Entry.Ordinal, open.Findings[0].State));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Http_StatisticsFindingsAndCsv_AreReadAndJudged(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Receive(world, _nameless);
        using var payer = await Client(world, world.Payer);
        using var insurer = await world.Site.Client(world.InsurerOrganisation);
        using var body = new StringContent(
            $$"""{"verdict":"Wrong","reason":"テスト","findings":[{"reception":"{{number}}","ordinal":1}]}""", Encoding.UTF8, "application/json");
        using var judged = await payer.PostAsync(At($"checks/{NoName}/judgements"), body, Ct);
        Assert.Equal("{\"changed\":1}", await judged.Content.ReadAsStringAsync(Ct));
        using var statistics = JsonDocument.Parse(await payer.GetStringAsync(At("checks"), Ct));
        Assert.Equal(1, statistics.RootElement.GetProperty("rows")[0].GetProperty("payerWrong").GetInt32());
        using var list = JsonDocument.Parse(await payer.GetStringAsync(At($"checks/{NoName}?month=202111"), Ct));
        Assert.Equal("Wrong", list.RootElement.GetProperty("findings")[0].GetProperty("own").GetProperty("verdict").GetString());
        var lines = Encoding.UTF8.GetString(await payer.GetByteArrayAsync(At("checks.csv?from=202111&until=202111"), Ct)).Split("\r\n");
        Assert.StartsWith("\uFEFF受付月,番号,区分,題名,指摘,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"202111,{NoName},L3,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("," + CheckList.Hash, lines[1], StringComparison.Ordinal);
        using var refused = await insurer.GetAsync(At("checks"), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var bad = await payer.GetAsync(At("checks?from=2021-11"), Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        var centre = world.Payer with { Organisation = (await world.Site.Directory.Centre(Ct)).Id, Permissions = new HashSet<Permission> { Permission.ManageSite } };
        var all = (await world.Checks(c => c.Statistics(centre, null, null, Ct))).Value;
        Assert.Equal((TallyScope.Everybody, 1), (all.Scope, all.Rows.Single().PayerWrong));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task ResultPage_FilterAndPage_ReadOnlyWhatIsShown(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var claims = Enumerable.Range(1, 230).Select(i => new MadeClaim(i % 2 == 0 ? "" : "関所　一郎", $"{i}") { Born = i % 5 == 0 ? "19800199" : "19800101" }).ToArray();
        var number = await Receive(world, claims);
        var first = await Page(world, number, new ResultQuery());
        Assert.Equal((50, 3, 2, 200), (first.Groups.Count, first.Pages, first.Lists, first.Claims.Count));
        Assert.Equal(first.Reception.Findings, first.Found);
        Assert.Equal([("L2133", 46), (NoName, 115)], first.Rules.Select(r => (r.Rule.Number, r.Times)));
        Assert.Equal((46, 184), (first.States[ClaimState.Rejected], first.States[ClaimState.Accepted]));
        var last = await Page(world, number, new ResultQuery(Page: 99, List: 99));
        Assert.Equal((3, 2, 30), (last.Page, last.List, last.Claims.Count));
        var grave = await Page(world, number, new ResultQuery(Severity.L2));
        Assert.Equal((46, 46), (grave.Found, grave.Groups.Count));
        var both = (await Page(world, number, new ResultQuery(Claim: 10))).Groups.Single();
        Assert.Equal(["L2133", NoName], both.Findings.Select(f => f.Rule.Number));
        Assert.Equal((10, 2), (both.Row!.Entry.Ordinal, both.Count));
        Assert.Empty((await Page(world, number, new ResultQuery(Rule: "L9"))).Groups);
    }

    private static async Task<ResultPage> Page(ClaimsWorld world, string number, ResultQuery query) =>
        (await world.Checks(c => c.Result(world.Clinic, number, query, Ct))).Value;

    private static async Task<string> Receive(ClaimsWorld world, params MadeClaim[] claims) =>
        (await world.Receive(world.Clinic, ClaimsWorld.File(claims))).Reception.Number;

    private static async Task<int> Say(ClaimsWorld world, Actor by, Verdict verdict, string reason, params (string Number, int Ordinal)[] on) =>
        (await world.Checks(c => c.Judge(by, NoName, verdict, reason, [.. on.Select(o => new FindingOn(o.Number, o.Ordinal))], Ct))).Value;

    private static async Task<string> Refused(ClaimsWorld world, Actor by, string reason, params (string Number, int Ordinal)[] on) =>
        (await world.Checks(c => c.Judge(by, NoName, Verdict.Right, reason, [.. on.Select(o => new FindingOn(o.Number, o.Ordinal))], Ct))).Refusal.Code;

    private static async Task<CheckTally> Row(ClaimsWorld world, Actor by, string rule) =>
        (await world.Checks(c => c.Statistics(by, null, null, Ct))).Value.Rows.Single(r => r.Number == rule);

    private static async Task<(long, long, long, long, long, long)> Numbers(ClaimsWorld world, Actor by)
    {
        var row = await Row(world, by, NoName);
        return (row.Fired, row.Claims, row.PayerRight, row.PayerWrong, row.InstitutionRight, row.InstitutionWrong);
    }

    private static Uri At(string path) => new("/claims/" + path, UriKind.Relative);

    private static async Task<HttpClient> Client(ClaimsWorld world, Actor actor) =>
        await world.Site.Client((await world.Site.Directory.Organisation(actor.Organisation, Ct)).Value);
}
