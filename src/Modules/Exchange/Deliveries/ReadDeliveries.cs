using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Deliveries;

/// <summary>One row of /exchange/deliveries and /exchange/sent.</summary>
internal sealed record DeliveryItem(
    Guid Id,
    string Number,
    Guid Sender,
    string SenderName,
    Guid Recipient,
    string RecipientName,
    string Kind,
    string FileName,
    string Classification,
    string Sha256,
    long Length,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? ReceiptAt,
    bool ReceiptSigned);

/// <summary>GET /exchange/deliveries…, /exchange/sent…: what waits for my organisation, and what became of what it sent. Scoped.</summary>
internal sealed class ReadDeliveries(DbSession session, TransmissionTable table, ContentStore store, IDirectory directory, ICurrentActor current, IExports exports)
{
    public async Task<IResult> Inbox(bool? waiting, CancellationToken ct)
    {
        await session.Read(ct);
        return await List(await table.Inbox(current.Actor.Organisation, waiting is true, ct), ct);
    }

    public async Task<IResult> Sent(CancellationToken ct)
    {
        await session.Read(ct);
        return await List(await table.Sent(current.Actor.Organisation, ct), ct);
    }

    public async Task<IResult> Envelope(Guid id, CancellationToken ct) =>
        await Mine(new(id), ct) is null
            ? Refusals.UnknownTransmission.ToResult()
            : Results.Bytes((await table.Envelope(new(id), ct))!, "application/cms");

    /// <summary>A device fetches what was delivered to it; a person who takes 厳秘 content out says why.</summary>
    public async Task<IResult> Content(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await Mine(new(id), ct) is not { } row)
        {
            return Refusals.UnknownTransmission.ToResult();
        }

        // A large file may take long: no transaction is kept open while it is sent.
        await session.Rollback();
        if (row.Classification == Wire.Classification.StrictlyConfidential
            && (await exports.State(row.Id.ToString(), "delivery", null, ct)).Refused(out var refusal, out _))
        {
            return refusal.ToResult();
        }

        if (row.Classification == Wire.Classification.Confidential)
        {
            http.Response.Headers["Sekisho-Classification"] = "confidential";
        }

        return Results.Stream(store.Read(row.Content!.Value, row.Length), "application/octet-stream", row.FileName, enableRangeProcessing: true);
    }

    public async Task<IResult> Receipt(Guid id, CancellationToken ct)
    {
        await session.Read(ct);
        if (await table.Find(new(id), ct) is not { State: TransmissionState.Received } row || row.Sender != current.Actor.Organisation)
        {
            return Refusals.UnknownTransmission.ToResult();
        }

        return await table.Receipt(new(id), ct) is { } receipt ? Results.Bytes(receipt, "application/cms") : Refusals.NoReceipt.ToResult();
    }

    private async ValueTask<TransmissionRow?> Mine(TransmissionId id, CancellationToken ct)
    {
        await session.Read(ct);
        return await table.Find(id, ct) is { Provenance: Provenance.Centre } row && row.Recipient == current.Actor.Organisation ? row : null;
    }

    private async ValueTask<IResult> List(IReadOnlyList<TransmissionRow> rows, CancellationToken ct)
    {
        await session.Rollback();
        var names = new Dictionary<OrganisationId, string>();
        foreach (var id in rows.SelectMany(r => new[] { r.Sender, r.Recipient }).Distinct())
        {
            names[id] = (await directory.Organisation(id, ct)).Succeeded(out var organisation, out _) ? organisation.Name : "";
        }

        return Results.Json(rows.Select(r => new DeliveryItem(
            r.Id.Value,
            r.Number ?? "",
            r.Sender.Value,
            names[r.Sender],
            r.Recipient.Value,
            names[r.Recipient],
            r.Kind,
            r.FileName,
            r.Classification.ToString(),
            r.Sha256,
            r.Length,
            r.ReceivedAt ?? r.Created,
            r.ReceiptAt,
            r.ReceiptSigned)));
    }
}
