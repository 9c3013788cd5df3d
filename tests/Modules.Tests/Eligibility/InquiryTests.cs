using System.Net;
using System.Net.Http.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What a desk is told for what it typed.</summary>
public sealed class InquiryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Inquiry_OverTheMachinePort_AnswersAndIsRecordedWithWhose(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var insurer = await world.Site.Client(world.First);
        using var clinic = await world.Site.Client(world.ClinicOrganisation);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = Entry("A1");
        var report = await Read<EntryReport>(await insurer.PostAsJsonAsync("/eligibility/coverages", entry, SiteJson.Options, Ct));
        Assert.Equal(EntryResult.Created, report.Result);
        var answer = await desk.Ask(Ask(entry));
        Assert.Equal((Validity.Valid, 1, "関所　A1", Day), (answer.Validity, answer.Code, answer.Coverage!.Name, answer.On));
        Assert.Equal($"{answer.Id}: 1 {desk.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.EligibilityInquired)));

        // The desk may not register, the insurer may not ask.
        Assert.Equal(HttpStatusCode.Forbidden, (await clinic.PostAsJsonAsync("/eligibility/coverages", entry, SiteJson.Options, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await insurer.PostAsJsonAsync("/eligibility/inquiries", Ask(entry), SiteJson.Options, Ct)).StatusCode);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task DayOfAcquisition_IsCovered_DayOfLossIsNot(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1", from: "2024-03-31", until: "2026-10-01"));
        Assert.Equal([Validity.Invalid, Validity.Valid, Validity.Valid, Validity.Valid, Validity.Invalid, Validity.Invalid], await Validities(
            world, entry, new(2024, 3, 30), new(2024, 3, 31), new(2024, 4, 1), new(2026, 9, 30), new(2026, 10, 1), new(2027, 3, 1)));
        var lost = await world.Answer(Ask(entry));
        Assert.Equal((2, new DateOnly(2026, 10, 1), "99"), (lost.Code, lost.Coverage!.Lost, lost.Coverage.LossReason));
        Assert.Contains("資格取得日より前", (await world.Answer(Ask(entry, new(2024, 3, 30)))).Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Card_IsFoundHoweverItIsTyped(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1", number: "0045"));
        foreach (var (insurer, symbol, number, branch) in new[]
        {
            ("06139999", "12-3", "45", "01"), (" 6139999", "１２ー３", "００４５", "1"), ("６１３９９９９", "12 − 3", "45", ""), ("06139999", "１２－３", "00045", "０１"),
        })
        {
            var card = Ask(entry).Card with { Insurer = insurer, Symbol = symbol, Number = number, Branch = branch };
            Assert.Equal(1, (await world.Answer(new Inquiry { Card = card })).Code);
        }

        foreach (var wrong in new[] { Ask(entry).Card with { Branch = "02" }, Ask(entry).Card with { Birth = new(1980, 5, 6) }, Ask(entry).Card with { Symbol = "" } })
        {
            var answer = await world.Answer(new Inquiry { Card = wrong });
            Assert.Equal((4, "該当資格なし", (Coverage?)null), (answer.Code, answer.Text, answer.Coverage));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Twins_WithoutBranch_AreSeveral_AlsoWhenOneHasLostIt(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var one = await world.Has(Entry("A1", branch: "02"));
        await world.Has(Entry("A2", branch: "03", until: "2025-01-01"));
        var both = await world.Answer(Ask(one, branch: ""));
        Assert.Equal((5, (Coverage?)null), (both.Code, both.Coverage));
        Assert.Equal("関所　A1", (await world.Answer(Ask(one))).Coverage!.Name);
        Assert.Equal(2, (await world.Answer(Ask(one, branch: "3"))).Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task LostCard_OfAPersonCoveredElsewhereInTheInsurer_SaysSoAndNoMore(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var old = await world.Has(Entry("A1", number: "1", until: "2026-10-01") with { Member = "M1" });
        await world.Has(Entry("A2", number: "777", from: "2026-10-01") with { Member = "M1" });
        var answer = await world.Answer(Ask(old));
        Assert.Equal((3, "1"), (answer.Code, answer.Coverage!.Number));
        Assert.Equal(1, (await world.Answer(Ask(old, new(2026, 9, 30)))).Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Inquiry_WithoutKeysOrForADayOutOfReach_IsRefusedBeforeAnythingIsLookedUp(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = Entry("A1");
        Assert.Equal("EL-0102", await Refused(world, Ask(entry) with { Card = Ask(entry).Card with { Number = " " } }));
        Assert.Equal("EL-0103", await Refused(world, Ask(entry, new(2019, 1, 1))));
        Assert.Equal("EL-0101", await Refused(world, Ask(entry), world.Insurer));
        Assert.Empty(await world.Site.Audited(AuditKind.EligibilityInquired));
    }

    private static async Task<List<Validity>> Validities(EligibilityWorld world, CoverageEntry entry, params DateOnly[] days)
    {
        var found = new List<Validity>();
        foreach (var day in days)
        {
            found.Add((await world.Answer(Ask(entry, day))).Validity);
        }

        return found;
    }

    private static async Task<string> Refused(EligibilityWorld world, Inquiry inquiry, Actor? by = null) =>
        (await world.In<IEligibilityDesk, Sekisho.Wire.Outcome<InquiryAnswer>>(d => d.Ask(by ?? world.Clinic, inquiry, Ct))).Refusal.Code;
}
