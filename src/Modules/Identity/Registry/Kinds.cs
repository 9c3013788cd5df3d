using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Identity.Registry;

/// <summary>What each kind of organisation implies.</summary>
internal static class Kinds
{
    /// <summary>The general kind of a sort; itself for every other.</summary>
    public static OrganisationKind General(OrganisationKind kind) => kind switch
    {
        OrganisationKind.PaymentFund or OrganisationKind.HealthInsuranceFederation or OrganisationKind.CentralFederation => OrganisationKind.Payer,
        OrganisationKind.HealthInsuranceSociety or OrganisationKind.MunicipalInsurer or OrganisationKind.NationalHealthSociety or
            OrganisationKind.LateElderlyUnion or OrganisationKind.MutualAid or OrganisationKind.HealthInsuranceAssociation => OrganisationKind.Insurer,
        _ => kind,
    };

    public static IReadOnlySet<OrganisationKind> WithImplied(IEnumerable<OrganisationKind> kinds) => kinds.SelectMany(k => new[] { k, General(k) }).ToHashSet();
}
