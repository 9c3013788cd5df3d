using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Gives a person an account.</summary>
internal static class AddPersonCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var (login, name) = (arguments.Required("login"), arguments.Required("name"));
        var role = Arguments.Named<BusinessRole>("role", arguments.Required("role"));
        var password = PasswordFile.Read(arguments.Required("password-file"));
        await using var site = await AdminSite.Open(arguments);
        if ((await site.Organisation(arguments)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        var added = await site.Get<IIdentityAdministration>().AddPerson(new NewPerson(organisation.Id, login, name, role), password, CancellationToken.None);
        return added.Succeeded(out var person, out var refusal) ? $"利用者を登録しました: {organisation.Name} / {login}\n{person}" : refusal;
    }
}
