using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Sekisho.Platform;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>
/// The CA's key in a PKCS#11 token, used through libcrypto's engine (package libengine-pkcs11-openssl): it never leaves the token. Settings
/// <c>Ca:Pkcs11:Module</c> (library), <c>Token</c> and <c>Key</c> (labels), <c>PinFile</c>.
/// </summary>
internal sealed class TokenCaSigner(IConfiguration configuration, DataFolder folder) : ICaSigner, IDisposable
{
    private const string Engine = "pkcs11";
    private ECDsa? _key;

    /// <summary>True when the site's settings name a token.</summary>
    public static bool IsConfigured(IConfiguration configuration) => configuration["Ca:Pkcs11:Module"] is { Length: > 0 };

    public NewCaKey NewKey()
    {
        var key = Open();
        return new NewCaKey(key, Issue.PublicKeyOf(key), Mark);
    }

    public X509SignatureGenerator Of(X509Certificate2 root)
    {
        if (_key is null)
        {
            var key = Open();
            if (!Issue.PublicKeyOf(key).ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(root.PublicKey.ExportSubjectPublicKeyInfo()))
            {
                key.Dispose();
                throw new InvalidOperationException($"トークン「{Setting("Token")}」の鍵「{Setting("Key")}」は、このサイトのCA証明書の鍵ではありません。設定 Ca:Pkcs11 を確認してください。");
            }

            _key = key;
        }

        return new EcdsaGenerator(_key, root.PublicKey);
    }

    public void Dispose() => _key?.Dispose();

    /// <summary>Says in the folder of the keys where this root's key is.</summary>
    private void Mark(string thumbprint) => KeyFiles.WritePrivate(
        Path.Combine(folder.Sub("keys"), $"ca-{thumbprint[..16]}.p11"), System.Text.Encoding.UTF8.GetBytes(Address() + "\n"));

    private ECDsaOpenSsl Open()
    {
        var module = Path.GetFullPath(Setting("Module"));
        if (!OperatingSystem.IsLinux() || !File.Exists(module))
        {
            throw new InvalidOperationException($"PKCS#11 のライブラリ {module} を使えません。設定 Ca:Pkcs11:Module を確認してください（Linux だけで使えます）。");
        }

        // The engine looks into the environment of the process, which the runtime's own method does not change.
        if (SetEnvironment("PKCS11_MODULE_PATH", module, 1) != 0)
        {
            throw new InvalidOperationException("PKCS11_MODULE_PATH を設定できません。");
        }

        try
        {
            using var handle = SafeEvpPKeyHandle.OpenPrivateKeyFromEngine(Engine, $"{Address()};pin-value={Uri.EscapeDataString(Pin())}");
            return new ECDsaOpenSsl(handle);
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException(
                $"トークン「{Setting("Token")}」の鍵「{Setting("Key")}」を使えません。トークン・ラベル・PIN（{Setting("PinFile")}）と、libengine-pkcs11-openssl が入っていることを確認してください。", e);
        }
    }

    private string Address() => $"pkcs11:token={Uri.EscapeDataString(Setting("Token"))};object={Uri.EscapeDataString(Setting("Key"))};type=private";

    private string Pin()
    {
        var pin = File.ReadAllText(Setting("PinFile")).Trim();
        return pin.Length > 0 ? pin : throw new InvalidOperationException($"PIN のファイル {Setting("PinFile")} が空です。");
    }

    private string Setting(string name) => configuration["Ca:Pkcs11:" + name] is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"設定 Ca:Pkcs11:{name} を指定してください。");

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(string name, string value, int overwrite);
}
