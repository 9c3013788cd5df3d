using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Assurance.Log;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Export;

/// <summary>One position of an export.</summary>
internal sealed record BundledPlace(LedgerPlace Place, BundledState State, AuditRecord? Record);

/// <summary>What goes into an export: the positions in their order, and the one proof of them all.</summary>
internal sealed record Gathered(IReadOnlyList<BundledPlace> Places, LedgerBatchProof Proof, bool Full, int Waiting);

/// <summary>Reads what an export holds as of one moment. Scoped.</summary>
internal sealed class GatherExport(DbSession session, AuditTable table, ILedgerProofs ledger, AssuranceOptions options, TimeProvider time)
{
    private const int Page = 2000;
    private const int Patience = 20;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The events in view with their proof. A view of everything that happened on the site in the period is full: every position of it is accounted for.</summary>
    public async ValueTask<Outcome<Gathered>> Run(AuditView view, CancellationToken ct)
    {
        for (var turn = 0; ; turn++)
        {
            await session.Read(ct);
            var outcome = await Read(view, ct);
            await session.Rollback();
            if (outcome.Refused(out var refusal, out var gathered))
            {
                return refusal;
            }

            if (gathered.Waiting == 0 || turn == Patience)
            {
                return gathered.Places.Count == 0 ? Refusals.NothingToExport : gathered;
            }

            // The sequencer is about to give the newest ones their positions.
            await Task.Delay(_pause, time, ct);
        }
    }

    private async ValueTask<Outcome<Gathered>> Read(AuditView view, CancellationToken ct)
    {
        var rows = new List<AuditRow>();
        for (List<AuditRow>? page = null; page is null || page.Count == Page; rows.AddRange(page))
        {
            page = await table.Page(view, rows.Count > 0 ? rows[^1].Id : null, Page, ct);
            if (rows.Count + page.Count > options.ExportLimit)
            {
                return Refusals.TooMany;
            }
        }

        var full = IsFull(view);
        var withheld = view.Query.IncludeProtected ? new Withheld(new HashSet<string>(), new HashSet<string>()) : await table.Withheld(ct);
        var shown = full ? rows : rows.Where(r => !withheld.Hides(r)).ToList();
        var places = (await ledger.Places([.. shown.Select(r => r.Id)], ct)).OrderBy(p => p.Position).ToList();
        var waiting = shown.Count - places.Count;
        if (places.Count == 0)
        {
            return new Gathered([], new LedgerBatchProof(0, [], []), full, waiting);
        }

        if (full)
        {
            if (places[^1].Position - places[0].Position >= options.ExportLimit)
            {
                return Refusals.TooMany;
            }

            places = [.. await ledger.Range(places[0].Position, places[^1].Position + 1, ct)];
        }

        var byId = shown.ToDictionary(r => r.Id);
        var bundled = places.Select(p => Bundle(p, byId.GetValueOrDefault(p.Id), withheld)).ToList();
        return new Gathered(bundled, await ledger.Prove([.. places.Select(p => p.Position)], ct), full, waiting);
    }

    private static BundledPlace Bundle(LedgerPlace place, AuditRow? row, Withheld withheld) => row switch
    {
        null => new(place, BundledState.Other, null),
        _ when withheld.Hides(row) => new(place, BundledState.Protected, null),
        { Expired: true } => new(place, BundledState.Expired, null),
        _ => row.Record() is { } record ? new(place, BundledState.Event, record) : new(place, BundledState.Earlier, null),
    };

    private static bool IsFull(AuditView view) =>
        view.Only is null && view.Hashes is null
        && view.Query is { Person: null, Device: null, Organisation: null, Kind: null, Result: null or "", Subject: null or "" };
}
