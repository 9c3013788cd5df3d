using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Exchange;

/// <summary>The content itself. The file keeps its prescribed name; the classification travels in the header.</summary>
[Requires(Permission.ReceiveTransmissions)]
[Audits(AuditKind.DeliveryRead)]
internal sealed class DeliveryContentModel(ICurrentActor current, IExchange exchange) : SitePage
{
    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!(await exchange.Find(new TransmissionId(id), ct)).Succeeded(out var item, out _) || item.Recipient != current.Actor.Organisation)
        {
            return Refused(Refusals.NotDeliveredToYou);
        }

        if ((await exchange.Open(item.Id, ct)).Refused(out var refusal, out var content))
        {
            return Refused(refusal);
        }

        return new FileStreamResult(content, "application/octet-stream") { FileDownloadName = item.FileName, EnableRangeProcessing = content.CanSeek };
    }
}
