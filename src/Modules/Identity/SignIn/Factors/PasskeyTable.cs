using System.Buffers.Text;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Identity.SignIn.Factors;

/// <summary>Rows of registered passkeys.</summary>
internal static class PasskeyTable
{
    public static string Key(ReadOnlySpan<byte> credential) => Base64Url.EncodeToString(credential);

    public static ValueTask<List<PasskeySummary>> List(Store.Unit unit, Guid person, CancellationToken ct) => unit.Session.Query(
        $"SELECT id, name, created, last_used FROM {unit.Session.Prefix("identity")}passkey WHERE person = @person ORDER BY created",
        r => new PasskeySummary(
            r.GetGuid(0), r.GetString(1), Instants.FromMicroseconds(r.GetInt64(2)), r.IsDBNull(3) ? null : Instants.FromMicroseconds(r.GetInt64(3))),
        ct,
        ("person", person));

    public static ValueTask<List<UserPasskeyInfo>> Of(Store.Unit unit, Guid person, CancellationToken ct) => unit.Session.Query(
        $"""
        SELECT credential, public_key, created, sign_count, transports, backup_eligible, backed_up, attestation, client_data, name
        FROM {unit.Session.Prefix("identity")}passkey WHERE person = @person
        """,
        Read,
        ct,
        ("person", person));

    public static async ValueTask<Guid?> Owner(Store.Unit unit, byte[] credential, CancellationToken ct)
    {
        var owners = await unit.Session.Query(
            $"SELECT person FROM {unit.Session.Prefix("identity")}passkey WHERE credential = @credential", r => r.GetGuid(0), ct, ("credential", Key(credential)));
        return owners.Count == 0 ? null : owners[0];
    }

    public static ValueTask<int> Insert(Store.Unit unit, Guid person, string name, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken ct) => unit.Session.Execute(
        $"""
        INSERT INTO {unit.Session.Prefix("identity")}passkey
            (id, credential, person, name, public_key, sign_count, transports, backup_eligible, backed_up, attestation, client_data, created)
        VALUES (@id, @credential, @person, @name, @public_key, @sign_count, @transports, @backup_eligible, @backed_up, @attestation, @client_data, @created)
        """,
        ct,
        [
            ("id", Guid.CreateVersion7()), ("credential", Key(passkey.CredentialId)), ("person", person), ("name", name), ("public_key", passkey.PublicKey),
            ("sign_count", (long)passkey.SignCount), ("transports", string.Join(' ', passkey.Transports ?? [])), ("backup_eligible", passkey.IsBackupEligible ? 1L : 0L),
            ("backed_up", passkey.IsBackedUp ? 1L : 0L), ("attestation", passkey.AttestationObject), ("client_data", passkey.ClientDataJson), ("created", now),
        ]);

    public static ValueTask<int> Used(Store.Unit unit, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken ct) => unit.Session.Execute(
        $"UPDATE {unit.Session.Prefix("identity")}passkey SET sign_count = @count, backed_up = @backed_up, last_used = @now WHERE credential = @credential",
        ct,
        ("count", (long)passkey.SignCount),
        ("backed_up", passkey.IsBackedUp ? 1L : 0L),
        ("now", now),
        ("credential", Key(passkey.CredentialId)));

    public static ValueTask<int> Rename(Store.Unit unit, Guid person, Guid id, string name, CancellationToken ct) => unit.Session.Execute(
        $"UPDATE {unit.Session.Prefix("identity")}passkey SET name = @name WHERE id = @id AND person = @person", ct, ("name", name), ("id", id), ("person", person));

    public static ValueTask<int> Remove(Store.Unit unit, Guid person, Guid id, CancellationToken ct) => unit.Session.Execute(
        $"DELETE FROM {unit.Session.Prefix("identity")}passkey WHERE id = @id AND person = @person", ct, ("id", id), ("person", person));

    public static ValueTask<int> RemoveAll(Store.Unit unit, Guid person, CancellationToken ct) => unit.Session.Execute(
        $"DELETE FROM {unit.Session.Prefix("identity")}passkey WHERE person = @person", ct, ("person", person));

    private static UserPasskeyInfo Read(DbDataReader r) => new(
        Base64Url.DecodeFromChars(r.GetString(0)),
        (byte[])r[1],
        Instants.FromMicroseconds(r.GetInt64(2)),
        (uint)r.GetInt64(3),
        r.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        isUserVerified: true,
        r.GetInt64(5) != 0,
        r.GetInt64(6) != 0,
        (byte[])r[7],
        (byte[])r[8])
    {
        Name = r.GetString(9),
    };
}
