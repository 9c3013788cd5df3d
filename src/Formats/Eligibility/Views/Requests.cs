using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility.Views;

/// <summary>Body of OQSsiquc01req, OQSsihvq01req, OQSsionq01req, OQSmutic01req, OQSmuhvq01req, OQSmuonq01req.</summary>
public sealed record QualificationRequest
{
    /// <summary>What is asked.</summary>
    public QualificationConfirmSearchInfo? QualificationConfirmSearchInfo { get; init; }
}

/// <summary>Body of OQSmuquc01req.</summary>
public sealed record BulkQualificationRequest
{
    /// <summary>One per person.</summary>
    public IReadOnlyList<QualificationConfirmSearchInfo> QualificationConfirmSearchInfo { get; init; } = [];
}

/// <summary>Body of every …02req.</summary>
public sealed record BulkDownloadRequest
{
    /// <summary>受付番号.</summary>
    public string ReceptionNumber { get; init; } = "";
}

/// <summary>Body of every …mu…01res.</summary>
public sealed record BulkReception
{
    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード.</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";

    /// <summary>受付番号.</summary>
    public string ReceptionNumber { get; init; } = "";

    /// <summary>受付日時.</summary>
    public DateTimeOffset? ReceptionDateTime { get; init; }
}

/// <summary>照会キー, or what an 一括取得 selects by.</summary>
public sealed record QualificationConfirmSearchInfo
{
    /// <summary>保険者番号, 8 digits (医療扶助: 公費負担者番号).</summary>
    public string InsurerNumber { get; init; } = "";

    /// <summary>記号; empty for 後期高齢者.</summary>
    public string InsuredCardSymbol { get; init; } = "";

    /// <summary>番号 (医療扶助: 受給者番号).</summary>
    public string InsuredIdentificationNumber { get; init; } = "";

    /// <summary>枝番.</summary>
    public string InsuredBranchNumber { get; init; } = "";

    /// <summary>生年月日.</summary>
    public DateOnly? Birthdate { get; init; }

    /// <summary>What the institution has on file (一括照会).</summary>
    public LimitApplicationCertificateRelatedInfo? LimitApplicationCertificateRelatedInfo { get; init; }

    /// <summary>限度額情報の提供同意.</summary>
    public LimitConsent? LimitApplicationCertificateRelatedConsFlg { get; init; }

    /// <summary>診療年月 (医療扶助 一括取得).</summary>
    public YearMonth? MedicalTreatmentMonth { get; init; }

    /// <summary>同意日（から）.</summary>
    public DateOnly? ConsentDateFrom { get; init; }

    /// <summary>同意日（まで）.</summary>
    public DateOnly? ConsentDateTo { get; init; }

    /// <summary>受診日（から）.</summary>
    public DateOnly? ExaminationDateFrom { get; init; }

    /// <summary>受診日（まで）.</summary>
    public DateOnly? ExaminationDateTo { get; init; }

    /// <summary>診療区分.</summary>
    public MedicalTreatmentKind? MedicalTreatmentFlag { get; init; }

    /// <summary>任意の識別子, echoed.</summary>
    public string ArbitraryIdentifier { get; init; } = "";
}

/// <summary>Body of OQSsiimm01req and OQSmuimm01req.</summary>
public sealed record ReferenceRegistration
{
    /// <summary>One, or one per person.</summary>
    public IReadOnlyList<ReferenceNumberRegistrationInfo> ReferenceNumberRegistrationInfo { get; init; } = [];
}

/// <summary>照会番号登録情報.</summary>
public sealed record ReferenceNumberRegistrationInfo
{
    /// <summary>照会番号, at most 50 characters.</summary>
    public string ReferenceNumber { get; init; } = "";

    /// <summary>保険者番号, 8 digits.</summary>
    public string InsurerNumber { get; init; } = "";

    /// <summary>記号.</summary>
    public string InsuredCardSymbol { get; init; } = "";

    /// <summary>番号.</summary>
    public string InsuredIdentificationNumber { get; init; } = "";

    /// <summary>枝番.</summary>
    public string InsuredBranchNumber { get; init; } = "";
}

/// <summary>Body of OQSsiimm01res.</summary>
public sealed record ReferenceRegistrationResult
{
    /// <summary>The request echoed.</summary>
    public ReferenceNumberRegistrationInfo? ReferenceNumberRegistrationInfo { get; init; }

    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード.</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";
}

/// <summary>Body of OQSmuimm02res.</summary>
public sealed record BulkReferenceResult
{
    /// <summary>One per registration.</summary>
    public IReadOnlyList<BulkRegistrationUnit> BulkRegistrationUnit { get; init; } = [];
}

/// <summary>登録単位.</summary>
public sealed record BulkRegistrationUnit
{
    /// <summary>The request echoed.</summary>
    public ReferenceNumberRegistrationInfo? ReferenceNumberRegistrationInfo { get; init; }

    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード.</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";
}

/// <summary>Body of YZKsiquc01req and TKKsiquc01req.</summary>
public sealed record ViewingRequest
{
    /// <summary>開始年月 (YZK).</summary>
    public YearMonth? StartDate { get; init; }

    /// <summary>終了年月 (YZK).</summary>
    public YearMonth? EndDate { get; init; }

    /// <summary>ファイル種別: 1 PDF, 2 XML.</summary>
    public int? FileCategory { get; init; }

    /// <summary>処方・調剤情報区分.</summary>
    public int? PrDiInfClassification { get; init; }

    /// <summary>診療区分.</summary>
    public MedicalTreatmentKind? MedicalTreatmentFlag { get; init; }
}

/// <summary>Body of OQSsihvd01req.</summary>
public sealed record ConsentCancellation
{
    /// <summary>Whose.</summary>
    public QualificationConfirmSearchInfo? QualificationConfirmSearchInfo { get; init; }

    /// <summary>What.</summary>
    public ConsentCancelInfo? ConsentCancelInfo { get; init; }
}

/// <summary>取り消す同意.</summary>
public sealed record ConsentCancelInfo
{
    /// <summary>閲覧同意情報種別.</summary>
    public IReadOnlyList<ConsentKind> MedicalInfoType { get; init; } = [];
}
