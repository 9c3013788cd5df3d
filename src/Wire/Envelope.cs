namespace Sekisho.Wire;

/// <summary>
/// 伝送の封筒 — what the sender signs about a transmission before its bytes travel. Serialised as one JSON object with the
/// members in the order below after <c>"type":"sekisho/envelope/1"</c>, UTF-8, no white space: the same values always give the same bytes.
/// </summary>
/// <param name="Id">Chosen by the sender (UUIDv7). The same id with other bytes is refused.</param>
/// <param name="Environment">A message from another environment is refused.</param>
/// <param name="Sender">Sending organisation; must be the organisation of the signing certificate.</param>
/// <param name="Recipient">Receiving organisation.</param>
/// <param name="Kind">What travels, see <see cref="TransmissionKinds"/>.</param>
/// <param name="FileName">The prescribed interchange name, e.g. RECEIPTC.UKE; no path, never a classification mark.</param>
/// <param name="Classification">Carried here because the file name must not carry it.</param>
/// <param name="Sha256">SHA-256 of the content, 64 lower-case hex digits.</param>
/// <param name="Length">Content length in bytes.</param>
/// <param name="Created">When the sender made the envelope (UTC, second precision).</param>
public sealed record Envelope(
    Guid Id,
    SiteEnvironment Environment,
    Guid Sender,
    Guid Recipient,
    string Kind,
    string FileName,
    Classification Classification,
    string Sha256,
    long Length,
    DateTimeOffset Created)
{
    /// <summary>The canonical bytes that are signed.</summary>
    public byte[] ToBytes() => new CanonicalWriter(Type)
        .Add("id", Id)
        .Add("environment", Tokens.Of(Environment))
        .Add("sender", Sender)
        .Add("recipient", Recipient)
        .Add("kind", Kind)
        .Add("fileName", FileName)
        .Add("classification", Tokens.Of(Classification))
        .Add("sha256", Sha256)
        .Add("length", Length)
        .AddSeconds("created", Created)
        .End();

    /// <summary>Reads canonical bytes; anything else (unknown member, other order, bad digest, a path in the name) is refused with WI-01xx.</summary>
    public static Outcome<Envelope> Parse(ReadOnlySpan<byte> json) => json.Length > CanonicalJson.MaxBytes
        ? Refusals.EnvelopeTooLarge
        : CanonicalJson.Parse(json, Type, Read, e => e.Fault(), e => e.ToBytes(), Refusals.EnvelopeMalformed);

    /// <summary>This envelope, or why it may not travel: what <see cref="Parse"/> at the other end would say about its values (WI-0103 to WI-0106).</summary>
    public Outcome<Envelope> Checked() => Fault() is { } refusal ? refusal : this;

    private const string Type = "sekisho/envelope/1";

    private Refusal? Fault() =>
        !Tokens.IsKind(Kind) ? Refusals.Kind
        : !Tokens.IsFileName(FileName) ? Refusals.FileName
        : !Tokens.IsDigest(Sha256) ? Refusals.Digest
        : Length is < 0 or > CanonicalJson.MaxInteger ? Refusals.Length
        : null;

    private static Envelope? Read(ref CanonicalReader reader)
    {
        var id = reader.Guid("id");
        var environment = Tokens.Environment(reader.Text("environment"));
        var (sender, recipient) = (reader.Guid("sender"), reader.Guid("recipient"));
        var (kind, fileName) = (reader.Text("kind"), reader.Text("fileName"));
        var classification = Tokens.Classification(reader.Text("classification"));
        var (sha256, length) = (reader.Text("sha256"), reader.Integer("length"));
        var created = reader.Instant("created", CanonicalReader.Seconds);
        return environment is null || classification is null
            ? null
            : new Envelope(id, environment.Value, sender, recipient, kind, fileName, classification.Value, sha256, length, created);
    }
}

/// <summary>伝送の種類 — the values of <see cref="Envelope.Kind"/>.</summary>
public static class TransmissionKinds
{
    /// <summary>請求: a claim file from an institution to its payer.</summary>
    public static string Claim => "claim";

    /// <summary>受付結果: 受付・事務点検 results from the payer to the institution (JSON).</summary>
    public static string ReceptionResult => "reception-result";

    /// <summary>配信: decided claims from the payer to an insurer (ZIP of manifest and RECODEINFO).</summary>
    public static string Delivery => "delivery";

    /// <summary>お知らせ: what the centre tells an organisation of its transmissions (text).</summary>
    public static string Notice => "notice";

    /// <summary>取下げ: which delivered claims are withdrawn, from the payer to the insurer that got them (JSON).</summary>
    public static string Withdrawal => "withdrawal";
}
