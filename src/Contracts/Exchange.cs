using Sekisho.Wire;

namespace Sekisho.Contracts.Exchange;

/// <summary>How the content came to the centre.</summary>
public enum Provenance
{
    /// <summary>送信者の電子署名あり.</summary>
    SenderSigned,

    /// <summary>画面からの持込み: proven by sign-in, not sender-signed.</summary>
    HandedOver,

    /// <summary>センターが作成 (results, deliveries).</summary>
    Centre,
}

/// <summary>A transmission whose content is complete, verified and acknowledged (or waits for its recipient).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">受付番号 of the acknowledgement; empty for what the centre sends.</param>
/// <param name="Sender">From.</param>
/// <param name="Recipient">To.</param>
/// <param name="Kind">See <see cref="TransmissionKinds"/>.</param>
/// <param name="FileName">Interchange name.</param>
/// <param name="Classification">Classification.</param>
/// <param name="Sha256">Content digest, hex.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Provenance">How it came.</param>
/// <param name="ReceivedAt">When the centre held all of it.</param>
/// <param name="ReceiptAt">When the recipient acknowledged; null while it waits.</param>
/// <param name="ReceiptSigned">True when the recipient's acknowledgement is signed by its key, false when a person fetched it on a page.</param>
public sealed record Transmission(
    TransmissionId Id,
    string Number,
    OrganisationId Sender,
    OrganisationId Recipient,
    string Kind,
    string FileName,
    Classification Classification,
    string Sha256,
    long Length,
    Provenance Provenance,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? ReceiptAt,
    bool ReceiptSigned);

/// <summary>Something the centre sends for an organisation.</summary>
/// <param name="Id">Chosen by the asker so that asking twice sends once.</param>
/// <param name="Sender">On whose behalf.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Kind">See <see cref="TransmissionKinds"/>.</param>
/// <param name="FileName">Name.</param>
/// <param name="Classification">Classification.</param>
public sealed record Posting(TransmissionId Id, OrganisationId Sender, OrganisationId Recipient, string Kind, string FileName, Classification Classification);

/// <summary>伝送 — signed hand-overs of bytes between organisations.</summary>
public interface IExchange
{
    /// <summary>The transmission; EX-0101 when unknown.</summary>
    ValueTask<Outcome<Transmission>> Find(TransmissionId id, CancellationToken ct);

    /// <summary>Its content: seekable, decrypting, verified segment by segment. The asker must have recorded the access.</summary>
    ValueTask<Outcome<Stream>> Open(TransmissionId id, CancellationToken ct);

    /// <summary>A person hands a file over on a page: stored, logged and acknowledged like a transmission, but recorded as not sender-signed. Commits.</summary>
    ValueTask<Outcome<Transmission>> HandOver(Actor by, OrganisationId recipient, string kind, string fileName, Stream content, CancellationToken ct);

    /// <summary>
    /// Sends for the centre: encrypts and stores <paramref name="content"/>, signs the envelope and queues it for the recipient, within the current
    /// transaction; the same posting id again changes nothing.
    /// </summary>
    ValueTask<TransmissionId> Post(Posting posting, Stream content, CancellationToken ct);

    /// <summary>What waits for, or was received by, the organisation, newest first.</summary>
    ValueTask<IReadOnlyList<Transmission>> Inbox(OrganisationId recipient, bool waitingOnly, CancellationToken ct);

    /// <summary>What the organisation sent, newest first.</summary>
    ValueTask<IReadOnlyList<Transmission>> Sent(OrganisationId sender, CancellationToken ct);

    /// <summary>A person fetched a delivery on a page: recorded as that. Commits. EX-0101 when it is not theirs.</summary>
    ValueTask<Outcome<Transmission>> ReceivedByPerson(Actor by, TransmissionId id, CancellationToken ct);

    /// <summary>The signed acknowledgement (DER CMS) the centre gave; EX-0103 when there is none.</summary>
    ValueTask<Outcome<byte[]>> Acknowledgement(TransmissionId id, CancellationToken ct);
}

/// <summary>Asked before a transmission of a kind is opened: may this sender send it now? Whoever receives the kind implements it.</summary>
public interface ITransmissionGate
{
    /// <summary>The kind this gate guards.</summary>
    string Kind { get; }

    /// <summary>True, or the refusal the sender gets.</summary>
    ValueTask<Outcome<bool>> Admit(OrganisationId sender, OrganisationId recipient, Provenance provenance, CancellationToken ct);
}

/// <summary>台帳 — the append-only Merkle log.</summary>
public interface ILedger
{
    /// <summary>Queues a leaf within the current transaction; the sequencer gives it a position after commit.</summary>
    ValueTask Append(Guid entry, string kind, ReadOnlyMemory<byte> leaf, CancellationToken ct);
}

/// <summary>A transmission was accepted: its acknowledgement stands and is in the ledger. Delivered at least once.</summary>
/// <param name="Transmission">Which.</param>
/// <param name="Kind">Its kind.</param>
public sealed record TransmissionAccepted(TransmissionId Transmission, string Kind);

/// <summary>A recipient acknowledged what the centre sent. Delivered at least once.</summary>
/// <param name="Transmission">Which.</param>
/// <param name="Kind">Its kind.</param>
public sealed record TransmissionReceived(TransmissionId Transmission, string Kind);

/// <summary>How a witness stands to the ledger.</summary>
/// <param name="Name">The witness.</param>
/// <param name="Size">Size of the checkpoint it cosigned last; 0 for never.</param>
/// <param name="CosignedAt">When it cosigned last.</param>
/// <param name="Fault">What went wrong since; empty when nothing did. Japanese.</param>
/// <param name="IsLate">True when the last cosignature is older than the site's limit.</param>
public sealed record WitnessHealth(string Name, long Size, DateTimeOffset? CosignedAt, string Fault, bool IsLate);

/// <summary>What a verification found.</summary>
/// <param name="From">First ledger position that was read: 0, or where the last verification ended.</param>
/// <param name="Size">Size of the ledger.</param>
/// <param name="Faults">What does not hold, in Japanese, with its place. Empty when all of it holds.</param>
public sealed record SiteVerification(long From, long Size, IReadOnlyList<string> Faults);

/// <summary>健全性 — proves that what the site once acknowledged still stands as it was acknowledged.</summary>
public interface ISiteHealth
{
    /// <summary>
    /// Re-reads the whole ledger, every event, acknowledgement, receipt and stored file. Empty when all of it holds; otherwise what does not, in Japanese, with its
    /// place. Reads everything: for administration, not for requests.
    /// </summary>
    ValueTask<IReadOnlyList<string>> Verify(CancellationToken ct);

    /// <summary>
    /// The same from where <paramref name="stateFile"/> says the last verification ended (from the start when there is none, or when asked), and remembers there how
    /// far it came. Also finds that the ledger was rolled back or forked since then.
    /// </summary>
    ValueTask<Outcome<SiteVerification>> Audit(string stateFile, bool fromStart, CancellationToken ct);

    /// <summary>The public key of the ledger (C2SP vkey), which outsiders pin.</summary>
    ValueTask<string> LedgerKey(CancellationToken ct);

    /// <summary>The configured witnesses.</summary>
    ValueTask<IReadOnlyList<WitnessHealth>> Witnesses(CancellationToken ct);
}
