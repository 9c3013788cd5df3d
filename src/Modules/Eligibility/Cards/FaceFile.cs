using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Modules.Eligibility.Welfare;
using GivenLimit = Sekisho.Formats.Eligibility.LimitConsent;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>The answer to a card inquiry as the file that a terminal puts into its <c>face</c> folder.</summary>
internal static class FaceFile
{
    /// <summary>What our own codes begin with, where the interface has a code of its own that is not published.</summary>
    private const string OwnCode = "SEKISHO-";

    /// <summary>Its name.</summary>
    public static string Name(CardAnswer answer, string institution, DateTimeOffset now) => OqsFileName.Face(institution, answer.Id.ToString("N"), now).ToString();

    /// <summary>Its bytes, UTF-8.</summary>
    public static byte[] Write(CardAnswer answer, string institution, DateTimeOffset now)
    {
        var header = new OqsHeader
        {
            ProcessExecutionTime = now,
            QualificationConfirmationDate = answer.On,
            MedicalInstitutionCode = institution,
            ArbitraryFileIdentifier = Convert.ToBase64String(answer.Id.ToByteArray()),
            ReferenceClassification = ReferenceClassification.マイナンバーカード,
            SegmentOfResult = SegmentOfResult.正常終了,
        };
        var body = new QualificationResult
        {
            ProcessingResultStatus = ProcessingResultStatus.正常,
            ProcessingResultCode = answer.Warnings is [var first, ..] ? OwnCode + first.Code : "",
            ProcessingResultMessage = string.Concat(
                answer.Warnings.Select(w => w.Text + w.Advice).Prepend(answer.Validity == Validity.Valid ? "" : answer.Text + "。" + answer.Advice)),
            QualificationValidity = (QualificationValidity)(answer.Code ?? 0),
            ResultList = [.. answer.Coverages.Select(c => Result(answer, c))],
        };
        var message = OqsMessage.Of(OqsShapes.Get("OQSsiquc01res"), header, body);
        var written = OqsWriter.Write(OqsWriter.Masked(message, OqsEncoding.Utf8), OqsEncoding.Utf8);
        return written.Bytes ?? throw new InvalidOperationException(written.Findings[0].Message);
    }

    /// <summary>One coverage with what the person agreed to.</summary>
    public static ResultOfQualificationConfirmation Result(CardAnswer answer, Coverage coverage)
    {
        var (limits, diseases) = (Of(answer, Contracts.Eligibility.ConsentKind.Limits), Of(answer, Contracts.Eligibility.ConsentKind.Diseases));
        var (checkups, medicines) = (Of(answer, Contracts.Eligibility.ConsentKind.Checkups), Of(answer, Contracts.Eligibility.ConsentKind.Medicines));
        var (diagnoses, operations) = (Of(answer, Contracts.Eligibility.ConsentKind.Diagnoses), Of(answer, Contracts.Eligibility.ConsentKind.Operations));
        return QualificationMapping.Result(coverage, coverage.CardKind == Aid.CardKind ? answer.Tickets : []) with
        {
            ReferenceNumber = answer.Reference,
            LimitApplicationCertificateRelatedConsFlg = limits.Standing == ConsentStanding.Given ? GivenLimit.同意 : GivenLimit.未同意,
            LimitApplicationCertificateRelatedConsTime = limits.At,
            SpecificDiseasesCertificateRelatedConsFlg = Flag(diseases),
            SpecificDiseasesCertificateRelatedConsTime = diseases.At,
            SpecificDiseasesCertificateList = [.. coverage.Diseases.Select(Disease)],
            SpecificHealthCheckupsInfoConsFlg = Flag(checkups),
            SpecificHealthCheckupsInfoConsTime = checkups.At,
            SpecificHealthCheckupsInfoAvailableTime = checkups.Until,
            PharmacistsInfoConsFlg = Flag(medicines),
            PharmacistsInfoConsTime = medicines.At,
            PharmacistsInfoAvailableTime = medicines.Until,
            DiagnosisInfoConsFlg = Flag(diagnoses),
            DiagnosisInfoConsTime = diagnoses.At,
            DiagnosisInfoAvailableTime = diagnoses.Until,
            OperationInfoConsFlg = Flag(operations),
            OperationInfoConsTime = operations.At,
            OperationInfoAvailableTime = operations.Until,
        };
    }

    private static CardConsent Of(CardAnswer answer, Contracts.Eligibility.ConsentKind kind) => answer.Consents.Single(c => c.Kind == kind);

    private static ConsentState? Flag(CardConsent consent) => OqsCodes.Find<ConsentState>(((int)consent.Standing).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static SpecificDiseasesCertificateInfo Disease(DiseaseCertificate certificate) => new()
    {
        SpecificDiseasesDiseaseCategory = OqsCodes.Find<SpecificDisease>(certificate.Category),
        SpecificDiseasesCertificateDate = certificate.Issued,
        SpecificDiseasesValidStartDate = certificate.From,
        SpecificDiseasesValidEndDate = certificate.Until,
        SpecificDiseasesSelfPay = certificate.SelfPay,
    };
}
