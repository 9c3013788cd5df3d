namespace Sekisho.Wire;

/// <summary>
/// What an acknowledgement states, without its position in the ledger: these bytes are the ledger's leaf. Canonical JSON like <see cref="Envelope"/>.
/// </summary>
/// <param name="Transmission">The acknowledged transmission.</param>
/// <param name="Number">受付番号: JST date + sequence + check digit, e.g. <c>20211108-000123-7</c>.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Sender">Who sent.</param>
/// <param name="Recipient">For whom it was accepted.</param>
/// <param name="EnvelopeSha256">Digest of the sender's signed envelope (the CMS bytes).</param>
/// <param name="ContentSha256">Digest of the content as received and stored.</param>
/// <param name="Length">Length of the content.</param>
/// <param name="ReceivedAt">When the last byte was durable (UTC, microseconds). Deadlines are decided by this.</param>
/// <param name="Facts">What else must be known, e.g. that no virus scan was possible (flows §1); usually empty.</param>
public sealed record AcknowledgementStatement(
    Guid Transmission,
    string Number,
    SiteEnvironment Environment,
    Guid Sender,
    Guid Recipient,
    string EnvelopeSha256,
    string ContentSha256,
    long Length,
    DateTimeOffset ReceivedAt,
    IReadOnlyList<string> Facts)
{
    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Reads canonical bytes; WI-04xx.</summary>
    public static Outcome<AcknowledgementStatement> Parse(ReadOnlySpan<byte> json) => throw new NotImplementedException();
}

/// <summary>受領確認 — the statement and where the ledger holds it. Signed as CMS by who acknowledges; never changes once given.</summary>
/// <param name="Statement">The statement's canonical bytes.</param>
/// <param name="LogOrigin">Which ledger (C2SP origin line).</param>
/// <param name="LogIndex">Zero-based leaf index.</param>
public sealed record Acknowledgement(ReadOnlyMemory<byte> Statement, string LogOrigin, long LogIndex)
{
    /// <summary>The canonical bytes that are signed.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Reads canonical bytes; WI-04xx.</summary>
    public static Outcome<Acknowledgement> Parse(ReadOnlySpan<byte> json) => throw new NotImplementedException();
}

/// <summary>
/// What a recipient signs when it has fetched and verified a delivery. Canonical JSON.
/// </summary>
/// <param name="Transmission">The delivered transmission.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Recipient">Who received.</param>
/// <param name="ContentSha256">Digest of what was received.</param>
/// <param name="Length">Length of what was received.</param>
/// <param name="ReceivedAt">When the recipient held all of it (UTC, microseconds).</param>
public sealed record DeliveryReceipt(
    Guid Transmission,
    SiteEnvironment Environment,
    Guid Recipient,
    string ContentSha256,
    long Length,
    DateTimeOffset ReceivedAt)
{
    /// <summary>The canonical bytes.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Reads canonical bytes; WI-04xx.</summary>
    public static Outcome<DeliveryReceipt> Parse(ReadOnlySpan<byte> json) => throw new NotImplementedException();
}
