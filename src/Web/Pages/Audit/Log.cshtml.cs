using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Audit;

/// <summary>監査ログ: what happened, newest first. Searching is a POST: what is asked about a person stays out of addresses.</summary>
[Requires(Permission.ReadAudit)]
[NotAudited("監査ログの検索の処理が、条件とともに AuditRead として記録する。")]
[Exports(AuditKind.AuditExported)]
internal sealed class LogModel(ICurrentActor current, IAuditLog log, IDirectory directory) : SitePage
{
    [BindProperty]
    public AuditForm Form { get; set; } = new();

    public AuditPage? Found { get; private set; }

    public IReadOnlyList<AuditDue> Due { get; private set; } = [];

    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];

    public bool MayExport => current.Actor.May(Permission.ExportAudit);

    public bool SeesSite => current.Actor.May(Permission.ReadSiteAudit);

    public bool MayIncludeProtected => SeesSite && current.Actor.May(Permission.OpenSealed);

    public IEnumerable<(Guid Id, string Name)> People => (Found?.Entries ?? []).Where(e => e.Person is not null)
        .Select(e => (e.Person!.Value, e.PersonName.Length > 0 ? e.PersonName : e.Person.Value.ToString("D")))
        .Concat(Form.Person is { } chosen ? [(chosen, chosen.ToString("D"))] : []).DistinctBy(p => p.Item1);

    public Task<IActionResult> OnGet(CancellationToken ct) => Search(ct);

    public Task<IActionResult> OnPost(CancellationToken ct) => Search(ct);

    public async Task<IActionResult> OnPostExport(CancellationToken ct)
    {
        Form.After = null;
        if ((await log.Export(current.Actor, Form.ToQuery(), ct)).Refused(out var refusal, out var export))
        {
            await Search(ct);
            return Again(refusal);
        }

        Response.Headers["Sekisho-Content-Sha256"] = export.Sha256;
        return File(export.Content, "application/zip", export.FileName);
    }

    private async Task<IActionResult> Search(CancellationToken ct)
    {
        Due = await log.Due(ct);
        if (SeesSite)
        {
            var all = new List<Organisation>();
            foreach (var kind in Enum.GetValues<OrganisationKind>())
            {
                all.AddRange(await directory.OfKind(kind, ct));
            }

            Organisations = [.. all.DistinctBy(o => o.Id).OrderBy(o => o.Name, StringComparer.Ordinal)];
        }

        if (!ModelState.IsValid)
        {
            return Again(Refusals.SearchUnreadable);
        }

        if ((await log.Search(current.Actor, Form.ToQuery(), ct)).Refused(out var refusal, out var page))
        {
            return Again(refusal);
        }

        Found = page;
        ModelState.Clear();
        (Form.From, Form.Until) = (page.From, page.Until);
        return Page();
    }
}
