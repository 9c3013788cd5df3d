namespace Sekisho.Formats.Eligibility.Views;

/// <summary>資格確認結果: one coverage.</summary>
public sealed record ResultOfQualificationConfirmation
{
    /// <summary>被保険者証区分.</summary>
    public InsuredCardClassification? InsuredCardClassification { get; init; }

    /// <summary>保険者番号 (医療扶助は公費負担者番号).</summary>
    public string InsurerNumber { get; init; } = "";

    /// <summary>記号.</summary>
    public string InsuredCardSymbol { get; init; } = "";

    /// <summary>番号 (医療扶助は受給者番号（7桁）).</summary>
    public string InsuredIdentificationNumber { get; init; } = "";

    /// <summary>枝番.</summary>
    public string InsuredBranchNumber { get; init; } = "";

    /// <summary>本人・家族の別.</summary>
    public PersonalFamily? PersonalFamilyClassification { get; init; }

    /// <summary>被保険者氏名（世帯主氏名） (主に家族のとき).</summary>
    public string InsuredName { get; init; } = "";

    /// <summary>氏名 (収載できない文字は●).</summary>
    public string Name { get; init; } = "";

    /// <summary>氏名（その他） (通称名等).</summary>
    public string NameOfOther { get; init; } = "";

    /// <summary>氏名カナ (半角カナ).</summary>
    public string NameKana { get; init; } = "";

    /// <summary>氏名カナ（その他）.</summary>
    public string NameOfOtherKana { get; init; } = "";

    /// <summary>性別1.</summary>
    public Sex? Sex1 { get; init; }

    /// <summary>性別2 (裏面記載のとき。空でなければこちらを使う).</summary>
    public Sex? Sex2 { get; init; }

    /// <summary>生年月日.</summary>
    public DateOnly? Birthdate { get; init; }

    /// <summary>住所.</summary>
    public string Address { get; init; } = "";

    /// <summary>郵便番号 (123-4567).</summary>
    public string PostNumber { get; init; } = "";

    /// <summary>資格取得年月日.</summary>
    public DateOnly? QualificationDate { get; init; }

    /// <summary>資格喪失年月日.</summary>
    public DateOnly? DisqualificationDate { get; init; }

    /// <summary>被保険者証交付年月日.</summary>
    public DateOnly? InsuredCertificateIssuanceDate { get; init; }

    /// <summary>被保険者証有効開始年月日.</summary>
    public DateOnly? InsuredCardValidDate { get; init; }

    /// <summary>被保険者証有効終了年月日.</summary>
    public DateOnly? InsuredCardExpirationDate { get; init; }

    /// <summary>一部負担金割合 (後期高齢者。百分率（020 は2割）).</summary>
    public int? InsuredPartialContributionRatio { get; init; }

    /// <summary>未就学区分.</summary>
    public string PreschoolClassification { get; init; } = "";

    /// <summary>資格喪失事由.</summary>
    public ReasonOfLoss? ReasonOfLoss { get; init; }

    /// <summary>保険者名称 (医療扶助は福祉事務所名).</summary>
    public string InsurerName { get; init; } = "";

    /// <summary>高齢受給者証.</summary>
    public ElderlyRecipientCertificateInfo? ElderlyRecipientCertificateInfo { get; init; }

    /// <summary>限度額適用認定証 提供同意.</summary>
    public LimitConsent? LimitApplicationCertificateRelatedConsFlg { get; init; }

    /// <summary>限度額適用認定証 同意日時.</summary>
    public DateTimeOffset? LimitApplicationCertificateRelatedConsTime { get; init; }

    /// <summary>限度額適用認定証.</summary>
    public LimitApplicationCertificateRelatedInfo? LimitApplicationCertificateRelatedInfo { get; init; }

    /// <summary>限度額情報変更有無 (一括照会だけ).</summary>
    public string LimitApplicationCertificateChanged { get; init; } = "";

    /// <summary>特定疾病療養受療証 提供同意.</summary>
    public ConsentState? SpecificDiseasesCertificateRelatedConsFlg { get; init; }

    /// <summary>特定疾病療養受療証 同意日時.</summary>
    public DateTimeOffset? SpecificDiseasesCertificateRelatedConsTime { get; init; }

    /// <summary>特定疾病療養受療証の一覧.</summary>
    public IReadOnlyList<SpecificDiseasesCertificateInfo> SpecificDiseasesCertificateList { get; init; } = [];

    /// <summary>公費の結果の一覧.</summary>
    public IReadOnlyList<MedicalTicketInfo> PublicExpenseResultList { get; init; } = [];

    /// <summary>特定健診情報 閲覧同意.</summary>
    public ConsentState? SpecificHealthCheckupsInfoConsFlg { get; init; }

    /// <summary>特定健診情報 同意日時.</summary>
    public DateTimeOffset? SpecificHealthCheckupsInfoConsTime { get; init; }

    /// <summary>特定健診情報 閲覧有効期限 (同意日時から24時間).</summary>
    public DateTimeOffset? SpecificHealthCheckupsInfoAvailableTime { get; init; }

    /// <summary>薬剤情報 閲覧同意.</summary>
    public ConsentState? PharmacistsInfoConsFlg { get; init; }

    /// <summary>薬剤情報 同意日時.</summary>
    public DateTimeOffset? PharmacistsInfoConsTime { get; init; }

    /// <summary>薬剤情報 閲覧有効期限 (同意日時から24時間).</summary>
    public DateTimeOffset? PharmacistsInfoAvailableTime { get; init; }

    /// <summary>診療情報 閲覧同意.</summary>
    public ConsentState? DiagnosisInfoConsFlg { get; init; }

    /// <summary>診療情報 同意日時.</summary>
    public DateTimeOffset? DiagnosisInfoConsTime { get; init; }

    /// <summary>診療情報 閲覧有効期限 (同意日時から24時間).</summary>
    public DateTimeOffset? DiagnosisInfoAvailableTime { get; init; }

    /// <summary>手術情報 閲覧同意.</summary>
    public ConsentState? OperationInfoConsFlg { get; init; }

    /// <summary>手術情報 同意日時.</summary>
    public DateTimeOffset? OperationInfoConsTime { get; init; }

    /// <summary>手術情報 閲覧有効期限 (同意日時から24時間).</summary>
    public DateTimeOffset? OperationInfoAvailableTime { get; init; }

    /// <summary>照会番号 (この医療機関が登録したもの).</summary>
    public string ReferenceNumber { get; init; } = "";

    /// <summary>資格確認キー (照会番号の無い face で観測).</summary>
    public string QualificationConfirmationKey { get; init; } = "";
}

/// <summary>高齢受給者証.</summary>
public sealed record ElderlyRecipientCertificateInfo
{
    /// <summary>交付年月日.</summary>
    public DateOnly? ElderlyRecipientCertificateDate { get; init; }

    /// <summary>有効開始年月日.</summary>
    public DateOnly? ElderlyRecipientValidStartDate { get; init; }

    /// <summary>有効終了年月日.</summary>
    public DateOnly? ElderlyRecipientValidEndDate { get; init; }

    /// <summary>一部負担金割合 (百分率（20 は2割）).</summary>
    public int? ElderlyRecipientContributionRatio { get; init; }
}

/// <summary>限度額適用認定証.</summary>
public sealed record LimitApplicationCertificateRelatedInfo
{
    /// <summary>限度額適用認定証区分.</summary>
    public LimitCertificateKind? LimitApplicationCertificateClassification { get; init; }

    /// <summary>適用区分.</summary>
    public LimitClassification? LimitApplicationCertificateClassificationFlag { get; init; }

    /// <summary>交付年月日.</summary>
    public DateOnly? LimitApplicationCertificateDate { get; init; }

    /// <summary>有効開始年月日.</summary>
    public DateOnly? LimitApplicationCertificateValidStartDate { get; init; }

    /// <summary>有効終了年月日.</summary>
    public DateOnly? LimitApplicationCertificateValidEndDate { get; init; }

    /// <summary>長期該当年月日.</summary>
    public DateOnly? LimitApplicationCertificateLongTermDate { get; init; }
}

/// <summary>特定疾病療養受療証.</summary>
public sealed record SpecificDiseasesCertificateInfo
{
    /// <summary>特定疾病区分.</summary>
    public SpecificDisease? SpecificDiseasesDiseaseCategory { get; init; }

    /// <summary>交付年月日.</summary>
    public DateOnly? SpecificDiseasesCertificateDate { get; init; }

    /// <summary>有効開始年月日.</summary>
    public DateOnly? SpecificDiseasesValidStartDate { get; init; }

    /// <summary>有効終了年月日.</summary>
    public DateOnly? SpecificDiseasesValidEndDate { get; init; }

    /// <summary>自己負担限度額 (円／月).</summary>
    public int? SpecificDiseasesSelfPay { get; init; }
}
