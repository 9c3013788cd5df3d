using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>What a desk meets in a week, about people who do not exist: tests/Samples/eligibility, and how the views are used.</summary>
internal static class StorySamples
{
    private static readonly DateOnly Day = new(2026, 4, 1);
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 9, 3, 12, TimeSpan.FromHours(9));

    private static readonly QualificationConfirmSearchInfo 花子 = new()
    {
        InsurerNumber = "06139999",
        InsuredCardSymbol = "１２３",
        InsuredIdentificationNumber = "４５６７",
        InsuredBranchNumber = "01",
        Birthdate = new DateOnly(1980, 1, 1),
        LimitApplicationCertificateRelatedConsFlg = LimitConsent.同意,
    };

    private static readonly ResultOfQualificationConfirmation 花子の資格 = new()
    {
        InsuredCardClassification = InsuredCardClassification.一般,
        InsurerNumber = "06139999",
        InsuredCardSymbol = "１２３",
        InsuredIdentificationNumber = "４５６７",
        InsuredBranchNumber = "01",
        PersonalFamilyClassification = PersonalFamily.本人,
        Name = "架空　花子",
        NameKana = "ｶｸｳ ﾊﾅｺ",
        Sex1 = Sex.女,
        Birthdate = new DateOnly(1980, 1, 1),
        Address = "東京都千代田区架空町１－２－３",
        PostNumber = "100-0000",
        QualificationDate = new DateOnly(2020, 4, 1),
        InsuredCertificateIssuanceDate = new DateOnly(2020, 4, 1),
        InsuredCardValidDate = new DateOnly(2020, 4, 1),
        InsurerName = "架空健康保険組合",
    };

    public static IEnumerable<(string File, OqsEncoding Encoding, OqsMessage Message)> All()
    {
        yield return ("OQSsiquc01req_202604010001.xml", OqsEncoding.ShiftJis, Asked(花子));
        yield return ("OQSsiquc01res_202604010001.xml", OqsEncoding.ShiftJis, Answered(QualificationValidity.有効, 花子の資格 with
        {
            LimitApplicationCertificateRelatedConsFlg = LimitConsent.同意,
            LimitApplicationCertificateRelatedConsTime = Now,
            LimitApplicationCertificateRelatedInfo = new()
            {
                LimitApplicationCertificateClassification = LimitCertificateKind.限度額適用認定証,
                LimitApplicationCertificateClassificationFlag = LimitClassification.ウ,
                LimitApplicationCertificateDate = new DateOnly(2025, 8, 1),
                LimitApplicationCertificateValidStartDate = new DateOnly(2025, 8, 1),
                LimitApplicationCertificateValidEndDate = new DateOnly(2026, 7, 31),
            },
        }));
        yield return ("OQSsiquc01res_無効.xml", OqsEncoding.Utf8, Answered(QualificationValidity.無効, Lost(ReasonOfLoss.その他)));
        yield return ("OQSsiquc01res_無効新しい資格あり.xml", OqsEncoding.Utf8, Answered(QualificationValidity.無効新しい資格あり, Lost(ReasonOfLoss.医療保険等の資格取得)));
        yield return ("OQSsiquc01res_該当資格なし.xml", OqsEncoding.Utf8, Answered(QualificationValidity.該当資格なし));
        yield return ("OQSsiquc01res_複数該当.xml", OqsEncoding.Utf8, Answered(QualificationValidity.複数該当));
        yield return ("OQSsiquc01res_異常終了.xml", OqsEncoding.Utf8, OqsMessage.Of(
            OqsShapes.Get("OQSsiquc01res"),
            Header() with { SegmentOfResult = SegmentOfResult.異常終了, ErrorCode = "SK0001", ErrorMessage = "照会キーの生年月日が読めません。" }));
        yield return ("OQSsiquc01res_face_1319999999a1b2c3_20260401090312.xml", OqsEncoding.Utf8, 後期の顔認証());
        yield return ("OQSsiquc01res_face_1319999999a1b2c4_20260401090455.xml", OqsEncoding.ShiftJis, 医療扶助の顔認証());
        yield return ("OQSmuquc02res_処理中.xml", OqsEncoding.Utf8, OqsMessage.Of(
            OqsShapes.Get("OQSmuquc02res"),
            new OqsHeader { ProcessExecutionTime = Now, MedicalInstitutionCode = "1319999999", ArbitraryFileIdentifier = "yoyaku", ReceptionNumber = "00000000000000000001", SegmentOfResult = SegmentOfResult.処理中 }));
        yield return ("YZKsiquc01res_202604010002.xml", OqsEncoding.ShiftJis, Drugs());
        yield return ("YZKsiquc01res_同意なし.xml", OqsEncoding.Utf8, OqsMessage.Of(
            OqsShapes.Get("YZKsiquc01res"), new ViewingHeader { ResultCode = "9", MessageContents = "薬剤情報の閲覧同意がありません。", ArbitraryFileIdentifier = "123" }));
    }

    private static OqsHeader Header() => new()
    {
        ProcessExecutionTime = Now,
        QualificationConfirmationDate = Day,
        MedicalInstitutionCode = "1319999999",
        ArbitraryFileIdentifier = "PT000123",
        ReferenceClassification = ReferenceClassification.被保険者証情報,
        SegmentOfResult = SegmentOfResult.正常終了,
    };

    private static OqsMessage Asked(QualificationConfirmSearchInfo keys) => OqsMessage.Of(
        OqsShapes.Get("OQSsiquc01req"),
        new OqsHeader { QualificationConfirmationDate = Day, MedicalInstitutionCode = "1319999999", ArbitraryFileIdentifier = "PT000123" },
        new QualificationRequest { QualificationConfirmSearchInfo = keys });

    private static OqsMessage Answered(QualificationValidity validity, params ResultOfQualificationConfirmation[] results) => OqsMessage.Of(
        OqsShapes.Get("OQSsiquc01res"),
        Header(),
        new QualificationResult { QualificationConfirmSearchInfo = 花子, ProcessingResultStatus = ProcessingResultStatus.正常, QualificationValidity = validity, ResultList = results });

    private static ResultOfQualificationConfirmation Lost(ReasonOfLoss reason) =>
        花子の資格 with { DisqualificationDate = Day, InsuredCardExpirationDate = Day.AddDays(-1), ReasonOfLoss = reason };

    private static OqsMessage Card(ResultOfQualificationConfirmation result) => OqsMessage.Of(
        OqsShapes.Get("OQSsiquc01res"),
        Header() with { ReferenceClassification = ReferenceClassification.マイナンバーカード, ArbitraryFileIdentifier = "c2VraXNobw==" },
        new QualificationResult { PrescriptionIssueSelect = PrescriptionIssue.紙の処方箋, ProcessingResultStatus = ProcessingResultStatus.正常, QualificationValidity = QualificationValidity.有効, ResultList = [result] });

    private static OqsMessage 後期の顔認証() => Card(new()
    {
        InsuredCardClassification = InsuredCardClassification.一般,
        InsurerNumber = "39139999",
        InsuredIdentificationNumber = "０１２３４５６７",
        PersonalFamilyClassification = PersonalFamily.本人,
        Name = "架空　●夫",
        NameKana = "ｶｸｳ ｵｯﾄ",
        Sex1 = Sex.男,
        Birthdate = new DateOnly(1940, 2, 2),
        InsuredPartialContributionRatio = 20,
        InsurerName = "架空後期高齢者医療広域連合",
        SpecificDiseasesCertificateRelatedConsFlg = ConsentState.同意あり,
        SpecificDiseasesCertificateRelatedConsTime = Now,
        SpecificDiseasesCertificateList = [new() { SpecificDiseasesDiseaseCategory = SpecificDisease.人工透析を必要とする慢性腎不全, SpecificDiseasesValidStartDate = new DateOnly(2020, 4, 1), SpecificDiseasesSelfPay = 10000 }],
        SpecificHealthCheckupsInfoConsFlg = ConsentState.同意なし,
        PharmacistsInfoConsFlg = ConsentState.同意あり,
        PharmacistsInfoConsTime = Now,
        PharmacistsInfoAvailableTime = Now.AddHours(24),
        DiagnosisInfoConsFlg = ConsentState.同意あり,
        DiagnosisInfoConsTime = Now,
        DiagnosisInfoAvailableTime = Now.AddHours(24),
        OperationInfoConsFlg = ConsentState.同意なし,
        ReferenceNumber = "000123",
    });

    private static OqsMessage 医療扶助の顔認証() => Card(new()
    {
        InsuredCardClassification = InsuredCardClassification.医療扶助,
        InsurerNumber = "12139999",
        InsuredIdentificationNumber = "1234567",
        Name = "見本　一郎",
        NameKana = "ﾐﾎﾝ ｲﾁﾛｳ",
        Sex1 = Sex.男,
        Birthdate = new DateOnly(1970, 5, 5),
        QualificationDate = new DateOnly(2023, 6, 1),
        InsurerName = "架空福祉事務所",
        PublicExpenseResultList =
        [
            new()
            {
                TicketType = TicketType.医療券, MedicalTicketValidDate = Day, MedicalTicketExpirationDate = new DateOnly(2026, 4, 30), IssueNumber = "0000000001", MedicalTreatmentMonth = YearMonth.Of(Day),
                DesignatedMedicalInstitutionCode = "1319999999", DesignatedMedicalInstitutionFlag = "0", MedicalTreatmentType = TicketTreatment.入院外, SelfPayAmount = 0, SingleOrCombinedUse = "01", StatusOfInfecton = "02",
            },
        ],
    });

    private static OqsMessage Drugs() => OqsMessage.Of(
        OqsShapes.Get("YZKsiquc01res"),
        new ViewingHeader { ResultCode = "1", ArbitraryFileIdentifier = "123", QuaInf = new() { Name = "架空　花子", KanaName = "ｶｸｳ ﾊﾅｺ", Birth = new DateOnly(1980, 1, 1), AdmGendCode = Sex.女 } },
        new DrugInformation
        {
            MeTrMonthInf =
            [
                new()
                {
                    MeTrDiHCd = "1349999999", PrlsHCd = "1319999999", MeTrDiHNm = "架空薬局", MeTrMonth = YearMonth.Of(new DateOnly(2026, 2, 1)), PrlsHNm = "架空医院",
                    DiDateInfs =
                    [
                        new()
                        {
                            DiDate = new DateOnly(2026, 2, 10), PrDate = new DateOnly(2026, 2, 10),
                            DrugInfs = [new() { DrugC = "699900001", DrugN = "カクウ錠５ｍｇ", Qua1 = 1.5m, UsageN = "１日１回朝食後服用", Times = 28, IngreN = "カクウ酸塩", MeTrIdCl = "21", Unit = "錠" }],
                        },
                    ],
                },
            ],
        });
}
