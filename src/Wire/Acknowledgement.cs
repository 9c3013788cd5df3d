namespace Sekisho.Wire;

/// <summary>
/// What an acknowledgement states, without its position in the ledger: these bytes are the ledger's leaf. Canonical JSON like <see cref="Envelope"/>.
/// </summary>
/// <param name="Transmission">The acknowledged transmission.</param>
/// <param name="Number">受付番号: JST date + sequence + check digit, e.g. <c>20211108-000123-4</c>.</param>
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
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("transmission", Transmission)
        .Add("number", Number)
        .Add("environment", Tokens.Of(Environment))
        .Add("sender", Sender)
        .Add("recipient", Recipient)
        .Add("envelopeSha256", EnvelopeSha256)
        .Add("contentSha256", ContentSha256)
        .Add("length", Length)
        .AddMicroseconds("receivedAt", ReceivedAt)
        .Add("facts", Facts)
        .End();

    /// <summary>Reads canonical bytes; WI-04xx.</summary>
    public static Outcome<AcknowledgementStatement> Parse(ReadOnlySpan<byte> json) => json.Length > Limit
        ? Refusals.StatementTooLarge
        : CanonicalJson.Parse(json, Type, Read, s => s.Fault(), s => s.ToBytes(), Refusals.StatementMalformed);

    private const string Type = "sekisho/acknowledgement-statement/1";
    private const int MaxFacts = 16;

    /// <summary>The statement travels in base64 inside an acknowledgement.</summary>
    private const int Limit = 32 * 1024;

    private Refusal? Fault()
    {
        var valid = ReceptionNumber.Parse(Number).Succeeded(out _, out _)
            && Tokens.IsDigest(EnvelopeSha256)
            && Tokens.IsDigest(ContentSha256)
            && Length is >= 0 and <= CanonicalJson.MaxInteger
            && Facts.All(f => f.Length is > 0 and <= 1000 && Tokens.IsPlain(f));
        return valid ? null : Refusals.StatementMalformed;
    }

    private static AcknowledgementStatement? Read(ref CanonicalReader reader)
    {
        var (transmission, number) = (reader.Guid("transmission"), reader.Text("number"));
        var environment = Tokens.Environment(reader.Text("environment"));
        var (sender, recipient) = (reader.Guid("sender"), reader.Guid("recipient"));
        var (envelope, content) = (reader.Text("envelopeSha256"), reader.Text("contentSha256"));
        var length = reader.Integer("length");
        var receivedAt = reader.Instant("receivedAt", CanonicalReader.Microseconds);
        var facts = reader.Texts("facts", MaxFacts);
        return environment is null
            ? null
            : new AcknowledgementStatement(transmission, number, environment.Value, sender, recipient, envelope, content, length, receivedAt, facts);
    }
}

/// <summary>受領確認 — the statement and where the ledger holds it. Signed as CMS by who acknowledges; never changes once given.</summary>
/// <param name="Statement">The statement's canonical bytes.</param>
/// <param name="LogOrigin">Which ledger (C2SP origin line).</param>
/// <param name="LogIndex">Zero-based leaf index.</param>
public sealed record Acknowledgement(ReadOnlyMemory<byte> Statement, string LogOrigin, long LogIndex)
{
    /// <summary>The canonical bytes that are signed.</summary>
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("statement", Statement.Span)
        .Add("logOrigin", LogOrigin)
        .Add("logIndex", LogIndex)
        .End();

    /// <summary>Reads canonical bytes; WI-04xx. The statement inside is not judged here.</summary>
    public static Outcome<Acknowledgement> Parse(ReadOnlySpan<byte> json) => json.Length > CanonicalJson.MaxBytes
        ? Refusals.StatementTooLarge
        : CanonicalJson.Parse(json, Type, Read, a => a.Fault(), a => a.ToBytes(), Refusals.StatementMalformed);

    private const string Type = "sekisho/acknowledgement/1";

    private Refusal? Fault() =>
        Tokens.IsOrigin(LogOrigin) && LogIndex is >= 0 and <= CanonicalJson.MaxInteger ? null : Refusals.StatementMalformed;

    private static Acknowledgement? Read(ref CanonicalReader reader) =>
        new(reader.Bytes("statement"), reader.Text("logOrigin"), reader.Integer("logIndex"));
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
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("transmission", Transmission)
        .Add("environment", Tokens.Of(Environment))
        .Add("recipient", Recipient)
        .Add("contentSha256", ContentSha256)
        .Add("length", Length)
        .AddMicroseconds("receivedAt", ReceivedAt)
        .End();

    /// <summary>Reads canonical bytes; WI-04xx.</summary>
    public static Outcome<DeliveryReceipt> Parse(ReadOnlySpan<byte> json) => json.Length > CanonicalJson.MaxBytes
        ? Refusals.StatementTooLarge
        : CanonicalJson.Parse(json, Type, Read, r => r.Fault(), r => r.ToBytes(), Refusals.StatementMalformed);

    private const string Type = "sekisho/delivery-receipt/1";

    private Refusal? Fault() =>
        Tokens.IsDigest(ContentSha256) && Length is >= 0 and <= CanonicalJson.MaxInteger ? null : Refusals.StatementMalformed;

    private static DeliveryReceipt? Read(ref CanonicalReader reader)
    {
        var transmission = reader.Guid("transmission");
        var environment = Tokens.Environment(reader.Text("environment"));
        var recipient = reader.Guid("recipient");
        var (sha256, length) = (reader.Text("contentSha256"), reader.Integer("length"));
        var receivedAt = reader.Instant("receivedAt", CanonicalReader.Microseconds);
        return environment is null ? null : new DeliveryReceipt(transmission, environment.Value, recipient, sha256, length, receivedAt);
    }
}
