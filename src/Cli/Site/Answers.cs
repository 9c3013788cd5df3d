using Sekisho.Wire;

namespace Sekisho.Cli.Site;

/// <summary>An organisation as the site's directory answers.</summary>
internal sealed record OrganisationAnswer(Guid Id, string Name);

/// <summary>Something that travels, as the site lists it.</summary>
internal sealed record DeliveryAnswer(
    Guid Id,
    Guid Sender,
    string SenderName,
    string Kind,
    string FileName,
    Classification Classification,
    string Sha256,
    long Length,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? ReceiptAt,
    bool ReceiptSigned);

/// <summary>A reception as the site lists it.</summary>
internal sealed record ReceptionAnswer(
    string Number,
    string Institution,
    string InstitutionName,
    string Payer,
    string? BillingMonth,
    string FileName,
    DateTimeOffset ReceivedAt,
    string State,
    int Claims,
    int RejectedClaims,
    long Points,
    int Findings,
    string? Worst)
{
    /// <summary>The state in the words of the claims month.</summary>
    public string StateInWords => State switch
    {
        "Received" => "受信 (点検中)",
        "Rejected" => "受付不能",
        "Checked" => "点検結果あり (請求確定または取消を待っています)",
        "Cancelled" => "取消",
        "Confirmed" => "請求確定",
        "Closed" => "締切",
        "UnderReview" => "審査中",
        "Decided" => "決定",
        "Delivered" => "配信済み",
        _ => State,
    };
}

/// <summary>A proof that the ledger only grew.</summary>
internal sealed record ConsistencyAnswer(long From, long To, IReadOnlyList<byte[]> Path);

/// <summary>What a delivery run did.</summary>
internal sealed record DeliveryReportAnswer(int Deliveries, int Claims, IReadOnlyDictionary<string, int> Unknown);
