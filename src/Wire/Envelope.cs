namespace Sekisho.Wire;

/// <summary>
/// 伝送の封筒 — what the sender signs about a transmission before its bytes travel. Serialised as one JSON object with the
/// members in the order below, UTF-8, no white space: the same values always give the same bytes.
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
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Reads canonical bytes; anything else (unknown member, other order, bad digest, a path in the name) is refused with WI-01xx.</summary>
    public static Outcome<Envelope> Parse(ReadOnlySpan<byte> json) => throw new NotImplementedException();
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
}
