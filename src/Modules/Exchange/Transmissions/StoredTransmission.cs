using System.Data.Common;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>A transmission's row as it is written, whatever is wrong with it, and the leaves that belong to it.</summary>
internal sealed record StoredTransmission
{
    /// <summary>In the order of <see cref="Read"/>; table t, its own entry e, its receipt's entry r.</summary>
    public const string Columns =
        """
        t.id, t.state, t.provenance, t.sender, t.recipient, t.kind, t.file_name, t.classification, t.sha256, t.length, t.device, t.envelope, t.envelope_sha256,
        t.content, t.refusal, t.number, t.received_at, t.statement, t.log_index, t.acknowledgement, t.receipt, t.receipt_entry, e.leaf, e.position, r.leaf
        """;

    public required string Id { get; init; }

    public required string State { get; init; }

    public required string Provenance { get; init; }

    public required string Sender { get; init; }

    public required string Recipient { get; init; }

    public required string Kind { get; init; }

    public required string FileName { get; init; }

    public required string Classification { get; init; }

    public required string Sha256 { get; init; }

    public required long Length { get; init; }

    public required string Device { get; init; }

    public required byte[] Envelope { get; init; }

    public required string EnvelopeSha256 { get; init; }

    public required string Content { get; init; }

    public required string Refusal { get; init; }

    public required string Number { get; init; }

    public required DateTimeOffset? ReceivedAt { get; init; }

    public required byte[]? Statement { get; init; }

    public required long? LogIndex { get; init; }

    public required byte[]? Acknowledgement { get; init; }

    public required byte[]? Receipt { get; init; }

    public required string ReceiptEntry { get; init; }

    public required byte[]? Leaf { get; init; }

    public required long? Position { get; init; }

    public required byte[]? ReceiptLeaf { get; init; }

    public static StoredTransmission Read(DbDataReader r) => new()
    {
        Id = StoredLedger.Text(r, 0),
        State = StoredLedger.Text(r, 1),
        Provenance = StoredLedger.Text(r, 2),
        Sender = StoredLedger.Text(r, 3),
        Recipient = StoredLedger.Text(r, 4),
        Kind = StoredLedger.Text(r, 5),
        FileName = StoredLedger.Text(r, 6),
        Classification = StoredLedger.Text(r, 7),
        Sha256 = StoredLedger.Text(r, 8),
        Length = Integer(r, 9) ?? -1,
        Device = StoredLedger.Text(r, 10),
        Envelope = StoredLedger.Bytes(r, 11),
        EnvelopeSha256 = StoredLedger.Text(r, 12),
        Content = StoredLedger.Text(r, 13),
        Refusal = StoredLedger.Text(r, 14),
        Number = StoredLedger.Text(r, 15),
        ReceivedAt = Integer(r, 16) is { } at and > 0 and < 200_000_000_000_000_000 ? Instants.FromMicroseconds(at) : null,
        Statement = r.GetValue(17) as byte[],
        LogIndex = Integer(r, 18),
        Acknowledgement = r.GetValue(19) as byte[],
        Receipt = r.GetValue(20) as byte[],
        ReceiptEntry = StoredLedger.Text(r, 21),
        Leaf = r.GetValue(22) as byte[],
        Position = Integer(r, 23),
        ReceiptLeaf = r.GetValue(24) as byte[],
    };

    private static long? Integer(DbDataReader r, int column) => r.GetValue(column) is long number ? number : null;
}
