using System.Globalization;
using System.Security.Cryptography;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>
/// Compares transmissions with their envelopes, ledger entries, acknowledgements, receipts and stored content: those that belong to a page of ledger entries, or the
/// rest that no entry leads to. Singleton.
/// </summary>
internal sealed class TransmissionVerification(ContentStore store, LedgerOrigin origin, ICertificates certificates)
{
    private const int Page = 200;

    /// <summary>The transmissions of a page of acknowledgements or receipts, each entry with the first fault of its transmission.</summary>
    public async ValueTask<IReadOnlyList<string>> Compare(DbSession session, string kind, IReadOnlyList<StoredEntry> entries, CancellationToken ct)
    {
        var faults = new List<string>();
        var prefix = session.Prefix("exchange");
        var by = kind == LedgerKinds.Receipt ? ("receipt_entry", "r") : ("id", "e");
        foreach (var some in entries.Chunk(Page))
        {
            var wanted = some.Where(e => Guid.TryParseExact(e.Id, "D", out _)).Select(e => $"'{e.Id}'").ToList();
            var rows = wanted.Count == 0 ? [] : await Rows(session, $"t.{by.Item1} IN ({string.Join(", ", wanted)})", ct);
            var found = rows.ToDictionary(r => by.Item2 == "r" ? r.ReceiptEntry : r.Id);
            foreach (var entry in some)
            {
                if (!found.TryGetValue(entry.Id, out var row))
                {
                    faults.Add($"台帳: 位置 {entry.Position} の記録 {entry.Id} ({kind}) が指す伝送がありません。");
                }
                else if (await Fault(row, ct) is { } fault)
                {
                    faults.Add($"伝送 {row.Id}: {fault}");
                }
            }
        }

        return faults;
    }

    /// <summary>What no positioned entry leads to: deliveries without a signed receipt, uploads under way, states that do not exist.</summary>
    public async ValueTask<IReadOnlyList<string>> Rest(DbSession session, CancellationToken ct)
    {
        var faults = new List<string>();
        for (var after = ""; ;)
        {
            var rest = await Rows(
                session,
                $"""
                e.position IS NULL AND r.position IS NULL AND t.state NOT IN ('Refused', 'Expired', 'Terminated')
                {(after.Length > 0 ? $"AND t.id > '{after}'" : "")} ORDER BY t.id LIMIT {Page}
                """,
                ct);
            foreach (var row in rest)
            {
                if ((row.State == nameof(TransmissionState.Open) ? PartFault(row) : await Fault(row, ct)) is { } fault)
                {
                    faults.Add($"伝送 {row.Id}: {fault}");
                }
            }

            if (rest.Count < Page || !Guid.TryParseExact(rest[^1].Id, "D", out _))
            {
                return faults;
            }

            after = rest[^1].Id;
        }
    }

    private async ValueTask<string?> Fault(StoredTransmission row, CancellationToken ct) =>
        row.State != nameof(TransmissionState.Received) || row.Refusal.Length > 0 || row.ReceivedAt is null ? $"状態が正しくありません (state {row.State}, refusal {row.Refusal})。"
        : Convert.ToHexStringLower(SHA256.HashData(row.Envelope)) != row.EnvelopeSha256 ? "封筒が、受け付けたものと一致しません。"
        : EnvelopeFault(row) ?? StatementFault(row) ?? await AcknowledgementFault(row, ct) ?? ReceiptFault(row) ?? await ContentFault(row, ct);

    /// <summary>The row repeats what the signed envelope says; the envelope decides.</summary>
    private string? EnvelopeFault(StoredTransmission row)
    {
        if (Cms.Verify(row.Envelope, certificates.Trust, row.ReceivedAt!.Value).Refused(out var refusal, out var signed)
            || Envelope.Parse(signed.Content).Refused(out refusal, out var envelope))
        {
            return $"封筒の署名が正しくありません。{refusal.Text}";
        }

        using var certificate = signed.Signer;
        (string Column, string Stated, string Stored)[] columns =
        [
            ("id", envelope.Id.ToString("D"), row.Id),
            ("sender", envelope.Sender.ToString("D"), row.Sender),
            ("recipient", envelope.Recipient.ToString("D"), row.Recipient),
            ("kind", envelope.Kind, row.Kind),
            ("file_name", envelope.FileName, row.FileName),
            ("classification", envelope.Classification.ToString(), row.Classification),
            ("sha256", envelope.Sha256, row.Sha256),
            ("length", envelope.Length.ToString(CultureInfo.InvariantCulture), row.Length.ToString(CultureInfo.InvariantCulture)),
            ("provenance", Came(row, envelope, signed.Identity), row.Provenance),
            ("device", row.Provenance == nameof(Provenance.SenderSigned) ? signed.Identity.Device.ToString("D") : "", row.Device),
        ];
        return columns.FirstOrDefault(c => c.Stated != c.Stored) is { Column: not null } other ? $"記録の {other.Column} が、署名された封筒 ({envelope.Id:D}) と一致しません。" : null;
    }

    private static string Came(StoredTransmission row, Envelope envelope, CertificateIdentity signer) =>
        row.Statement is null ? nameof(Provenance.Centre)
        : signer.Organisation == envelope.Sender && row.Device.Length > 0 ? nameof(Provenance.SenderSigned)
        : nameof(Provenance.HandedOver);

    private static string? StatementFault(StoredTransmission row)
    {
        if (row.Statement is null)
        {
            return row.Number.Length == 0 && row.LogIndex is null && row.Acknowledgement is null ? null : "受領の記載がないのに、受付番号・位置・受領確認のいずれかがあります。";
        }

        if (row.Leaf is null || !row.Leaf.AsSpan().SequenceEqual(row.Statement))
        {
            return "受領の記載が、台帳の葉と一致しません。";
        }

        return AcknowledgementStatement.Parse(row.Statement).Succeeded(out var statement, out _)
            && statement.ContentSha256 == row.Sha256 && statement.EnvelopeSha256 == row.EnvelopeSha256 && statement.Length == row.Length
            && statement.Number == row.Number && statement.ReceivedAt == row.ReceivedAt
            && statement.Transmission.ToString("D") == row.Id && statement.Sender.ToString("D") == row.Sender && statement.Recipient.ToString("D") == row.Recipient
            ? null
            : "受領の記載が、記録 (受付番号・受領時刻・送受信者・ハッシュ値・長さ) と一致しません。";
    }

    private async ValueTask<string?> AcknowledgementFault(StoredTransmission row, CancellationToken ct)
    {
        if (row.Statement is null || (row.Position is null && row.Acknowledgement is null && row.LogIndex is null))
        {
            return null;
        }

        var expected = new Acknowledgement(row.Statement, await origin.Get(ct), row.Position ?? -1).ToBytes();
        return row.LogIndex == row.Position
            && row.Acknowledgement is not null
            && Cms.Verify(row.Acknowledgement, certificates.Trust, row.ReceivedAt!.Value).Succeeded(out var signed, out _)
            && signed.Content.AsSpan().SequenceEqual(expected)
            ? null
            : "受領確認の署名または位置が正しくありません。";
    }

    private static string? ReceiptFault(StoredTransmission row) => row.Receipt is null
        ? row.ReceiptEntry.Length == 0 ? null : "受信者の受領書がありません。"
        : row.ReceiptLeaf is not null && row.ReceiptLeaf.AsSpan().SequenceEqual(row.Receipt) ? null : "受信者の受領書が、台帳の葉と一致しません。";

    private async ValueTask<string?> ContentFault(StoredTransmission row, CancellationToken ct)
    {
        try
        {
            return Guid.TryParseExact(row.Content, "D", out var content) && await store.Digest(content, row.Length, ct) == row.Sha256
                ? null
                : $"保存した内容 {row.Content} のハッシュ値が一致しません。";
        }
        catch (InvalidDataException e)
        {
            return $"保存した内容が読めません ({e.Message})。";
        }
    }

    /// <summary>An upload under way: what was reported as held is there.</summary>
    private string? PartFault(StoredTransmission row)
    {
        try
        {
            return !Guid.TryParseExact(row.Content, "D", out var content) ? "送信途中の内容がどれか分かりません。" : store.PartFault(content);
        }
        catch (InvalidDataException e)
        {
            return $"送信途中の内容が読めません ({e.Message})。";
        }
    }

    private static ValueTask<List<StoredTransmission>> Rows(DbSession session, string where, CancellationToken ct)
    {
        var prefix = session.Prefix("exchange");
        return session.Query(
            $"""
            SELECT {StoredTransmission.Columns} FROM {prefix}transmission t
            LEFT JOIN {prefix}ledger_entry e ON e.id = t.id
            LEFT JOIN {prefix}ledger_entry r ON r.id = t.receipt_entry
            WHERE {where}
            """,
            StoredTransmission.Read,
            ct);
    }
}
