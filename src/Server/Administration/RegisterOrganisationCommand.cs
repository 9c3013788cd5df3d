using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Registers an organisation, or changes the one with the given id.</summary>
internal static class RegisterOrganisationCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var kinds = List(arguments.Required("kind")).Select(k => Arguments.Named<OrganisationKind>("kind", k)).ToHashSet();
        var codes = List(arguments.Optional("code") ?? "").Select(Arguments.Code).ToList();
        var name = arguments.Required("name");
        var id = arguments.Optional("id") is not { } given ? Guid.CreateVersion7()
            : Guid.TryParse(given, out var parsed) ? parsed
            : throw new UsageException("--id は組織の識別子（UUID）です。");
        await using var site = await AdminSite.Open(arguments);
        var registered = await site.Get<IDirectory>().Register(new Organisation(new OrganisationId(id), name, kinds, codes), CancellationToken.None);
        return registered.Succeeded(out var organisation, out var refusal) ? $"組織を登録しました: {organisation.Name}\n{organisation.Id}" : refusal;
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
