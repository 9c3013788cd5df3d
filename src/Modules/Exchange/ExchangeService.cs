using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Deliveries;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange;

/// <summary>What the other modules may ask. Reads join the caller's transaction when there is one and leave none open otherwise. Scoped.</summary>
internal sealed class ExchangeService(
    DbSession session,
    TransmissionTable table,
    ContentStore store,
    QuarantineTable quarantine,
    HandOver handOver,
    PostDelivery post,
    AcknowledgeDelivery acknowledge,
    AcknowledgementWait acknowledgements) : IExchange
{
    public async ValueTask<Outcome<Transmission>> Find(TransmissionId id, CancellationToken ct) =>
        await Row(id, ct) is { } row ? row.ToTransmission() : Refusals.UnknownTransmission;

    public async ValueTask<Outcome<Stream>> Open(TransmissionId id, CancellationToken ct)
    {
        var (row, held) = await session.InReading(async () => (await table.Find(id, ct), await quarantine.IsHeld(id, ct)), ct);
        return row is not { State: TransmissionState.Received } ? Refusals.UnknownTransmission
            : held ? Refusals.InQuarantine
            : store.Read(row.Content!.Value, row.Length);
    }

    public ValueTask<Outcome<Transmission>> HandOver(
        Actor by, OrganisationId recipient, string kind, string fileName, Stream content, CancellationToken ct) =>
        handOver.Run(by, recipient, kind, fileName, content, ct);

    public ValueTask<TransmissionId> Post(Posting posting, Stream content, CancellationToken ct) => post.Run(posting, content, ct);

    public async ValueTask<IReadOnlyList<Transmission>> Inbox(OrganisationId recipient, bool waitingOnly, CancellationToken ct) =>
        [.. (await session.InReading(() => table.Inbox(recipient, waitingOnly, ct), ct)).Select(r => r.ToTransmission())];

    public async ValueTask<IReadOnlyList<Transmission>> Sent(OrganisationId sender, CancellationToken ct) =>
        [.. (await session.InReading(() => table.Sent(sender, ct), ct)).Select(r => r.ToTransmission())];

    public ValueTask<Outcome<Transmission>> ReceivedByPerson(Actor by, TransmissionId id, CancellationToken ct) => acknowledge.ByPerson(by, id, ct);

    public ValueTask<Outcome<byte[]>> Acknowledgement(TransmissionId id, CancellationToken ct) => acknowledgements.Get(id, ct);

    private async ValueTask<TransmissionRow?> Row(TransmissionId id, CancellationToken ct) =>
        await session.InReading(() => table.Find(id, ct), ct) is { State: TransmissionState.Received } row ? row : null;
}
