using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>
/// Re-reads everything the site once gave its word for: the ledger with the one verifier of <see cref="LedgerAudit"/>, and beside each page of leaves the rows that
/// belong to them. Uses a reading transaction of its own, in pages. Singleton.
/// </summary>
internal sealed class LedgerVerification(
    Database database,
    TransmissionVerification transmissions,
    LedgerOrigin origin,
    LedgerKey key,
    IEnumerable<ILedgerRows> rows,
    LedgerOptions options,
    TimeProvider time) : ISiteHealth
{
    private const int MostFaults = 200;

    public async ValueTask<IReadOnlyList<string>> Verify(CancellationToken ct) => (await Run(null, ct)).Faults;

    public async ValueTask<Outcome<SiteVerification>> Audit(string stateFile, bool fromStart, CancellationToken ct)
    {
        LedgerMark? mark = null;
        if (File.Exists(stateFile) && LedgerMark.Parse(await File.ReadAllBytesAsync(stateFile, ct)).Refused(out var refusal, out mark))
        {
            return refusal;
        }

        var verified = await Run(mark, ct, fromStart);
        if (verified.Faults.Count == 0)
        {
            PrivateFile.Replace(stateFile, verified.Mark!.ToBytes());
        }

        return new SiteVerification(verified.From, verified.Size, verified.Faults);
    }

    public async ValueTask<string> LedgerKey(CancellationToken ct) => (await key.Get(ct)).Key.ToString();

    public async ValueTask<IReadOnlyList<WitnessHealth>> Witnesses(CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Read(ct);
        var known = (await new PublicationTable(session).Witnesses(ct)).ToDictionary(w => w.Key);
        var now = time.GetUtcNow();
        return [.. KnownWitness.Of(options).Select(w => known.GetValueOrDefault(w.Key.ToString()) is { } row
            ? new WitnessHealth(w.Name, row.Size, row.Cosigned, row.Fault, row.Cosigned is null || now - row.Cosigned > options.WitnessAge)
            : new WitnessHealth(w.Name, 0, null, "まだ署名を求めていません。", true))];
    }

    private sealed record Verified(long From, long Size, IReadOnlyList<string> Faults, LedgerMark? Mark);

    private async ValueTask<Verified> Run(LedgerMark? mark, CancellationToken ct, bool fromStart = false)
    {
        await using var session = new DbSession(database);
        await session.Read(ct);
        var whole = mark is null || fromStart;
        var source = new StoredLedger(session, await origin.Get(ct));
        var faults = new List<string>();
        var keyFault = await key.Fault(ct);
        if (keyFault is not null)
        {
            faults.Add($"台帳の鍵: {keyFault}");
        }

        var beside = new List<string>();
        var audit = new LedgerAudit(source) { OnPage = (_, token) => Beside(session, source.Entries, beside, token) };
        var result = await audit.Run(mark, fromStart, ct);
        faults.AddRange(result.Faults.Select(f => f.Text));
        faults.AddRange(beside);
        if (result.Faults.Count == 0 && keyFault is null)
        {
            faults.AddRange(await PublicationFaults(session, result.Head, ct));
        }

        if (whole)
        {
            faults.AddRange(await Surplus(session, result.Head.Size, ct));
            faults.AddRange(await transmissions.Rest(session, ct));
        }

        var vkey = keyFault is null ? await LedgerKey(ct) : "";
        return new Verified(
            result.From, result.Head.Size, [.. faults.Distinct().Take(MostFaults)], new LedgerMark(result.Head.Origin, vkey, result.Edge.Size, result.Edge.Hashes));
    }

    /// <summary>What belongs to the entries of one page, each judged by whoever keeps it.</summary>
    private async ValueTask Beside(DbSession session, IReadOnlyList<StoredEntry> entries, List<string> faults, CancellationToken ct)
    {
        if (faults.Count >= MostFaults)
        {
            return;
        }

        // SQLite has one writer: what is written first is numbered first. PostgreSQL's numbers may overtake each other.
        if (session.Provider == DatabaseProvider.Sqlite)
        {
            faults.AddRange(entries.Where(e => e.Sequence != e.Position + 1).Select(e => $"台帳: 位置 {e.Position} の記録 {e.Id} の連番が {e.Sequence} です (正しくは {e.Position + 1})。"));
        }

        foreach (var group in entries.GroupBy(e => e.Kind))
        {
            if (group.Key is LedgerKinds.Acknowledgement or LedgerKinds.Receipt)
            {
                faults.AddRange(await transmissions.Compare(session, group.Key, [.. group], ct));
            }
            else if (rows.FirstOrDefault(r => r.Kind == group.Key) is { } keeper)
            {
                faults.AddRange(await keeper.Compare(session, [.. group.Select(e => new LedgerRow(e.Position, e.Id, e.Leaf))], ct));
            }
            else
            {
                faults.AddRange(group.Select(e => $"台帳: 位置 {e.Position} の記録 {e.Id} の種類「{e.Kind}」は不明です。"));
            }
        }
    }

    /// <summary>What was published is signed by the log and by witnesses that are known, and is a state of this very ledger.</summary>
    private async ValueTask<IReadOnlyList<string>> PublicationFaults(DbSession session, Checkpoint head, CancellationToken ct)
    {
        var table = new PublicationTable(session);
        if (await table.Note(ct) is not { } note)
        {
            return [];
        }

        const string Place = "台帳: 公表したチェックポイント";
        var log = (await key.Get(ct)).Key;
        if (SignedCheckpoint.Open(note, log).Refused(out var refusal, out var published))
        {
            return [$"{Place}: {refusal.Text}"];
        }

        var state = published.Checkpoint;
        if (state.Size > head.Size || state.Size != await table.Size(ct) || state.Origin != head.Origin)
        {
            return [$"{Place}の大きさ {state.Size} が、台帳の大きさ {head.Size} または記録と合いません。台帳が巻き戻されたか、記録が書き換えられています。"];
        }

        var root = await MerkleTree.Root(state.Size, new LedgerTable(session), ct);
        if (!root.AsSpan().SequenceEqual(state.Root))
        {
            return [$"{Place} (大きさ {state.Size}) の根のハッシュ値が、台帳と一致しません。台帳が分岐しています。"];
        }

        var known = (await table.Witnesses(ct)).Select(w => w.Key).Append(log.ToString())
            .Select(k => NoteKey.Parse(k).Succeeded(out var parsed, out _) ? parsed : null).OfType<NoteKey>().ToList();
        return [.. published.Note.Signatures
            .Where(s => !known.Exists(k => k.Name == s.Name && k.KeyId == s.KeyId && k.Check(published.Note with { Signatures = [s] }).Succeeded(out _, out _)))
            .Select(s => $"{Place}: {s.Name} の署名が正しくないか、知らない鍵のものです。")];
    }

    /// <summary>What is there beyond what the ledger accounts for.</summary>
    private async ValueTask<IReadOnlyList<string>> Surplus(DbSession session, long size, CancellationToken ct)
    {
        var faults = new List<string>();
        var expected = 0L;
        for (var rest = size; rest > 0; rest /= 2)
        {
            expected += rest;
        }

        var prefix = session.Prefix("exchange");
        Expect(faults, "節", expected, await Count(session, $"SELECT COUNT(*) FROM {prefix}ledger_node", ct), size);
        Expect(faults, "位置のある記録", size, await Count(session, $"SELECT COUNT(*) FROM {prefix}ledger_entry WHERE position IS NOT NULL", ct), size);
        foreach (var keeper in rows)
        {
            var entries = await Count(session, $"SELECT COUNT(*) FROM {prefix}ledger_entry WHERE kind = '{keeper.Kind}'", ct);
            var count = await keeper.Count(session, ct);
            if (count != entries)
            {
                faults.Add($"監査: 台帳にある「{keeper.Kind}」は {entries} 件ですが、記録は {count} 件あります。");
            }
        }

        return faults;
    }

    private static void Expect(List<string> faults, string what, long expected, long stored, long size)
    {
        if (stored != expected)
        {
            faults.Add($"台帳: 大きさ {size} の{what}は {expected} 件のはずですが、{stored} 件あります。");
        }
    }

    private static async ValueTask<long> Count(DbSession session, string sql, CancellationToken ct) =>
        Convert.ToInt64(await session.Scalar(sql, ct), System.Globalization.CultureInfo.InvariantCulture);
}
