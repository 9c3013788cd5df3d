using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Sekisho.Contracts;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>
/// PATCH /exchange/uploads/{id}: takes the bytes from the offset on, encrypting as they come. A cut line keeps what arrived. The request that brings the
/// last byte is answered only when the transmission is verified, durable and in the ledger's queue. Scoped.
/// </summary>
internal sealed class PatchUpload(
    DbSession session,
    UploadProgress progress,
    UploadLocks locks,
    ContentStore store,
    DiskSpace disk,
    Completion completion,
    AcknowledgementWait acknowledgements,
    Audit audit,
    ICurrentActor current,
    Gate gate,
    ExchangeOptions options)
{
    public async Task<IResult> Handle(Guid id, HttpContext http)
    {
        if (http.Request.ContentType is not Tus.ContentType)
        {
            return Tus.Problem(StatusCodes.Status415UnsupportedMediaType, Refusals.UploadMediaType);
        }

        if (!long.TryParse(http.Request.Headers["Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return Tus.Problem(StatusCodes.Status400BadRequest, Refusals.NoOffset);
        }

        using var held = locks.TryTake(id);
        if (held is null)
        {
            return Tus.Problem(Refusals.UploadBusy);
        }

        if ((await progress.Find(new(id), current.Actor, http.RequestAborted)).Refused(out var refusal, out var row))
        {
            return Tus.Problem(refusal);
        }

        if (row.State == TransmissionState.Received)
        {
            return offset == row.Length && http.Request.ContentLength is 0 ? await Finished(row, http, null) : WrongOffset(row.Length, http);
        }

        if (!disk.Holds(row.Length - Math.Min(offset, row.Length)))
        {
            return Tus.Problem(Refusals.NoRoom);
        }

        if (gate.RefusesBytes(row.Sender, http) is { } much)
        {
            return Tus.Problem(much);
        }

        using var work = gate.Line.Begin(id);
        Unhurried(http);
        var (finished, result) = await Take(row, offset, http);
        if (!finished)
        {
            return result;
        }

        using var expected = acknowledgements.Expect(row.Id);
        return (await completion.Run(row)).Refused(out refusal, out _) ? Tus.Problem(refusal) : await Finished(row with { Expires = null }, http, expected);
    }

    /// <summary>All is received. Who asks for it by <c>Accept: application/cms</c> gets the acknowledgement with the same answer; if it takes too long, it is asked for later.</summary>
    private async ValueTask<IResult> Finished(TransmissionRow row, HttpContext http, AcknowledgementWait.Expected? expected)
    {
        if (!Tus.WantsAcknowledgement(http.Request))
        {
            return Done(row, row.Length, http);
        }

        var answer = expected is { } waiting ? await waiting.Get(http.RequestAborted) : await acknowledgements.Get(row.Id, http.RequestAborted);
        var done = Done(row, row.Length, http);
        if (!answer.Succeeded(out var acknowledgement, out _))
        {
            return done;
        }

        FaultPoints.Pass("exchange.acknowledgement.answering");
        return Results.Bytes(acknowledgement, Tus.AcknowledgementType);
    }

    /// <summary>A large file may come over a slow line; one that stands still is cut.</summary>
    private void Unhurried(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(options.SlowestLine, options.SlowLineGrace);
        }
    }

    /// <summary>True when all of it is held, durably; otherwise the answer.</summary>
    private async Task<(bool Finished, IResult Answer)> Take(TransmissionRow row, long offset, HttpContext http)
    {
        using var writer = store.Write(row.Content!.Value, row.Length);
        var from = writer.Offset;
        if (offset != writer.Offset)
        {
            return (false, WrongOffset(writer.Offset, http));
        }

        if (http.Request.ContentLength > row.Length - offset)
        {
            return (false, Refused(StatusCodes.Status413PayloadTooLarge, Refusals.BeyondLength));
        }

        bool fits;
        try
        {
            fits = await Receive(http.Request.Body, writer, row.Length, http.RequestAborted);
        }
        catch
        {
            await Park(row, writer);
            throw;
        }
        finally
        {
            gate.Count(row.Sender, writer.Offset - from);
        }

        if (fits && writer.Offset == row.Length)
        {
            writer.Finish();
            return (true, Results.Empty);
        }

        await Park(row, writer);
        return (false, fits ? Done(row, writer.Offset, http) : Refused(StatusCodes.Status413PayloadTooLarge, Refusals.BeyondLength));
    }

    /// <summary>False when more came than the envelope says; what is too much is not taken.</summary>
    private static async ValueTask<bool> Receive(Stream body, ContentWriter writer, long length, CancellationToken ct)
    {
        while (writer.Offset < length)
        {
            var room = await writer.Room(ct);
            var read = await body.ReadAsync(room[..(int)Math.Min(room.Length, length - writer.Offset)], ct);
            if (read == 0)
            {
                return true;
            }

            writer.Advance(read);
        }

        return await body.ReadAsync(new byte[1], ct) == 0;
    }

    private async ValueTask Park(TransmissionRow row, ContentWriter writer)
    {
        writer.Park();
        await session.Write(CancellationToken.None);
        await audit.Record(
            AuditKind.TransmissionUpload, row.Id.ToString(), "offset " + writer.Offset.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
        await session.Commit(CancellationToken.None);
        FaultPoints.Pass("exchange.upload.parked");
    }

    private static IResult Done(TransmissionRow row, long offset, HttpContext http)
    {
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        Tus.Describe(row, http.Response);
        return Results.NoContent();
    }

    private static IResult WrongOffset(long offset, HttpContext http)
    {
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        return Refused(StatusCodes.Status409Conflict, Refusals.WrongOffset);
    }

    private static IResult Refused(int status, Refusal refusal) => Tus.Problem(status, refusal);
}
