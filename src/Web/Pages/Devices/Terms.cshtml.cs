using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

/// <summary>Which terms count, what the organisation agreed to, and for a publisher the form for a new version.</summary>
[OpenToMembers("利用規約は、同意する前にだれでも読める。")]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class TermsModel(ICurrentActor current, ITerms terms) : SitePage
{
    public IReadOnlyList<TermsStanding> All { get; private set; } = [];

    public bool MayPublish => current.Actor.May(Permission.PublishTerms);

    public OrganisationId Own => current.Actor.Organisation;

    [BindProperty]
    public TermsForm Form { get; set; } = new();

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        All = await terms.List(current.Actor, ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!MayPublish)
        {
            return Refused(Refusals.MayNotPublish);
        }

        var outcome = await terms.Publish(current.Actor, Form.Covers, Form.Version ?? "", Form.Text ?? "", Form.Effective ?? DateOnly.MinValue, ct);
        if (outcome.Succeeded(out _, out var refusal))
        {
            return Done("利用規約を公開しました。利用する組織に、同意をお願いする表示が出ます。", "/terms");
        }

        All = await terms.List(current.Actor, ct);
        return Again(refusal);
    }
}

/// <summary>What is typed.</summary>
internal sealed class TermsForm
{
    public TermsScope Covers { get; set; }

    public string? Version { get; set; }

    public string? Text { get; set; }

    public DateOnly? Effective { get; set; }
}
