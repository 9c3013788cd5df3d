namespace Sekisho.Formats.Eligibility.Views;

/// <summary>Body of OQSsiquc01res (face too), OQSsihvq01res, OQSsionq01res.</summary>
public sealed record QualificationResult
{
    /// <summary>処方箋発行形態 (face だけ).</summary>
    public PrescriptionIssue? PrescriptionIssueSelect { get; init; }

    /// <summary>照会キー（要求のまま）.</summary>
    public QualificationConfirmSearchInfo? QualificationConfirmSearchInfo { get; init; }

    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード (正常でも付帯情報（証明書の期限3か月前など）で入る).</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";

    /// <summary>資格有効性.</summary>
    public QualificationValidity? QualificationValidity { get; init; }

    /// <summary>One per coverage.</summary>
    public IReadOnlyList<ResultOfQualificationConfirmation> ResultList { get; init; } = [];
}

/// <summary>Body of OQSmuquc02res, OQSmutic02res, OQSmuhvq02res, OQSmuonq02res.</summary>
public sealed record BulkResult
{
    /// <summary>One per person.</summary>
    public IReadOnlyList<BulkConfirmUnit> BulkConfirmUnit { get; init; } = [];
}

/// <summary>照会単位.</summary>
public sealed record BulkConfirmUnit
{
    /// <summary>照会キー（要求のまま）.</summary>
    public QualificationConfirmSearchInfo? QualificationConfirmSearchInfo { get; init; }

    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード (正常でも付帯情報（証明書の期限3か月前など）で入る).</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";

    /// <summary>資格有効性.</summary>
    public QualificationValidity? QualificationValidity { get; init; }

    /// <summary>結果の一覧: 同意済資格情報・医療扶助の一括取得.</summary>
    public IReadOnlyList<ResultOfQualificationConfirmation> ResultList { get; init; } = [];

    /// <summary>資格確認結果: 一括照会では直下.</summary>
    public IReadOnlyList<ResultOfQualificationConfirmation> ResultOfQualificationConfirmation { get; init; } = [];

    /// <summary>照会番号.</summary>
    public IReadOnlyList<string> ReferenceNumber { get; init; } = [];

    /// <summary>Wherever they stood.</summary>
    public IEnumerable<ResultOfQualificationConfirmation> Results => ResultList.Concat(ResultOfQualificationConfirmation);
}

/// <summary>Body of OQSsihvd01res.</summary>
public sealed record ConsentCancellationResult
{
    /// <summary>照会キー（要求のまま）.</summary>
    public QualificationConfirmSearchInfo? QualificationConfirmSearchInfo { get; init; }

    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード (正常でも付帯情報（証明書の期限3か月前など）で入る).</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";
}

/// <summary>Body of OQSsiupd01req, OQSsiinq01res, OQSsiupd01res.</summary>
public sealed record EnvironmentSettings
{
    /// <summary>医療機関環境設定情報.</summary>
    public EnvironmentSettingInfo? EnvironmentSettingInfo { get; init; }

    /// <summary>処理結果状況.</summary>
    public ProcessingResultStatus? ProcessingResultStatus { get; init; }

    /// <summary>処理結果コード (正常でも付帯情報（証明書の期限3か月前など）で入る).</summary>
    public string ProcessingResultCode { get; init; } = "";

    /// <summary>処理結果メッセージ.</summary>
    public string ProcessingResultMessage { get; init; } = "";
}

/// <summary>医療機関環境設定情報.</summary>
public sealed record EnvironmentSettingInfo
{
    /// <summary>手術情報閲覧の利用 (初期値 0).</summary>
    public string OperationInfoUseFlg { get; init; } = "";

    /// <summary>診療情報閲覧の利用 (初期値 0).</summary>
    public string DiagnosisInfoUseFlg { get; init; } = "";

    /// <summary>薬剤情報閲覧の利用 (初期値 1).</summary>
    public string PharmacistsInfoUseFlg { get; init; } = "";

    /// <summary>特定健診情報閲覧の利用 (初期値 1).</summary>
    public string SpecificHealthCheckupsInfoUseFlg { get; init; } = "";

    /// <summary>電子処方箋の利用.</summary>
    public string PrescriptionUseFlg { get; init; } = "";

    /// <summary>処方箋形態の選択タイミング.</summary>
    public string PrescriptionSelectTiming { get; init; } = "";
}
