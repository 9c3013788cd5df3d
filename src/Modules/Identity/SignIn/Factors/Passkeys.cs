using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.SignIn.Factors;

/// <summary>
/// The ceremonies of WebAuthn, judged by ASP.NET Core Identity's handler. User verification is required (so a passkey is two factors at once), and the
/// credential is discoverable (so nobody types a name). An answered challenge counts once.
/// </summary>
internal sealed class Passkeys(Store store, Sealed seal, SignInOptions options, TimeProvider time) : IDisposable
{
    private readonly UserManager<PasskeyPerson> _users = new(
        new PasskeyPeople(store), Options.Create(new IdentityOptions()), null!, [], [], null!, new IdentityErrorDescriber(), null!, NullLogger<UserManager<PasskeyPerson>>.Instance);

    private PasskeyHandler<PasskeyPerson> Handler => new(_users, Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = options.PasskeyDomain,
        UserVerificationRequirement = "required",
        ResidentKeyRequirement = "required",
        AttestationConveyancePreference = "none",
        AuthenticatorTimeout = TimeSpan.FromMinutes(3),
    }));

    public async ValueTask<PasskeyRequest> Request(HttpContext http)
    {
        var request = await Handler.MakeRequestOptionsAsync(null, http);
        return new PasskeyRequest(request.RequestOptionsJson, seal.Form(request.AssertionState ?? ""));
    }

    /// <summary>The passkey that answered and whose it is; null for anything that does not hold.</summary>
    public async ValueTask<(UserPasskeyInfo Passkey, Guid Person)?> Assert(HttpContext http, string credential, string state)
    {
        if (seal.OpenForm(state) is not { } asked)
        {
            return null;
        }

        var result = await Handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = asked });
        return result.Succeeded ? (result.Passkey, result.User.Id) : null;
    }

    public async ValueTask<PasskeyRequest> Creation(HttpContext http, Guid person, string login, string name)
    {
        var creation = await Handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.ToString("D"), Name = login, DisplayName = name }, http);
        return new PasskeyRequest(creation.CreationOptionsJson, seal.Form(creation.AttestationState ?? ""));
    }

    /// <summary>The new passkey when it was made for this person.</summary>
    public async ValueTask<UserPasskeyInfo?> Attest(HttpContext http, Guid person, string credential, string state)
    {
        if (seal.OpenForm(state) is not { } asked)
        {
            return null;
        }

        var result = await Handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = asked });
        return result.Succeeded && result.UserEntity.Id == person.ToString("D") ? result.Passkey : null;
    }

    /// <summary>True the first time a challenge is answered.</summary>
    public async ValueTask<bool> IsFirstAnswer(Store.Unit unit, string state, CancellationToken ct)
    {
        var now = time.Now();
        var identity = unit.Session.Prefix("identity");
        await unit.Session.Execute($"DELETE FROM {identity}answered WHERE expires < @now", ct, ("now", now));
        return await unit.Session.Execute(
            $"INSERT INTO {identity}answered (digest, expires) VALUES (@digest, @expires) ON CONFLICT (digest) DO NOTHING",
            ct,
            ("digest", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seal.OpenForm(state) ?? state)))),
            ("expires", now + Sealed.FormLife)) == 1;
    }

    public void Dispose() => _users.Dispose();
}
