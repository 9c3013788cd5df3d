using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>Wakes <see cref="MedicineWorker"/> after a commit; polling is the safety net.</summary>
internal sealed class MedicineSignal : WorkSignal;

/// <summary>A claim became a fact: remembers that it is to be read. Reading it takes longer than a consumer may.</summary>
internal sealed class TakeClaim(DbSession session, MedicineSignal signal) : IConsumer<ClaimAccepted>
{
    public async Task Consume(ClaimAccepted fact, CancellationToken ct)
    {
        await session.Execute(
            $"INSERT INTO {session.Prefix("eligibility")}medicine_work (reception, ordinal) VALUES (@reception, @ordinal) ON CONFLICT DO NOTHING",
            ct,
            ("reception", fact.Reception),
            ("ordinal", fact.Ordinal));
        session.AfterCommit(signal.Set);
    }
}

/// <summary>
/// A claim was withdrawn: what it brought is gone at once. It is read once more, so that it goes on taking the place of what it had replaced (see
/// <see cref="ReadClaims"/>). The mark makes a reading begun before this fact void; a <see cref="ClaimAccepted"/> that comes after it finds the claim withdrawn.
/// </summary>
internal sealed class DropClaim(DbSession session, GivenStore store, MedicineSignal signal) : IConsumer<ClaimWithdrawn>
{
    public async Task Consume(ClaimWithdrawn fact, CancellationToken ct)
    {
        // In this order: a reading that is just being kept lets go of the work row first, and what it kept is then seen and deleted.
        await session.Execute(
            $"""
            INSERT INTO {session.Prefix("eligibility")}medicine_work AS w (reception, ordinal, withdrawn) VALUES (@reception, @ordinal, 1)
            ON CONFLICT (reception, ordinal) DO UPDATE SET withdrawn = w.withdrawn + 1
            """,
            ct,
            ("reception", fact.Reception),
            ("ordinal", fact.Ordinal));
        await store.Drop(fact.Reception, fact.Ordinal, ct);
        session.AfterCommit(signal.Set);
    }
}

/// <summary>Reads claims that are to be read. Everything may be broken off and done again. Scoped.</summary>
internal sealed class ReadClaims(DbSession session, IClaimContents claims, GivenStore store, IBusinessTime business)
{
    private const int AtOnce = 100;

    private string Work => session.Prefix("eligibility") + "medicine_work";

    /// <summary>The first reception with claims to read behind another one; null at the end.</summary>
    public ValueTask<string?> Next(string after, CancellationToken ct) => session.InReading(
        async () => (string?)await session.Scalar($"SELECT reception FROM {Work} WHERE reception > @after ORDER BY reception LIMIT 1", ct, ("after", after)), ct);

    /// <summary>Reads some claims of the reception; true when there may be more. Commits.</summary>
    public async ValueTask<bool> Some(string reception, CancellationToken ct)
    {
        var work = await session.InReading(
            () => session.Query(
                $"SELECT ordinal, withdrawn FROM {Work} WHERE reception = @reception ORDER BY ordinal LIMIT @most",
                r => (Ordinal: r.GetInt32(0), Mark: r.GetInt32(1)),
                ct,
                ("reception", reception),
                ("most", (long)AtOnce)),
            ct);
        if (work.Count == 0)
        {
            return false;
        }

        var found = (await claims.Read(reception, [.. work.Select(w => w.Ordinal)], ct)).ToDictionary(c => c.Ordinal);
        await session.Write(ct);
        foreach (var (ordinal, mark) in work)
        {
            // Another node may have read it meanwhile, or it was withdrawn meanwhile and is to be read once more.
            var mine = await session.Execute(
                $"DELETE FROM {Work} WHERE reception = @reception AND ordinal = @ordinal AND withdrawn = @mark",
                ct,
                ("reception", reception),
                ("ordinal", ordinal),
                ("mark", mark)) == 1;
            if (mine && found.TryGetValue(ordinal, out var claim))
            {
                await Keep(reception, claim, ct);
            }
        }

        await session.Commit(ct);
        return work.Count == AtOnce;
    }

    /// <summary>Deletes some of what is past its three years; how many. Commits.</summary>
    public async ValueTask<int> Expire(CancellationToken ct)
    {
        await session.Write(ct);
        var deleted = await store.Expire(GivenStore.Oldest(DateOnly.FromDateTime(business.Now.DateTime)), AtOnce * 5, ct);
        await session.Commit(ct);
        return deleted;
    }

    // 医療扶助 and 公費単独 have no 医療保険: their 薬剤・診療情報 are not shown to anybody.
    // A withdrawn claim is kept without any service. It shows nothing, and what it had replaced stays replaced: by sending it, the institution itself had taken the
    // earlier one back, and 取下げ takes back this one only. What is really right comes with the claim that is sent instead. So the outcome does not depend on which
    // of the two is read first.
    private async ValueTask Keep(string reception, AcceptedContents claim, CancellationToken ct)
    {
        if (claim.Contents is not { Month: { } month, Patient: { } patient } contents || (contents.Services.Count == 0 && !claim.Withdrawn))
        {
            return;
        }

        var card = new CardKeys { Insurer = patient.Insurer, Symbol = patient.Symbol, Number = patient.Number, Branch = patient.Branch, Birth = patient.Birth };
        if (Coverages.IsComplete(card) && month >= GivenStore.Oldest(DateOnly.FromDateTime(business.Now.DateTime)))
        {
            await store.Keep(reception, claim.Ordinal, month, card, new Given(claim.Institution, claim.InstitutionName, contents.Inpatient, contents.Services), ct);
        }
    }
}
