using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>Seals what leaves the process: keys of one-time codes into the database, what a passkey is asked into a form.</summary>
internal sealed class Sealed(IDataProtectionProvider provider)
{
    private static readonly TimeSpan _formLife = TimeSpan.FromMinutes(30);
    private readonly IDataProtector _keys = provider.CreateProtector("sekisho", "sign-in", "totp");
    private readonly ITimeLimitedDataProtector _forms = provider.CreateProtector("sekisho", "sign-in", "passkey").ToTimeLimitedDataProtector();

    public string Key(byte[] key) => Convert.ToBase64String(_keys.Protect(key));

    public byte[] OpenKey(string text) => _keys.Unprotect(Convert.FromBase64String(text));

    public string Form(string state) => _forms.Protect(state, _formLife);

    /// <summary>Null when it is not ours or too old.</summary>
    public string? OpenForm(string text)
    {
        try
        {
            return _forms.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static TimeSpan FormLife => _formLife;
}
