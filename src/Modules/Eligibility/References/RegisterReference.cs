using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.References;

/// <summary>Whether there is one now.</summary>
/// <param name="Registered">False where it was removed.</param>
internal sealed record ReferenceKept(bool Registered);

/// <summary>照会番号: one per facility and person, sealed, bound to both. There is no way to look anybody up by it.</summary>
internal sealed class RegisterReference(DbSession session, Coverages coverages, RegistryKeys keys, Audit audit, TimeProvider time) : IReferenceNumbers
{
    private const int Longest = 50;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<IReferenceNumbers, ReferenceEntry, ReferenceKept>("/eligibility/references", async (references, by, entry, ct) =>
            (await references.Register(by, entry, ct)).Refused(out var refusal, out var registered) ? refusal : new ReferenceKept(registered))
        .WithSummary("照会番号の登録・削除")
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.ReferenceChanged);

    public async ValueTask<Outcome<bool>> Register(Actor by, ReferenceEntry entry, CancellationToken ct)
    {
        var reference = entry.Reference.Trim();
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        if (reference.Length > Longest)
        {
            return Refusals.ReferenceTooLong;
        }

        await session.Write(ct);
        var person = await coverages.Person(entry.Card, by.Organisation, ct);
        var kept = await Keep(by, person.Succeeded(out var row, out var refusal) ? row.Person : refusal!, reference, Disclosure.Subject(entry.Card), "", ct);
        await session.Commit(ct);
        return kept;
    }

    /// <summary>
    /// Registers, replaces or removes for whoever was found, and records that, or that nobody was, with what <paramref name="proof"/> adds. In the current transaction;
    /// true when there is one now.
    /// </summary>
    public async ValueTask<Outcome<bool>> Keep(Actor by, Outcome<PersonKey> person, string reference, DataSubject whose, string proof, CancellationToken ct)
    {
        var missing = person.Refused(out var refusal, out var key);
        var result = missing ? refusal!.Code : reference.Length > 0 ? "registered" : "removed";
        await audit.Record(new AuditEvent(AuditKind.ReferenceChanged, "facility:" + by.Organisation, $"{result} {proof}".TrimEnd()) { By = by, Whose = whose }, ct);
        if (missing)
        {
            return refusal!;
        }

        await Keep(by.Organisation, key, reference, ct);
        return reference.Length > 0;
    }

    private async ValueTask Keep(OrganisationId facility, PersonKey person, string reference, CancellationToken ct)
    {
        var table = session.Prefix("eligibility") + "reference";
        if (reference.Length == 0)
        {
            await session.Execute($"DELETE FROM {table} WHERE facility = @facility AND person = @person", ct, ("facility", facility.Value), ("person", person.Value));
            return;
        }

        await session.Execute(
            $"""
            INSERT INTO {table} (facility, person, since, sealed) VALUES (@facility, @person, @since, @sealed)
            ON CONFLICT (facility, person) DO UPDATE SET since = excluded.since, sealed = excluded.sealed
            """,
            ct,
            ("facility", facility.Value),
            ("person", person.Value),
            ("since", time.Now()),
            ("sealed", keys.Seal(Encoding.UTF8.GetBytes(reference), person.Value, facility.Value)));
    }
}
