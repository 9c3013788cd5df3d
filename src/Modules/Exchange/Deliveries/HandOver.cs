using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Deliveries;

/// <summary>
/// A person brings a file on a page. The centre signs an envelope that says what it was given; the statement says that the sender did not sign.
/// Otherwise it is numbered, logged and acknowledged like any transmission. Scoped.
/// </summary>
internal sealed class HandOver(
    DbSession session,
    TransmissionTable table,
    Admission admission,
    PostDelivery post,
    ContentStore store,
    Numbers numbers,
    Completion completion,
    AcknowledgementWait acknowledgements,
    ICertificates certificates,
    DiskSpace disk,
    ExchangeOptions options,
    Intake intake,
    Gate gate)
{
    public const string Fact = "画面からの持込み（送信者の電子署名なし）";

    public async ValueTask<Outcome<Transmission>> Run(
        Actor by, OrganisationId recipient, string kind, string fileName, Stream content, CancellationToken ct)
    {
        if (!by.May(Permission.SendTransmissions))
        {
            return Refusals.NotPermitted;
        }

        await session.Rollback();
        if ((await admission.Ask(by.Organisation, recipient, kind, 1, Provenance.HandedOver, ct)).Refused(out var refusal, out _))
        {
            return refusal;
        }

        if (!disk.Holds(0))
        {
            return Refusals.NoRoom;
        }

        // A person at a page does not wait in line, but counts.
        var id = Guid.CreateVersion7();
        using var work = gate.Line.Begin(id);
        var outcome = await Run(by, new(id), recipient, kind, fileName, content, ct);
        gate.Line.Leave(id);
        return outcome;
    }

    private async ValueTask<Outcome<Transmission>> Run(
        Actor by, TransmissionId id, OrganisationId recipient, string kind, string fileName, Stream content, CancellationToken ct)
    {
        var stored = await post.Stored(content, options.MaxLength, ct);
        var posting = new Posting(
            id, by.Organisation, recipient, kind, fileName, Classification.StrictlyConfidential);
        var taken = await Take(post.Envelope(posting, stored), stored, ct);
        if (taken.Refused(out var refusal, out _))
        {
            store.Delete(stored.Id);
            return refusal;
        }

        if ((await acknowledgements.Get(posting.Id, ct)).Refused(out refusal, out _))
        {
            return refusal;
        }

        return taken;
    }

    private async ValueTask<Outcome<Transmission>> Take(Envelope envelope, StoredContent stored, CancellationToken ct)
    {
        if (stored.Length == 0)
        {
            return Refusals.Empty;
        }

        if (stored.Length > options.MaxLength)
        {
            return Admission.TooLong(options.MaxLength);
        }

        // The file name comes from a browser: the rules of the envelope say whether it is one.
        var bytes = envelope.ToBytes();
        if (Envelope.Parse(bytes).Refused(out var refusal, out _))
        {
            return refusal;
        }

        var cms = certificates.SignAsCentre(bytes);
        var receipt = intake.Now();
        var number = await numbers.Next(receipt.At, ct);
        var row = PostDelivery.Row(envelope, cms, stored, Provenance.HandedOver, receipt.At) with { Number = number };
        var statement = Completion.Statement(row, number, receipt.At, certificates.Environment, [Fact, .. receipt.Facts]);
        await session.Write(ct);
        await table.Insert(row, cms, statement, ct);
        await completion.Record(row.Id, number, statement, receipt);
        FaultPoints.Pass("exchange.handover.written");
        await session.Commit(ct);
        FaultPoints.Pass("exchange.handover.committed");
        return row.ToTransmission();
    }
}
