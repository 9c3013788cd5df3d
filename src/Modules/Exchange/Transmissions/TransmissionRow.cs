using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>Where a transmission stands.</summary>
internal enum TransmissionState
{
    /// <summary>The envelope is accepted, content is arriving.</summary>
    Open,

    /// <summary>All of it is held; nothing but a receipt is added any more.</summary>
    Received,

    /// <summary>Refused for ever.</summary>
    Refused,

    /// <summary>The content did not arrive in time; the same envelope opens it again.</summary>
    Expired,

    /// <summary>Given up by the sender; the same envelope opens it again.</summary>
    Terminated,
}

/// <summary>A transmission without its signed parts.</summary>
internal sealed record TransmissionRow(
    TransmissionId Id,
    TransmissionState State,
    Provenance Provenance,
    OrganisationId Sender,
    OrganisationId Recipient,
    string Kind,
    string FileName,
    Classification Classification,
    string Sha256,
    long Length)
{
    public DeviceId? Device { get; init; }

    public required string EnvelopeSha256 { get; init; }

    public Guid? Content { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public string? Refusal { get; init; }

    public string? Number { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public long? LogIndex { get; init; }

    public DateTimeOffset? ReceiptAt { get; init; }

    public bool ReceiptSigned { get; init; }

    /// <summary>Over without its content, whether or not the sweep has been there.</summary>
    public bool IsGone(DateTimeOffset now) =>
        State is TransmissionState.Expired or TransmissionState.Terminated || (State == TransmissionState.Open && Expires <= now);

    public Transmission ToTransmission() => new(
        Id, Number ?? "", Sender, Recipient, Kind, FileName, Classification, Sha256, Length, Provenance, ReceivedAt ?? Created, ReceiptAt, ReceiptSigned);
}
