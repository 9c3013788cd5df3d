using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>A facility's administrator decides what it views, by the door the page uses.</summary>
internal static class FacilityUses
{
    /// <summary>What can be switched.</summary>
    public static readonly ConsentKind[] Switched = [ConsentKind.Medicines, ConsentKind.Diagnoses, ConsentKind.Operations, ConsentKind.Checkups];

    /// <summary>Uses these kinds from now on, and no other.</summary>
    public static async Task Uses(this TestSite site, OrganisationId facility, params ConsentKind[] kinds)
    {
        var ct = TestContext.Current.CancellationToken;
        var administrator = new Actor(facility, "", null, new PersonId(Guid.CreateVersion7()), "", new HashSet<Permission> { Permission.ManageFacilitySettings });
        await using var scope = site.Services.CreateAsyncScope();
        var settings = scope.ServiceProvider.GetRequiredService<IFacilitySettings>();
        var seen = (await settings.Read(administrator, ct)).Value[0];
        Assert.Equal(Of(kinds), (await settings.Change(administrator, seen.Version, Of(kinds), ct)).Value);
    }

    public static FacilityUse Of(params ConsentKind[] kinds) => new(
        kinds.Contains(ConsentKind.Medicines), kinds.Contains(ConsentKind.Diagnoses), kinds.Contains(ConsentKind.Operations), kinds.Contains(ConsentKind.Checkups));
}
