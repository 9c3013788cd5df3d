using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The list of the day, the inquiry at one key, and what is taken over.</summary>
public sealed class ReceptionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Chart_OfAKnownPatient_IsAskedAtOnce_KeptAsEvidence_AndRegisteredAsReference(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("00123", entry.Coverage!, time: "9:00"));
        var line = Assert.Single((await world.Day(world.Clerk)).Visits);
        Assert.Equal(("09:00", "00123", (DeskAnswer?)null), (line.Time, line.Patient.Chart, line.Answer));

        // Full-width digits of a scanner are the same number; the appointment's line is found, not doubled.
        var visit = (await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = "００１２３" }, Ct))).Value;
        Assert.Equal(line.Id, visit);
        var answer = await world.Ask(world.Clerk, visit);
        Assert.Equal((DeskLight.Green, Validity.Valid, Day), (answer.Light, answer.Answer.Validity, answer.Answer.On));
        Assert.Contains("確認ができました", answer.Say, StringComparison.Ordinal);

        var open = await world.Open(world.Clerk, visit);
        Assert.Empty(open.Visit.Differences);
        Assert.NotNull(open.Visit.Arrived);
        Assert.Equal(answer.Answer.Id, Assert.Single(open.History).Answer.Id);
        Assert.Contains($"{answer.Answer.Id}: 1", await world.Registry.Site.Audited(AuditKind.EligibilityInquired));

        // In the background: the next answer carries the number.
        Assert.Equal("00123", (await world.Ask(world.Clerk, visit)).Answer.Reference);
        Assert.Equal(2, (await world.Open(world.Clerk, visit)).History.Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Card_OfSomebodyNew_GetsAProvisionalNumber_ThatIsNeverAReference(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        var visit = (await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Card = EligibilityWorld.Ask(entry).Card }, Ct))).Value;
        Assert.Equal(DeskLight.Green, (await world.Ask(world.Clerk, visit)).Light);
        Assert.Equal("", (await world.Ask(world.Clerk, visit)).Answer.Reference);
        var seen = (await world.Open(world.Clerk, visit)).Visit;
        Assert.StartsWith("仮", seen.Patient.Chart, StringComparison.Ordinal);
        Assert.Contains(seen.Differences, d => d is { Field: "氏名", Ours: "", Theirs: "関所　A1", MayAdopt: true });

        Assert.Equal("EL-0802", Refused(await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = "999" }, Ct))));
        Assert.Equal("EL-0102", Refused(await world.Reception(r => r.Arrive(world.Clerk, new Arrival(), Ct))));
        Assert.Equal("EL-0803", Refused(await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = new string('1', 51) }, Ct))));
        Assert.Equal("EL-0101", Refused(await world.Reception(r => r.Arrive(world.Registry.Insurer, new Arrival { Chart = "1" }, Ct))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Differences_AreTakenOver_OnlyWhereAPersonTickedThem_AndNeverWithAMaskedCharacter(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(With(Entry("A1"), c => c with { Name = "●田　花子", Ratio = "020", Address = "東京都架空区新町9-9", CardSex = "1" }), said: "EL-0714");
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage! with { Address = "東京都架空区旧町1" }, name: "髙田　花子"));
        var visit = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        var answer = await world.Ask(world.Clerk, visit);
        var differences = (await world.Open(world.Clerk, visit)).Visit.Differences;
        Assert.Equal(["一部負担金割合 3割>2割 True", "氏名 髙田　花子>●田　花子 False", "性別 女>男 True", "住所 東京都架空区旧町1>東京都架空区新町9-9 True"], differences.Select(Text));

        Assert.Equal("EL-0804", Refused(await world.Reception(r => r.Adopt(world.Clerk, visit, answer.Answer.Id, ["氏名", "記号"], Ct))));
        Assert.Equal("EL-0805", Refused(await world.Reception(r => r.Adopt(world.Clerk with { Person = null }, visit, answer.Answer.Id, ["住所"], Ct))));
        Assert.Equal("EL-0801", Refused(await world.Reception(r => r.Adopt(world.Clerk, visit, Guid.NewGuid(), ["住所"], Ct))));
        Assert.Equal(1, (await world.Reception(r => r.Adopt(world.Clerk, visit, answer.Answer.Id, ["一部負担金割合", "氏名"], Ct))).Value);
        var after = (await world.Open(world.Clerk, visit)).Visit;
        Assert.Equal(("髙田　花子", "020", "東京都架空区旧町1"), (after.Patient.Name, after.Patient.Ratio, after.Patient.Address));
        Assert.Equal(["氏名", "性別", "住所"], after.Differences.Select(d => d.Field));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EveryValidity_HasItsLight_ItsSentence_AndItsNextStep(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var lost = await world.Registry.Has(Entry("A1", number: "1", until: "2026-10-01"));
        var twin = await world.Registry.Has(Entry("A2", number: "2", branch: "02"));
        await world.Registry.Has(Entry("A3", number: "2", branch: "03"));
        await world.Book(
            world.Clerk, Day,
            ReceptionWorld.Row("1", lost.Coverage!), ReceptionWorld.Row("2", twin.Coverage! with { Branch = "" }), ReceptionWorld.Row("3", Entry("B", number: "77").Coverage!));
        var visits = (await world.Day(world.Clerk)).Visits;
        var lights = new List<string>();
        foreach (var visit in visits.OrderBy(v => v.Patient.Chart))
        {
            var answer = await world.Ask(world.Clerk, visit.Id);
            Assert.NotEqual("", answer.Say);
            Assert.NotEqual("", answer.Answer.Advice);
            lights.Add($"{answer.Answer.Code} {answer.Light}");
            Assert.Empty((await world.Open(world.Clerk, visit.Id)).Visit.Differences);
        }

        Assert.Equal(["2 Red", "5 Amber", "4 Amber"], lights);
    }

    [Theory]
    [InlineData("01", "1980-05-05", "別の人の記号・番号・枝番で照会していないか", "保険の登録を確かめています")]
    [InlineData("02", "1980-05-05", "公費負担者番号と受給者番号で照会し直して", "役所から受け取った新しい書類")]
    [InlineData("03", "1980-05-05", "ほかの医療保険へ移り", "この保険は終わっています")]
    [InlineData("03", "1951-10-01", "75歳の誕生日に後期高齢者医療へ", "後期高齢者医療になっています")]
    [InlineData("99", "1951-10-01", "75歳の誕生日に後期高齢者医療へ", "後期高齢者医療になっています")]
    [InlineData("99", "1951-10-02", "資格を失っています。いま加入している", "この保険は終わっています")]
    public async Task ReasonOfLoss_DecidesWhatIsSaid_AndWhatIsDoneNext(string reason, string birth, string advice, string said)
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite);
        var born = DateOnly.Parse(birth, System.Globalization.CultureInfo.InvariantCulture);
        var lost = await world.Registry.Has(With(Entry("A1", until: "2026-10-01"), c => c with { LossReason = reason, Birth = born }));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", lost.Coverage!));
        var answer = await world.Ask(world.Clerk, Assert.Single((await world.Day(world.Clerk)).Visits).Id);
        Assert.Equal((Validity.Invalid, "無効（資格喪失）"), (answer.Answer.Validity, answer.Answer.Text));
        Assert.Contains(advice, answer.Answer.Advice, StringComparison.Ordinal);
        Assert.Contains(said, answer.Say, StringComparison.Ordinal);

        // Others hear what is said at the desk.
        Assert.DoesNotContain("死亡", answer.Say, StringComparison.Ordinal);
        Assert.DoesNotContain("生活保護", answer.Say, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReasonOfLoss_BeforeTheCoverageBegan_SaysNothing_AndBesideANewOneSaysWhereTo()
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite);
        var later = await world.Registry.Has(With(Entry("A1", number: "1", from: "2026-10-20", until: "2026-11-01"), c => c with { LossReason = "01" }));
        var old = await world.Registry.Has(With(Entry("B1", number: "2", until: "2026-10-01"), c => c with { LossReason = "02" }) with { Member = "B" });
        await world.Registry.Has(Entry("B2", number: "3", from: "2026-10-01") with { Member = "B" });
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", later.Coverage!), ReceptionWorld.Row("2", old.Coverage!));
        var visits = (await world.Day(world.Clerk)).Visits.OrderBy(v => v.Patient.Chart).ToList();
        var (early, replaced) = (await world.Ask(world.Clerk, visits[0].Id), await world.Ask(world.Clerk, visits[1].Id));
        Assert.Contains("まだ始まっていません", early.Answer.Advice, StringComparison.Ordinal);
        Assert.Contains("まだ始まっていません", early.Say, StringComparison.Ordinal);
        Assert.Equal(Validity.Replaced, replaced.Answer.Validity);
        Assert.Contains("公費負担者番号", replaced.Answer.Advice, StringComparison.Ordinal);
        Assert.Contains("役所", replaced.Say, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OtherReference_IsSaid_AndNotWrittenOver(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        Assert.True((await MatchTests.Reference(world.Registry, world.Clerk, entry, "777")).Value);
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage!));
        var visit = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        Assert.Equal("777", (await world.Ask(world.Clerk, visit)).Answer.Reference);
        Assert.Equal("777", (await world.Ask(world.Clerk, visit)).Answer.Reference);
        Assert.True((await world.Open(world.Clerk, visit)).Visit.ReferenceDiffers);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Protected_Person_ShowsNoWhereabouts_NotEvenInAnAnswerFromBefore(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage! with { Address = "", PostalCode = "" }));
        var visit = Assert.Single((await world.Day(world.Clerk)).Visits).Id;
        await world.Ask(world.Clerk, visit);
        Assert.Equal(["郵便番号", "住所"], (await world.Open(world.Clerk, visit)).Visit.Differences.Select(d => d.Field));

        var c = entry.Coverage!;
        await world.Registry.Protect(new DataSubject { Insurer = c.Insurer, Symbol = c.Symbol, Number = c.Number, Branch = c.Branch, Name = c.Name, Birth = "19800505" });
        var open = await world.Open(world.Clerk, visit);
        Assert.Empty(open.Visit.Differences);
        Assert.Equal("", open.Visit.Answer!.Answer.Coverage!.Address);
        Assert.Equal("EL-0804", Refused(await world.Reception(r => r.Adopt(world.Clerk, visit, open.Visit.Answer.Answer.Id, ["住所"], Ct))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task TypedCard_OfAKnownPatient_IsWhatIsAskedWith_AndTheFileStays(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var old = await world.Registry.Has(Entry("A1", number: "1", until: "2026-10-01"));
        var now = await world.Registry.Has(Entry("B1", number: "2"));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", old.Coverage!));
        var card = EligibilityWorld.Ask(now).Card!;
        var visit = (await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = "1", Card = card }, Ct))).Value;
        Assert.True((await world.Reception(r => r.AskCard(world.Clerk, visit, card, Ct))).Value);
        var open = await world.Open(world.Clerk, visit);
        Assert.Equal((Validity.Valid, "2", "1"), (open.Visit.Answer!.Answer.Validity, open.Visit.Answer.Answer.Coverage!.Number, open.Visit.Patient.Number));
        Assert.Contains(open.Visit.Differences, d => d is { Field: "番号", Ours: "1", Theirs: "2", MayAdopt: true });

        // No number of the facility's is registered for a card that is not on file yet.
        Assert.True((await world.Reception(r => r.AskCard(world.Clerk, visit, card, Ct))).Value);
        Assert.Equal("", (await world.Open(world.Clerk, visit)).Visit.Answer!.Answer.Reference);
        Assert.True((await world.Reception(r => r.Adopt(world.Clerk, visit, open.Visit.Answer.Answer.Id, ["番号", "氏名", "氏名カナ"], Ct))).Succeeded(out _, out _));
        Assert.False((await world.Reception(r => r.AskCard(world.Clerk, visit, card, Ct))).Value);
        Assert.Equal("EL-0102", Refused(await world.Reception(r => r.AskCard(world.Clerk, visit, card with { Number = "" }, Ct))));
        Assert.Equal("EL-0801", Refused(await world.Reception(r => r.AskCard(world.Neighbour, visit, card, Ct))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Inquiry_InAdvance_DoesNotSayThatThePatientHasCome(DatabaseProvider provider)
    {
        await using var world = await ReceptionWorld.Start(provider);
        var entry = await world.Registry.Has(Entry("A1"));
        await world.Book(world.Clerk, Day, ReceptionWorld.Row("1", entry.Coverage!));
        await world.Book(world.Clerk, Day.AddDays(1), ReceptionWorld.Row("1", entry.Coverage!));
        foreach (var day in new[] { Day, Day.AddDays(1) })
        {
            var visit = Assert.Single((await world.Day(world.Clerk, day)).Visits).Id;
            await world.Ask(world.Clerk, visit);
            Assert.Null((await world.Open(world.Clerk, visit)).Visit.Arrived);
        }

        var came = (await world.Reception(r => r.Arrive(world.Clerk, new Arrival { Chart = "1" }, Ct))).Value;
        Assert.NotNull((await world.Open(world.Clerk, came)).Visit.Arrived);
    }

    internal static string Refused<T>(Wire.Outcome<T> outcome) => outcome.Refused(out var refusal, out _) ? refusal.Code : "";

    private static string Text(FieldDifference d) => $"{d.Field} {d.Ours}>{d.Theirs} {d.MayAdopt}";
}
