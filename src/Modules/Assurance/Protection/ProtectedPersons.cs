using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Assurance.Log;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Protection;

/// <summary>A person to be protected.</summary>
internal sealed record ProtectRequest(DataSubject? Subject, ProtectionGround Ground, string? Reason);

/// <summary>Why a protection ends.</summary>
internal sealed record EndRequest(string? Reason);

/// <summary>保護対象者: kept as keyed hashes (every identity they may be met under) and one sealed copy, from which the hashes are made again when the key has changed. Scoped.</summary>
internal sealed class ProtectedPersons(DbSession session, ISubjectHashes hashes, Audit audit, TimeProvider time) : IProtectedPersons
{
    private static readonly Lookup _among = new("assurance", p => $"SELECT p.hash, asked.n FROM asked CROSS JOIN {p}protected_hash p WHERE p.hash = asked.hash", ("hash", ColumnType.Text));

    private string Prefix => session.Prefix("assurance");

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/assurance/protections").Requires(Permission.ProtectPersons);
        group.MapGet("", async (IProtectedPersons persons, CancellationToken ct) => Results.Json(await persons.List(ct), SiteJson.Options)).Audits(AuditKind.AuditRead);
        group.MapPost("", async (ProtectRequest request, IProtectedPersons persons, ICurrentActor current, CancellationToken ct) =>
                (await persons.Protect(current.Actor, request.Subject ?? new DataSubject(), request.Ground, request.Reason ?? "", ct))
                    .ToResult(made => Results.Json(made, SiteJson.Options)))
            .Audits(AuditKind.ProtectionChanged);
        group.MapPost("/{id:guid}/end", async (Guid id, EndRequest request, IProtectedPersons persons, ICurrentActor current, CancellationToken ct) =>
                (await persons.End(current.Actor, id, request.Reason ?? "", ct)).ToResult(ended => Results.Json(ended, SiteJson.Options)))
            .Audits(AuditKind.ProtectionChanged);
    }

    public async ValueTask<bool> IsProtected(DataSubject subject, CancellationToken ct) => (await Among(hashes.All(subject), ct)).Count > 0;

    public async ValueTask<IReadOnlySet<string>> Among(IReadOnlyCollection<string> asked, CancellationToken ct)
    {
        if (asked.Count == 0)
        {
            return new HashSet<string>();
        }

        var found = await session.InReading(() => session.Find(_among, r => r.GetString(0), ct, [.. asked.Select(h => new object?[] { h })]), ct);
        return found.ToHashSet();
    }

    public async ValueTask<Outcome<Contracts.Assurance.Protection>> Protect(Actor by, DataSubject subject, ProtectionGround ground, string reason, CancellationToken ct)
    {
        if (!Audit.IsReason(reason))
        {
            return Refusals.ReasonMissing;
        }

        if (hashes.All(subject).Count == 0)
        {
            return Refusals.NoIdentity;
        }

        var made = new Contracts.Assurance.Protection(Guid.CreateVersion7(), time.Now(), ground, null);
        await session.Write(ct);
        await session.Execute(
            $"INSERT INTO {Prefix}protection (id, since, ground, sealed) VALUES (@id, @since, @ground, @sealed)",
            ct,
            ("id", made.Id),
            ("since", made.Since),
            ("ground", ground),
            ("sealed", hashes.Seal(subject)));
        await Remember(made.Id, subject, ct);
        await audit.Record(new AuditEvent(AuditKind.ProtectionChanged, made.Id.ToString("D"), "registered") { By = by, Whose = subject, Reason = reason.Trim() }, ct);
        await session.Commit(ct);
        return made;
    }

    public async ValueTask<Outcome<Contracts.Assurance.Protection>> End(Actor by, Guid id, string reason, CancellationToken ct)
    {
        if (!Audit.IsReason(reason))
        {
            return Refusals.ReasonMissing;
        }

        await session.Write(ct);
        var found = await Rows("WHERE id = @id AND ended IS NULL", ct, ("id", id));
        if (found is not [var row])
        {
            return Refusals.NoSuchProtection;
        }

        var now = time.Now();
        await session.Execute($"UPDATE {Prefix}protection SET ended = @ended WHERE id = @id", ct, ("ended", now), ("id", id));
        await session.Execute($"DELETE FROM {Prefix}protected_hash WHERE protection = @id", ct, ("id", id));
        await audit.Record(
            new AuditEvent(AuditKind.ProtectionChanged, id.ToString("D"), "ended") { By = by, Whose = hashes.Open(row.Sealed), Reason = reason.Trim() }, ct);
        await session.Commit(ct);
        return row.Protection with { Ended = now };
    }

    public async ValueTask<IReadOnlyList<Contracts.Assurance.Protection>> List(CancellationToken ct)
    {
        await session.Read(ct);
        var rows = await Rows("ORDER BY id DESC", ct);
        await session.Rollback();
        return [.. rows.Select(r => r.Protection)];
    }

    /// <summary>Makes the hashes again under the keys of today: a rotated key must not lift anybody's protection. Commits.</summary>
    public async ValueTask Renew(CancellationToken ct)
    {
        await session.Write(ct);
        foreach (var (protection, sealedValue) in await Rows("WHERE ended IS NULL", ct))
        {
            if (hashes.Open(sealedValue) is { } subject)
            {
                await Remember(protection.Id, subject, ct);
            }
        }

        await session.Commit(ct);
    }

    private async ValueTask Remember(Guid id, DataSubject subject, CancellationToken ct)
    {
        foreach (var hash in hashes.All(subject).Distinct())
        {
            await session.Execute(
                $"INSERT INTO {Prefix}protected_hash (hash, protection) VALUES (@hash, @id) ON CONFLICT (hash, protection) DO NOTHING", ct, ("hash", hash), ("id", id));
        }
    }

    private ValueTask<List<(Contracts.Assurance.Protection Protection, byte[] Sealed)>> Rows(string condition, CancellationToken ct, params (string, object?)[] parameters) =>
        session.Query(
            $"SELECT id, since, ground, ended, sealed FROM {Prefix}protection {condition}",
            r => (
                new Contracts.Assurance.Protection(
                    r.GetGuid(0), Instants.FromMicroseconds(r.GetInt64(1)), Enum.Parse<ProtectionGround>(r.GetString(2)), r.IsDBNull(3) ? null : Instants.FromMicroseconds(r.GetInt64(3))),
                (byte[])r.GetValue(4)),
            ct,
            parameters);
}
