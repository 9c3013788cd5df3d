using Sekisho.Contracts;
using Sekisho.Contracts.Identity;

namespace Sekisho.Server.Demo;

/// <summary>A person of the demo world, their organisation and its device file. Everything is fictional; the codes have valid check digits.</summary>
/// <param name="Key">File name of the device and login of the person.</param>
/// <param name="Name">Organisation.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Code">Code; null for the centre.</param>
/// <param name="Person">Name of the person.</param>
/// <param name="Roles">Business roles.</param>
/// <param name="RoleName">As shown.</param>
internal sealed record DemoMember(string Key, string Name, OrganisationKind Kind, OrganisationCode? Code, string Person, BusinessRole[] Roles, string RoleName)
{
    /// <summary>規程上の役割.</summary>
    public GovernanceRole[] Appointments { get; init; } = [GovernanceRole.User];

    /// <summary>役職.</summary>
    public string[] Posts { get; init; } = [];
}

/// <summary>Who takes part in the demo world.</summary>
internal static class DemoCast
{
    public const string Clinic = "1319000012";
    public const string ClinicName = "関所内科クリニック（デモ）";
    public const string Insurer = "06139018";
    public const string OtherInsurer = "06139026";
    public const string Welfare = "12139010";

    /// <summary>Nobody here holds this number: its claims are held back at delivery.</summary>
    public const string UnknownInsurer = "06139992";

    public static readonly DemoMember[] Members =
    [
        new("clinic", ClinicName, OrganisationKind.MedicalInstitution, new(CodeSystem.Institution, Clinic), "請求 花子", [BusinessRole.ClaimsClerk, BusinessRole.Physician], "医院長・システム管理者・請求担当") { Posts = ["医院長"] },
        new("nurse", ClinicName, OrganisationKind.MedicalInstitution, new(CodeSystem.Institution, Clinic), "看護 みどり", [BusinessRole.Nurse, BusinessRole.ReceptionClerk], "利用者（看護師・一般）"),
        new("doctor", ClinicName, OrganisationKind.MedicalInstitution, new(CodeSystem.Institution, Clinic), "医師 かえで", [BusinessRole.Physician, BusinessRole.MedicalViewer], "利用者（医師・医療情報閲覧）"),
        new("reception", ClinicName, OrganisationKind.MedicalInstitution, new(CodeSystem.Institution, Clinic), "受付 はるか", [BusinessRole.ReceptionClerk], "利用者（一般・受付）"),
        new("payer", "支払基金（デモ）", OrganisationKind.Payer, new(CodeSystem.Payer, "1"), "審査 一郎", [BusinessRole.Reviewer], "審査職員"),
        new("kokuho", "東京都国保連（デモ）", OrganisationKind.Payer, new(CodeSystem.Payer, "213"), "審査 次郎", [BusinessRole.Reviewer], "審査職員"),
        new("insurer", "桜商事健康保険組合（デモ）", OrganisationKind.Insurer, new(CodeSystem.Insurer, Insurer), "給付 桜", [BusinessRole.BenefitsClerk, BusinessRole.EligibilityClerk], "給付・点検担当、保険者資格担当"),
        new("wakaba", "若葉健康保険組合（デモ）", OrganisationKind.Insurer, new(CodeSystem.Insurer, OtherInsurer), "給付 若葉", [BusinessRole.BenefitsClerk], "給付・点検担当"),
        new("fukushi", "若葉市福祉事務所（デモ）", OrganisationKind.WelfareOffice, new(CodeSystem.PublicPayer, Welfare), "福祉 三郎", [BusinessRole.BenefitsClerk, BusinessRole.EligibilityClerk], "給付・点検担当、保険者資格担当"),
        new("centre", "関所センター（デモ）", OrganisationKind.Centre, null, "管理 四郎", [], "システム管理者") { Appointments = [GovernanceRole.SystemAdministrator] },
        new("auditor", "関所センター（デモ）", OrganisationKind.Centre, null, "監査 五郎", [], "監査人") { Appointments = [GovernanceRole.Auditor] },
    ];
}
