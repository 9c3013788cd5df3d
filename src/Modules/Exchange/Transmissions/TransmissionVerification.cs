using System.Data.Common;
using System.Security.Cryptography;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>Compares every received transmission with its ledger entry, its acknowledgement, its receipt and its stored content. Singleton.</summary>
internal sealed class TransmissionVerification(ContentStore store, LedgerOrigin origin, ICertificates certificates)
{
    private const int Page = 200;

    private sealed record Stored(
        Guid Id,
        byte[] Envelope,
        string EnvelopeSha256,
        string Sha256,
        long Length,
        Guid? Content,
        DateTimeOffset ReceivedAt,
        byte[]? Statement,
        long? LogIndex,
        byte[]? Acknowledgement,
        byte[]? Receipt,
        byte[]? Leaf,
        long? Position,
        byte[]? ReceiptLeaf);

    /// <summary>The first fault of each transmission that has one.</summary>
    public async ValueTask<IReadOnlyList<string>> Verify(DbSession session, CancellationToken ct)
    {
        var faults = new List<string>();
        var after = Guid.Empty;
        while (true)
        {
            var page = await Read(session, after, ct);
            if (page.Count == 0)
            {
                return faults;
            }

            foreach (var row in page)
            {
                if (await Fault(row, ct) is { } fault)
                {
                    faults.Add($"伝送 {row.Id:D}: {fault}");
                }
            }

            after = page[^1].Id;
        }
    }

    private async ValueTask<string?> Fault(Stored row, CancellationToken ct) =>
        Convert.ToHexStringLower(SHA256.HashData(row.Envelope)) != row.EnvelopeSha256 ? "封筒が、受け付けたものと一致しません。"
        : StatementFault(row) ?? await AcknowledgementFault(row, ct) ?? ReceiptFault(row) ?? await ContentFault(row, ct);

    private static string? StatementFault(Stored row)
    {
        if (row.Statement is null)
        {
            return null;
        }

        if (row.Leaf is null || !row.Leaf.AsSpan().SequenceEqual(row.Statement))
        {
            return "受領の記載が、台帳の葉と一致しません。";
        }

        return AcknowledgementStatement.Parse(row.Statement).Succeeded(out var statement, out _)
            && statement.ContentSha256 == row.Sha256 && statement.EnvelopeSha256 == row.EnvelopeSha256 && statement.Length == row.Length
            ? null
            : "受領の記載が、受信した内容と一致しません。";
    }

    private async ValueTask<string?> AcknowledgementFault(Stored row, CancellationToken ct)
    {
        if (row.Statement is null || (row.Position is null && row.Acknowledgement is null))
        {
            return null;
        }

        var expected = new Acknowledgement(row.Statement, await origin.Get(ct), row.Position ?? -1).ToBytes();
        return row.LogIndex == row.Position
            && row.Acknowledgement is not null
            && Cms.Verify(row.Acknowledgement, certificates.Trust, row.ReceivedAt).Succeeded(out var signed, out _)
            && signed.Content.AsSpan().SequenceEqual(expected)
            ? null
            : "受領確認の署名または位置が正しくありません。";
    }

    private static string? ReceiptFault(Stored row) => row.Receipt is null || (row.ReceiptLeaf is not null && row.ReceiptLeaf.AsSpan().SequenceEqual(row.Receipt))
        ? null
        : "受信者の受領書が、台帳の葉と一致しません。";

    private async ValueTask<string?> ContentFault(Stored row, CancellationToken ct)
    {
        try
        {
            return row.Content is { } content && await store.Digest(content, row.Length, ct) == row.Sha256
                ? null
                : "保存した内容のハッシュ値が一致しません。";
        }
        catch (InvalidDataException e)
        {
            return $"保存した内容が読めません ({e.Message})。";
        }
    }

    private static ValueTask<List<Stored>> Read(DbSession session, Guid after, CancellationToken ct)
    {
        var prefix = session.Prefix("exchange");
        return session.Query(
            $"""
            SELECT t.id, t.envelope, t.envelope_sha256, t.sha256, t.length, t.content, t.received_at, t.statement, t.log_index, t.acknowledgement, t.receipt,
                e.leaf, e.position, r.leaf
            FROM {prefix}transmission t
            LEFT JOIN {prefix}ledger_entry e ON e.id = t.id
            LEFT JOIN {prefix}ledger_entry r ON r.id = t.receipt_entry
            WHERE t.state = 'Received' AND t.id > @after ORDER BY t.id LIMIT {Page}
            """,
            Map,
            ct,
            ("after", after));
    }

    private static Stored Map(DbDataReader r) => new(
        r.GetGuid(0),
        (byte[])r.GetValue(1),
        r.GetString(2),
        r.GetString(3),
        r.GetInt64(4),
        r.IsDBNull(5) ? null : r.GetGuid(5),
        Instants.FromMicroseconds(r.GetInt64(6)),
        Bytes(r, 7),
        r.IsDBNull(8) ? null : r.GetInt64(8),
        Bytes(r, 9),
        Bytes(r, 10),
        Bytes(r, 11),
        r.IsDBNull(12) ? null : r.GetInt64(12),
        Bytes(r, 13));

    private static byte[]? Bytes(DbDataReader r, int column) => r.IsDBNull(column) ? null : (byte[])r.GetValue(column);
}
