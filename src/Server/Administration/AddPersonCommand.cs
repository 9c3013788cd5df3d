using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Gives a person an account: the first system administrator of an organisation, say. Everybody else is added on the page 職員と役割.</summary>
internal static class AddPersonCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var (login, name) = (arguments.Required("login"), arguments.Required("name"));
        var password = PasswordFile.Read(arguments.Required("password-file"));
        return await Run(arguments, login, name, (people, person) => people.AddPerson(person, password, CancellationToken.None), "利用者を登録しました");
    }

    /// <summary>Somebody with an account joins another organisation, too.</summary>
    public static Task<Outcome<string>> Join(Arguments arguments) => Run(
        arguments, arguments.Required("login"), "", (people, person) => people.Join(person, CancellationToken.None), "職員に加えました");

    private static async Task<Outcome<string>> Run(
        Arguments arguments, string login, string name, Func<IPeopleAdministration, NewPerson, ValueTask<Outcome<PersonId>>> act, string done)
    {
        var (roles, appointments, posts) = (Named<BusinessRole>(arguments, "role"), Named<GovernanceRole>(arguments, "appointment"), List(arguments.Optional("post")));
        if (roles.Count == 0 && appointments.Count == 0 && posts.Length == 0)
        {
            throw new UsageException("--role（業務上の役割）、--appointment（任命）、--post（役職）のどれかを指定してください。");
        }

        await using var site = await AdminSite.Open(arguments);
        if ((await site.Organisation(arguments)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        var person = new NewPerson(organisation.Id, login, name, roles) { Posts = posts, Appointments = appointments.Count > 0 ? appointments : [GovernanceRole.User] };
        return (await act(site.Get<IPeopleAdministration>(), person)).Succeeded(out var id, out var refusal) ? $"{done}: {organisation.Name} / {login}\n{id}" : refusal;
    }

    private static List<T> Named<T>(Arguments arguments, string option)
        where T : struct, Enum => [.. List(arguments.Optional(option)).Select(value => Arguments.Named<T>(option, value))];

    private static string[] List(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
