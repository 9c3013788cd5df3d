using System.Security.Cryptography;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Kiosks;

/// <summary>An open kiosk.</summary>
internal sealed record KioskRow(Guid Id, OrganisationId Facility, string Name, DateTimeOffset Opened);

/// <summary>Kiosks: known by a secret of which only the digest is kept, on the device they were opened on, for one working day. Scoped.</summary>
internal sealed class KioskTable(DbSession session, TimeProvider time)
{
    private const int SecretLength = 32;
    private static readonly TimeSpan _open = TimeSpan.FromHours(16);

    private string Table => session.Prefix("eligibility") + "kiosk";

    /// <summary>The open kiosk of that name at the facility.</summary>
    public async ValueTask<Guid?> Named(OrganisationId facility, string name, CancellationToken ct) => (await session.Query(
        $"SELECT id FROM {Table} WHERE facility = @facility AND name = @name AND ended IS NULL AND opened > @since",
        r => (Guid?)r.GetGuid(0),
        ct,
        ("facility", facility.Value),
        ("name", name.Trim()),
        ("since", time.Now() - _open))).FirstOrDefault();

    /// <summary>The kiosk with that secret, on that device.</summary>
    public async ValueTask<KioskRow?> Known(string secret, string? certificate, CancellationToken ct) => (await session.Query(
        $"SELECT id, facility, name, opened FROM {Table} WHERE secret = @secret AND certificate = @certificate AND ended IS NULL AND opened > @since",
        r => new KioskRow(r.GetGuid(0), new OrganisationId(r.GetGuid(1)), r.GetString(2), Instants.FromMicroseconds(r.GetInt64(3))),
        ct,
        ("secret", Digest(secret)),
        ("certificate", certificate ?? ""),
        ("since", time.Now() - _open))).FirstOrDefault();

    public ValueTask<List<KioskSummary>> Of(OrganisationId facility, CancellationToken ct) => session.Query(
        $"SELECT id, name, opened FROM {Table} WHERE facility = @facility AND ended IS NULL AND opened > @since ORDER BY name",
        r => new KioskSummary(r.GetGuid(0), r.GetString(1), Instants.FromMicroseconds(r.GetInt64(2))),
        ct,
        ("facility", facility.Value),
        ("since", time.Now() - _open));

    /// <summary>Opens one in place of another of that name; its id and secret.</summary>
    public async ValueTask<(Guid Id, string Secret)> Open(OrganisationId facility, string name, string? certificate, PersonId by, CancellationToken ct)
    {
        var now = time.Now();
        var (id, secret) = (Guid.CreateVersion7(now), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength)));
        await session.Execute(
            $"UPDATE {Table} SET ended = @now WHERE facility = @facility AND name = @name AND ended IS NULL", ct, ("now", now), ("facility", facility.Value), ("name", name));
        await session.Execute(
            $"INSERT INTO {Table} (id, facility, name, secret, certificate, opened_by, opened) VALUES (@id, @facility, @name, @secret, @certificate, @by, @now)",
            ct,
            ("id", id),
            ("facility", facility.Value),
            ("name", name),
            ("secret", Digest(secret)),
            ("certificate", certificate ?? ""),
            ("by", by.Value),
            ("now", now));
        return (id, secret);
    }

    /// <summary>Closes one of the facility's; false when there is none.</summary>
    public async ValueTask<bool> Close(OrganisationId facility, Guid id, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET ended = @now WHERE id = @id AND facility = @facility AND ended IS NULL", ct, ("now", time.Now()), ("id", id), ("facility", facility.Value)) == 1;

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
