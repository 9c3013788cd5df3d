using System.Globalization;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Welfare;
using AskedLimit = Sekisho.Formats.Eligibility.LimitConsent;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>Between OQSsiquc01 and what the module asks and answers. Decides nothing: what may be disclosed is decided before.</summary>
internal static class QualificationMapping
{
    /// <summary>What the request asks.</summary>
    public static Contracts.Eligibility.Inquiry Inquiry(OqsMessage request)
    {
        var search = Search(request);
        return new Contracts.Eligibility.Inquiry
        {
            Card = Card(search),
            On = request.ReadHeader<OqsHeader>().QualificationConfirmationDate,
            LimitConsent = search.LimitApplicationCertificateRelatedConsFlg == AskedLimit.同意,
            Institution = request.Header["MedicalInstitutionCode"],
        };
    }

    /// <summary>The result file.</summary>
    public static byte[] Write(MessageRequest request, InquiryAnswer answer)
    {
        var header = request.Header(answer.At) with { QualificationConfirmationDate = answer.On, ReferenceClassification = ReferenceClassification.被保険者証情報 };
        var search = Search(request.Message);
        var body = new QualificationResult
        {
            QualificationConfirmSearchInfo = search,
            ProcessingResultStatus = ProcessingResultStatus.正常,
            ProcessingResultMessage = Say(answer),
            QualificationValidity = (QualificationValidity)answer.Code,
            ResultList = answer.Coverage is { } found
                ? [Result(found, answer.Tickets) with { LimitApplicationCertificateRelatedConsFlg = search.LimitApplicationCertificateRelatedConsFlg, ReferenceNumber = answer.Reference }]
                : [],
        };
        return request.Write(header, body);
    }

    private static QualificationConfirmSearchInfo Search(OqsMessage request) =>
        request.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo ?? new QualificationConfirmSearchInfo();

    /// <summary>券面の照会キー as the interface has them.</summary>
    public static CardKeys Card(QualificationConfirmSearchInfo search) => new()
    {
        Insurer = search.InsurerNumber,
        Symbol = search.InsuredCardSymbol,
        Number = search.InsuredIdentificationNumber,
        Branch = search.InsuredBranchNumber,
        Birth = search.Birthdate ?? default,
    };

    /// <summary>処理結果メッセージ: nothing when it is valid, else what it means and what the desk does.</summary>
    public static string Say(InquiryAnswer answer) => answer.Validity == Validity.Valid ? "" : answer.Text + "。" + answer.Advice;

    /// <summary>What an answer shows of a coverage, with its tickets where it is a 医療扶助.</summary>
    public static ResultOfQualificationConfirmation Result(Coverage found, IReadOnlyList<ShownTicket> tickets) => new()
    {
        InsuredCardClassification = OqsCodes.Find<InsuredCardClassification>(found.CardKind),
        InsurerNumber = found.Insurer,
        InsuredCardSymbol = found.Symbol,
        InsuredIdentificationNumber = found.Number,
        InsuredBranchNumber = found.Branch,
        PersonalFamilyClassification = OqsCodes.Find<PersonalFamily>(found.Relation),
        InsuredName = found.Holder,
        Name = found.Name,
        NameOfOther = found.OtherName,
        NameKana = HalfWidth.Of(found.Kana),
        NameOfOtherKana = HalfWidth.Of(found.OtherKana),
        Sex1 = OqsCodes.Find<Sex>(found.Sex),
        Sex2 = OqsCodes.Find<Sex>(found.CardSex),
        Birthdate = found.Birth,
        Address = found.Address,
        PostNumber = found.PostalCode,
        QualificationDate = found.Acquired,
        DisqualificationDate = found.Lost,
        InsuredCertificateIssuanceDate = found.Issued,
        InsuredCardValidDate = found.CardFrom,
        InsuredCardExpirationDate = found.CardUntil,
        InsuredPartialContributionRatio = Percent(found.Ratio),
        PreschoolClassification = found.Preschool,
        ReasonOfLoss = OqsCodes.Find<ReasonOfLoss>(found.LossReason),
        InsurerName = found.InsurerName,
        ElderlyRecipientCertificateInfo = found.Elderly.Select(Elderly).FirstOrDefault(),
        LimitApplicationCertificateRelatedInfo = found.Limits.Select(Limit).FirstOrDefault(),
        PublicExpenseResultList = [.. tickets.Select(TicketMapping.Written)],
    };

    private static ElderlyRecipientCertificateInfo Elderly(ElderlyCertificate certificate) => new()
    {
        ElderlyRecipientCertificateDate = certificate.Issued,
        ElderlyRecipientValidStartDate = certificate.From,
        ElderlyRecipientValidEndDate = certificate.Until,
        ElderlyRecipientContributionRatio = Percent(certificate.Ratio),
    };

    private static LimitApplicationCertificateRelatedInfo Limit(LimitCertificate certificate) => new()
    {
        LimitApplicationCertificateClassification = OqsCodes.Find<LimitCertificateKind>(certificate.Kind),
        LimitApplicationCertificateClassificationFlag = OqsCodes.Find<LimitClassification>(certificate.Category),
        LimitApplicationCertificateDate = certificate.Issued,
        LimitApplicationCertificateValidStartDate = certificate.From,
        LimitApplicationCertificateValidEndDate = certificate.Until,
        LimitApplicationCertificateLongTermDate = certificate.LongTerm,
    };

    private static int? Percent(string ratio) => int.TryParse(ratio, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : null;
}
