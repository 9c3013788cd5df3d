using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

/// <summary>送信.</summary>
[Requires(Permission.SendTransmissions)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
[ReadsBodyItself]
[IgnoreAntiforgeryToken] // Validated while reading: the built-in filter would read the whole file as a form first.
[RequestSizeLimit(8L << 30)]
internal sealed class SendModel(ICurrentActor current, IExchange exchange, IDirectory directory, IClaims claims, IAntiforgery antiforgery)
    : UploadPage(current, directory, claims, antiforgery)
{
    public Task OnGet(CancellationToken ct) => Prepare(ct);

    public Task<IActionResult> OnPost(CancellationToken ct) => Receive(ct);

    protected override async Task<IActionResult> Take(Organisation payer, string fileName, Stream content, CancellationToken ct)
    {
        var outcome = await exchange.HandOver(By, payer.Id, TransmissionKinds.Claim, fileName, content, ct);
        return outcome.Succeeded(out var sent, out var refusal) ? Redirect($"/claims/sent/{sent.Id}") : Again(refusal);
    }
}
