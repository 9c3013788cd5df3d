using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility.Views;

/// <summary>医療券・調剤券.</summary>
public sealed record MedicalTicketInfo
{
    /// <summary>券別.</summary>
    public TicketType? TicketType { get; init; }

    /// <summary>有効開始年月日.</summary>
    public DateOnly? MedicalTicketValidDate { get; init; }

    /// <summary>有効終了年月日.</summary>
    public DateOnly? MedicalTicketExpirationDate { get; init; }

    /// <summary>交付番号.</summary>
    public string IssueNumber { get; init; } = "";

    /// <summary>診療年月.</summary>
    public YearMonth? MedicalTreatmentMonth { get; init; }

    /// <summary>指定医療機関コード.</summary>
    public string DesignatedMedicalInstitutionCode { get; init; } = "";

    /// <summary>指定医療機関確認フラグ.</summary>
    public string DesignatedMedicalInstitutionFlag { get; init; } = "";

    /// <summary>指定医療機関名.</summary>
    public string DesignatedMedicalInstitutionName { get; init; } = "";

    /// <summary>処方箋発行医療機関コード.</summary>
    public string PrescriptionIssuerMedicalInstitutionCode { get; init; } = "";

    /// <summary>処方箋発行医療機関名.</summary>
    public string PrescriptionIssuerMedicalInstitutionName { get; init; } = "";

    /// <summary>傷病名1.</summary>
    public string InjuryName1 { get; init; } = "";

    /// <summary>傷病名2.</summary>
    public string InjuryName2 { get; init; } = "";

    /// <summary>傷病名3.</summary>
    public string InjuryName3 { get; init; } = "";

    /// <summary>診療別.</summary>
    public TicketTreatment? MedicalTreatmentType { get; init; }

    /// <summary>本人支払額 (円).</summary>
    public int? SelfPayAmount { get; init; }

    /// <summary>地区担当員名.</summary>
    public string DistrictContactName { get; init; } = "";

    /// <summary>取扱担当者名.</summary>
    public string HandlingContactName { get; init; } = "";

    /// <summary>単独・併用別.</summary>
    public string SingleOrCombinedUse { get; init; } = "";

    /// <summary>社会保険状況.</summary>
    public string StatusOfSocialInsurance { get; init; } = "";

    /// <summary>整合性フラグ.</summary>
    public string ConsistencyFlag { get; init; } = "";

    /// <summary>感染症法第37条の2該当 (綴りは公開のまま).</summary>
    public string StatusOfInfecton { get; init; } = "";

    /// <summary>後期高齢者医療該当.</summary>
    public string StatusOfElderlyMedicalCare { get; init; } = "";

    /// <summary>都道府県費該当.</summary>
    public string StatusOfPrefecturalExpenses { get; init; } = "";

    /// <summary>備考1.</summary>
    public string Remarks1 { get; init; } = "";

    /// <summary>備考2.</summary>
    public string Remarks2 { get; init; } = "";

    /// <summary>備考3.</summary>
    public string Remarks3 { get; init; } = "";
}
