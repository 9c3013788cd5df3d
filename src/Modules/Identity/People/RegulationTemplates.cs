using Sekisho.Contracts;
using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Identity.People;

/// <summary>What a model regulation (規程例) says of posts. An organisation adopts one, with the differences the template permits.</summary>
/// <param name="Key">KH, HK, MI, OQ, JA, PY.</param>
/// <param name="Name">As people know it.</param>
/// <param name="Source">Where it is published.</param>
/// <param name="For">Kinds for which it is meant; the first template that names a kind of the organisation holds until one is adopted.</param>
/// <param name="HeadPost">機関の長.</param>
/// <param name="AdministratorPost">Who is システム管理者 by their post (充て職) until another is designated.</param>
/// <param name="ManagerPost">Who is 責任者 by their post; empty: designated always.</param>
/// <param name="Systems">The systems it speaks of; each has 責任者 of its own when <paramref name="PerSystem"/>.</param>
/// <param name="PerSystem">健保: 電子申請 and オンライン請求 have their own 責任者.</param>
/// <param name="Combining">Which posts one person may hold together, as published.</param>
/// <param name="Consultation">Whom a 利用者 asks.</param>
/// <param name="Policies">パスワード rules it permits; the first holds until another is chosen.</param>
internal sealed record RegulationTemplate(
    string Key,
    string Name,
    string Source,
    OrganisationKind[] For,
    string HeadPost,
    string AdministratorPost,
    string ManagerPost,
    SystemScope[] Systems,
    bool PerSystem,
    Combining Combining,
    GovernanceRole Consultation,
    PasswordPolicy[] Policies);

/// <summary>The built-in templates.</summary>
internal static class RegulationTemplates
{
    private static readonly SystemScope[] _claims = [SystemScope.OnlineClaims];
    private static readonly SystemScope[] _both = [SystemScope.ElectronicFiling, SystemScope.OnlineClaims];
    private static readonly PasswordPolicy[] _any = [PasswordPolicy.Long13, PasswordPolicy.TwoMonths8, PasswordPolicy.TwoFactor8];

    /// <summary>OQ 第6条: without a second factor, changed at least every two months; no exception for long ones.</summary>
    private static readonly PasswordPolicy[] _strict = [PasswordPolicy.TwoMonths8, PasswordPolicy.TwoFactor8];

    public static readonly RegulationTemplate[] All =
    [
        new(
            "KH", "健康保険組合用（電子申請・オンライン請求）", "ガイドライン 別添2 規程例", [OrganisationKind.HealthInsuranceSociety],
            "理事長", "理事長", "", _both, PerSystem: true, Combining.None, GovernanceRole.SystemAdministrator, _any),
        new(
            "HK", "保険者用（健康保険組合を除く）", "ガイドライン 別添3 規程例", [OrganisationKind.Insurer, OrganisationKind.PublicPayer, OrganisationKind.WelfareOffice],
            "理事長", "理事長", "", _claims, PerSystem: false, Combining.None, GovernanceRole.SystemAdministrator, _any),
        new(
            "MI", "保険医療機関・保険薬局用（オンライン請求）", "ガイドライン 別添5 規程例",
            [OrganisationKind.MedicalInstitution, OrganisationKind.Pharmacy, OrganisationKind.HomeNursing],
            "医院長", "医院長", "", _claims, PerSystem: false, Combining.None, GovernanceRole.SystemAdministrator, _any),
        new(
            "OQ", "医療機関・薬局用（オンライン資格確認等・オンライン請求）", "ガイドライン 別添4 規程例", [],
            "医院長", "医院長", "", [SystemScope.OnlineEligibility, SystemScope.OnlineClaims], PerSystem: false, Combining.None, GovernanceRole.InformationManager, _strict),
        new(
            "JA", "地域医療振興協会健康保険組合の規程（読替えの実例）", "同組合 規程（令和2年11月17日施行）", [],
            "理事長", "常務理事", "事務長", _both, PerSystem: true, Combining.Managers, GovernanceRole.SystemAdministrator, _any),
        new(
            "PY", "審査支払機関・実施機関・その他の機関用", "ガイドライン 第4章・第10章から（規程例の公表なし）", [],
            "機関の長", "機関の長", "", _claims, PerSystem: false, Combining.None, GovernanceRole.SystemAdministrator, _any),
    ];

    public static RegulationTemplate? Find(string key) => Array.Find(All, t => t.Key == key);

    /// <summary>What holds for an organisation of these kinds until it adopts a regulation.</summary>
    public static RegulationTemplate Default(IReadOnlySet<OrganisationKind> kinds) => Array.Find(All, t => t.For.Any(kinds.Contains)) ?? All[^1];
}
