using System.Net;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>The files of the terminal's interface over HTTPS.</summary>
public sealed class MessageTests
{
    private const string Asked = "OQSsiquc01req_000000000001.xml";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Request_IsAnsweredByItsResult_AndRecordedWithWhose(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(With(Entry("A1"), c => c with
        {
            Elderly = [new(null, new(2026, 8, 1), new(2027, 7, 31), "020")],
            Limits = [new("01", "B01", null, new(2026, 8, 1), new(2027, 7, 31), null)],
        }));

        var (name, bytes) = await desk.Exchange(Asked, Request(entry, consent: LimitConsent.同意));

        Assert.Equal("OQSsiquc01res_000000000001.xml", name);
        var (header, body, encoding) = Result(bytes);
        Assert.Equal(OqsEncoding.Utf8, encoding);
        Assert.Equal((SegmentOfResult.正常終了, ReferenceClassification.被保険者証情報), (header.SegmentOfResult, header.ReferenceClassification));
        Assert.Equal((Day, "1319999991", "カルテ-1"), (header.QualificationConfirmationDate, header.MedicalInstitutionCode, header.ArbitraryFileIdentifier));
        Assert.NotNull(header.ProcessExecutionTime);
        Assert.Equal((ProcessingResultStatus.正常, QualificationValidity.有効), (body.ProcessingResultStatus, body.QualificationValidity));
        Assert.Equal("45", body.QualificationConfirmSearchInfo!.ArbitraryIdentifier);
        var found = Assert.Single(body.ResultList);
        Assert.Equal(("関所　A1", "１２－３", 30, Sex.女), (found.Name, found.InsuredCardSymbol, found.InsuredPartialContributionRatio, found.Sex1));
        Assert.Equal("ｾｷｼｮ A1", found.NameKana);
        Assert.Equal((20, LimitClassification.現役並みⅢ), (found.ElderlyRecipientCertificateInfo!.ElderlyRecipientContributionRatio,
            found.LimitApplicationCertificateRelatedInfo!.LimitApplicationCertificateClassificationFlag));
        var recorded = Assert.Single(await world.Site.Audited(AuditKind.EligibilityInquired));
        Assert.EndsWith($": 1 {desk.LastSignature}", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("000000000001", recorded, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Validities_AreThoseOfTheInquiry(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var valid = await world.Has(Entry("A1", number: "1"));
        var lost = await world.Has(Entry("A2", number: "2", until: "2026-10-01"));
        var replaced = await world.Has(Entry("A3", number: "3", until: "2026-10-01") with { Member = "M3" });
        await world.Has(Entry("A4", number: "4", from: "2026-10-01") with { Member = "M3" });
        var twin = await world.Has(Entry("A5", number: "5", branch: "02"));
        await world.Has(Entry("A6", number: "5", branch: "03"));

        await Answers(desk, valid, QualificationValidity.有効, 1);
        await Answers(desk, lost, QualificationValidity.無効, 1, "失っています");
        await Answers(desk, replaced, QualificationValidity.無効新しい資格あり, 1, "ほかに有効な資格");
        await Answers(desk, Entry("A9", number: "999"), QualificationValidity.該当資格なし, 0, "申立書");
        await Answers(desk, With(twin, c => c with { Branch = "" }), QualificationValidity.複数該当, 0, "枝番");
        Assert.Equal(5, (await world.Site.Audited(AuditKind.EligibilityInquired)).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ShiftJis_IsAnsweredInShiftJis_UnknownCharactersAsBullets(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(With(Entry("A1"), c => c with { Name = "髙橋　𠮷子", Address = "" }));

        var (_, bytes) = await desk.Exchange(Asked, Request(entry, OqsEncoding.ShiftJis));

        var (_, body, encoding) = Result(bytes);
        Assert.Equal((OqsEncoding.ShiftJis, "髙橋　●子"), (encoding, Assert.Single(body.ResultList).Name));
        Assert.Contains("<CharacterCodeIdentifier>1<", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WhatCannotBeAnswered_IsAnsweredByAFileThatSaysSo_AndNothingIsLookedUp(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));
        var good = Encoding.UTF8.GetString(Request(entry));

        var other = await Fails(desk, Asked, good.Replace("1319999991", "1349999992", StringComparison.Ordinal), "SEKISHO-EL-0304", "医療機関コード");
        Assert.Equal("OQSsiquc01req: EL-0304", Assert.Single(await world.Site.Audited(AuditKind.AccessDenied)));
        Assert.Equal(("カルテ-1", Day), (other.ArbitraryFileIdentifier, other.QualificationConfirmationDate));
        await Fails(desk, Asked, good[..(good.Length / 2)], "SEKISHO-EM-0005", "XML");
        await Fails(desk, Asked, "", "SEKISHO-EM-0001", "空");
        await Fails(desk, Asked, good.Replace("19800505", "19801305", StringComparison.Ordinal), "SEKISHO-EM-0102", "生年月日");
        await Fails(desk, Asked, good.Replace("20261015", "20150101", StringComparison.Ordinal), "SEKISHO-EL-0103", "資格確認日");
        var twice = good[good.IndexOf("<QualificationConfirmSearchInfo>", StringComparison.Ordinal)..good.IndexOf("</MessageBody>", StringComparison.Ordinal)];
        await Fails(desk, Asked, good.Replace(twice, twice + twice, StringComparison.Ordinal), "SEKISHO-EM-0105", "2 個");
        await Fails(desk, "EPSsiabc01req_1.xml", good, "SEKISHO-EL-0303", "EPSsiabc01req");
        var registration = await Fails(desk, "OQSsiurl01req_1.xml", good, "SEKISHO-EL-0303", "OQSsiurl01req");
        Assert.Equal("カルテ-1", registration.ArbitraryFileIdentifier);
        var (name, viewing) = await desk.Exchange("YZKsiquc01req_1.xml", Request(entry));
        Assert.Equal("YZKsiquc01res_1.xml", name);
        Assert.Equal("9", OqsReader.Read(viewing, OqsShapes.Get("YZKsiquc01res")).Message!.Header["ResultCode"]);
        Assert.Empty(await world.Site.Audited(AuditKind.EligibilityInquired));
    }

    [Fact]
    public async Task WithoutDate_IsToday_AndANameOfOtherLettersComesBackEncoded()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));
        var undated = Encoding.UTF8.GetString(Request(entry)).Replace("<QualificationConfirmationDate>20261015</QualificationConfirmationDate>", "", StringComparison.Ordinal);

        var (name, bytes) = await desk.Exchange("OQSsiquc01req_窓口1.xml", Encoding.UTF8.GetBytes(undated));

        Assert.Equal("UTF-8''OQSsiquc01res_%E7%AA%93%E5%8F%A31.xml", name);
        Assert.Equal((Day, SegmentOfResult.正常終了), (Result(bytes).Header.QualificationConfirmationDate, Result(bytes).Header.SegmentOfResult));
    }

    [Fact]
    public async Task NameOrSignatureOrSizeThatIsWrong_IsRefusedAtTheDoor()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var insurer = await Desk.Of(world.Site, world.First);
        var request = Request(await world.Has(Entry("A1")));
        var large = new byte[(64 * 1024) + 1];

        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0301", await desk.SendFile("request.xml", request, desk.Sign(request)));
        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0301", await desk.SendFile("OQSsiquc01res_1.xml", request, desk.Sign(request)));
        await Refused(HttpStatusCode.UnprocessableEntity, "EL-0301", await desk.SendFile("OQSsiquc01req_1.pdf", request, desk.Sign(request)));
        await Refused(HttpStatusCode.RequestEntityTooLarge, "EL-0302", await desk.SendFile(Asked, large, desk.Sign(large)));
        await Refused(HttpStatusCode.UnprocessableEntity, "ID-0303", await desk.SendFile(Asked, request, null));
        await Refused(HttpStatusCode.UnprocessableEntity, "WI-0803", await desk.SendFile(Asked, [.. request, (byte)' '], desk.Sign(request)));
        Assert.Equal(HttpStatusCode.Forbidden, (await insurer.SendFile(Asked, request, insurer.Sign(request))).StatusCode);
        Assert.Empty(await world.Site.Audited(AuditKind.EligibilityInquired));
    }

    internal static byte[] Request(CoverageEntry entry, OqsEncoding encoding = OqsEncoding.Utf8, LimitConsent? consent = null)
    {
        var card = Ask(entry).Card;
        var header = new OqsHeader { QualificationConfirmationDate = Day, MedicalInstitutionCode = "1319999991", ArbitraryFileIdentifier = "カルテ-1" };
        var search = new QualificationConfirmSearchInfo
        {
            InsurerNumber = card.Insurer,
            InsuredCardSymbol = card.Symbol,
            InsuredIdentificationNumber = card.Number,
            InsuredBranchNumber = card.Branch,
            Birthdate = card.Birth,
            LimitApplicationCertificateRelatedConsFlg = consent,
            ArbitraryIdentifier = "45",
        };
        var message = OqsMessage.Of(OqsShapes.Get("OQSsiquc01req"), header, new QualificationRequest { QualificationConfirmSearchInfo = search });
        return OqsWriter.Write(message, encoding).Bytes!;
    }

    private static (OqsHeader Header, QualificationResult Body, OqsEncoding Encoding) Result(byte[] bytes)
    {
        var reading = OqsReader.Read(bytes, OqsShapes.Get("OQSsiquc01res"));
        Assert.Empty(reading.Findings);
        return (reading.Message!.ReadHeader<OqsHeader>(), reading.Message.ReadBody<QualificationResult>(), reading.Encoding);
    }

    private static async Task Answers(Desk desk, CoverageEntry entry, QualificationValidity validity, int results, string says = "")
    {
        var (header, body, _) = Result((await desk.Exchange(Asked, Request(entry))).Bytes);
        Assert.Equal((SegmentOfResult.正常終了, validity, results), (header.SegmentOfResult, body.QualificationValidity, body.ResultList.Count));
        Assert.Contains(says, body.ProcessingResultMessage, StringComparison.Ordinal);
    }

    private static async Task<OqsHeader> Fails(Desk desk, string name, string request, string code, string says)
    {
        var (answered, bytes) = await desk.Exchange(name, Encoding.UTF8.GetBytes(request));
        Assert.Equal(name.Replace("req_", "res_", StringComparison.Ordinal), answered);
        var header = Result(bytes).Header;
        Assert.Equal((SegmentOfResult.異常終了, code), (header.SegmentOfResult, header.ErrorCode));
        Assert.Contains(says, header.ErrorMessage, StringComparison.Ordinal);
        return header;
    }

    private static async Task Refused(HttpStatusCode status, string code, HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(code, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }
}
