using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Exchange;

/// <summary>The content itself. The file keeps its prescribed name; the classification travels in the header. What is 厳秘 is posted for, with a reason.</summary>
[Requires(Permission.ReceiveTransmissions)]
[Audits(AuditKind.DeliveryRead)]
[Exports]
internal sealed class DeliveryContentModel(ICurrentActor current, IExchange exchange, IExports exports) : SitePage
{
    public Task<IActionResult> OnGet(Guid id, CancellationToken ct) => Send(id, null, ct);

    public Task<IActionResult> OnPost(Guid id, string? reason, CancellationToken ct) => Send(id, reason ?? "", ct);

    private async Task<IActionResult> Send(Guid id, string? reason, CancellationToken ct)
    {
        if (!(await exchange.Find(new TransmissionId(id), ct)).Succeeded(out var item, out _) || item.Recipient != current.Actor.Organisation)
        {
            return Refused(Refusals.NotDeliveredToYou);
        }

        if (item.Classification == Classification.StrictlyConfidential && (await exports.State(item.Id.ToString(), "delivery", reason, ct)).Refused(out var refusal, out _))
        {
            return Refused(refusal);
        }

        if ((await exchange.Open(item.Id, ct)).Refused(out refusal, out var content))
        {
            return Refused(refusal);
        }

        if (item.Classification == Classification.Confidential)
        {
            Response.Headers["Sekisho-Classification"] = "confidential";
        }

        return new FileStreamResult(content, "application/octet-stream") { FileDownloadName = item.FileName, EnableRangeProcessing = content.CanSeek };
    }
}
