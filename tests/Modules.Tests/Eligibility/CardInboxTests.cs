using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Desk;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>A card result is nobody's until a person says whose it is.</summary>
public sealed class CardInboxTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Result_IsProposedWithReasons_AndBoundByAPersonOnly(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(
            world.Clerk, Day.AddDays(3),
            ReceptionWorld.Row("1", entry.Coverage!), ReceptionWorld.Row("2", entry.Coverage! with { Number = "88" }), ReceptionWorld.Row("3", Entry("B", number: "9").Coverage! with { Birth = new(1990, 1, 1) }));
        var answer = await Arrive(world, entry, "1");

        // Only one fits by its number, and still nobody is bound.
        var waiting = Assert.Single((await world.Cards(c => c.Waiting(world.Clerk, Ct))).Value);
        Assert.Equal(
            ["1: 照会番号が患者番号と同じ・保険者番号・記号・番号・枝番が同じ・保険者番号・記号・番号・生年月日が同じ・生年月日とカナが同じ", "2: 生年月日とカナが同じ"],
            waiting.Candidates.Select(c => $"{c.OnFile.Chart}: {string.Join('・', c.Reasons)}"));
        Assert.Equal(1, (await world.Day(world.Clerk)).Cards);
        Assert.Empty((await world.Day(world.Clerk)).Visits);

        Assert.Equal("EL-0805", ReceptionTests.Refused(await world.Cards(c => c.Bind(world.Clerk with { Person = null }, answer, waiting.Candidates[0].Patient, Ct))));
        Assert.Equal("EL-0809", ReceptionTests.Refused(await world.Cards(c => c.Bind(world.Neighbour, answer, waiting.Candidates[0].Patient, Ct))));
        Assert.Equal("EL-0809", ReceptionTests.Refused(await world.Cards(c => c.Bind(world.Clerk, answer, Guid.NewGuid(), Ct))));
        var visit = (await world.Cards(c => c.Bind(world.Clerk, answer, waiting.Candidates[0].Patient, Ct))).Value;
        var line = Assert.Single((await world.Day(world.Clerk)).Visits);
        Assert.Equal((visit, "1", DeskSource.Card), (line.Id, line.Patient.Chart, line.Answer!.Source));
        Assert.Empty((await world.Cards(c => c.Waiting(world.Clerk, Ct))).Value);
        Assert.Equal("EL-0809", ReceptionTests.Refused(await world.Cards(c => c.Bind(world.Clerk, answer, waiting.Candidates[1].Patient, Ct))));
        Assert.Contains($"answer:{answer}: bound", await world.Registry.Site.Audited(AuditKind.DeskPatientChanged));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Result_OfSomebodyNew_IsKeptAsRegistered_AndOneOfNobodyIsDismissed(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(With(Entry("A1"), c => c with { Name = "関所　●子" }), said: "EL-0714");
        var first = await Arrive(world, entry, "");
        var second = await Arrive(world, entry, "");
        var visit = (await world.Cards(c => c.BindNew(world.Clerk, first, Ct))).Value;
        var patient = (await world.Open(world.Clerk, visit)).Visit.Patient;
        Assert.StartsWith("仮", patient.Chart, StringComparison.Ordinal);
        Assert.Equal(("", "セキショ A1", "030"), (patient.Name, patient.Kana, patient.Ratio));
        Assert.True((await world.Cards(c => c.Dismiss(world.Clerk, second, Ct))).Value);
        Assert.Empty((await world.Cards(c => c.Waiting(world.Clerk, Ct))).Value);
        Assert.Equal("EL-0809", ReceptionTests.Refused(await world.Cards(c => c.Dismiss(world.Clerk, second, Ct))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Results_StandTodaysFirst_NewestFirst_WithTheirWarnings(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        var now = TimeProvider.System.GetUtcNow();
        var early = await Arrive(world, entry, "", a => a with { At = now.AddMinutes(-9) });
        var late = await Arrive(world, entry, "", a => a with { At = now.AddMinutes(-3), Warnings = [new CardWarning("EL-0440", "電子証明書の有効期限は2026年12月1日です。", "更新")] });
        var yesterdays = await Arrive(world, entry, "", a => a with { At = now.AddMinutes(-1), On = Day.AddDays(-1) });
        var waiting = (await world.Cards(c => c.Waiting(world.Clerk, Ct))).Value;
        Assert.Equal([late, early, yesterdays], waiting.Select(w => w.Answer.Answer.Id));
        Assert.Equal("EL-0440", Assert.Single(waiting[0].Answer.Answer.Warnings).Code);

        using var clerk = world.Registry.Site.Browser(world.Clerk.Person);
        var (_, text) = await PageForms.Get(clerk, "/eligibility/inbox");
        text = System.Net.WebUtility.HtmlDecode(text);
        Assert.Contains("電子証明書の有効期限は2026年12月1日です。", text, StringComparison.Ordinal);
        Assert.Contains("2026年10月14日（水） の受診", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026年10月15日（木） の受診", text, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Consents_AreThoseOfWhomTheLatestAnswerIsAbout_AlsoWhereTheFileIsWrong(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage! with { Number = "88" }));
        await using (var scope = world.Registry.Site.Services.CreateAsyncScope())
        {
            var person = (await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.People.MemberOf>().Find(EligibilityWorld.Ask(entry).Card, Ct)).Value.Person;
            var session = scope.ServiceProvider.GetRequiredService<DbSession>();
            await session.Write(Ct);
            var at = TimeProvider.System.GetUtcNow();
            await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.Consents.Consents>().Give(
                new Modules.Eligibility.Consents.Consent(
                    Guid.CreateVersion7(), person, world.Clerk.Organisation, ConsentKind.Medicines, CareForm.Outpatient, at, at.AddDays(1), PersonProof.Pin, Guid.CreateVersion7()),
                Ct);
            await session.Commit(Ct);
        }

        var line = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        Assert.Empty((await world.Open(world.Clerk, line)).Consents);
        var answer = await Arrive(world, entry, "");
        var alike = Assert.Single(Assert.Single((await world.Cards(c => c.Waiting(world.Clerk, Ct))).Value).Candidates);
        var visit = (await world.Cards(c => c.Bind(world.Clerk, answer, alike.Patient, Ct))).Value;
        var open = await world.Open(world.Clerk, visit);
        Assert.Equal("88", open.Visit.Patient.Number);
        var left = Assert.Single(open.Consents);
        Assert.Equal((ConsentKind.Medicines, CareForm.Outpatient), (left.Kind, left.Care));
        Assert.InRange(left.Until!.Value - open.Asked, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    /// <summary>As a reader's result comes in.</summary>
    private static async Task<Guid> Arrive(ReceptionWorld world, CoverageEntry entry, string reference, Func<InquiryAnswer, InquiryAnswer>? change = null)
    {
        var answer = await world.Registry.Answer(EligibilityWorld.Ask(entry), world.Clerk) with { Reference = reference };
        answer = change?.Invoke(answer) ?? answer;
        await using var scope = world.Registry.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        await scope.ServiceProvider.GetRequiredService<CardResults>().Arrived(world.Clerk.Organisation, answer, Ct);
        await session.Commit(Ct);
        return answer.Id;
    }
}
