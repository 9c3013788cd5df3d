using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>
/// The key that signs checkpoints as C2SP notes, in <c>keys/ledger.key</c>: one line, vkey, id of the master key it is sealed under, and the sealed private key
/// (AES-256-GCM; the vkey is bound). Made once; outsiders pin it, so it must not be lost. Singleton.
/// </summary>
internal sealed class LedgerKey(DataFolder folder, MasterKeys keys, LedgerOrigin origin, ICertificates certificates, Database database)
{
    private const int Nonce = 12;
    private const int Tag = 16;
    private const string Purpose = "sekisho ledger key v1";
    private volatile NoteSigner? _signer;
    private volatile byte[]? _binding;

    private string File => Path.Combine(folder.Sub("keys"), "ledger.key");

    public async ValueTask<NoteSigner> Get(CancellationToken ct)
    {
        if (_signer is { } known)
        {
            return known;
        }

        var name = await origin.Get(ct);
        if (!System.IO.File.Exists(File))
        {
            if (await HasPublished(ct))
            {
                throw new InvalidOperationException($"{File} がありません。公表した台帳の公開鍵と同じ鍵が必要です。鍵を控えから戻してください。");
            }

            Create(name);
        }

        return _signer = await Read(name, ct);
    }

    /// <summary>Reads the file again, however well the key in memory works; null when it is in order.</summary>
    public async ValueTask<string?> Fault(CancellationToken ct)
    {
        try
        {
            var known = await Get(ct);
            return (await Read(await origin.Get(ct), ct)).Key == known.Key ? null : $"{File} は、使っている鍵と異なります。";
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    private async ValueTask<NoteSigner> Read(string name, CancellationToken ct)
    {
        var signer = Load(await System.IO.File.ReadAllTextAsync(File, ct));
        return signer.Key.Name == name
            ? signer
            : throw new InvalidOperationException($"{File} は台帳 {signer.Key.Name} の鍵です。この台帳は {name} です。データフォルダとデータベースの組合せを確認してください。");
    }

    /// <summary>The centre's CMS over the vkey and a newline: says, under the CA, that this is the key of its ledger.</summary>
    public async ValueTask<byte[]> Binding(CancellationToken ct) =>
        _binding ??= certificates.SignAsCentre(Encoding.UTF8.GetBytes((await Get(ct)).Key + "\n"));

    private async ValueTask<bool> HasPublished(CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Read(ct);
        return await session.Scalar($"SELECT 1 FROM {session.Prefix("exchange")}ledger_checkpoint", ct) is not null;
    }

    /// <summary>Every byte counts: what would be written for this key is compared with what is there.</summary>
    private NoteSigner Load(string line)
    {
        try
        {
            if (line.TrimEnd('\n').Split(' ') is [var vkey, var keyId, var text] && NoteKey.Parse(vkey).Succeeded(out var key, out _))
            {
                var stored = Convert.FromBase64String(text);
                var secret = new byte[stored.Length - Nonce - Tag];
                using var cipher = new AesGcm(keys.Derive(Convert.FromHexString(keyId), Purpose), Tag);
                cipher.Decrypt(stored.AsSpan(0, Nonce), stored.AsSpan(Nonce, secret.Length), stored.AsSpan(Nonce + secret.Length), secret, Encoding.UTF8.GetBytes(vkey));
                var signer = new NoteSigner(key.Name, key.Type, secret);
                if (signer.Key == key && line == Line(key, keyId, stored))
                {
                    return signer;
                }
            }
        }
        catch (Exception e) when (e is FormatException or CryptographicException or OverflowException or ArgumentException or InvalidDataException)
        {
            throw Damaged(e);
        }

        throw Damaged(null);
    }

    private InvalidDataException Damaged(Exception? cause) => new($"{File} は壊れています。鍵を控えから戻してください。", cause);

    private static string Line(NoteKey key, string keyId, byte[] stored) => $"{key} {keyId.ToLowerInvariant()} {Convert.ToBase64String(stored)}\n";

    private void Create(string name)
    {
        var (type, secret) = NoteSigner.NewLogKey();
        var signer = new NoteSigner(name, type, secret);
        var stored = new byte[Nonce + secret.Length + Tag];
        RandomNumberGenerator.Fill(stored.AsSpan(0, Nonce));
        using var cipher = new AesGcm(keys.Derive(keys.CurrentId, Purpose), Tag);
        cipher.Encrypt(
            stored.AsSpan(0, Nonce), secret, stored.AsSpan(Nonce, secret.Length), stored.AsSpan(Nonce + secret.Length), Encoding.UTF8.GetBytes(signer.Key.ToString()));
        PrivateFile.WriteNew(File, Encoding.ASCII.GetBytes(Line(signer.Key, Convert.ToHexStringLower(keys.CurrentId), stored)));
    }
}
