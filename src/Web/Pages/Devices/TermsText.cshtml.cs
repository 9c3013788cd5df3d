using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

/// <summary>One version, to read and to agree to.</summary>
[OpenToMembers("利用規約は、同意する前にだれでも読める。")]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class TermsTextModel(ICurrentActor current, ITerms terms) : SitePage
{
    public TermsStanding Standing { get; private set; } = null!;

    public bool MayAccept => current.Actor.May(Permission.AcceptTerms) && Standing.Given is null && Standing.Terms.Publisher != current.Actor.Organisation && (Standing.IsInForce || Standing.IsNext);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if ((await terms.Find(current.Actor, id, ct)).Refused(out var refusal, out var standing))
        {
            return Refused(refusal);
        }

        Standing = standing;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct) =>
        (await terms.Accept(current.Actor, id, ct)).Succeeded(out var accepted, out var refusal)
            ? Done($"{accepted.Terms.PublisherName}の利用規約（{accepted.Terms.Version}）に同意しました。", "/terms")
            : Refused(refusal);
}
