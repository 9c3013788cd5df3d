using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;

namespace Sekisho.Web.Hosting;

/// <summary>A page that takes a claim file for a payer. The file travels from the request straight on: it is never held whole, neither in memory nor in a temporary file.</summary>
internal abstract class UploadPage(ICurrentActor current, IDirectory directory, IClaims claims, IAntiforgery antiforgery) : SitePage
{
    public IReadOnlyList<Organisation> Payers { get; private set; } = [];

    public ClaimsDesk? Desk { get; private set; }

    public OrganisationId? Chosen { get; private set; }

    protected Actor By => current.Actor;

    /// <summary>Why the result is taken out as a file, where it is; stands before the file in the form.</summary>
    protected string Reason { get; private set; } = "";

    /// <summary>What is done with the file.</summary>
    protected abstract Task<IActionResult> Take(Organisation payer, string fileName, Stream content, CancellationToken ct);

    protected async Task Prepare(CancellationToken ct)
    {
        Payers = await directory.OfKind(OrganisationKind.Payer, ct);
        Chosen = Payers.Count == 1 ? Payers[0].Id : null;
        Desk = By.May(Permission.ReadReceptions) ? await claims.Desk(By, ct) : null;
    }

    protected async Task<IActionResult> Receive(CancellationToken ct)
    {
        await Prepare(ct);
        try
        {
            return await Read(ct);
        }
        catch (IOException)
        {
            return Again(Refusals.BrokenOff);
        }
    }

    private async Task<IActionResult> Read(CancellationToken ct)
    {
        if ((await IncomingFile.Read(HttpContext, antiforgery, Take, Refusals.NoFile, ct)).Refused(out var refusal, out var form))
        {
            return Again(refusal);
        }

        return Payers.FirstOrDefault(p => p.Id == Chosen) is not { } payer ? Again(Refusals.NoPayer) : await Take(payer, form, ct);
    }

    private async Task<IActionResult> Take(Organisation payer, UploadForm form, CancellationToken ct)
    {
        if (form.FileName!.Length == 0)
        {
            return Again(Refusals.NoFile);
        }

        await using var content = new BufferedReadStream(form.Content, bufferSize: 4096);
        return await content.EnsureBufferedAsync(ct) ? await Take(payer, form.FileName, content, ct) : Again(Refusals.EmptyFile);
    }

    private void Take(string name, string value)
    {
        if (name == "payer" && Guid.TryParse(value, out var id))
        {
            Chosen = new OrganisationId(id);
        }
        else if (name == "reason")
        {
            Reason = value;
        }
    }
}
