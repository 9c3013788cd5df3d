using System.Xml.Linq;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Tests.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;
using ConsentKind = Sekisho.Contracts.Eligibility.ConsentKind;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>
/// Where every element of every result comes from: somebody of whom everything is registered, each value unlike any default.
/// </summary>
public sealed class ResultFieldTests
{
    /// <summary>What a result says of the registered datum, wherever it is shown.</summary>
    private static readonly Dictionary<string, string> _registered = new()
    {
        ["InsuredCardClassification"] = "03",
        ["InsurerNumber"] = "06139999",
        ["InsuredCardSymbol"] = "１２－３",
        ["InsuredIdentificationNumber"] = "7654",
        ["InsuredBranchNumber"] = "04",
        ["PersonalFamilyClassification"] = "2",
        ["InsuredName"] = "関所　世帯主",
        ["Name"] = "関所　春子",
        ["NameOfOther"] = "架空　ハル",
        ["NameKana"] = "ｾｷｼｮ ﾊﾙｺ",
        ["NameOfOtherKana"] = "ｶｸｳ ﾊﾙ",
        ["Sex1"] = "2",
        ["Sex2"] = "1",
        ["Birthdate"] = "19550707",
        ["Address"] = "架空市架空町７－８",
        ["PostNumber"] = "123-4567",
        ["QualificationDate"] = "20210402",
        ["DisqualificationDate"] = "20270331",
        ["InsuredCertificateIssuanceDate"] = "20210403",
        ["InsuredCardValidDate"] = "20210404",
        ["InsuredCardExpirationDate"] = "20270330",
        ["InsuredPartialContributionRatio"] = "020",
        ["ReasonOfLoss"] = "03",
        ["InsurerName"] = "かくう健保",
        ["ElderlyRecipientCertificateDate"] = "20250801",
        ["ElderlyRecipientValidStartDate"] = "20250802",
        ["ElderlyRecipientValidEndDate"] = "20270730",
        ["ElderlyRecipientContributionRatio"] = "20",
    };

    private static readonly Dictionary<string, string> _limits = new()
    {
        ["LimitApplicationCertificateClassification"] = "02",
        ["LimitApplicationCertificateClassificationFlag"] = "B05",
        ["LimitApplicationCertificateDate"] = "20260801",
        ["LimitApplicationCertificateValidStartDate"] = "20260802",
        ["LimitApplicationCertificateValidEndDate"] = "20270729",
        ["LimitApplicationCertificateLongTermDate"] = "20260901",
    };

    private static readonly Dictionary<string, string> _diseases = new()
    {
        ["SpecificDiseasesDiseaseCategory"] = "2",
        ["SpecificDiseasesCertificateDate"] = "20260401",
        ["SpecificDiseasesValidStartDate"] = "20260402",
        ["SpecificDiseasesValidEndDate"] = "20270401",
        ["SpecificDiseasesSelfPay"] = "20000",
    };

    private static readonly string[] _viewing = ["SpecificHealthCheckupsInfo", "PharmacistsInfo", "DiagnosisInfo", "OperationInfo"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static CoverageEntry Everything => With(Entry("全部", number: "7654", branch: "04"), c => c with
    {
        CardKind = "03",
        Relation = "2",
        Holder = "関所　世帯主",
        Name = "関所　春子",
        OtherName = "架空　ハル",
        Kana = "セキショ ハルコ",
        OtherKana = "カクウ ハル",
        Sex = "2",
        CardSex = "1",
        Birth = new(1955, 7, 7),
        Address = "架空市架空町７－８",
        PostalCode = "123-4567",
        Acquired = new(2021, 4, 2),
        Lost = new(2027, 3, 31),
        LossReason = "03",
        Issued = new(2021, 4, 3),
        CardFrom = new(2021, 4, 4),
        CardUntil = new(2027, 3, 30),
        Ratio = "020",
        InsurerName = "かくう健保",
        Elderly = [new(new(2025, 8, 1), new(2025, 8, 2), new(2027, 7, 30), "020")],
        Limits = [new("02", "B05", new(2026, 8, 1), new(2026, 8, 2), new(2027, 7, 29), new(2026, 9, 1))],
        Diseases = [new("2", new(2026, 4, 1), new(2026, 4, 2), new(2027, 4, 1), 20000)],
    });

    [Fact]
    public async Task EveryElement_ComesFromItsRegisteredDatum_InEveryResult()
    {
        await using var cards = await CardWorld.Start(DatabaseProvider.Sqlite);
        var world = cards.World;
        var entry = Everything;
        Assert.Equal(EntryResult.Created, (await world.Register(entry)).Result);
        await world.Site.Uses(world.ClinicOrganisation.Id, FacilityUses.Switched);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var card = cards.Card();
        Assert.Equal("", await cards.Register(card, entry));

        // 照会番号, one by one and as a list.
        var reference = OqsDesk.Refer(entry, "診察券〇77");
        var kept = await desk.Send("OQSsiimm01req", OqsDesk.Write("OQSsiimm01req", new ReferenceRegistration { ReferenceNumberRegistrationInfo = [reference] }));
        Has(kept, new() { ["ReferenceNumber"] = "診察券〇77", ["InsuredIdentificationNumber"] = "7654", ["InsuredBranchNumber"] = "04", ["ArbitraryFileIdentifier"] = "yoyaku" });

        // By 券面: 限度額 with consent, 特定疾病 never.
        var byCard = await desk.Send("OQSsiquc01req", Ask("OQSsiquc01req", entry, s => s with { LimitApplicationCertificateRelatedConsFlg = LimitConsent.同意, ArbitraryIdentifier = "45" }));
        Has(Result(byCard), new(_registered.Concat(_limits)) { ["LimitApplicationCertificateRelatedConsFlg"] = "1", ["ReferenceNumber"] = "診察券〇77" });
        Has(byCard.Descendants("QualificationConfirmSearchInfo").Single(), new()
        {
            ["InsurerNumber"] = "06139999",
            ["InsuredCardSymbol"] = "１２－３",
            ["InsuredIdentificationNumber"] = "7654",
            ["InsuredBranchNumber"] = "04",
            ["Birthdate"] = "19550707",
            ["LimitApplicationCertificateRelatedConsFlg"] = "1",
            ["ArbitraryIdentifier"] = "45",
        });
        Assert.Empty(byCard.Descendants("SpecificDiseasesCertificateInfo"));

        // By the card: everything, with each consent's own time; then again without it.
        foreach (var (care, message) in new[] { (CareForm.Outpatient, ""), (CareForm.HomeVisit, "OQSsihvq01req"), (CareForm.Online, "OQSsionq01req") })
        {
            cards.Clock.Move(TimeSpan.FromMinutes(1));
            var given = Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => true);
            var reply = (await cards.Inquire(card, new CardInquiry { Care = care, Consents = given })).Value;
            var face = OqsDesk.Read("OQSsiquc01res_face.xml", reply.Bytes);
            Shown(face, cards.Clock.GetUtcNow(), care != CareForm.HomeVisit);
            if (message.Length > 0)
            {
                var asked = await desk.Send(message, Ask(message, entry, s => s with { ArbitraryIdentifier = "46" }));
                Shown(asked, cards.Clock.GetUtcNow(), care != CareForm.HomeVisit);
                Has(asked.Descendants("QualificationConfirmSearchInfo").Single(), new() { ["InsuredIdentificationNumber"] = "7654", ["Birthdate"] = "19550707", ["ArbitraryIdentifier"] = "46" });
            }
        }

        await Lists(desk, entry, cards.Clock.GetUtcNow());
        await Others(desk, entry);
    }

    /// <summary>The same in the results of lists.</summary>
    private static async Task Lists(Desk desk, CoverageEntry entry, DateTimeOffset now)
    {
        var held = OqsDesk.Search(entry, "受付-8") with
        {
            LimitApplicationCertificateRelatedInfo = new LimitApplicationCertificateRelatedInfo
            {
                LimitApplicationCertificateClassification = OqsCodes.Find<LimitCertificateKind>("01"),
                LimitApplicationCertificateClassificationFlag = LimitClassification.ア,
            },
        };
        var many = await desk.Bulk("OQSmuquc", OqsDesk.Write("OQSmuquc01req", new BulkQualificationRequest { QualificationConfirmSearchInfo = [held] }));
        Counted(many);
        var unit = Assert.Single(many.Descendants("BulkConfirmUnit"));
        Has(unit.Element("QualificationConfirmSearchInfo")!, new() { ["InsuredIdentificationNumber"] = "7654", ["Birthdate"] = "19550707", ["ArbitraryIdentifier"] = "受付-8" });
        Has(Result(unit), new(_registered) { ["LimitApplicationCertificateChanged"] = "1" });
        Assert.Equal(("1", "診察券〇77"), (unit.Text("QualificationValidity"), unit.Descendants("ReferenceNumber").Single().Value));

        var today = now.DayInJapan();
        foreach (var (message, care) in new[] { ("OQSmuhvq", MedicalTreatmentKind.訪問診療等), ("OQSmuonq", MedicalTreatmentKind.オンライン診療等) })
        {
            var span = new QualificationConfirmSearchInfo { ConsentDateFrom = today.AddDays(-1), ConsentDateTo = today, MedicalTreatmentFlag = care };
            var everybody = await desk.Bulk(message, OqsDesk.Write(message + "01req", new QualificationRequest { QualificationConfirmSearchInfo = span }));
            Counted(everybody);
            Shown(everybody, now, care == MedicalTreatmentKind.オンライン診療等);
        }

        var references = await desk.Bulk("OQSmuimm", OqsDesk.Write("OQSmuimm01req", new ReferenceRegistration { ReferenceNumberRegistrationInfo = [OqsDesk.Refer(entry, "診察券〇78")] }));
        Counted(references);
        Has(Assert.Single(references.Descendants("BulkRegistrationUnit")), new()
        {
            ["ReferenceNumber"] = "診察券〇78",
            ["InsurerNumber"] = "06139999",
            ["InsuredCardSymbol"] = "１２－３",
            ["InsuredIdentificationNumber"] = "7654",
            ["InsuredBranchNumber"] = "04",
            ["ProcessingResultStatus"] = "1",
        });
    }

    /// <summary>同意の取消 and 環境設定情報.</summary>
    private static async Task Others(Desk desk, CoverageEntry entry)
    {
        var cancelled = await desk.Send("OQSsihvd01req", OqsDesk.Write("OQSsihvd01req", new ConsentCancellation
        {
            QualificationConfirmSearchInfo = OqsDesk.Search(entry),
            ConsentCancelInfo = new ConsentCancelInfo { MedicalInfoType = [Formats.Eligibility.ConsentKind.薬剤] },
        }));
        Has(cancelled, new() { ["SegmentOfResult"] = "1", ["ProcessingResultStatus"] = "1", ["MedicalInstitutionCode"] = OqsDesk.Institution });
        var settings = await desk.Send("OQSsiinq01req", OqsDesk.Write("OQSsiinq01req", null));
        Has(settings, new() { ["OperationInfoUseFlg"] = "1", ["DiagnosisInfoUseFlg"] = "1", ["PharmacistsInfoUseFlg"] = "1", ["SpecificHealthCheckupsInfoUseFlg"] = "1" });
        var changed = await desk.Send("OQSsiupd01req", OqsDesk.Write("OQSsiupd01req", new EnvironmentSettings { EnvironmentSettingInfo = new EnvironmentSettingInfo { OperationInfoUseFlg = "0" } }));
        Has(changed, new() { ["SegmentOfResult"] = "1" });
    }

    /// <summary>A result with everything the person agreed to; the time of each consent, and its end where it has one.</summary>
    private static void Shown(XElement root, DateTimeOffset now, bool ends)
    {
        var result = Result(root);
        var expected = new Dictionary<string, string>(_registered.Concat(_limits).Concat(_diseases))
        {
            ["ReferenceNumber"] = "診察券〇77",
            ["LimitApplicationCertificateRelatedConsFlg"] = "1",
            ["SpecificDiseasesCertificateRelatedConsFlg"] = "1",
        };
        foreach (var kind in _viewing)
        {
            expected[kind + "ConsFlg"] = "1";
        }

        // One time for all that was said at once, and a day of viewing from it on.
        var then = DateTimeOffset.ParseExact(result.Text("PharmacistsInfoConsTime") + "+09:00", "yyyyMMddHHmmsszzz", System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((now - then).TotalMinutes, 0, 10);
        foreach (var kind in _viewing.Concat(["LimitApplicationCertificateRelated", "SpecificDiseasesCertificateRelated"]))
        {
            expected[kind + "ConsTime"] = Time(then);
        }

        foreach (var kind in ends ? _viewing : [])
        {
            expected[kind + "AvailableTime"] = Time(then.AddDays(1));
        }

        Has(result, expected);
        Assert.All(_viewing, kind => Assert.Equal(ends, result.Element(kind + "AvailableTime") is not null));
    }

    private static void Counted(XElement root) => Has(root.Element("MessageHeader")!, new()
    {
        ["SegmentOfResult"] = "1",
        ["NumberOfProcessingResult"] = "1",
        ["NumberOfNormalProcessing"] = "1",
        ["NumberOfError"] = "0",
        ["MedicalInstitutionCode"] = OqsDesk.Institution,
        ["CharacterCodeIdentifier"] = "0",
    });

    private static byte[] Ask(string message, CoverageEntry entry, Func<QualificationConfirmSearchInfo, QualificationConfirmSearchInfo> change) => OqsDesk.Write(
        message,
        new QualificationRequest { QualificationConfirmSearchInfo = change(OqsDesk.Search(entry)) },
        header: new OqsHeader { QualificationConfirmationDate = Day, MedicalInstitutionCode = OqsDesk.Institution, ArbitraryFileIdentifier = "yoyaku" });

    private static XElement Result(XElement within) => Assert.Single(within.DescendantsAndSelf("ResultOfQualificationConfirmation"));

    /// <summary>Each of these once, with this value.</summary>
    private static void Has(XElement within, Dictionary<string, string> expected)
    {
        var found = within.Descendants().Where(e => !e.HasElements).GroupBy(e => e.Name.LocalName).ToDictionary(g => g.Key, g => string.Join('|', g.Select(e => e.Value).Distinct()));
        Assert.Empty(expected.Where(e => found.GetValueOrDefault(e.Key, "") != e.Value).Select(e => $"{e.Key} is {found.GetValueOrDefault(e.Key, "")} instead of {e.Value}"));
    }

    private static string Time(DateTimeOffset at) => at.InJapan().ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
}
