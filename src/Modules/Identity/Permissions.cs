using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using static Sekisho.Contracts.BusinessRole;
using static Sekisho.Contracts.GovernanceRole;
using static Sekisho.Contracts.Identity.OrganisationKind;
using static Sekisho.Contracts.Permission;

namespace Sekisho.Modules.Identity;

/// <summary>
/// One line of the matrix: at an organisation of one of these kinds, whoever has one of the governance roles <em>and</em> (where any is named) one of the
/// business roles holds the permission. A device of the organisation holds it by itself only where the line says so.
/// </summary>
/// <param name="Permission">What.</param>
/// <param name="Kinds">Where; empty: at every organisation.</param>
/// <param name="Governance">規程上の役割, one of them; empty: no person, a machine only.</param>
/// <param name="Business">業務上の役割, one of them; empty: none is needed.</param>
/// <param name="Device">A machine of the organisation may, too.</param>
/// <param name="With">業務上の役割 of which one is needed besides; null: none is.</param>
internal sealed record Grant(
    Permission Permission, OrganisationKind[] Kinds, GovernanceRole[] Governance, BusinessRole[] Business, bool Device, BusinessRole[]? With = null);

/// <summary>The whole of who may do what. /help/permissions and docs/permissions.md are this list.</summary>
internal static class Permissions
{
    private static readonly OrganisationKind[] _everywhere = [];
    private static readonly OrganisationKind[] _claimants = [MedicalInstitution, Pharmacy, HomeNursing, Agent];
    private static readonly OrganisationKind[] _bearers = [Insurer, PublicPayer, WelfareOffice];
    private static readonly BusinessRole[] _none = [];
    private static readonly GovernanceRole[] _nobody = [];
    private static readonly BusinessRole[] _clinical = [Physician, Pharmacist, Nurse];

    /// <summary>Whoever works: 利用者 at least. Never 監査人.</summary>
    private static readonly GovernanceRole[] _operating = [Head, SystemAdministrator, InformationManager, OperationsManager, User];

    public static readonly Grant[] Matrix =
    [
        // 請求
        new(SendTransmissions, _claimants, _operating, [ClaimsClerk], Device: true),
        new(ReceiveTransmissions, _claimants, _operating, [ClaimsClerk], Device: true),
        new(ReadReceptions, _claimants, _operating, [ClaimsClerk], Device: true),
        new(ConfirmClaims, _claimants, _operating, [ClaimsClerk], Device: true),
        new(ReceiveTransmissions, _bearers, _operating, [BenefitsClerk], Device: true),

        // 審査支払
        new(ReceiveTransmissions, [Payer], _nobody, _none, Device: true),
        new(ReadSubmissions, [Payer], _operating, [Reviewer], Device: true),
        new(ReviewClaims, [Payer], _operating, [Reviewer], Device: true),

        // センターの運営
        new(ManageRegistry, [Centre], [SystemAdministrator], _none, Device: true),
        new(ManageSite, [Centre], [SystemAdministrator], _none, Device: true),

        // 台帳
        new(ReadLedger, [Centre], [Auditor], _none, Device: true),

        // 職員と役割
        new(ReadPeople, _everywhere, [Head, SystemAdministrator, InformationManager, OperationsManager], _none, Device: false),
        new(ManagePeople, _everywhere, [Head, SystemAdministrator], _none, Device: false),
        new(AppointPeople, _everywhere, [Head, SystemAdministrator], _none, Device: false),

        // サインイン
        new(ManageSignIn, _everywhere, [SystemAdministrator], _none, Device: false),

        // 端末・証明書・接続・利用規約
        new(ManageDevices, _everywhere, [SystemAdministrator], _none, Device: false),
        new(ManageConnections, _everywhere, [SystemAdministrator], _none, Device: false),
        new(AcceptTerms, _everywhere, [Head, SystemAdministrator], _none, Device: false),
        new(ApproveCertificates, [Centre], [SystemAdministrator, OperationsManager], _none, Device: false),
        new(ApproveConnections, [Centre], [SystemAdministrator, OperationsManager], _none, Device: false),
        new(PublishTerms, [Centre, Payer], [Head, SystemAdministrator], _none, Device: false),

        // 監査
        new(ReadAudit, _everywhere, [Auditor, SystemAdministrator], _none, Device: false),
        new(ReadAudit, [Centre], _nobody, _none, Device: true),
        new(ReadSiteAudit, [Centre], [Auditor], _none, Device: true),
        new(OpenSealed, [Centre], [Auditor], _none, Device: false),
        new(ExportAudit, _everywhere, [Auditor, SystemAdministrator], _none, Device: false),
        new(ExportAudit, [Centre], _nobody, _none, Device: true),
        new(ProtectPersons, [Centre], [SystemAdministrator, InformationManager], _none, Device: false),

        // 資格確認
        new(InquireEligibility, [MedicalInstitution, Pharmacy, HomeNursing], _operating, [ReceptionClerk, MedicalViewer], Device: true),
        new(RegisterCoverage, [Insurer], _operating, [EligibilityClerk], Device: true),
        new(ManageRegistered, [Centre], [SystemAdministrator, InformationManager], _none, Device: false),

        // 医療扶助・利用の記録
        new(RegisterCoverage, [WelfareOffice], _operating, [EligibilityClerk], Device: true),
        new(RegisterTickets, [WelfareOffice], _operating, [EligibilityClerk], Device: true),
        new(HandOutAccessLog, [Insurer, WelfareOffice], _operating, [EligibilityClerk], Device: false),

        // 薬剤・診療情報: the software a device runs has asked its own people who they are; without the person's consent nobody sees anything.
        new(ViewMedicines, [MedicalInstitution, Pharmacy], _operating, _clinical, Device: true, With: [MedicalViewer]),
        new(ViewDiagnoses, [MedicalInstitution, Pharmacy], _operating, _clinical, Device: true, With: [MedicalViewer]),
        new(ViewCheckups, [MedicalInstitution, Pharmacy], _operating, [Physician, Pharmacist], Device: true, With: [MedicalViewer]),

        // カード・同意・救急時
        new(ManageKiosks, [MedicalInstitution, Pharmacy, HomeNursing], [SystemAdministrator], _none, Device: false),
        new(ManageCards, [Centre], [SystemAdministrator, InformationManager], _none, Device: false),
        new(OpenInEmergency, [MedicalInstitution], _operating, [Physician, Nurse, MedicalViewer], Device: false),
        new(ReviewEmergencies, [MedicalInstitution], [SystemAdministrator, InformationManager], _none, Device: false),

        // 医療機関環境設定情報: of people. A device changes it by OQSsiupd01, as the terminal does.
        new(ManageFacilitySettings, [MedicalInstitution, Pharmacy, HomeNursing], [SystemAdministrator], _none, Device: false),
    ];

    /// <summary>What a device of the organisation may do.</summary>
    public static IReadOnlySet<Permission> OfDevice(IReadOnlySet<OrganisationKind> kinds) =>
        Matrix.Where(g => g.Device && IsAt(g, kinds)).Select(g => g.Permission).ToHashSet();

    /// <summary>What a person with these roles may do there. Whoever audits does nothing else.</summary>
    public static IReadOnlySet<Permission> OfPerson(
        IReadOnlySet<OrganisationKind> kinds, IReadOnlySet<GovernanceRole> governance, IReadOnlySet<BusinessRole> business)
    {
        IReadOnlySet<GovernanceRole> held = governance.Contains(Auditor) ? new HashSet<GovernanceRole> { Auditor } : governance;
        return Matrix.Where(g => IsAt(g, kinds) && g.Governance.Any(held.Contains) && (g.Business.Length == 0 || g.Business.Any(business.Contains)) && g.With?.Any(business.Contains) != false)
            .Select(g => g.Permission).ToHashSet();
    }

    /// <summary>A line as people read it.</summary>
    public static PermissionRow InWords(Grant grant) => new(
        grant.Permission,
        PeopleNames.Permissions.GetValueOrDefault(grant.Permission, grant.Permission.ToString()),
        grant.Kinds.Length == 0 ? "すべて" : string.Join('・', grant.Kinds.Select(k => PeopleNames.Kinds[k])),
        grant.Governance.Length == 0 ? "（人は持たない）" : grant.Governance.SequenceEqual(_operating) ? "利用者など（監査人以外）" : string.Join('・', grant.Governance.Select(r => PeopleNames.Governance[r])),
        Roles(grant.Business) + (grant.With is { } with ? "で、" + Roles(with) : ""),
        grant.Device);

    private static string Roles(BusinessRole[] roles) => string.Join('・', roles.Select(r => PeopleNames.Business[r]));

    private static bool IsAt(Grant grant, IReadOnlySet<OrganisationKind> kinds) => grant.Kinds.Length == 0 || grant.Kinds.Any(kinds.Contains);
}
