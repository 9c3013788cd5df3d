using Sekisho.Contracts;
using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Identity.People;

/// <summary>Which business roles mean something at which kind of organisation; the page offers these.</summary>
internal static class Roles
{
    private static readonly BusinessRole[] _atEvery = [BusinessRole.Accountant, BusinessRole.PortalClerk];

    private static readonly (OrganisationKind[] Kinds, BusinessRole[] Roles)[] _useful =
    [
        ([OrganisationKind.MedicalInstitution, OrganisationKind.HomeNursing],
            [BusinessRole.Physician, BusinessRole.Pharmacist, BusinessRole.Nurse, BusinessRole.ReceptionClerk, BusinessRole.MedicalViewer, BusinessRole.ClaimsClerk]),
        ([OrganisationKind.Pharmacy], [BusinessRole.Pharmacist, BusinessRole.ReceptionClerk, BusinessRole.MedicalViewer, BusinessRole.ClaimsClerk]),
        ([OrganisationKind.Agent], [BusinessRole.ClaimsClerk]),
        ([OrganisationKind.Payer], [BusinessRole.Reviewer, BusinessRole.ReviewCommittee]),
        ([OrganisationKind.Insurer], [BusinessRole.EligibilityClerk, BusinessRole.BenefitsClerk, BusinessRole.FilingsClerk]),
        ([OrganisationKind.PublicPayer, OrganisationKind.WelfareOffice], [BusinessRole.EligibilityClerk, BusinessRole.BenefitsClerk]),
        ([OrganisationKind.Employer, OrganisationKind.LabourConsultant, OrganisationKind.CloudOperator], [BusinessRole.FilingsClerk]),
    ];

    public static IReadOnlyList<BusinessRole> Useful(IReadOnlySet<OrganisationKind> kinds) =>
        [.. _useful.Where(u => u.Kinds.Any(kinds.Contains)).SelectMany(u => u.Roles).Concat(_atEvery).Distinct().Order()];
}
