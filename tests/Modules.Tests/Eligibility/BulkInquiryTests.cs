using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>資格確認一括照会 in its four steps.</summary>
public sealed class BulkInquiryTests
{
    private const string Kind = "OQSmuquc";

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task List_IsTakenAtOnce_AndAnsweredRowByRow(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var limited = await world.Has(With(Entry("A1"), c => c with { Limits = [new("01", "A03", null, new(2026, 8, 1), new(2027, 7, 31), null)] }));
        var lost = await world.Has(Entry("A2", number: "2", until: "2026-10-01"));
        await MatchTests.Reference(world, world.Clinic, limited, "診察券1");
        await MatchTests.Reference(world, world.Pharmacy, limited, "薬局の番号");
        var upload = Upload(
            OqsDesk.Search(limited, "1_1") with { LimitApplicationCertificateRelatedInfo = Held(LimitClassification.ウ) },
            OqsDesk.Search(limited, "1_2") with { LimitApplicationCertificateRelatedInfo = Held(LimitClassification.ア), LimitApplicationCertificateRelatedConsFlg = LimitConsent.同意 },
            OqsDesk.Search(lost, "2_1"),
            OqsDesk.Search(Entry("A9", number: "999"), "9_1"));

        var taken = await desk.Send(Kind + "01req", upload);

        var number = taken.Body("ReceptionNumber");
        Assert.Equal(("yoyaku", 20, ""), (taken.Header("ArbitraryFileIdentifier"), number.Length, taken.Header("SegmentOfResult")));
        Assert.Equal(14, taken.Body("ReceptionDateTime").Length);
        var result = await desk.Fetch(Kind, number);
        Assert.Equal(("1", "20261015", number, "yoyaku"), (
            result.Header("SegmentOfResult"), result.Header("QualificationConfirmationDate"), result.Header("ReceptionNumber"), result.Header("ArbitraryFileIdentifier")));
        Assert.Equal(("4", "4", "0"), (result.Header("NumberOfProcessingResult"), result.Header("NumberOfNormalProcessing"), result.Header("NumberOfError")));
        var units = Units(result);
        Assert.Equal(["1_1 1 0 診察券1", "1_2 1 1 診察券1", "2_1 2  ", "9_1 4  "], units.Select(Short));
        Assert.Equal("関所　A1", units[0].Element("ResultOfQualificationConfirmation")!.Text("Name"));
        Assert.Contains("失っています", units[2].Text("ProcessingResultMessage"), StringComparison.Ordinal);
        Assert.Empty(result.Descendants("LimitApplicationCertificateValidEndDate"));
        Assert.Empty(result.Descendants("ResultOfQualificationConfirmation").Descendants("LimitApplicationCertificateRelatedInfo"));
        Assert.DoesNotContain("薬局の番号", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(result.ToString(), (await desk.Fetch(Kind, number)).ToString());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EveryPersonLookedAt_IsRecordedWithWhose_TheListAndTheResultByTheirNumber(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var one = await world.Has(Entry("A1"));
        var bad = Encoding.UTF8.GetString(Upload(OqsDesk.Search(one), OqsDesk.Search(Entry("A2", number: "2")))).Replace("<InsuredIdentificationNumber>2<", "<InsuredIdentificationNumber><", StringComparison.Ordinal);

        var result = await desk.Bulk(Kind, Encoding.UTF8.GetBytes(bad));

        var number = result.Header("ReceptionNumber");
        Assert.Equal(("2", "1", "1"), (result.Header("NumberOfProcessingResult"), result.Header("NumberOfNormalProcessing"), result.Header("NumberOfError")));
        var broken = Units(result)[1];
        Assert.Equal(("2", "SEKISHO-EM-0101"), (broken.Text("ProcessingResultStatus"), broken.Text("ProcessingResultCode")));
        Assert.EndsWith($": 1 {number}:1", Assert.Single(await world.Site.Audited(AuditKind.EligibilityInquired)), StringComparison.Ordinal);
        Assert.StartsWith($"{number}: {Kind} 2 ", Assert.Single(await world.Site.Audited(AuditKind.BulkTaken)), StringComparison.Ordinal);
        Assert.Equal($"{number}: {Kind} {desk.LastSignature}", Assert.Single(await world.Site.Audited(AuditKind.BulkRead)));
        Assert.Equal(1, await Count(world, "whose IS NOT NULL AND device IS NOT NULL AND kind = 'EligibilityInquired'"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task SameListAgain_IsTheSameNumber_AndNobodyElseGetsIt(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var other = await Desk.Of(world.Site, world.PharmacyOrganisation);
        var upload = Upload(OqsDesk.Search(await world.Has(Entry("A1"))));

        var first = (await desk.Send(Kind + "01req", upload)).Body("ReceptionNumber");
        var again = (await desk.Send(Kind + "01req", upload)).Body("ReceptionNumber");

        Assert.Equal(first, again);
        Assert.Equal("1", (await desk.Fetch(Kind, first)).Header("SegmentOfResult"));
        Assert.Single(await world.Site.Audited(AuditKind.EligibilityInquired));
        var stolen = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(OqsDesk.Download(Kind, first)).Replace(OqsDesk.Institution, "1349999992", StringComparison.Ordinal));
        var refused = await other.Send(Kind + "02req", stolen);
        Assert.Equal(("9", "SEKISHO-EL-0309"), (refused.Header("SegmentOfResult"), refused.Header("ErrorCode")));
        Assert.Equal("SEKISHO-EL-0309", (await desk.Send(Kind + "02req", OqsDesk.Download(Kind, "20261015000000000000"))).Header("ErrorCode"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task LongList_ComesZipped_InShiftJisWhereItIsAskedSo_AndGoesOnAfterARestart(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(With(Entry("A1"), c => c with { Name = "𠮷田　髙" }));
        var upload = Upload([.. Enumerable.Range(1, 1_000).Select(i => OqsDesk.Search(entry, i.ToString(CultureInfo.InvariantCulture)))]);
        string number;
        using (var desk = await Desk.Of(world.Site, world.ClinicOrganisation))
        {
            number = (await desk.Send(Kind + "01req", upload)).Body("ReceptionNumber");
        }

        await world.Site.Restart();

        using var later = await Desk.Of(world.Site, world.ClinicOrganisation);
        var units = Units(await later.Fetch(Kind, number));
        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => i.ToString(CultureInfo.InvariantCulture)), units.Select(u => u.Descendants("ArbitraryIdentifier").Single().Value));
        Assert.Equal(1_000, (await world.Site.Audited(AuditKind.EligibilityInquired)).Count);
        var request = OqsDesk.Write(Kind + "02req", new BulkDownloadRequest { ReceptionNumber = number }, OqsEncoding.ShiftJis, new OqsHeader { MedicalInstitutionCode = OqsDesk.Institution });
        var (name, bytes) = await later.Exchange(Kind + "02req_1.xml", request);
        Assert.EndsWith(".zip", name, StringComparison.Ordinal);
        var japanese = OqsDesk.Read(name, bytes);
        Assert.Equal(("1", "●田　髙"), (japanese.Header("CharacterCodeIdentifier"), japanese.Descendants("Name").First().Value));
    }

    [Fact]
    public async Task Kept_IsOnlySealed_AndDeletedAfterThreeDays()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var result = await desk.Bulk(Kind, Upload(OqsDesk.Search(await world.Has(Entry("A1")), "カルテ番号")));

        var stored = await world.In<DbSession, string>(async session =>
        {
            await session.Read(TestContext.Current.CancellationToken);
            var parts = await session.Query(
                "SELECT asked, answered FROM eligibility_job_part", r => Encoding.UTF8.GetString((byte[])r.GetValue(0)) + Encoding.UTF8.GetString((byte[])r.GetValue(1)), TestContext.Current.CancellationToken);
            return Assert.Single(parts);
        });
        Assert.DoesNotContain("06139999", stored, StringComparison.Ordinal);
        await world.In<DbSession, int>(async session =>
        {
            await session.Write(TestContext.Current.CancellationToken);
            await session.Execute("UPDATE eligibility_job SET received = received - @days", TestContext.Current.CancellationToken, ("days", 3L * 86_400_000_000));
            await session.Commit(TestContext.Current.CancellationToken);
            return 0;
        });
        await world.In<Sekisho.Modules.Eligibility.Bulk.BulkWork, int>(async work =>
        {
            await work.Expire(TestContext.Current.CancellationToken);
            return 0;
        });
        Assert.Equal("SEKISHO-EL-0309", (await desk.Send(Kind + "02req", OqsDesk.Download(Kind, result.Header("ReceptionNumber")))).Header("ErrorCode"));
    }

    private static byte[] Upload(params QualificationConfirmSearchInfo[] rows) => OqsDesk.Write(
        Kind + "01req",
        new BulkQualificationRequest { QualificationConfirmSearchInfo = rows },
        header: new OqsHeader { QualificationConfirmationDate = Day, MedicalInstitutionCode = OqsDesk.Institution, ArbitraryFileIdentifier = "yoyaku" });

    private static LimitApplicationCertificateRelatedInfo Held(LimitClassification category) => new()
    {
        LimitApplicationCertificateClassification = LimitCertificateKind.限度額適用認定証,
        LimitApplicationCertificateClassificationFlag = category,
    };

    private static List<XElement> Units(XElement result) => [.. result.Element("MessageBody")!.Elements("BulkConfirmUnit")];

    private static string Short(XElement unit) =>
        $"{unit.Element("QualificationConfirmSearchInfo")!.Text("ArbitraryIdentifier")} {unit.Text("QualificationValidity")} {unit.Descendants("LimitApplicationCertificateChanged").FirstOrDefault()?.Value} {unit.Text("ReferenceNumber")}";

    private static Task<long> Count(EligibilityWorld world, string where) => world.In<DbSession, long>(async session =>
    {
        await session.Read(TestContext.Current.CancellationToken);
        return Convert.ToInt64(
            await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("platform")}audit WHERE {where}", TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    });
}
