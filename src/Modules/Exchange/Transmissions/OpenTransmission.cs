using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Uploads;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>
/// POST /exchange/transmissions: the sender's signed envelope creates the transmission and its upload. The same bytes again resume it, or answer the
/// acknowledgement once it stands; other bytes under the same id are refused. Scoped.
/// </summary>
internal sealed class OpenTransmission(
    DbSession session,
    TransmissionTable table,
    Admission admission,
    UploadProgress progress,
    AcknowledgementWait acknowledgements,
    ICertificates certificates,
    ICurrentActor current,
    Audit audit,
    ExchangeOptions options,
    OpenLimit limit,
    Gate gate,
    TimeProvider time)
{
    private const int MaxEnvelope = 64 * 1024;

    /// <summary>A verified envelope.</summary>
    private sealed record Offer(Envelope Envelope, DeviceId Device, byte[] Cms, string CmsSha256)
    {
        public TransmissionId Id => new(Envelope.Id);
    }

    public async Task<IResult> Handle(HttpContext http)
    {
        if (http.Request.ContentType is not "application/cms")
        {
            return Tus.Problem(StatusCodes.Status415UnsupportedMediaType, Refusals.EnvelopeMediaType);
        }

        if (await Read(http.Request.Body, http.RequestAborted) is not { } cms)
        {
            return Refusals.EnvelopeTooLong.ToResult();
        }

        if (Judge(cms, current.Actor).Refused(out var refusal, out var offer))
        {
            return await Reject(null, refusal, http.RequestAborted);
        }

        return await Find(offer.Id, http.RequestAborted) is { } existing
            ? await Again(existing, offer, http)
            : await First(offer, http);
    }

    private static async ValueTask<byte[]?> Read(Stream body, CancellationToken ct)
    {
        var buffer = new byte[MaxEnvelope + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxEnvelope ? null : buffer[..length];
    }

    /// <summary>Everything that can be said of the envelope without asking anybody.</summary>
    private Outcome<Offer> Judge(byte[] cms, Actor actor)
    {
        if (Cms.Verify(cms, certificates.Trust, time.GetUtcNow()).Refused(out var refusal, out var signed)
            || Envelope.Parse(signed.Content).Refused(out refusal, out var envelope))
        {
            return refusal;
        }

        var device = new DeviceId(signed.Identity.Device);
        if (envelope.Environment != certificates.Environment)
        {
            return Refusals.OtherEnvironment;
        }

        if (envelope.Sender != signed.Identity.Organisation || envelope.Sender != actor.Organisation.Value)
        {
            return Refusals.OtherSender;
        }

        if (!certificates.IsInForce(device))
        {
            return Refusals.SignerNotInForce;
        }

        return new Offer(envelope, device, cms, Convert.ToHexStringLower(SHA256.HashData(cms)));
    }

    private async Task<IResult> First(Offer offer, HttpContext http)
    {
        var ct = http.RequestAborted;
        var envelope = offer.Envelope;
        if (gate.Refuses(offer.Id, new(envelope.Sender), http) is { } later)
        {
            // Nothing is written: whoever keeps asking must not add to what it waits for.
            return later.ToResult();
        }

        var admitted = await admission.Ask(
            new(envelope.Sender), new(envelope.Recipient), envelope.Kind, envelope.Length, Provenance.SenderSigned, ct);
        if (admitted.Refused(out var refusal, out _))
        {
            gate.Line.Leave(offer.Id.Value);
            return await Reject(offer.Id, refusal, ct);
        }

        if (await limit.Refuses(new(envelope.Sender), envelope.Length, ct) is { } full)
        {
            // Nothing is written: whoever keeps asking must not fill the disk by that.
            gate.Line.Leave(offer.Id.Value);
            return full.ToResult();
        }

        var now = time.Now();
        var row = new TransmissionRow(
            offer.Id,
            TransmissionState.Open,
            Provenance.SenderSigned,
            new(envelope.Sender),
            new(envelope.Recipient),
            envelope.Kind,
            envelope.FileName,
            envelope.Classification,
            envelope.Sha256,
            envelope.Length)
        {
            Device = offer.Device,
            EnvelopeSha256 = offer.CmsSha256,
            Content = Guid.NewGuid(),
            Created = envelope.Created,
            Expires = now + options.UploadLifetime,
        };
        await session.Write(ct);
        if (!await table.Insert(row, offer.Cms, null, ct))
        {
            // The same envelope on two lines at once: the other was first.
            await session.Rollback();
            return await Again((await Find(offer.Id, ct))!, offer, http);
        }

        await audit.Record(AuditKind.TransmissionOpened, row.Id.ToString(), "opened", ct);
        FaultPoints.Pass("exchange.open.written");
        await session.Commit(ct);
        FaultPoints.Pass("exchange.open.committed");
        return Upload(row, 0, http, StatusCodes.Status201Created);
    }

    private async Task<IResult> Again(TransmissionRow row, Offer offer, HttpContext http)
    {
        if (row.EnvelopeSha256 != offer.CmsSha256)
        {
            return await Reject(row.Id, Refusals.OtherBytes, http.RequestAborted);
        }

        return row.State switch
        {
            TransmissionState.Received => await Acknowledged(row, http.RequestAborted),
            TransmissionState.Refused => Refusals.ForEver(row.Refusal ?? "").ToResult(),
            _ => row.IsGone(time.GetUtcNow()) ? await Reopen(row, http) : await Resume(row, http),
        };
    }

    private async Task<IResult> Resume(TransmissionRow row, HttpContext http)
    {
        // What is open goes first: it never waits in line.
        gate.Line.Resume(row.Id.Value);
        var offset = await progress.Of(row.Id, current.Actor, http.RequestAborted);
        if (offset.Refused(out var refusal, out var at))
        {
            // It ran out under this very request: who sends the envelope again asks to begin again.
            return refusal == Refusals.UploadGone ? await Reopen(row, http) : Tus.Problem(refusal);
        }

        await session.Write(http.RequestAborted);
        await audit.Record(AuditKind.TransmissionOpened, row.Id.ToString(), "resumed", http.RequestAborted);
        await session.Commit(http.RequestAborted);
        return at.Row.State == TransmissionState.Received
            ? await Acknowledged(row, http.RequestAborted)
            : Upload(row, at.Offset, http, StatusCodes.Status200OK);
    }

    private async Task<IResult> Reopen(TransmissionRow row, HttpContext http)
    {
        var ct = http.RequestAborted;
        if (gate.Refuses(row.Id, row.Sender, http) is { } later)
        {
            return later.ToResult();
        }

        var admitted = await admission.Ask(row.Sender, row.Recipient, row.Kind, row.Length, row.Provenance, ct);
        if (admitted.Refused(out var refusal, out _))
        {
            return await Reject(row.Id, refusal, ct);
        }

        if (await limit.Refuses(row.Sender, row.Length, ct) is { } full)
        {
            return full.ToResult();
        }

        var now = time.Now();
        var reopened = row with { Content = Guid.NewGuid(), Expires = now + options.UploadLifetime };
        await session.Write(ct);
        if (!await table.Reopen(row.Id, reopened.Content.Value, now, reopened.Expires.Value, ct))
        {
            // Twice at once: the other opened it.
            await session.Rollback();
            return await Resume(row, http);
        }

        await audit.Record(AuditKind.TransmissionOpened, row.Id.ToString(), "reopened", ct);
        await session.Commit(ct);
        FaultPoints.Pass("exchange.reopen.committed");
        return Upload(reopened, 0, http, StatusCodes.Status201Created);
    }

    private async Task<IResult> Acknowledged(TransmissionRow row, CancellationToken ct) =>
        (await acknowledgements.Get(row.Id, ct)).ToResult(bytes => Results.Bytes(bytes, "application/cms"));

    private static IResult Upload(TransmissionRow row, long offset, HttpContext http, int status)
    {
        http.Response.Headers.Location = $"/exchange/uploads/{row.Id}";
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        Tus.Describe(row, http.Response);
        return Results.StatusCode(status);
    }

    private async ValueTask<TransmissionRow?> Find(TransmissionId id, CancellationToken ct)
    {
        await session.Read(ct);
        var row = await table.Find(id, ct);
        await session.Rollback();
        return row;
    }

    private async Task<IResult> Reject(TransmissionId? id, Refusal refusal, CancellationToken ct)
    {
        await session.Rollback();
        await session.Write(ct);
        await table.RecordRejected(id?.Value, current.Actor, refusal.Code, time.GetUtcNow(), ct);
        await audit.Record(AuditKind.TransmissionRefused, id?.ToString() ?? "", refusal.Code, ct);
        await session.Commit(ct);
        return refusal.ToResult();
    }
}
