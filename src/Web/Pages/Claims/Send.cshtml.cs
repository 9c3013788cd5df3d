using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

/// <summary>送信. The file travels from the request straight into the exchange: it is never held whole, neither in memory nor in a temporary file.</summary>
[Requires(Permission.SendTransmissions)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
[ReadsBodyItself]
[IgnoreAntiforgeryToken] // Validated below: the built-in filter would read the whole file as a form first.
[RequestSizeLimit(8L << 30)]
internal sealed class SendModel(ICurrentActor current, IExchange exchange, IDirectory directory, IClaims claims, IAntiforgery antiforgery) : SitePage
{
    public IReadOnlyList<Organisation> Payers { get; private set; } = [];

    public ClaimsDesk? Desk { get; private set; }

    public OrganisationId? Chosen { get; private set; }

    public Task OnGet(CancellationToken ct) => Prepare(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Prepare(ct);
        try
        {
            return await Receive(ct);
        }
        catch (IOException)
        {
            return Again(Refusals.BrokenOff);
        }
    }

    private async Task<IActionResult> Receive(CancellationToken ct)
    {
        if (UploadForm.Of(Request) is not { } form)
        {
            return Again(Refusals.NoFile);
        }

        while (await form.Next(ct))
        {
            if (form.FileName is null)
            {
                Take(form.Name, await form.Text(ct));
                continue;
            }

            if (!await IsOurForm())
            {
                return Again(Refusals.StalePage);
            }

            return Payers.FirstOrDefault(p => p.Id == Chosen) is not { } payer ? Again(Refusals.NoPayer) : await HandOver(payer, form, ct);
        }

        return Again(Refusals.NoFile);
    }

    private async Task<IActionResult> HandOver(Organisation payer, UploadForm form, CancellationToken ct)
    {
        if (form.FileName!.Length == 0)
        {
            return Again(Refusals.NoFile);
        }

        await using var content = new BufferedReadStream(form.Content, bufferSize: 4096);
        if (!await content.EnsureBufferedAsync(ct))
        {
            return Again(Refusals.EmptyFile);
        }

        var outcome = await exchange.HandOver(current.Actor, payer.Id, TransmissionKinds.Claim, form.FileName, content, ct);
        return outcome.Succeeded(out var sent, out var refusal) ? Redirect($"/claims/sent/{sent.Id}") : Again(refusal);
    }

    private void Take(string name, string value)
    {
        if (name == "payer" && Guid.TryParse(value, out var id))
        {
            Chosen = new OrganisationId(id);
        }
        else if (name == "form-token")
        {
            Request.Headers["X-Form-Token"] = value;
        }
    }

    // The token stands before the file in the form, so it is here when the file begins.
    private async Task<bool> IsOurForm()
    {
        try
        {
            await antiforgery.ValidateRequestAsync(HttpContext);
            return true;
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    private async Task Prepare(CancellationToken ct)
    {
        Payers = await directory.OfKind(OrganisationKind.Payer, ct);
        Chosen = Payers.Count == 1 ? Payers[0].Id : null;
        Desk = current.Actor.May(Permission.ReadReceptions) ? await claims.Desk(current.Actor, ct) : null;
    }
}
