using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Deliveries;

/// <summary>
/// The recipient says that it holds a delivery: by a signed receipt (POST /exchange/deliveries/{id}/receipt), or by fetching it on a page, which is
/// recorded as that. The first one stands. Scoped.
/// </summary>
internal sealed class AcknowledgeDelivery(
    DbSession session,
    TransmissionTable table,
    ICertificates certificates,
    ICurrentActor current,
    ILedger ledger,
    Outbox outbox,
    Audit audit,
    TimeProvider time)
{
    private const int MaxReceipt = EntryBundle.MaxEntry;

    public async Task<IResult> Handle(Guid id, HttpContext http)
    {
        var ct = http.RequestAborted;
        var buffer = new byte[MaxReceipt + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (length > MaxReceipt)
        {
            return Refusals.EnvelopeTooLong.ToResult();
        }

        var actor = current.Actor;
        if (await Mine(new(id), actor, ct) is not { } row)
        {
            return Refusals.UnknownTransmission.ToResult();
        }

        var cms = buffer[..length];
        if (Judge(cms, row, actor).Refused(out var refusal, out _))
        {
            return refusal.ToResult();
        }

        await session.Write(ct);
        var entry = Guid.CreateVersion7();
        if (await table.SetReceipt(row.Id, cms, entry, null, time.Now(), ct))
        {
            await ledger.Append(entry, LedgerKinds.Receipt, cms, ct);
            await Record(row, actor, "signed", ct);
        }

        FaultPoints.Pass("exchange.receipt.written");
        await session.Commit(ct);
        FaultPoints.Pass("exchange.receipt.committed");
        return Results.Ok();
    }

    public async ValueTask<Outcome<Transmission>> ByPerson(Actor by, TransmissionId id, CancellationToken ct)
    {
        if (!by.May(Permission.ReceiveTransmissions) || await Mine(id, by, ct) is not { } row)
        {
            return Refusals.UnknownTransmission;
        }

        await session.Write(ct);
        if (await table.SetReceipt(id, null, null, by.Person, time.Now(), ct))
        {
            await Record(row, by, "person", ct);
        }

        var received = await table.Find(id, ct);
        await session.Commit(ct);
        return received!.ToTransmission();
    }

    private async ValueTask<TransmissionRow?> Mine(TransmissionId id, Actor actor, CancellationToken ct)
    {
        await session.Read(ct);
        var row = await table.Find(id, ct);
        await session.Rollback();
        return row is { Provenance: Provenance.Centre } && row.Recipient == actor.Organisation ? row : null;
    }

    private Outcome<bool> Judge(byte[] cms, TransmissionRow row, Actor actor)
    {
        if (Cms.Verify(cms, certificates.Trust, time.GetUtcNow()).Refused(out var refusal, out var signed)
            || DeliveryReceipt.Parse(signed.Content).Refused(out refusal, out var receipt))
        {
            return refusal;
        }

        if (receipt.Environment != certificates.Environment)
        {
            return Refusals.OtherEnvironment;
        }

        if (receipt.Recipient != signed.Identity.Organisation || receipt.Recipient != actor.Organisation.Value)
        {
            return Refusals.OtherRecipient;
        }

        if (!certificates.IsInForce(new(signed.Identity.Device)))
        {
            return Refusals.SignerNotInForce;
        }

        return receipt.Transmission == row.Id.Value && receipt.ContentSha256 == row.Sha256 && receipt.Length == row.Length
            ? true
            : Refusals.OtherContent;
    }

    private async ValueTask Record(TransmissionRow row, Actor by, string how, CancellationToken ct)
    {
        await audit.Record(by, AuditKind.DeliveryAcknowledged, row.Id.ToString(), how, ct);
        await outbox.Publish(new TransmissionReceived(row.Id, row.Kind), row.Id.ToString(), ct);
    }
}
