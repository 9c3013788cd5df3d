using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>Every sample of ../shared/data/eligibility, with what is in it typed in by hand.</summary>
public sealed class SharedSampleTests
{
    private static readonly DateTimeOffset Consent = new(2025, 4, 1, 9, 3, 11, TimeSpan.FromHours(9));

    [Fact]
    public void EverySample_IsReadWithoutFault_AndWrittenBack()
    {
        var files = new[] { "qualification", "bulk", "drug", "checkup" }
            .SelectMany(f => Directory.GetFiles(SourceTree.Shared("data", "eligibility", f), "*siquc01*.xml").Concat(Directory.GetFiles(SourceTree.Shared("data", "eligibility", f), "OQS*.xml")))
            .Distinct().ToList();
        Assert.Equal(29, files.Count);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            var shape = OqsShapes.Get(Path.GetFileName(file)[..13]);
            var reading = OqsReader.Read(bytes, shape);

            Assert.True(reading.Message is not null, $"{file}: {reading.Refusal?.Message}");
            Assert.DoesNotContain(reading.Findings, f => f.Rule.Severity != OqsSeverity.連絡);
            foreach (var encoding in Enum.GetValues<OqsEncoding>())
            {
                var again = OqsWriter.Write(reading.Message, encoding).Bytes!;
                Assert.Equal(
                    IndependentReader.Values(IndependentReader.Open(bytes).Root!).Where(NotCharacterCode),
                    IndependentReader.Values(IndependentReader.Open(again).Root!).Where(NotCharacterCode));
                Assert.Empty(RoundTripTests.Faults(IndependentReader.Open(again), RoundTripTests.Schema(shape.Name)));
            }
        }
    }

    [Fact]
    public void Request_ByCard_IsReadInFull()
    {
        var message = Read("qualification", "OQSsiquc01req_000000000001.xml");
        var header = message.ReadHeader<OqsHeader>();
        Assert.Equal(new OqsHeader { QualificationConfirmationDate = new DateOnly(2025, 4, 1), MedicalInstitutionCode = "1319999999", ArbitraryFileIdentifier = "PT000123" }, header);
        Assert.Equal(Keys("06139999", "１２３", "４５６７", "01", new DateOnly(1980, 1, 1)), message.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo);
    }

    [Fact]
    public void FaceResult_InHashOrder_IsReadByName()
    {
        var message = Read("qualification", "OQSsiquc01res_face_hangilc_synthetic.xml");
        var header = message.ReadHeader<OqsHeader>();
        Assert.Equal(ReferenceClassification.マイナンバーカード, header.ReferenceClassification);
        Assert.Equal("ArnHCeDfNjMCFzg=", header.ArbitraryFileIdentifier);
        Assert.Equal(new DateTimeOffset(2023, 2, 21, 8, 48, 35, TimeSpan.Zero), header.ProcessExecutionTime);
        var body = message.ReadBody<QualificationResult>();
        Assert.Equal(QualificationValidity.有効, body.QualificationValidity);
        Assert.Null(body.QualificationConfirmSearchInfo);
        var result = Assert.Single(body.ResultList);
        Assert.Equal("00123456", result.InsurerNumber);
        Assert.Equal("12-34", result.InsuredCardSymbol);
        Assert.Equal("4260", result.InsuredIdentificationNumber);
        Assert.Equal("診療　太郎", result.Name);
        Assert.Equal("ｼﾝﾘｮｳ ﾀﾛｳ", result.NameKana);
        Assert.Equal((ConsentState.同意あり, ConsentState.同意あり, ConsentState.同意なし, null), (result.SpecificHealthCheckupsInfoConsFlg, result.PharmacistsInfoConsFlg, result.DiagnosisInfoConsFlg, result.OperationInfoConsFlg));
        Assert.Equal(result.PharmacistsInfoConsTime!.Value.AddDays(1), result.PharmacistsInfoAvailableTime);
        Assert.Equal("", result.ReferenceNumber);
    }

    [Fact]
    public void FaceResult_Of後期_HasConsentsAndUnknownCharacters()
    {
        var body = Read("qualification", "OQSsiquc01res_face_kouki_blackdot_constructed.xml").ReadBody<QualificationResult>();
        Assert.Equal(PrescriptionIssue.電子処方箋, body.PrescriptionIssueSelect);
        var result = Assert.Single(body.ResultList);
        Assert.Equal(("39139999", "", "０１２３４５６７", ""), (result.InsurerNumber, result.InsuredCardSymbol, result.InsuredIdentificationNumber, result.InsuredBranchNumber));
        Assert.Equal("後期　●夫", result.Name);
        Assert.Equal(20, result.InsuredPartialContributionRatio);
        Assert.Equal(LimitConsent.同意, result.LimitApplicationCertificateRelatedConsFlg);
        Assert.Equal((LimitCertificateKind.限度額適用認定証, LimitClassification.一般Ⅱ), (result.LimitApplicationCertificateRelatedInfo!.LimitApplicationCertificateClassification!.Value, result.LimitApplicationCertificateRelatedInfo.LimitApplicationCertificateClassificationFlag!.Value));
        var disease = Assert.Single(result.SpecificDiseasesCertificateList);
        Assert.Equal((SpecificDisease.人工透析を必要とする慢性腎不全, 10000), (disease.SpecificDiseasesDiseaseCategory, disease.SpecificDiseasesSelfPay));
        Assert.Equal((Consent, Consent.AddDays(1)), (result.DiagnosisInfoConsTime, result.DiagnosisInfoAvailableTime));
        Assert.Equal((ConsentState.同意なし, "000123"), (result.OperationInfoConsFlg, result.ReferenceNumber));
    }

    [Fact]
    public void FaceResult_Of医療扶助_HasATicket()
    {
        var result = Assert.Single(Read("qualification", "OQSsiquc01res_face_medical_aid_constructed.xml").ReadBody<QualificationResult>().ResultList);
        Assert.Equal(InsuredCardClassification.医療扶助, result.InsuredCardClassification);
        Assert.Equal(new DateOnly(2023, 6, 1), result.QualificationDate);
        var ticket = Assert.Single(result.PublicExpenseResultList);
        Assert.Equal((TicketType.医療券, TicketTreatment.入院外, 0), (ticket.TicketType, ticket.MedicalTreatmentType, ticket.SelfPayAmount));
        Assert.Equal(("0000000001", "高血圧症", "02", "0"), (ticket.IssueNumber, ticket.InjuryName1, ticket.StatusOfInfecton, ticket.DesignatedMedicalInstitutionFlag));
        Assert.Equal("202504", ticket.MedicalTreatmentMonth.ToString());
    }

    [Theory]
    [InlineData("OQSsiquc01res_valid_shaho_constructed.xml", QualificationValidity.有効, null)]
    [InlineData("OQSsiquc01res_lost_constructed.xml", QualificationValidity.無効, ReasonOfLoss.医療保険等の資格取得)]
    [InlineData("OQSsiquc01res_newer_exists_constructed.xml", QualificationValidity.無効新しい資格あり, ReasonOfLoss.医療保険等の資格取得)]
    public void Results_ByCard_SayValidityAndLoss(string file, QualificationValidity validity, ReasonOfLoss? reason)
    {
        var body = Read("qualification", file).ReadBody<QualificationResult>();
        Assert.Equal((ProcessingResultStatus.正常, validity), (body.ProcessingResultStatus, body.QualificationValidity));
        Assert.Equal(Keys("06139999", "１２３", "４５６７", "01", new DateOnly(1980, 1, 1)), body.QualificationConfirmSearchInfo);
        var result = Assert.Single(body.ResultList);
        Assert.Equal(reason, result.ReasonOfLoss);
        Assert.Equal(reason is null ? null : new DateOnly(2025, 3, 31), result.InsuredCardExpirationDate);
        Assert.Equal(("資格　花子", Sex.女, "架空健康保険組合"), (result.Name, result.Sex1, result.InsurerName));
        Assert.Equal(reason is null ? LimitClassification.ウ : null, result.LimitApplicationCertificateRelatedInfo?.LimitApplicationCertificateClassificationFlag);
    }

    [Fact]
    public void Result_Of高齢受給者_HasItsCertificate()
    {
        var result = Assert.Single(Read("qualification", "OQSsiquc01res_kourei_jukyusha_constructed.xml").ReadBody<QualificationResult>().ResultList);
        Assert.Equal(("00138057", PersonalFamily.家族, "資格　太郎"), (result.InsurerNumber, result.PersonalFamilyClassification, result.InsuredName));
        Assert.Equal(
            new ElderlyRecipientCertificateInfo { ElderlyRecipientCertificateDate = new DateOnly(2024, 8, 1), ElderlyRecipientValidStartDate = new DateOnly(2024, 8, 1), ElderlyRecipientValidEndDate = new DateOnly(2025, 7, 31), ElderlyRecipientContributionRatio = 20 },
            result.ElderlyRecipientCertificateInfo);
    }

    [Fact]
    public void Results_WithoutCoverage_AreReadToo()
    {
        var none = Read("qualification", "OQSsiquc01res_not_found_constructed.xml").ReadBody<QualificationResult>();
        Assert.Equal(QualificationValidity.該当資格なし, none.QualificationValidity);
        Assert.Empty(none.ResultList);
        var failed = Read("qualification", "OQSsiquc01res_header_error_constructed.xml");
        Assert.Equal((SegmentOfResult.異常終了, "(別紙6-1 のコード)"), (failed.ReadHeader<OqsHeader>().SegmentOfResult, failed.ReadHeader<OqsHeader>().ErrorCode));
        Assert.Null(failed.ReadBody<QualificationResult>().QualificationValidity);
    }

    [Fact]
    public void ReferenceNumbers_SingleAndBulk_AreRead()
    {
        var asked = Assert.Single(Read("qualification", "OQSsiimm01req_2021081611906.xml").ReadBody<ReferenceRegistration>().ReferenceNumberRegistrationInfo);
        Assert.Equal(new ReferenceNumberRegistrationInfo { ReferenceNumber = "11906", InsurerNumber = "06139999", InsuredCardSymbol = "１２３", InsuredIdentificationNumber = "４５６７", InsuredBranchNumber = "01" }, asked);
        var answered = Read("qualification", "OQSsiimm01res_structure.xml").ReadBody<ReferenceRegistrationResult>();
        Assert.Equal((asked, ProcessingResultStatus.正常), (answered.ReferenceNumberRegistrationInfo, answered.ProcessingResultStatus));
        var bulk = Read("bulk", "OQSmuimm01req_constructed.xml").ReadBody<ReferenceRegistration>().ReferenceNumberRegistrationInfo;
        Assert.Equal(["11906", "11907"], bulk.Select(r => r.ReferenceNumber));
    }

    [Fact]
    public void BulkInquiry_FourSteps_AreRead()
    {
        var asked = Read("bulk", "OQSmuquc01req_constructed.xml").ReadBody<BulkQualificationRequest>().QualificationConfirmSearchInfo;
        Assert.Equal(["123_1", "124_1"], asked.Select(a => a.ArbitraryIdentifier));
        Assert.Equal(LimitClassification.ウ, asked[0].LimitApplicationCertificateRelatedInfo!.LimitApplicationCertificateClassificationFlag);
        var reception = Read("bulk", "OQSmuquc01res_constructed.xml").ReadBody<BulkReception>();
        Assert.Equal(("00000000000000000001", new DateTimeOffset(2025, 3, 31, 21, 0, 1, TimeSpan.Zero)), (reception.ReceptionNumber, reception.ReceptionDateTime));
        Assert.Equal(reception.ReceptionNumber, Read("bulk", "OQSmuquc02req_constructed.xml").ReadBody<BulkDownloadRequest>().ReceptionNumber);
        var result = Read("bulk", "OQSmuquc02res_constructed.xml");
        var header = result.ReadHeader<OqsHeader>();
        Assert.Equal((2, 2, 0), (header.NumberOfProcessingResult, header.NumberOfNormalProcessing, header.NumberOfError));
        var units = result.ReadBody<BulkResult>().BulkConfirmUnit;
        Assert.Equal(asked[0], units[0].QualificationConfirmSearchInfo);
        Assert.Equal((QualificationValidity.有効, QualificationValidity.該当資格なし), (units[0].QualificationValidity, units[1].QualificationValidity));
        Assert.Equal(("0", "11906"), (Assert.Single(units[0].Results).LimitApplicationCertificateChanged, Assert.Single(units[0].ReferenceNumber)));
        Assert.Empty(units[1].Results);
    }

    [Theory]
    [InlineData("OQSmuhvq01req_202504010001.xml", MedicalTreatmentKind.訪問診療等, false)]
    [InlineData("OQSmuonq01req_202504010002.xml", MedicalTreatmentKind.オンライン診療等, false)]
    [InlineData("OQSmuonq01req_202504010003_examdate.xml", MedicalTreatmentKind.オンライン診療等, true)]
    public void ConsentedQualifications_AreSelectedByDays(string file, MedicalTreatmentKind kind, bool byExamination)
    {
        var asked = Read("bulk", file).ReadBody<QualificationRequest>().QualificationConfirmSearchInfo!;
        Assert.Equal(kind, asked.MedicalTreatmentFlag);
        DateOnly? from = new DateOnly(2025, 3, 1);
        Assert.Equal(byExamination ? (null, from) : (from, null), (asked.ConsentDateFrom, asked.ExaminationDateFrom));
    }

    [Fact]
    public void ConsentedQualifications_AndTickets_AreRead()
    {
        var reading = OqsReader.Read(File.ReadAllBytes(SourceTree.Shared("data", "eligibility", "bulk", "OQSmuhvq02res_constructed.xml")), OqsShapes.Get("OQSmuhvq02res"));
        Assert.Equal(OqsEncoding.Utf8, reading.Encoding);
        var unit = Assert.Single(reading.Message!.ReadBody<BulkResult>().BulkConfirmUnit);
        Assert.Equal((ConsentState.同意あり, "資格　花子"), (Assert.Single(unit.Results).DiagnosisInfoConsFlg, unit.Results.First().Name));
        var month = Read("bulk", "OQSmutic01req_202504010004.xml").ReadBody<QualificationRequest>().QualificationConfirmSearchInfo!.MedicalTreatmentMonth;
        Assert.Equal("202504", month.ToString());
        Assert.Equal("00000000000000000001", Read("bulk", "OQSmutic02req_202504010005.xml").ReadBody<BulkDownloadRequest>().ReceptionNumber);
    }

    [Theory]
    [InlineData("drug", "YZKsiquc01req_022504010903123.xml", 2, true)]
    [InlineData("drug", "YZKsiquc01req_012504010903123_pdf.xml", 1, true)]
    [InlineData("checkup", "TKKsiquc01req_022504010903123.xml", 2, false)]
    public void ViewingRequests_InShiftJis_AreRead(string folder, string file, int category, bool hasMonths)
    {
        var message = Read(folder, file);
        Assert.Equal(
            new ViewingHeader { MedicalInstitutionCode = "1319999999", InsurerNumber = "06139999", InsuranceCardSymbol = "１２３", InsuredPersonIdentificationNumber = "４５６７", BranchNumber = "01", ArbitraryFileIdentifier = "123" },
            message.ReadHeader<ViewingHeader>());
        var body = message.ReadBody<ViewingRequest>();
        Assert.Equal((category, 1, MedicalTreatmentKind.外来), (body.FileCategory, body.PrDiInfClassification, body.MedicalTreatmentFlag));
        Assert.Equal(hasMonths ? YearMonth.Of(new DateOnly(2024, 4, 1)) : null, body.StartDate);
    }

    [Fact]
    public void DrugInformation_OfThreeSources_HasThreeSections()
    {
        var message = Read("drug", "YZKsiquc01res_xml_constructed.xml");
        Assert.Equal(new QuaInf { Name = "資格　花子", KanaName = "ｼｶｸ ﾊﾅｺ", Birth = new DateOnly(1980, 1, 1), AdmGendCode = Sex.女 }, message.ReadHeader<ViewingHeader>().QuaInf);
        var body = message.ReadBody<DrugInformation>();
        var claim = Assert.Single(body.MeTrMonthInf);
        Assert.Equal(("架空薬局", "1319999998", "202502"), (claim.MeTrDiHNm, claim.PrlsHCd, claim.MeTrMonth.ToString()));
        var day = Assert.Single(claim.DiDateInfs);
        Assert.Equal(
            new DrugInf { DrugC = "620003471", DrugN = "アムロジピン錠５ｍｇ「架空」", Qua1 = 1, UsageN = "１日１回朝食後服用", Times = 28, IngreN = "アムロジピンベシル酸塩", MeTrIdCl = "21", Unit = "錠" },
            Assert.Single(day.DrugInfs));
        Assert.Equal("113001810", Assert.Single(day.MeTrInfs).SinInfCd);
        var prescribed = Assert.Single(Assert.Single(Assert.Single(body.ShPrInf).ShPrDateInfs).ShDrugInfs);
        Assert.Equal(("粉砕", 28m), (prescribed.ShSpInst, prescribed.ShTimes));
        var dispensed = Assert.Single(body.CzDiInf);
        Assert.Equal(("1349999999", new DateOnly(2025, 4, 1)), (dispensed.CzMeTrDiHCd, Assert.Single(dispensed.CzDiDateInfs).CzDiDate));
        var failed = Read("drug", "YZKsiquc01res_error_constructed.xml").ReadHeader<ViewingHeader>();
        Assert.Equal("9", failed.ResultCode);
        Assert.Contains("同意", failed.MessageContents, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckupInformation_OfOneDay_HasItems()
    {
        var message = Read("checkup", "TKKsiquc01res_xml_constructed.xml");
        Assert.Equal("資格　花子", message.ReadHeader<ViewingHeader>().QualificationsInfo!.Name);
        var checkup = Assert.Single(message.ReadBody<CheckupInformation>().SpecificHealthCheckupInfos);
        Assert.Equal(new DateOnly(2024, 5, 27), checkup.EffectiveTime);
        Assert.Equal(["PQ", "PQ", "CD", "ST"], checkup.HealthCheckupResultAndQuestionInfos.Select(i => i.DataType));
        Assert.Equal(("3F077000002327101", "112", "mg/dL"), (checkup.HealthCheckupResultAndQuestionInfos[1].ItemCode, checkup.HealthCheckupResultAndQuestionInfos[1].DataValue, checkup.HealthCheckupResultAndQuestionInfos[1].Unit));
    }

    private static bool NotCharacterCode(string value) => !value.Contains("/CharacterCodeIdentifier=", StringComparison.Ordinal);

    private static QualificationConfirmSearchInfo Keys(string insurer, string symbol, string number, string branch, DateOnly birth) => new()
    {
        InsurerNumber = insurer,
        InsuredCardSymbol = symbol,
        InsuredIdentificationNumber = number,
        InsuredBranchNumber = branch,
        Birthdate = birth,
        LimitApplicationCertificateRelatedConsFlg = LimitConsent.同意,
    };

    private static OqsMessage Read(string folder, string file)
    {
        Assert.True(OqsFileName.TryParse(file, out var name));
        var reading = OqsReader.Read(File.ReadAllBytes(SourceTree.Shared("data", "eligibility", folder, file)), name.Shape!);
        Assert.Empty(reading.Findings);
        return reading.Message!;
    }
}
