using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Claims;

public sealed class ReceptionTests
{
    private static readonly MadeClaim _clean = new("関所　一郎", "101");
    private static readonly MadeClaim _l2 = new("関所　二郎", "102", TreatmentMonth: "202113");
    private static readonly MadeClaim _l3 = new("", "103");
    private static readonly MadeClaim _l4 = new("関所　四郎", "104", PublicPayer: "54136015", Recipient: "12345");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Check_MixedFile_RejectsTheL2ClaimOnlyAndTellsTheInstitution(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var result = await world.Receive(world.Clinic, ClaimsWorld.File(_clean, _l2, _l3, _l4));
        Assert.Equal((ReceptionState.Checked, 4, 1), (result.Reception.State, result.Reception.Claims, result.Reception.RejectedClaims));
        Assert.Equal(Severity.L2, result.Reception.Worst);
        Assert.Equal([ClaimState.Accepted, ClaimState.Rejected, ClaimState.Accepted, ClaimState.Accepted], result.Claims.Select(c => c.State));
        Assert.Contains(result.Findings, f => f.Rule.Number == "L2951" && f.Place.Claim == 2);
        Assert.Contains(result.Findings, f => f.Rule.Number == "L3001" && f.Place.Claim == 3);
        Assert.Contains(result.Findings, f => f.Rule.Number == "S4001" && f.Place.Claim == 4 && f.Rule.Remedy.Length > 0);

        var posted = Assert.Single(await world.Exchange(async x => await x.Inbox(world.Clinic.Organisation, true, Ct)));
        Assert.Equal((TransmissionKinds.ReceptionResult, world.Payer.Organisation), (posted.Kind, posted.Sender));
        var opened = (await world.Ask(c => c.Open(world.Clinic, result.Reception.Number, 3, Ct))).Value;
        Assert.Equal("L3001", Assert.Single(opened.Findings).Rule.Number);
        Assert.Equal("RE", opened.Document.Records[0].Id);
        Assert.Equal("CL-0102", (await world.Ask(c => c.Open(world.Clinic, result.Reception.Number, 5, Ct))).Refusal.Code);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Check_AnothersInstitution_RejectsTheFileAndIsHiddenFromItsHolder(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var result = await world.Receive(world.Other, ClaimsWorld.File(_clean));
        Assert.Equal(ReceptionState.Rejected, result.Reception.State);
        Assert.Contains(result.Findings, f => f.Rule.Number == "R1001");
        Assert.All(result.Claims, c => Assert.Equal(ClaimState.Dropped, c.State));
        Assert.Equal("CL-0101", (await world.Ask(c => c.Result(world.Clinic, result.Reception.Number, Ct))).Refusal.Code);
        Assert.Equal("CL-0201", (await world.Ask(c => c.Confirm(world.Other, result.Reception.Number, Ct))).Refusal.Code);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Check_SameBytesAgain_IsR1007UntilTheFirstIsCancelled(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var first = await world.Receive(world.Clinic, ClaimsWorld.File(_clean));
        var second = await world.Receive(world.Clinic, ClaimsWorld.File(_clean));
        Assert.Equal(ReceptionState.Rejected, second.Reception.State);
        Assert.Contains(first.Reception.Number, Assert.Single(second.Findings, f => f.Rule.Number == "R1007").Message, StringComparison.Ordinal);

        var addition = await world.Receive(world.Clinic, ClaimsWorld.File(_clean with { Chart = "102", Name = "関所　二郎" }));
        Assert.Equal(ReceptionState.Checked, addition.Reception.State);
        Assert.Equal(ReceptionState.Cancelled, (await world.Ask(c => c.Cancel(world.Clinic, first.Reception.Number, Ct))).Value.State);
        Assert.Equal("CL-0201", (await world.Ask(c => c.Confirm(world.Clinic, first.Reception.Number, Ct))).Refusal.Code);
        var third = await world.Receive(world.Clinic, ClaimsWorld.File(_clean));
        Assert.Equal(ReceptionState.Checked, third.Reception.State);
    }

    [Fact]
    public async Task Check_FileThatIsNotOne_IsRejected()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        var result = await world.Receive(world.Clinic, "これはレセプトではない"u8.ToArray());
        Assert.Equal((ReceptionState.Rejected, 0), (result.Reception.State, result.Reception.Claims));
        Assert.Equal(Severity.L1, result.Reception.Worst);
    }

    [Fact]
    public async Task Check_OtherNameThanNotified_IsNoticed()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        var result = await world.Receive(world.Clinic, ClaimFiles.Make(ClaimsWorld.ClinicCode, "関所医院", "1", "202111", _clean));
        Assert.Equal("R4801", Assert.Single(result.Findings).Rule.Number);
        Assert.Equal((ReceptionState.Checked, "関所診療所"), (result.Reception.State, result.Reception.InstitutionName));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Check_BrokenOffBeforeItsEnd_IsDoneAgainAndDoublesNothing(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(_clean, _l3))).Reception.Number;
        await using (var scope = world.Site.Services.CreateAsyncScope())
        {
            Assert.False(await scope.ServiceProvider.GetRequiredService<CheckReception>().Run(number, Ct));
        }

        // What a kill before the commit leaves: the reception as it came, but the result perhaps already stored by the exchange.
        await using (var session = new DbSession(world.Site.Services.GetRequiredService<Database>()))
        {
            await session.Write(Ct);
            foreach (var table in new[] { "tally", "claim", "finding", "rule" })
            {
                await session.Execute($"DELETE FROM {session.Prefix("claims")}{table}", Ct);
            }

            await session.Execute($"UPDATE {session.Prefix("claims")}reception SET state = 'Received'", Ct);
            await session.Commit(Ct);
        }

        var result = await world.Until(world.Clinic, number, r => r.State == ReceptionState.Checked);
        Assert.Equal((2, 1), (result.Claims.Count, result.Findings.Count));
        Assert.Single(await world.Exchange(async x => await x.Inbox(world.Clinic.Organisation, true, Ct)));
    }

    [Fact]
    public async Task Gate_HandOverRefusedByConfiguration_IsCL0403()
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite, "Claims:AcceptHandOver=false");
        Assert.Equal("CL-0403", (await world.Send(world.Clinic, ClaimsWorld.File(_clean))).Refusal.Code);
    }

    [Theory]
    [InlineData(4, 10, "CL-0401", "11月5日(金) 8:00")]
    [InlineData(6, 22, "CL-0401", "11月7日(日) 8:00")]
    [InlineData(13, 10, "CL-0401", "12月5日(日) 8:00")]
    [InlineData(11, 10, "CL-0402", "訂正期間")]
    public async Task Gate_OutsideTheSendingPeriod_RefusesAndNamesTheNextWindow(int day, int hour, string code, string text)
    {
        await using var world = await ClaimsWorld.Start(DatabaseProvider.Sqlite);
        await world.On(day, hour);
        var refusal = (await world.Send(world.Clinic, ClaimsWorld.File(_clean))).Refusal;
        Assert.Equal(code, refusal.Code);
        Assert.Contains(text, refusal.Text, StringComparison.Ordinal);
    }
}
