using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Adopts a regulation for an organisation before anybody works there; later its own people do so on the page 職員と役割.</summary>
internal static class AdoptRegulationCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var template = arguments.Required("template");
        Combining? combining = arguments.Optional("combining") is { } given ? Arguments.Named<Combining>("combining", given) : null;
        await using var site = await AdminSite.Open(arguments);
        if ((await site.Organisation(arguments)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        var regulation = new NewRegulation(template, ManagerPost: arguments.Optional("manager-post"), Combining: combining);
        var adopted = await site.Get<IPeopleAdministration>().Adopt(organisation.Id, regulation, CancellationToken.None);
        return adopted.Succeeded(out var inForce, out var refusal) ? $"規程を採用しました: {organisation.Name} / {inForce.Name}" : refusal;
    }
}
