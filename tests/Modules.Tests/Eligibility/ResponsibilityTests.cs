using System.Net;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>A payer asks who was responsible on each day.</summary>
public sealed class ResponsibilityTests
{
    private const string Path = "/eligibility/responsibilities";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Responsible_AskedByThePayersDevice_NamesHowToClaim_AndNoMore(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1", until: "2026-10-11"));
        using var payer = await Desk.Of(world.Site, await Payer(world));

        var days = await payer.Ask(Path, new { card = Ask(entry).Card, days = new[] { "2026-10-10", "2026-10-11" } });

        Assert.Equal(["Covered", "NotCovered"], days.EnumerateArray().Select(d => d.GetProperty("standing").GetString()));
        Assert.Equal((FirstNumber, "１２－３", "1", "01"), (Text("insurer"), Text("symbol"), Text("number"), Text("branch")));
        Assert.DoesNotContain(entry.Coverage!.Name, days.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($": 1/2 {payer.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.ResponsibilityRead)), StringComparison.Ordinal);

        string Text(string field) => days[0].GetProperty(field).GetString()!;
    }

    [Fact]
    public async Task Responsible_AskedByOthersOrForNoDays_IsRefused()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var entry = await world.Has(Entry("A1"));
        using var clinic = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var payer = await Desk.Of(world.Site, await Payer(world));

        await Refused(HttpStatusCode.Forbidden, "PL-0102", clinic, new { card = Ask(entry).Card, days = new[] { "2026-10-10" } });
        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0102", payer, new { days = new[] { "2026-10-10" } });
        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0126", payer, new { card = Ask(entry).Card });
        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0126", payer, new { card = Ask(entry).Card, days = Enumerable.Range(0, 367).Select(Day.AddDays) });
        Assert.Empty(await world.Site.Audited(AuditKind.ResponsibilityRead));
    }

    private static Task<Organisation> Payer(EligibilityWorld world) =>
        world.Site.Organisation(OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1"));

    private static async Task Refused(HttpStatusCode status, string code, Desk desk, object question)
    {
        var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(question, Sekisho.Platform.Web.SiteJson.Options);
        using var answer = await desk.Send(Path, "application/json", bytes, desk.Sign(bytes));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(code, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Ct)), StringComparison.Ordinal);
    }
}
