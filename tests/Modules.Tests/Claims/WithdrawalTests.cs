using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>取下げ of claims that have become facts: asked by the institution, decided by the payer, told to whoever got them.</summary>
public sealed class WithdrawalTests
{
    private const string Why = "患者を取り違えて請求した";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task DeliveredClaim_IsWithdrawn_AndTheInsurerIsTold(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, Two())).Reception.Number;
        await world.Conclude(number);
        var delivery = Assert.Single(await Inbox(world)).Id;

        var asked = Assert.Single((await Ask(world, world.Clinic, number, Why, 2)).Value);
        Assert.Equal((number, 2, WithdrawalState.Requested, ClaimState.Delivered, Why), (asked.Reception, asked.Ordinal, asked.State, asked.Claim, asked.Reason));
        Assert.Equal([2], (await List(world, world.Payer)).Select(w => w.Ordinal));
        Assert.Equal([2], (await List(world, world.Clinic)).Select(w => w.Ordinal));
        Assert.Equal([ClaimState.Delivered, ClaimState.Delivered], await States(world, number));

        var granted = Assert.Single((await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 2)).Value);
        Assert.Equal((WithdrawalState.Granted, ClaimState.Withdrawn, "依頼のとおり"), (granted.State, granted.Claim, granted.Answer));
        Assert.Equal([ClaimState.Delivered, ClaimState.Withdrawn], await States(world, number));
        Assert.Equal(1, await world.Published("ClaimWithdrawn"));
        Assert.Empty(await world.In(w => w.List(world.Payer, null, true, Ct)));

        // Once more after a cut line: the same answer, and nothing happens.
        Assert.Equal(granted, Assert.Single((await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 2)).Value));
        Assert.Equal(1, await world.Published("ClaimWithdrawn"));
        await AssertTold(world, delivery);
        Assert.Equal([$"{number}: 2"], await world.Site.Audited(AuditKind.WithdrawalRequested));
        Assert.Equal([$"{number}: Grant 2"], await world.Site.Audited(AuditKind.WithdrawalDecided));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ClosedClaims_Withdrawn_LeaveTheMonth_AndTheRestGoesOn(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Closed(world, Two());
        await Ask(world, world.Clinic, number, Why, 1);
        await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 1);
        Assert.Equal("CL-0304", (await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, [1], Ct))).Refusal.Code);
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        Assert.Equal(1, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);

        Assert.Equal(1, (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value.Claims);
        Assert.Equal([ClaimState.Withdrawn, ClaimState.Delivered], await States(world, number));
        Assert.Equal(ReceptionState.Delivered, (await world.Ask(c => c.Result(world.Clinic, number, Ct))).Value.Reception.State);
        Assert.Equal(TransmissionKinds.Delivery, Assert.Single(await Inbox(world)).Kind);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task DecidedClaim_Withdrawn_IsNotDelivered(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Closed(world, Two());
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct));
        await Ask(world, world.Clinic, number, Why, 1, 2);
        await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 1, 2);
        Assert.Equal(0, (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value.Claims);
        Assert.Empty(await Inbox(world));
        Assert.Equal(ReceptionState.Delivered, (await world.Ask(c => c.Result(world.Clinic, number, Ct))).Value.Reception.State);
        Assert.Equal(0, await world.Count("target", "1 = 1"));
    }

    /// <summary>Delivered to its 保険者, its 公費負担者 not known yet: the one is told, the other never hears of it.</summary>
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task PartlyDeliveredClaim_Withdrawn_GoesNowhereElse(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("関所　三郎", "103", PublicPayer: "54136015")))).Reception.Number;
        Assert.Single((await world.Conclude(number)).Unknown);
        await Ask(world, world.Clinic, number, Why, 1);
        await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 1);
        Assert.Single(await Inbox(world), t => t.Kind == TransmissionKinds.Withdrawal);
        var publicPayer = await world.Site.Organisation(OrganisationKind.PublicPayer, new OrganisationCode(CodeSystem.PublicPayer, "54136015"));
        var report = (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value;
        Assert.Equal((0, 0), (report.Deliveries, report.Unknown.Count));
        Assert.Empty(await world.Exchange(async x => await x.Inbox(publicPayer.Id, false, Ct)));
        Assert.Equal(ReceptionState.Delivered, (await world.Ask(c => c.Result(world.Clinic, number, Ct))).Value.Reception.State);
    }

    /// <summary>A delivery is made while the claim is being withdrawn: whichever comes first, the insurer has the claim and the notice, or neither.</summary>
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task DeliveryAndWithdrawalAtOnce_LeaveTheInsurerKnowingTheTruth(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Closed(world, Two());
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct));
        await Ask(world, world.Clinic, number, Why, 2);
        var delivering = world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct));
        Assert.True((await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 2)).Succeeded(out _, out _));
        await delivering;
        await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct));
        Assert.Equal([ClaimState.Delivered, ClaimState.Withdrawn], await States(world, number));
        Assert.Equal(1, await world.Count("target", "ordinal = 1 AND delivery IS NOT NULL"));
        var gone = await world.Count("target", "ordinal = 2 AND delivery IS NOT NULL");
        Assert.Equal(gone, (await Inbox(world)).Count(t => t.Kind == TransmissionKinds.Withdrawal));
        Assert.Equal(0, await world.Count("target", "delivery IS NULL"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WhatCannotBeWithdrawn_SaysWhyAndWhatToDo(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, Two())).Reception.Number;
        var early = (await Ask(world, world.Clinic, number, Why, 1)).Refusal;
        Assert.Equal("CL-0701", early.Code);
        Assert.Contains("取り消す", early.Remedy, StringComparison.Ordinal);
        await world.Ask(c => c.Confirm(world.Clinic, number, Ct));
        Assert.Equal("CL-0702", (await Ask(world, world.Clinic, number, Why, 1)).Refusal.Code);
        await Close(world);

        Assert.Equal("CL-0706", (await Ask(world, world.Clinic, number, " 誤り ", 1)).Refusal.Code);
        Assert.Equal("CL-0604", (await Ask(world, world.Clinic, number, new string('あ', 201), 1)).Refusal.Code);
        Assert.Equal("CL-0708", (await Ask(world, world.Clinic, number, Why)).Refusal.Code);
        Assert.Equal("CL-0102", (await Ask(world, world.Clinic, number, Why, 1, 3)).Refusal.Code);
        Assert.Empty(await List(world, world.Clinic));
        Assert.Equal("CL-0707", (await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 1)).Refusal.Code);

        await Ask(world, world.Clinic, number, Why, 1);
        var twice = (await Ask(world, world.Clinic, number, Why, 1, 2)).Refusal;
        Assert.Equal("CL-0704", twice.Code);
        Assert.Contains("1 件目", twice.Text, StringComparison.Ordinal);
        Assert.Equal("CL-0706", (await Decide(world, world.Payer, number, WithdrawalDecision.Refuse, "", 1)).Refusal.Code);
        await Decide(world, world.Payer, number, WithdrawalDecision.Refuse, "審査の照会中のため", 1);
        Assert.Equal("CL-0707", (await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 1)).Refusal.Code);
        Assert.Equal([ClaimState.Accepted, ClaimState.Accepted], await States(world, number));

        // Refused once, it may be asked for again; withdrawn, it may not.
        await Ask(world, world.Clinic, number, Why, 1);
        await Decide(world, world.Payer, number, WithdrawalDecision.Grant, "依頼のとおり", 1);
        Assert.Equal("CL-0705", (await Ask(world, world.Clinic, number, Why, 1)).Refusal.Code);
        Assert.Equal([WithdrawalState.Granted, WithdrawalState.Refused], (await List(world, world.Clinic)).Select(w => w.State).Order());
        Assert.Equal(1, await world.Published("ClaimWithdrawn"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task CancelledAndRejectedClaims_HaveNothingToWithdraw(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var cancelled = (await world.Receive(world.Clinic, Two())).Reception.Number;
        await world.Ask(c => c.Cancel(world.Clinic, cancelled, Ct));
        Assert.Equal("CL-0703", (await Ask(world, world.Clinic, cancelled, Why, 1)).Refusal.Code);
        var number = await Closed(world, ClaimsWorld.File(new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102", TreatmentMonth: "202113")));
        var rejected = (await world.Ask(c => c.Result(world.Clinic, number, Ct))).Value.Claims.Single(c => c.State == ClaimState.Rejected);
        Assert.Equal("CL-0703", (await Ask(world, world.Clinic, number, Why, rejected.Entry.Ordinal)).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Strangers_CanNeitherAskNorDecideNorSee(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var stranger = world.Payer with { Organisation = (await world.Site.Organisation("架空国保連", OrganisationKind.Payer)).Id };
        var number = await Closed(world, Two());
        Assert.Equal("CL-0101", (await Ask(world, world.Other, number, Why, 1)).Refusal.Code);
        Assert.Equal("CL-0101", (await Ask(world, world.Payer, number, Why, 1)).Refusal.Code);
        await Ask(world, world.Clinic, number, Why, 1);
        Assert.Equal("CL-0101", (await Decide(world, stranger, number, WithdrawalDecision.Grant, "依頼のとおり", 1)).Refusal.Code);
        Assert.Equal("CL-0101", (await Decide(world, world.Clinic, number, WithdrawalDecision.Grant, "依頼のとおり", 1)).Refusal.Code);
        Assert.Empty(await List(world, stranger));
        Assert.Empty(await List(world, world.Other));
        Assert.Empty(await world.In(w => w.List(world.Other, number, false, Ct)));
        Assert.Single(await List(world, world.Clinic));

        // Two people of one institution at the same moment: one request.
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Ask(world, world.Clinic, number, Why, 2)));
        Assert.Equal(1, both.Count(o => o.Refused(out var no, out IReadOnlyList<Withdrawal>? _) && no.Code == "CL-0704"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Http_AsksDecidesAndLists_AndNothingIsGrantedByOmission(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = await Closed(world, Two());
        using var clinic = await Client(world, world.Clinic);
        using var other = await Client(world, world.Other);
        using var payer = await Client(world, world.Payer);
        var door = $"receptions/{number}/withdrawals";
        Assert.Equal((HttpStatusCode.NotFound, "CL-0101"), await Post(other, door, new { ordinals = new[] { 1 }, reason = Why }));
        Assert.Equal((HttpStatusCode.Forbidden, "PL-0102"), await Post(payer, door, new { ordinals = new[] { 1 }, reason = Why }));
        Assert.Equal((HttpStatusCode.OK, ""), await Post(clinic, door, new { ordinals = new[] { 1 }, reason = Why }));
        Assert.Equal((HttpStatusCode.Conflict, "CL-0704"), await Post(clinic, door, new { ordinals = new[] { 1 }, reason = Why }));
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(payer, door + "/decision", new { ordinals = new[] { 1 }, reason = Why })).Status);
        Assert.Equal([ClaimState.Accepted, ClaimState.Accepted], await States(world, number));
        Assert.Equal((HttpStatusCode.OK, ""), await Post(payer, door + "/decision", new { ordinals = new[] { 1 }, decision = "Grant", reason = "依頼のとおり" }));

        var listed = Assert.Single(JsonDocument.Parse(await clinic.GetStringAsync(new Uri("/claims/withdrawals?reception=" + number, UriKind.Relative), Ct)).RootElement.EnumerateArray());
        Assert.Equal(
            (number, 1, "Granted", "Withdrawn", "202111"),
            (listed.GetProperty("reception").GetString(), listed.GetProperty("ordinal").GetInt32(), listed.GetProperty("state").GetString(), listed.GetProperty("claim").GetString(), listed.GetProperty("billingMonth").GetString()));
        Assert.Equal("[]", await other.GetStringAsync(new Uri("/claims/withdrawals", UriKind.Relative), Ct));
        Assert.Equal("[]", await payer.GetStringAsync(new Uri("/claims/withdrawals?open=true", UriKind.Relative), Ct));
    }

    private static async Task<HttpClient> Client(ClaimsWorld world, Actor actor) =>
        await world.Site.Client((await world.Site.Directory.Organisation(actor.Organisation, Ct)).Value);

    private static async Task<(HttpStatusCode Status, string Code)> Post(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/claims/" + path, UriKind.Relative), body, Ct);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        return (answer.StatusCode, json.ValueKind == JsonValueKind.Object && json.TryGetProperty("code", out var code) ? code.GetString()! : "");
    }

    private static async Task AssertTold(ClaimsWorld world, TransmissionId delivery)
    {
        var notice = Assert.Single(await Inbox(world), t => t.Kind == TransmissionKinds.Withdrawal);
        Assert.Equal((world.Payer.Organisation, Classification.StrictlyConfidential), (notice.Sender, notice.Classification));
        await using var content = (await world.Exchange(x => x.Open(notice.Id, Ct))).Value;
        var told = (await JsonDocument.ParseAsync(content, cancellationToken: Ct)).RootElement;
        Assert.Equal((delivery.ToString(), ClaimsWorld.Insurer, "202111"), (told.GetProperty("delivery").GetString(), told.GetProperty("insurer").GetString(), told.GetProperty("month").GetString()));
        var claim = Assert.Single(told.GetProperty("withdrawn").EnumerateArray());
        Assert.Equal(("2021110000000002", "202110"), (claim.GetProperty("managementNumber").GetString(), claim.GetProperty("treatmentMonth").GetString()));
    }

    private static byte[] Two() => ClaimsWorld.File(new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102"));

    private static async Task<string> Closed(ClaimsWorld world, byte[] file)
    {
        var number = (await world.Receive(world.Clinic, file)).Reception.Number;
        Assert.True((await world.Ask(c => c.Confirm(world.Clinic, number, Ct))).Succeeded(out _, out var why), why?.Text);
        await Close(world);
        return number;
    }

    private static async Task Close(ClaimsWorld world)
    {
        await world.On(13, 9);
        Assert.Equal(1, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
    }

    private static Task<Outcome<IReadOnlyList<Withdrawal>>> Ask(ClaimsWorld world, Actor by, string number, string why, params int[] ordinals) =>
        world.In(w => w.Request(by, number, ordinals, why, Ct));

    private static Task<Outcome<IReadOnlyList<Withdrawal>>> Decide(
        ClaimsWorld world, Actor by, string number, WithdrawalDecision decision, string why, params int[] ordinals) => world.In(w => w.Decide(by, number, ordinals, decision, why, Ct));

    private static Task<IReadOnlyList<Withdrawal>> List(ClaimsWorld world, Actor by) => world.In(w => w.List(by, null, false, Ct));

    private static Task<IReadOnlyList<Contracts.Exchange.Transmission>> Inbox(ClaimsWorld world) =>
        world.Exchange(async x => await x.Inbox(world.InsurerOrganisation.Id, false, Ct));

    private static async Task<IEnumerable<ClaimState>> States(ClaimsWorld world, string number) =>
        (await world.Ask(c => c.Result(world.Clinic, number, Ct))).Value.Claims.Select(c => c.State);
}
