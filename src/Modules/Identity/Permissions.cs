using Sekisho.Contracts;
using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Identity;

/// <summary>Who may do what: an organisation's kinds grant, a person's role narrows.</summary>
internal static class Permissions
{
    private static readonly Dictionary<OrganisationKind, Permission[]> _kinds = new()
    {
        [OrganisationKind.MedicalInstitution] =
            [Permission.SendTransmissions, Permission.ReceiveTransmissions, Permission.ReadReceptions, Permission.ConfirmClaims],
        [OrganisationKind.Payer] = [Permission.ReceiveTransmissions, Permission.ReadSubmissions, Permission.ReviewClaims],
        [OrganisationKind.Insurer] = [Permission.ReceiveTransmissions],
        [OrganisationKind.PublicPayer] = [Permission.ReceiveTransmissions],
        [OrganisationKind.Agent] =
        [
            Permission.SendTransmissions, Permission.ReceiveTransmissions, Permission.ReadReceptions, Permission.ConfirmClaims,
        ],
        [OrganisationKind.Centre] = [Permission.ManageRegistry, Permission.ManageSite],
    };

    private static readonly Dictionary<BusinessRole, Permission[]> _roles = new()
    {
        [BusinessRole.ClaimsClerk] =
            [Permission.SendTransmissions, Permission.ReceiveTransmissions, Permission.ReadReceptions, Permission.ConfirmClaims],
        [BusinessRole.Reviewer] = [Permission.ReadSubmissions, Permission.ReviewClaims],
        [BusinessRole.BenefitsClerk] = [Permission.ReceiveTransmissions],
        [BusinessRole.SystemAdministrator] = [Permission.ManageRegistry, Permission.ManageSite],
    };

    /// <summary>What a device of the organisation may do.</summary>
    public static IReadOnlySet<Permission> OfDevice(IEnumerable<OrganisationKind> kinds) => kinds.SelectMany(k => _kinds[k]).ToHashSet();

    /// <summary>What a person in this role may do there.</summary>
    public static IReadOnlySet<Permission> OfPerson(IEnumerable<OrganisationKind> kinds, BusinessRole role)
    {
        var permissions = kinds.SelectMany(k => _kinds[k]).ToHashSet();
        permissions.IntersectWith(_roles[role]);
        return permissions;
    }
}
