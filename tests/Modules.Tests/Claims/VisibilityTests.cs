using System.Net;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>Who sees what, through the contract and through HTTP.</summary>
public sealed class VisibilityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Contract_OthersReception_IsAsIfItWereNotThere(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("関所　一郎", "101")))).Reception.Number;
        var otherPayer = world.Payer with
        {
            Organisation = (await world.Site.Organisation("架空国保連", OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "213"))).Id,
        };
        var idle = world.Clinic with { Permissions = new HashSet<Permission>() };
        foreach (var stranger in new[] { world.Other, otherPayer, idle })
        {
            Assert.Equal("CL-0101", (await world.Ask(c => c.Result(stranger, number, Ct))).Refusal.Code);
            Assert.Equal("CL-0101", (await world.Ask(c => c.Open(stranger, number, 1, Ct))).Refusal.Code);
            Assert.Equal("CL-0101", (await world.Ask(c => c.Confirm(stranger, number, Ct))).Refusal.Code);
            Assert.Equal("CL-0101", (await world.Ask(c => c.Cancel(stranger, number, Ct))).Refusal.Code);
            Assert.Equal("CL-0101", (await world.Ask(c => c.Review(stranger, number, ReviewDecision.AsClaimed, null, Ct))).Refusal.Code);
            Assert.Empty(await world.Ask(async c => await c.Receptions(stranger, ClaimsWorld.November, Ct)));
        }

        foreach (var reader in new[] { world.Clinic, world.Agent, world.Payer })
        {
            Assert.Equal(number, Assert.Single(await world.Ask(async c => await c.Receptions(reader, ClaimsWorld.November, Ct))).Number);
        }

        Assert.Equal("CL-0204", (await world.Ask(c => c.Close(world.Clinic, ClaimsWorld.November, Ct))).Refusal.Code);
        Assert.Equal("CL-0101", (await world.Ask(c => c.Confirm(world.Payer, number, Ct))).Refusal.Code);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Agent_NotifiedForTheMonth_SendsAndConfirmsForTheInstitution(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var result = await world.Receive(world.Agent, ClaimsWorld.File(new MadeClaim("関所　一郎", "101")));
        Assert.Equal(ReceptionState.Checked, result.Reception.State);
        Assert.Equal(result.Reception.Number, (await world.Ask(c => c.Result(world.Clinic, result.Reception.Number, Ct))).Value.Reception.Number);
        Assert.Equal(ReceptionState.Confirmed, (await world.Ask(c => c.Confirm(world.Agent, result.Reception.Number, Ct))).Value.State);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Http_OwnReception_IsReadAndDecided_OthersIsNotFound(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var received = await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("", "101"), new MadeClaim("関所　二郎", "102")));
        var number = received.Reception.Number;
        using var clinic = await Client(world, world.Clinic);
        using var other = await Client(world, world.Other);
        using var payer = await Client(world, world.Payer);
        foreach (var path in new[] { $"receptions/{number}", $"receptions/{number}/findings.csv", $"receptions/{number}/claims/1", $"transmissions/{received.Reception.Transmission}/reception" })
        {
            using var own = await clinic.GetAsync(At(path), Ct);
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
            using var theirs = await other.GetAsync(At(path), Ct);
            Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        }

        using var result = JsonDocument.Parse(await clinic.GetStringAsync(At($"receptions/{number}"), Ct));
        var finding = result.RootElement.GetProperty("findings")[0];
        Assert.Equal(("L3001", "L3", 1), (finding.GetProperty("number").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("claim").GetInt32()));
        Assert.Equal("202111", result.RootElement.GetProperty("reception").GetProperty("billingMonth").GetString());
        var csv = await clinic.GetByteArrayAsync(At($"receptions/{number}/findings.csv"), Ct);
        var lines = Encoding.UTF8.GetString(csv).Split("\r\n");
        Assert.Equal("\uFEFF番号,区分,行,レセプト,レコード,項番,項目名,値,メッセージ,対処", lines[0]);
        Assert.StartsWith("L3001,L3,2,1,RE,5,氏名,", lines[1], StringComparison.Ordinal);

        using var refused = await other.PostAsync(At($"receptions/{number}/confirm"), null, Ct);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var confirmed = await clinic.PostAsync(At($"receptions/{number}/confirm"), null, Ct);
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        using var again = await clinic.PostAsync(At($"receptions/{number}/confirm"), null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await world.On(13, 9);
        await Post(payer, "months/202111/close", "{\"closed\":1}");
        using var body = new StringContent("{\"decision\":\"AsClaimed\",\"ordinals\":null}", Encoding.UTF8, "application/json");
        using var reviewed = await payer.PostAsync(At($"receptions/{number}/review"), body, Ct);
        Assert.Equal(HttpStatusCode.OK, reviewed.StatusCode);
        await Post(payer, "months/202111/decide", "{\"decided\":1}");
        await Post(payer, "months/202111/deliver", "{\"deliveries\":1,\"claims\":2,\"unknown\":{}}");
        using var bad = await payer.PostAsync(At("months/2021-11/close"), null, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        Assert.Contains(await world.Site.Audited(AuditKind.ClaimRead), a => a.StartsWith($"/claims/receptions/{number}/claims/1", StringComparison.Ordinal));
    }

    private static async Task Post(HttpClient client, string path, string expected)
    {
        using var response = await client.PostAsync(At(path), null, Ct);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync(Ct));
    }

    private static Uri At(string path) => new("/claims/" + path, UriKind.Relative);

    private static async Task<HttpClient> Client(ClaimsWorld world, Actor actor) =>
        await world.Site.Client((await world.Site.Directory.Organisation(actor.Organisation, Ct)).Value);
}
