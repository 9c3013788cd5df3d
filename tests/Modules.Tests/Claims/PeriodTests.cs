using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>10日24:00, the days after it, and the home page that tells of them.</summary>
public sealed class PeriodTests
{
    private static readonly MadeClaim _clean = new("関所　一郎", "101");
    private static readonly MadeClaim _l2 = new("関所　二郎", "102", TreatmentMonth: "202113");
    private static readonly MadeClaim _l3 = new("", "103");
    private static readonly MadeClaim _l4 = new("関所　四郎", "104", PublicPayer: "54136015", Recipient: "12345");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task TenthAt24_Unconfirmed_IsConfirmedWithoutErrorAndDoubtfulClaims(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(_clean, _l2, _l3, _l4))).Reception.Number;
        var own = (await world.Receive(world.Clinic, ClaimsWorld.File(_clean with { Chart = "201" }, _l3 with { Chart = "203" }))).Reception.Number;
        await world.Ask(c => c.Confirm(world.Clinic, own, Ct));
        await world.On(11, 0);
        var result = await world.Until(world.Clinic, number, r => r.State == ReceptionState.Confirmed);
        Assert.Equal([ClaimState.Accepted, ClaimState.Rejected, ClaimState.Dropped, ClaimState.Dropped], result.Claims.Select(c => c.State));
        Assert.Equal(1, await world.Count("history", $"reception = '{number}' AND act = 'ConfirmAutomatically'"));

        // What the institution confirmed itself stands as it decided.
        var decided = (await world.Ask(c => c.Result(world.Clinic, own, Ct))).Value;
        Assert.Equal([ClaimState.Accepted, ClaimState.Accepted], decided.Claims.Select(c => c.State));
        Assert.Equal("CL-0201", (await world.Ask(c => c.Cancel(world.Clinic, number, Ct))).Refusal.Code);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task EleventhAndTwelfth_OnlyClaimsThatNeedCorrection_AreTaken(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(_clean, _l2, _l3))).Reception.Number;
        await world.On(11, 9);
        await world.Until(world.Clinic, number, r => r.State == ReceptionState.Confirmed);
        Assert.Equal("CL-0402", (await world.Send(world.Other, ClaimsWorld.File(_clean))).Refusal.Code);
        Assert.True((await world.Ask(c => c.Desk(world.Clinic, Ct))).MaySend);

        // The second and third are corrected; the first was claimed already, the last was never sent.
        var correction = await world.Receive(
            world.Clinic,
            ClaimsWorld.File(_l2 with { TreatmentMonth = "202110" }, _l3 with { Name = "関所　三郎" }, _clean, new MadeClaim("関所　九郎", "109")));
        Assert.Equal(ReceptionState.Checked, correction.Reception.State);
        Assert.Equal([ClaimState.Accepted, ClaimState.Accepted, ClaimState.Rejected, ClaimState.Rejected], correction.Claims.Select(c => c.State));
        Assert.Equal([3, 4], correction.Findings.Where(f => f.Rule.Number == "R2001").Select(f => f.Place.Claim));
        Assert.Equal("CL-0402", (await world.Send(world.Clinic, ClaimsWorld.File(_l2))).Refusal.Code);

        await world.On(12, 20);
        Assert.Equal(ReceptionState.Confirmed, (await world.Ask(c => c.Confirm(world.Clinic, correction.Reception.Number, Ct))).Value.State);
        await world.On(13, 0);
        Assert.Equal(2, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
        Assert.Equal(3, await world.Count("claim", "management_number IS NOT NULL"));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Close_UndecidedCorrection_IsConfirmedFirst(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(_clean, _l3))).Reception.Number;
        await world.On(11, 9);
        await world.Until(world.Clinic, number, r => r.State == ReceptionState.Confirmed);
        await world.Receive(world.Clinic, ClaimsWorld.File(_l3 with { Name = "関所　三郎" }));
        await world.On(13, 0);
        Assert.Equal(2, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
    }

    [Fact]
    public async Task Desk_ThroughTheMonth_SaysWhereItStands()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        var reception = (await world.Receive(world.Clinic, ClaimsWorld.File(_clean))).Reception;
        var desk = await world.Ask(c => c.Desk(world.Clinic, Ct));
        Assert.Equal((true, 2, "202111"), (desk.MaySend, desk.DaysLeft, desk.BillingMonth.ToString()));
        Assert.Equal("送信期間 11月8日(月) 8:00 ～ 11月8日(月) 24:00 です。", desk.Window);
        Assert.Equal(reception.Number, Assert.Single(desk.Attention).Number);
        await world.On(10, 23);
        Assert.Equal(0, (await world.Ask(c => c.Desk(world.Clinic, Ct))).DaysLeft);
        await world.On(13, 10);
        desk = await world.Ask(c => c.Desk(world.Other, Ct));
        Assert.Equal((false, null, "202112"), (desk.MaySend, desk.DaysLeft, desk.BillingMonth.ToString()));
        Assert.Empty(desk.Attention);
    }

    [Fact]
    public async Task Findings_WorstOfTheMadeClaims_AreWhatTheTestsRestOn()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        var result = await world.Receive(world.Clinic, ClaimsWorld.File(_clean, _l2, _l3, _l4));
        Assert.Equal([null, Severity.L2, Severity.L3, Severity.L4], result.Claims.Select(c => c.Entry.Worst));
    }
}
