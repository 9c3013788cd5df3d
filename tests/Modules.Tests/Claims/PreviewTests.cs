using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Checks;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>送信前の点検: the findings that reception would give, and nothing kept.</summary>
public sealed class PreviewTests
{
    private static readonly Encoding _shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Preview_AnyFile_FindsWhatReceptionFinds_AndKeepsNothing(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        byte[][] files =
        [
            ClaimsWorld.File(new MadeClaim("", "101"), new MadeClaim("関所　二郎", "102")),
            ClaimFiles.Make(ClaimsWorld.OtherCode, "隣の診療所", "1", "202111", new MadeClaim("関所　三郎", "103")),
            ClaimFiles.Make(ClaimsWorld.ClinicCode, "ちがう名称", "2", "202110", new MadeClaim("関所　四郎", "104")),
            _shiftJis.GetBytes("これはレセプトではありません\r\n"),
        ];
        foreach (var file in files)
        {
            var preview = (await Preview(world, world.Clinic, file)).Value;
            Assert.Equal((0, 0), (await world.Count("reception", "1 = 1"), await world.Count("finding", "1 = 1")));
            Assert.False(preview.IsLater);
            var received = await world.Receive(world.Clinic, file);
            Assert.Equal(received.Findings.Select(Key), preview.Findings.Select(Key));
            Assert.Equal((received.Reception.State == ReceptionState.Rejected, received.Reception.RejectedClaims), (preview.Rejected, preview.RejectedClaims));
            Assert.Equal(received.NotRun, preview.Report.NotRun);
            await Forget(world);
        }

        Assert.Equal(files.Length, (await world.Site.Audited(AuditKind.ClaimPreviewed)).Count);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Preview_InTheCorrectingPeriod_KnowsWhichClaimsMayBeSent(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var faulty = new MadeClaim("関所　一郎", "101") { Born = "19800199" };
        var first = ClaimsWorld.File(faulty, new MadeClaim("関所　二郎", "102"));
        var sent = await world.Receive(world.Clinic, first);
        Assert.True((await Preview(world, world.Clinic, first)).Value.Findings.Any(f => f.Rule.Number == "R1007"), "the same bytes were received");
        Assert.True((await world.Ask(c => c.Confirm(world.Clinic, sent.Reception.Number, Ct))).Succeeded(out _, out _));
        await world.On(11, 10);
        var again = ClaimsWorld.File(faulty with { Born = "19800101" }, new MadeClaim("関所　三郎", "103"));
        var preview = (await Preview(world, world.Clinic, again)).Value;
        Assert.Equal([("R2001", 2)], preview.Findings.Select(f => (f.Rule.Number, f.Place.Claim)));
        var received = await world.Receive(world.Clinic, again);
        Assert.Equal(received.Findings.Select(Key), preview.Findings.Select(Key));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task Preview_OutsideThePeriods_IsJudgedForTheNextOne(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        await world.On(3, 10);
        var preview = (await Preview(world, world.Clinic, ClaimsWorld.File(new MadeClaim("関所　一郎", "101")))).Value;
        Assert.True(preview.IsLater);
        Assert.Equal(5, preview.AsOf.Day);
        Assert.Empty(preview.Findings);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task Preview_TooManyOrTooLargeOrNotPermitted_IsRefused(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider, "Claims:Preview:MaxBytes=600");
        var file = ClaimsWorld.File(new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102"), new MadeClaim("関所　三郎", "103"));
        Assert.True(file.Length > 600, "the file is beyond the limit");
        Assert.Equal("CL-0501", (await Preview(world, world.Clinic, file)).Refusal.Code);
        Assert.Equal("CL-0204", (await Preview(world, world.Payer, file)).Refusal.Code);
        var places = world.Site.Services.GetRequiredService<PreviewPlaces>();
        Assert.True(places.Enter(world.Clinic.Organisation) && places.Enter(world.Clinic.Organisation), "two may run");
        Assert.Equal("CL-0503", (await Preview(world, world.Clinic, file)).Refusal.Code);
        places.Leave(world.Clinic.Organisation);
        Assert.Equal("CL-0501", (await Preview(world, world.Clinic, file)).Refusal.Code);
        Assert.Equal(0, await world.Count("reception", "1 = 1"));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Http_Preview_AnswersFindings(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        using var clinic = await world.Site.Client((await world.Site.Directory.Organisation(world.Clinic.Organisation, Ct)).Value);
        using var payer = await world.Site.Client((await world.Site.Directory.Organisation(world.Payer.Organisation, Ct)).Value);
        var address = new Uri($"/claims/preview?payer={world.Payer.Organisation}", UriKind.Relative);
        using var answer = await clinic.PostAsync(address, Body(), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.False(json.RootElement.GetProperty("kept").GetBoolean());
        Assert.Equal("L3001", json.RootElement.GetProperty("findings")[0].GetProperty("number").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("times").GetProperty("L3001").GetInt32());
        using var refused = await payer.PostAsync(address, Body(), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        static ByteArrayContent Body() => new(ClaimsWorld.File(new MadeClaim("", "101")))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") },
        };
    }

    private static (string, Place, string, string) Key(Finding finding) => (finding.Rule.Number, finding.Place, finding.Value, finding.Message);

    private static async Task<Outcome<Preview>> Preview(ClaimsWorld world, Actor by, byte[] file)
    {
        using var content = new MemoryStream(file);
        return await world.Checks(c => c.Preview(by, world.Payer.Organisation, content, Ct));
    }

    private static async Task Forget(ClaimsWorld world)
    {
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Write(Ct);
        foreach (var table in new[] { "judgement", "tally", "finding", "rule", "claim", "history", "reception" })
        {
            await session.Execute($"DELETE FROM {session.Prefix("claims")}{table}", Ct);
        }

        await session.Commit(Ct);
    }
}
