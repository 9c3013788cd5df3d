using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.SendTransmissions)]
[Audits(AuditKind.AcknowledgementRead)]
[Classified(Classification.Confidential)]
internal sealed class SentModel(ICurrentActor current, IExchange exchange, IDirectory directory, IClaims claims) : SitePage
{
    public Transmission Sent { get; private set; } = null!;

    public string Recipient { get; private set; } = "";

    public Reception? Reception { get; private set; }

    public bool IsAcknowledged { get; private set; }

    /// <summary>True while the page will say more when it is read again.</summary>
    public bool IsPending => !IsAcknowledged || Reception is null or { State: ReceptionState.Received };

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if (!(await exchange.Find(new TransmissionId(id), ct)).Succeeded(out var sent, out _) || sent.Sender != current.Actor.Organisation)
        {
            return Refused(Refusals.NotSentByYou);
        }

        Sent = sent;
        Recipient = (await directory.Organisation(sent.Recipient, ct)).Succeeded(out var recipient, out _) ? recipient.Name : "";
        IsAcknowledged = (await exchange.Acknowledgement(sent.Id, ct)).Succeeded(out _, out _);
        Reception = current.Actor.May(Permission.ReadReceptions)
            ? (await claims.Receptions(current.Actor, null, ct)).FirstOrDefault(r => r.Transmission == sent.Id)
            : null;
        return Page();
    }
}
