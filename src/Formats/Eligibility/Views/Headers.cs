namespace Sekisho.Formats.Eligibility.Views;

/// <summary>MessageHeader of every OQS message, asked or answered.</summary>
public sealed record OqsHeader
{
    /// <summary>処理実行日時.</summary>
    public DateTimeOffset? ProcessExecutionTime { get; init; }

    /// <summary>資格確認日: the day for which eligibility is asked.</summary>
    public DateOnly? QualificationConfirmationDate { get; init; }

    /// <summary>医療機関コード, 10 digits.</summary>
    public string MedicalInstitutionCode { get; init; } = "";

    /// <summary>任意のファイル識別子, echoed.</summary>
    public string ArbitraryFileIdentifier { get; init; } = "";

    /// <summary>照会区分.</summary>
    public ReferenceClassification? ReferenceClassification { get; init; }

    /// <summary>受付番号.</summary>
    public string ReceptionNumber { get; init; } = "";

    /// <summary>処理結果区分.</summary>
    public SegmentOfResult? SegmentOfResult { get; init; }

    /// <summary>エラーコード.</summary>
    public string ErrorCode { get; init; } = "";

    /// <summary>エラーメッセージ.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>処理件数.</summary>
    public int? NumberOfProcessingResult { get; init; }

    /// <summary>正常処理件数.</summary>
    public int? NumberOfNormalProcessing { get; init; }

    /// <summary>エラー件数.</summary>
    public int? NumberOfError { get; init; }
}

/// <summary>MessageHeader of 閲覧 messages (YZK, TKK), asked or answered.</summary>
public sealed record ViewingHeader
{
    /// <summary>医療機関コード.</summary>
    public string MedicalInstitutionCode { get; init; } = "";

    /// <summary>保険者番号, 8 digits.</summary>
    public string InsurerNumber { get; init; } = "";

    /// <summary>記号.</summary>
    public string InsuranceCardSymbol { get; init; } = "";

    /// <summary>番号.</summary>
    public string InsuredPersonIdentificationNumber { get; init; } = "";

    /// <summary>枝番.</summary>
    public string BranchNumber { get; init; } = "";

    /// <summary>結果コード: 1 went well.</summary>
    public string ResultCode { get; init; } = "";

    /// <summary>メッセージ内容 when it did not.</summary>
    public string MessageContents { get; init; } = "";

    /// <summary>任意のファイル識別子, echoed.</summary>
    public string ArbitraryFileIdentifier { get; init; } = "";

    /// <summary>資格情報 (YZK).</summary>
    public QuaInf? QuaInf { get; init; }

    /// <summary>資格情報 (TKK).</summary>
    public QualificationsInfo? QualificationsInfo { get; init; }
}

/// <summary>資格情報 of 薬剤情報.</summary>
public sealed record QuaInf
{
    /// <summary>氏名.</summary>
    public string Name { get; init; } = "";

    /// <summary>カナ氏名.</summary>
    public string KanaName { get; init; } = "";

    /// <summary>生年月日.</summary>
    public DateOnly? Birth { get; init; }

    /// <summary>性別.</summary>
    public Sex? AdmGendCode { get; init; }
}

/// <summary>資格情報 of 特定健診情報.</summary>
public sealed record QualificationsInfo
{
    /// <summary>氏名.</summary>
    public string Name { get; init; } = "";

    /// <summary>カナ氏名.</summary>
    public string KanasName { get; init; } = "";

    /// <summary>生年月日.</summary>
    public DateOnly? Birthday { get; init; }

    /// <summary>性別.</summary>
    public Sex? AdministrativeGenderCode { get; init; }
}
