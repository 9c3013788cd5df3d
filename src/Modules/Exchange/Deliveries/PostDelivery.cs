using System.Security.Cryptography;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Deliveries;

/// <summary>
/// The centre sends: the content file is written first, then the signed envelope becomes a row of the caller's transaction. A file whose transaction is
/// rolled back is found by the sweep. Scoped.
/// </summary>
internal sealed class PostDelivery(DbSession session, TransmissionTable table, ContentStore store, ICertificates certificates, TimeProvider time)
{
    public async ValueTask<TransmissionId> Run(Posting posting, Stream content, CancellationToken ct)
    {
        if (session.Transaction is not null && await table.Find(posting.Id, ct) is not null)
        {
            return posting.Id;
        }

        var stored = await Stored(content, long.MaxValue, ct);
        FaultPoints.Pass("exchange.post.stored");
        var envelope = Envelope(posting, stored);
        var cms = certificates.SignAsCentre(envelope.ToBytes());
        var row = Row(envelope, cms, stored, Provenance.Centre, time.Now());
        await session.Write(ct);
        if (!await table.Insert(row, cms, null, ct))
        {
            store.Delete(stored.Id);
        }

        return posting.Id;
    }

    /// <summary>Encrypts and stores content of unknown length. What is longer than the limit is cut there: see its length.</summary>
    public async ValueTask<StoredContent> Stored(Stream content, long limit, CancellationToken ct)
    {
        var id = Guid.NewGuid();
        try
        {
            var (length, sent) = await Write(id, content, limit, ct);
            return await store.Digest(id, length, ct) == sent
                ? new StoredContent(id, length, sent)
                : throw new InvalidDataException($"Stored object {id:D} does not read back as it was written");
        }
        catch
        {
            store.Delete(id);
            throw;
        }
    }

    private async ValueTask<(long Length, string Sha256)> Write(Guid id, Stream content, long limit, CancellationToken ct)
    {
        using var writer = store.Write(id, null);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await writer.Append(content, limit, hash, ct);
        writer.Finish();
        return (writer.Offset, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The envelope of what the centre signs for.</summary>
    public Envelope Envelope(Posting posting, StoredContent content) => new(
        posting.Id.Value,
        certificates.Environment,
        posting.Sender.Value,
        posting.Recipient.Value,
        posting.Kind,
        posting.FileName,
        posting.Classification,
        content.Sha256,
        content.Length,
        DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()));

    public static TransmissionRow Row(Envelope envelope, byte[] cms, StoredContent content, Provenance provenance, DateTimeOffset receivedAt) => new(
        new(envelope.Id),
        TransmissionState.Received,
        provenance,
        new(envelope.Sender),
        new(envelope.Recipient),
        envelope.Kind,
        envelope.FileName,
        envelope.Classification,
        envelope.Sha256,
        envelope.Length)
    {
        EnvelopeSha256 = Convert.ToHexStringLower(SHA256.HashData(cms)),
        Content = content.Id,
        Created = envelope.Created,
        ReceivedAt = receivedAt,
    };
}

/// <summary>A finished object.</summary>
internal readonly record struct StoredContent(Guid Id, long Length, string Sha256);
