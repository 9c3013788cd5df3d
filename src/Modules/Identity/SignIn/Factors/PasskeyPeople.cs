using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.SignIn.Factors;

/// <summary>A person as ASP.NET Core Identity's passkey handler sees them.</summary>
internal sealed record PasskeyPerson(Guid Id, string Login);

/// <summary>
/// What the passkey handler asks of a user store, answered from our tables. It only reads; what it found is written where the sign-in is recorded. Everything
/// else a user store can do is done elsewhere in this module.
/// </summary>
internal sealed class PasskeyPeople(Store store) : IUserPasskeyStore<PasskeyPerson>
{
    public async Task<PasskeyPerson?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
        {
            return null;
        }

        await using var unit = await store.Read(cancellationToken);
        return await unit.Context.People.AsNoTracking().Where(p => p.Id == id && p.Ended == null).Select(p => new PasskeyPerson(p.Id, p.Login)).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyPerson user, CancellationToken cancellationToken)
    {
        await using var unit = await store.Read(cancellationToken);
        return await PasskeyTable.Of(unit, user.Id, cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await GetPasskeysAsync(user, cancellationToken)).SingleOrDefault(p => p.CredentialId.AsSpan().SequenceEqual(credentialId));

    public async Task<PasskeyPerson?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var unit = await store.Read(cancellationToken);
        return await PasskeyTable.Owner(unit, credentialId, cancellationToken) is { } owner ? new PasskeyPerson(owner, "") : null;
    }

    public Task<string> GetUserIdAsync(PasskeyPerson user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("D"));

    public Task<string?> GetUserNameAsync(PasskeyPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task<string?> GetNormalizedUserNameAsync(PasskeyPerson user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task AddOrUpdatePasskeyAsync(PasskeyPerson user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(PasskeyPerson user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(PasskeyPerson user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PasskeyPerson?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
