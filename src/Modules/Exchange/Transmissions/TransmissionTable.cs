using System.Data.Common;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>The transmission table, in the scope's transaction. Scoped.</summary>
internal sealed class TransmissionTable(DbSession session)
{
    private const string Columns =
        """
        id, state, provenance, sender, recipient, kind, file_name, classification, sha256, length, device, envelope_sha256, content, created, expires,
        refusal, number, received_at, log_index, receipt_at, CASE WHEN receipt IS NULL THEN 0 ELSE 1 END
        """;

    private const int ListLimit = 1000;

    private string Table => session.Prefix("exchange") + "transmission";

    public async ValueTask<TransmissionRow?> Find(TransmissionId id, CancellationToken ct)
    {
        var rows = await session.Query($"SELECT {Columns} FROM {Table} WHERE id = @id", Map, ct, ("id", id.Value));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>False when the id is already taken.</summary>
    public async ValueTask<bool> Insert(TransmissionRow row, byte[] envelope, byte[]? statement, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} (id, state, provenance, sender, recipient, kind, file_name, classification, sha256, length, device, envelope, envelope_sha256,
            content, created, expires, number, received_at, statement)
        VALUES (@id, @state, @provenance, @sender, @recipient, @kind, @file_name, @classification, @sha256, @length, @device, @envelope, @envelope_sha256,
            @content, @created, @expires, @number, @received_at, @statement)
        ON CONFLICT (id) DO NOTHING
        """,
        ct,
        ("id", row.Id.Value),
        ("state", row.State),
        ("provenance", row.Provenance),
        ("sender", row.Sender.Value),
        ("recipient", row.Recipient.Value),
        ("kind", row.Kind),
        ("file_name", row.FileName),
        ("classification", row.Classification),
        ("sha256", row.Sha256),
        ("length", row.Length),
        ("device", row.Device?.Value),
        ("envelope", envelope),
        ("envelope_sha256", row.EnvelopeSha256),
        ("content", row.Content),
        ("created", row.Created),
        ("expires", row.Expires),
        ("number", row.Number),
        ("received_at", row.ReceivedAt),
        ("statement", statement)) == 1;

    /// <summary>Receives exactly the content that was judged; false when it is not open any more, or was opened again with other content meanwhile.</summary>
    public async ValueTask<bool> Receive(TransmissionRow row, string number, DateTimeOffset at, byte[] statement, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Table} SET state = 'Received', number = @number, received_at = @at, statement = @statement, expires = NULL
        WHERE id = @id AND state = 'Open' AND content = @content
        """,
        ct,
        ("number", number),
        ("at", at),
        ("statement", statement),
        ("id", row.Id.Value),
        ("content", row.Content)) == 1;

    /// <summary>Ends an open transmission without its content; false when it is not open any more, or was opened again with other content meanwhile.</summary>
    public async ValueTask<bool> End(TransmissionRow row, TransmissionState state, string? refusal, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Table} SET state = @state, refusal = @refusal, content = NULL, expires = NULL
        WHERE id = @id AND state = 'Open' AND content = @content
        """,
        ct,
        ("state", state),
        ("refusal", refusal),
        ("id", row.Id.Value),
        ("content", row.Content)) == 1;

    /// <summary>Opens an expired or terminated transmission again, from its beginning.</summary>
    public async ValueTask<bool> Reopen(TransmissionId id, Guid content, DateTimeOffset now, DateTimeOffset expires, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Table} SET state = 'Open', content = @content, expires = @expires
        WHERE id = @id AND (state IN ('Expired', 'Terminated') OR (state = 'Open' AND expires <= @now))
        """,
        ct,
        ("content", content),
        ("expires", expires),
        ("id", id.Value),
        ("now", now)) == 1;

    /// <summary>The first receipt stands: false when there is one.</summary>
    public async ValueTask<bool> SetReceipt(TransmissionId id, byte[]? receipt, Guid? entry, PersonId? person, DateTimeOffset at, CancellationToken ct) =>
        await session.Execute(
            $"""
            UPDATE {Table} SET receipt = @receipt, receipt_entry = @entry, receipt_person = @person, receipt_at = @at
            WHERE id = @id AND receipt_at IS NULL
            """,
            ct,
            ("receipt", receipt),
            ("entry", entry),
            ("person", person?.Value),
            ("at", at),
            ("id", id.Value)) == 1;

    public async ValueTask<byte[]?> Acknowledgement(TransmissionId id, CancellationToken ct) => await Blob(id, "acknowledgement", ct);

    public async ValueTask<byte[]?> Envelope(TransmissionId id, CancellationToken ct) => await Blob(id, "envelope", ct);

    public async ValueTask<byte[]?> Receipt(TransmissionId id, CancellationToken ct) => await Blob(id, "receipt", ct);

    public ValueTask<List<TransmissionRow>> Inbox(OrganisationId recipient, bool waitingOnly, CancellationToken ct) => session.Query(
        $"""
        SELECT {Columns} FROM {Table} WHERE recipient = @recipient AND provenance = 'Centre' AND state = 'Received'
        {(waitingOnly ? "AND receipt_at IS NULL" : "")} ORDER BY received_at DESC LIMIT {ListLimit}
        """,
        Map,
        ct,
        ("recipient", recipient.Value));

    public ValueTask<List<TransmissionRow>> Sent(OrganisationId sender, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} WHERE sender = @sender AND state = 'Received' ORDER BY received_at DESC LIMIT {ListLimit}",
        Map,
        ct,
        ("sender", sender.Value));

    public ValueTask<List<TransmissionRow>> Expired(DateTimeOffset now, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} WHERE state = 'Open' AND expires <= @now ORDER BY expires LIMIT {ListLimit}", Map, ct, ("now", now));

    /// <summary>How many uploads of a sender are open, and the bytes they promise.</summary>
    public async ValueTask<(long Count, long Bytes)> OpenOf(OrganisationId sender, DateTimeOffset now, CancellationToken ct) => (await session.Query(
        $"SELECT COUNT(*), CAST(COALESCE(SUM(length), 0) AS BIGINT) FROM {Table} WHERE sender = @sender AND state = 'Open' AND expires > @now",
        r => (r.GetInt64(0), r.GetInt64(1)),
        ct,
        ("sender", sender.Value),
        ("now", now)))[0];

    public async ValueTask<bool> Refers(Guid content, CancellationToken ct) =>
        await session.Scalar($"SELECT 1 FROM {Table} WHERE content = @content", ct, ("content", content)) is not null;

    public ValueTask<int> RecordRejected(Guid? transmission, Actor by, string code, DateTimeOffset at, CancellationToken ct) => session.Execute(
        $"""
        INSERT INTO {session.Prefix("exchange")}rejected_attempt (id, at, transmission, organisation, device, code)
        VALUES (@id, @at, @transmission, @organisation, @device, @code)
        """,
        ct,
        ("id", Guid.CreateVersion7()),
        ("at", at),
        ("transmission", transmission),
        ("organisation", by.Organisation.Value),
        ("device", by.Device?.Value),
        ("code", code));

    private async ValueTask<byte[]?> Blob(TransmissionId id, string column, CancellationToken ct) =>
        (byte[]?)await session.Scalar($"SELECT {column} FROM {Table} WHERE id = @id", ct, ("id", id.Value));

    private static TransmissionRow Map(DbDataReader r) => new(
        new(r.GetGuid(0)),
        Enum.Parse<TransmissionState>(r.GetString(1)),
        Enum.Parse<Provenance>(r.GetString(2)),
        new(r.GetGuid(3)),
        new(r.GetGuid(4)),
        r.GetString(5),
        r.GetString(6),
        Enum.Parse<Classification>(r.GetString(7)),
        r.GetString(8),
        r.GetInt64(9))
    {
        Device = r.IsDBNull(10) ? null : new DeviceId(r.GetGuid(10)),
        EnvelopeSha256 = r.GetString(11),
        Content = r.IsDBNull(12) ? null : r.GetGuid(12),
        Created = Instants.FromMicroseconds(r.GetInt64(13)),
        Expires = Instant(r, 14),
        Refusal = r.IsDBNull(15) ? null : r.GetString(15),
        Number = r.IsDBNull(16) ? null : r.GetString(16),
        ReceivedAt = Instant(r, 17),
        LogIndex = r.IsDBNull(18) ? null : r.GetInt64(18),
        ReceiptAt = Instant(r, 19),
        ReceiptSigned = Convert.ToInt64(r.GetValue(20), System.Globalization.CultureInfo.InvariantCulture) == 1,
    };

    private static DateTimeOffset? Instant(DbDataReader r, int column) => r.IsDBNull(column) ? null : Instants.FromMicroseconds(r.GetInt64(column));
}
