using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Exchange;

[Requires(Permission.ReceiveTransmissions)]
[Audits(AuditKind.DeliveryRead)]
[Classified(Wire.Classification.Confidential)]
internal sealed class DeliveryModel(ICurrentActor current, IExchange exchange, IDirectory directory) : SitePage
{
    public Transmission Item { get; private set; } = null!;

    public string Sender { get; private set; } = "";

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Prepare(id, ct) ? Page() : Refused(Refusals.NotDeliveredToYou);

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        var outcome = await exchange.ReceivedByPerson(current.Actor, new TransmissionId(id), ct);
        if (outcome.Succeeded(out _, out var refusal))
        {
            return Done("受け取りを記録しました。", $"/inbox/{id}");
        }

        return await Prepare(id, ct) ? Again(refusal) : Refused(refusal);
    }

    private async Task<bool> Prepare(Guid id, CancellationToken ct)
    {
        if (!(await exchange.Find(new TransmissionId(id), ct)).Succeeded(out var item, out _) || item.Recipient != current.Actor.Organisation)
        {
            return false;
        }

        Item = item;
        Sender = (await directory.Organisation(item.Sender, ct)).Succeeded(out var sender, out _) ? sender.Name : "";
        return true;
    }
}
