using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>A one-time code for a person of a site whose every administrator is locked out. Whoever holds the data folder may; it is recorded.</summary>
internal static class ResetPersonCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var (login, reason) = (arguments.Required("login"), arguments.Required("reason"));
        await using var site = await AdminSite.Open(arguments);
        var reset = await site.Get<ISignInAdministration>().Reset(login, reason, CancellationToken.None);
        return reset.Succeeded(out var code, out var refusal)
            ? $"回復のコード: {code}\n「サインインできないとき」（/sign-in/recover）で、30分以内に一度だけ使えます。以前の認証手段はそのとき無効になります。"
            : refusal;
    }
}
