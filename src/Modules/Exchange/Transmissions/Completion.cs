using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>
/// The last byte has arrived and is durable: proves that what is stored is what the envelope promised, then makes the transmission received, numbered
/// and a ledger entry in one transaction. Runs to its end even when the sender has gone. Scoped.
/// </summary>
internal sealed partial class Completion(
    DbSession session,
    TransmissionTable table,
    ContentStore store,
    Numbers numbers,
    ICertificates certificates,
    ILedger ledger,
    Audit audit,
    Intake intake,
    QuarantineTable quarantine,
    Gate gate,
    ILogger<Completion> logger)
{
    /// <summary>The 受付番号, or why the transmission is not received. The upload's lock is held, its writer closed.</summary>
    public async ValueTask<Outcome<string>> Run(TransmissionRow row)
    {
        if (await Digest(row) is not { } digest)
        {
            return Refusals.NotKept;
        }

        if (digest != row.Sha256)
        {
            return await Refuse(row, Refusals.WrongDigest);
        }

        if (row.Device is { } device && !certificates.IsInForce(device))
        {
            return await Refuse(row, Refusals.SignerEnded);
        }

        FaultPoints.Pass("exchange.completion.digested");
        var receipt = intake.Now();
        var number = await numbers.Next(receipt.At, CancellationToken.None);
        FaultPoints.Pass("exchange.completion.numbered");
        var statement = Statement(row, number, receipt.At, certificates.Environment, receipt.Facts);
        await session.Write(CancellationToken.None);
        if (!await table.Receive(row, number, receipt.At, statement, CancellationToken.None))
        {
            await session.Rollback();
            return Refusals.UploadGone;
        }

        await Record(row.Id, number, statement, receipt);
        FaultPoints.Pass("exchange.completion.written");
        await session.Commit(CancellationToken.None);
        gate.Line.Leave(row.Id.Value);
        FaultPoints.Pass("exchange.completion.committed");
        return number;
    }

    /// <summary>What the acknowledgement states; the ledger's leaf.</summary>
    public static byte[] Statement(TransmissionRow row, string number, DateTimeOffset receivedAt, SiteEnvironment environment, IReadOnlyList<string> facts) =>
        new AcknowledgementStatement(
            row.Id.Value, number, environment, row.Sender.Value, row.Recipient.Value, row.EnvelopeSha256, row.Sha256, row.Length, receivedAt, facts).ToBytes();

    /// <summary>The ledger entry and the audit event of an acknowledged transmission; its place in quarantine when it stays closed for now.</summary>
    public async ValueTask Record(TransmissionId id, string number, byte[] statement, Receipt receipt)
    {
        if (receipt.IsHeld)
        {
            await quarantine.Hold(id, receipt, CancellationToken.None);
        }

        await ledger.Append(id.Value, LedgerKinds.Acknowledgement, statement, CancellationToken.None);
        await audit.Record(AuditKind.TransmissionAcknowledged, id.ToString(), number, CancellationToken.None);
    }

    private async ValueTask<Refusal> Refuse(TransmissionRow row, Refusal refusal)
    {
        await session.Write(CancellationToken.None);
        if (!await table.End(row, TransmissionState.Refused, refusal.Code, CancellationToken.None))
        {
            await session.Rollback();
            return Refusals.UploadGone;
        }

        await audit.Record(AuditKind.TransmissionRefused, row.Id.ToString(), refusal.Code, CancellationToken.None);
        FaultPoints.Pass("exchange.refusal.written");
        await session.Commit(CancellationToken.None);
        FaultPoints.Pass("exchange.refusal.committed");
        gate.Line.Leave(row.Id.Value);
        store.Delete(row.Content!.Value);
        return refusal;
    }

    /// <summary>What is really stored; null when it does not read back, which is the disk's fault and not the sender's: it is dropped to be sent again.</summary>
    [SuppressMessage("Performance", "CA1873", Justification = "An identifier costs nothing")]
    private async ValueTask<string?> Digest(TransmissionRow row)
    {
        try
        {
            return await store.Digest(row.Content!.Value, row.Length, CancellationToken.None);
        }
        catch (InvalidDataException e)
        {
            LogNotKept(e, row.Id);
            store.Delete(row.Content!.Value);
            return null;
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Content of transmission {Transmission} did not read back and was dropped")]
    private partial void LogNotKept(Exception e, TransmissionId transmission);
}
