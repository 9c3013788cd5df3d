using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>What a card is answered with, and what it is refused for.</summary>
public sealed class CardInquiryTests
{
    private static readonly Dictionary<Contracts.Eligibility.ConsentKind, bool> _medicines = new()
    {
        [Contracts.Eligibility.ConsentKind.Medicines] = true,
        [Contracts.Eligibility.ConsentKind.Checkups] = false,
        [Contracts.Eligibility.ConsentKind.Diseases] = true,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Card_AnswersWithEveryCoverageOfTheDay_ConsentsAndTheFaceFile(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        DateOnly[] period = [new(2026, 8, 1), new(2027, 7, 31)];
        var certified = With(Entry("A1") with { Member = "M1" }, c => c with
        {
            Limits = [new("01", "B01", null, period[0], period[1], null)],
            Diseases = [new("1", null, period[0], period[1], 10000)],
        });
        var entry = await world.World.Has(certified);
        await world.World.Register(Entry("A2", number: "2", from: "2026-04-01") with { Member = "M1" });
        using var card = world.Card();
        Assert.Equal("", await world.Register(card, entry));
        Assert.True((await MatchTests.Reference(world.World, world.World.Clinic, entry, "診察券12")).Succeeded(out _, out _));

        var reply = (await world.Inquire(card, new CardInquiry { Consents = _medicines })).Value;
        var answer = reply.Answer;
        Assert.Equal((Validity.Valid, "診察券12", PersonProof.Pin), (answer.Validity, answer.Reference, answer.Method));
        Assert.Equal(["2", "1"], answer.Coverages.Select(c => c.Number));
        Assert.Equal(["B01"], answer.Coverages.SelectMany(c => c.Limits).Select(l => l.Category));
        Assert.Equal(["1"], answer.Coverages.SelectMany(c => c.Diseases).Select(d => d.Category));
        Assert.Equal([1, 1, 1, 0, 0, 0], answer.Consents.Select(c => c.Code));

        Assert.True(OqsFileName.TryParse(reply.FileName, out var name));
        Assert.Equal((true, "1319999991"), (name.IsFace, name.FaceInstitution));
        Assert.Equal("1", OqsDesk.Read("OQSsiquc01res_face.xml", reply.Bytes).Body("ProcessingResultStatus"));
        var read = OqsReader.Read(reply.Bytes, OqsShapes.Get("OQSsiquc01res"), OqsLimits.Large);
        Assert.Null(read.Refusal);
        Assert.DoesNotContain(read.Findings, f => f.Rule.Severity == OqsSeverity.誤り);
        var header = read.Message!.ReadHeader<OqsHeader>();
        Assert.Equal((ReferenceClassification.マイナンバーカード, Day, "1319999991"), (header.ReferenceClassification, header.QualificationConfirmationDate, header.MedicalInstitutionCode));
        var results = read.Message.ReadBody<QualificationResult>().ResultList;
        Assert.Equal(["2", "1"], results.Select(r => r.InsuredIdentificationNumber));
        var result = results[1];
        Assert.Equal((Formats.Eligibility.LimitConsent.同意, ConsentState.同意あり, ConsentState.同意なし, "診察券12"),
            (result.LimitApplicationCertificateRelatedConsFlg, result.PharmacistsInfoConsFlg, result.SpecificHealthCheckupsInfoConsFlg, result.ReferenceNumber));
        Assert.Equal(result.PharmacistsInfoConsTime!.Value.AddHours(24), result.PharmacistsInfoAvailableTime);
        Assert.Equal(10000, Assert.Single(result.SpecificDiseasesCertificateList).SpecificDiseasesSelfPay);
        Assert.Equal(LimitClassification.現役並みⅢ, result.LimitApplicationCertificateRelatedInfo!.LimitApplicationCertificateClassificationFlag);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Challenge_IsGoodOnce_InTime_AndForWhoAskedForIt(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var used = await world.Challenge();
        Assert.Equal("", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), used))));
        Assert.Equal("EL-0403", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), used))));

        // A signature that fails uses it up as well.
        var failed = await world.Challenge();
        Assert.Equal("EL-0409", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), failed) with { Signature = card.Sign(used) })));
        Assert.Equal("EL-0403", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), failed))));

        Assert.Equal("EL-0403", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), await world.Challenge(by: world.Clerk)))));
        Assert.Equal("EL-0403", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), await world.Challenge()), CardWorld.Device(world.World.Pharmacy))));
        Assert.Equal("EL-0403", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), await world.Challenge(CardPurpose.Registration)))));
        var late = await world.Challenge();
        world.Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal("EL-0403", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), late))));
        Assert.Equal(
            ["1 Pin Outpatient", "EL-0403", "EL-0409", "EL-0403", "EL-0403", "EL-0403", "EL-0403", "EL-0403"],
            (await world.World.Site.Audited(AuditKind.CardInquired)).Select(e => e[(e.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Certificate_ThatDoesNotStand_IsToldWhy(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        using var expired = world.Card(TimeSpan.FromDays(-1));
        using var others = new CardAuthority(world.Clock.GetUtcNow(), "CN=よその認証局");
        using var foreign = others.Issue(world.Clock.GetUtcNow());
        using var signing = world.Authority.Issue(world.Clock.GetUtcNow(), usage: System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.NonRepudiation);
        using var unregistered = world.Card();
        Assert.Equal("EL-0406", CardWorld.Code(await world.Inquire(expired)));
        Assert.Equal("EL-0405", CardWorld.Code(await world.Inquire(foreign)));
        Assert.Equal("EL-0404", CardWorld.Code(await world.Inquire(signing)));
        Assert.Equal("EL-0404", CardWorld.Code(await world.Send(card.Show(new CardInquiry(), await world.Challenge()) with { Certificate = [1, 2, 3] })));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(unregistered)));
        Assert.Equal("", CardWorld.Code(await world.Inquire(card)));

        world.Authority.Revoke(card);
        await world.Republish();
        Assert.Equal("EL-0407", CardWorld.Code(await world.Inquire(card)));
        await world.Republish(TimeSpan.FromMinutes(-1));
        Assert.Equal("EL-0408", CardWorld.Code(await world.Inquire(unregistered)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Card_OfTheNextGeneration_AndOneThatRunsOut_AreAnswered(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, elliptic) = await world.Holder("A1", elliptic: true);
        using var own = elliptic;
        Assert.Equal((1, 0), ((await world.Answer(elliptic)).Code, (await world.Answer(elliptic)).Warnings.Count));
        using var old = world.Card(TimeSpan.FromDays(80));
        Assert.Equal("", await world.Register(old, entry));
        var reply = (await world.Inquire(old)).Value;
        Assert.Equal((1, "EL-0440"), (reply.Answer.Code, Assert.Single(reply.Answer.Warnings).Code));
        Assert.Contains("SEKISHO-EL-0440", Encoding.UTF8.GetString(reply.Bytes), StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_StoppedPerson_LooksLikeNobody_ProtectedOneIsShownWithoutWhereabouts(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        Assert.NotEqual("", Assert.Single((await world.Answer(card)).Coverages).Address);
        Assert.True((await world.World.Protect(new DataSubject { Name = entry.Coverage!.Name, Birth = "19800505" })).Succeeded(out _, out _));
        var reply = (await world.Inquire(card)).Value;
        Assert.Equal(("", ""), (Assert.Single(reply.Answer.Coverages).Address, reply.Answer.Coverages[0].PostalCode));
        Assert.DoesNotContain("架空区", Encoding.UTF8.GetString(reply.Bytes), StringComparison.Ordinal);
        await world.World.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.World.Office, EligibilityWorld.Ask(entry).Card, Why, Ct));
        var stopped = await world.Answer(card);
        Assert.Equal((4, "該当資格なし", 0, ""), (stopped.Code, stopped.Text, stopped.Coverages.Count, stopped.Reference));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Consent_IsTakenBackByShowingTheCardAgain_AndRunsOut(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        Assert.Equal(1, Medicines(await world.Answer(card, new CardInquiry { Consents = _medicines })));
        Assert.Equal(1, Medicines(await world.Answer(card)));
        Assert.Equal(0, Medicines(await world.Answer(card, by: CardWorld.Device(world.World.Pharmacy))));
        Assert.Equal(0, Medicines(await world.Answer(card, new CardInquiry { Care = CareForm.Online })));
        var no = new Dictionary<Contracts.Eligibility.ConsentKind, bool> { [Contracts.Eligibility.ConsentKind.Medicines] = false };
        Assert.Equal(0, Medicines(await world.Answer(card, new CardInquiry { Consents = no })));
        Assert.Equal(1, Medicines(await world.Answer(card, new CardInquiry { Consents = _medicines })));
        world.Clock.Move(TimeSpan.FromHours(25));
        Assert.Equal(2, Medicines(await world.Answer(card)));
        Assert.Contains(await world.World.Site.Audited(AuditKind.ConsentChanged), e => e.EndsWith("withdrawn Medicines/Outpatient", StringComparison.Ordinal));

        static int Medicines(CardAnswer answer) => answer.Consents.Single(c => c.Kind == Contracts.Eligibility.ConsentKind.Medicines).Code;
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Result_IsThereForADay_ForWhoAskedOnly(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var id = (await world.Answer(card)).Id;
        Assert.Equal(1, (await world.Result(id)).Value.Answer.Code);
        Assert.Equal("EL-0411", CardWorld.Code(await world.Result(id, CardWorld.Device(world.World.Pharmacy))));
        world.Clock.Move(TimeSpan.FromHours(24));
        Assert.Equal("EL-0411", CardWorld.Code(await world.Result(id)));
    }

    [Fact]
    public async Task Request_ThatContradictsItself_IsToldSo()
    {
        await using var world = await CardWorld.Start(DatabaseProvider.Sqlite);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var challenge = await world.Challenge();
        var good = card.Show(new CardInquiry(), challenge);
        foreach (var wrong in new[]
        {
            good with { Method = PersonProof.Face }, good with { Method = PersonProof.None }, good with { Signature = [] }, good with { Certificate = [] },
            good with { Method = PersonProof.Sight }, good with { Care = CareForm.Emergency }, good with { Care = 0 },
            good with { Kiosk = "1", Consents = _medicines }, good with { Statement = new string('あ', 201) },
        })
        {
            Assert.Equal("EL-0402", CardWorld.Code(await world.Send(wrong)));
        }

        Assert.Equal("EL-0103", CardWorld.Code(await world.Send(good with { On = new DateOnly(2019, 1, 1) })));
        Assert.Equal("EL-0401", CardWorld.Code(await world.Send(good with { Institution = "1349999992" })));
        Assert.Equal("EL-0412", CardWorld.Code(await world.Send(card.Show(new CardInquiry { Kiosk = "1" }, await world.Challenge()))));
    }
}
