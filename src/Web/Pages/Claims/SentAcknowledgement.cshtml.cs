using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.SendTransmissions)]
[Audits(AuditKind.AcknowledgementRead)]
[Classified(Classification.Confidential)]
internal sealed class SentAcknowledgementModel(ICurrentActor current, IExchange exchange) : SitePage
{
    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!(await exchange.Find(new TransmissionId(id), ct)).Succeeded(out var sent, out _) || sent.Sender != current.Actor.Organisation)
        {
            return Refused(Refusals.NotSentByYou);
        }

        return (await exchange.Acknowledgement(sent.Id, ct)).Succeeded(out var acknowledgement, out var refusal)
            ? File(acknowledgement, "application/cms", sent.FileName + ".ack.p7s")
            : Refused(refusal);
    }
}
