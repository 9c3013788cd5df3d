using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>Where a witness stands.</summary>
internal sealed record WitnessRow(string Key, long Size, DateTimeOffset? Cosigned, string Fault);

/// <summary>What was published to the witnesses, in the session's transaction.</summary>
internal sealed class PublicationTable(DbSession session)
{
    private string Checkpoint => session.Prefix("exchange") + "ledger_checkpoint";

    private string Witness => session.Prefix("exchange") + "ledger_witness";

    /// <summary>The last published checkpoint; a fault when it is damaged.</summary>
    public async ValueTask<SignedCheckpoint?> Published(CancellationToken ct) => await Note(ct) is not { } note ? null
        : SignedCheckpoint.Parse(note).Succeeded(out var signed, out _) ? signed
        : throw new InvalidDataException("The published checkpoint is damaged");

    public async ValueTask<byte[]?> Note(CancellationToken ct) => (byte[]?)await session.Scalar($"SELECT note FROM {Checkpoint} WHERE id = 1", ct);

    public async ValueTask<long?> Size(CancellationToken ct) => (long?)await session.Scalar($"SELECT size FROM {Checkpoint} WHERE id = 1", ct);

    public ValueTask<List<WitnessRow>> Witnesses(CancellationToken ct) => session.Query(
        $"SELECT vkey, size, cosigned, fault FROM {Witness}",
        r => new WitnessRow(r.GetString(0), r.GetInt64(1), r.IsDBNull(2) ? null : Instants.FromMicroseconds(r.GetInt64(2)), r.GetString(3)),
        ct);

    /// <summary>Never goes back to a smaller checkpoint.</summary>
    public async ValueTask Store(SignedCheckpoint checkpoint, IEnumerable<WitnessRow> witnesses, CancellationToken ct)
    {
        await session.Execute(
            $"""
            INSERT INTO {Checkpoint} (id, size, note) VALUES (1, @size, @note)
            ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size >= {Checkpoint}.size
            """,
            ct,
            ("size", checkpoint.Checkpoint.Size),
            ("note", checkpoint.Note.ToBytes()));
        foreach (var witness in witnesses)
        {
            await session.Execute(
                $"""
                INSERT INTO {Witness} (vkey, size, cosigned, fault) VALUES (@vkey, @size, @cosigned, @fault)
                ON CONFLICT (vkey) DO UPDATE SET size = excluded.size, cosigned = excluded.cosigned, fault = excluded.fault
                """,
                ct,
                ("vkey", witness.Key),
                ("size", witness.Size),
                ("cosigned", witness.Cosigned),
                ("fault", witness.Fault));
        }
    }
}
