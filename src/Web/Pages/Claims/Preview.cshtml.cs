using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Claims;

/// <summary>送信前の点検. The answer to the form is the result itself: nothing of the file is kept, so there is nothing to come back to.</summary>
[Requires(Permission.SendTransmissions)]
[Audits(AuditKind.ClaimPreviewed)]
[ReadsBodyItself]
[IgnoreAntiforgeryToken] // Validated while reading: the built-in filter would read the whole file as a form first.
[RequestSizeLimit(8L << 30)]
[Exports]
internal sealed class PreviewModel(ICurrentActor current, IDirectory directory, IClaims claims, IClaimChecks checks, IExports exports, IAntiforgery antiforgery)
    : UploadPage(current, directory, claims, antiforgery)
{
    private bool _asCsv;

    /// <summary>Null when the preview was refused.</summary>
    public PreviewView? View { get; private set; }

    /// <summary>There is no result to come back to.</summary>
    public IActionResult OnGet() => Redirect("/claims/send");

    public Task<IActionResult> OnPost(string? format, CancellationToken ct)
    {
        _asCsv = format == "csv";
        return Receive(ct);
    }

    protected override async Task<IActionResult> Take(Organisation payer, string fileName, Stream content, CancellationToken ct)
    {
        if (_asCsv && (await exports.State("payer:" + payer.Id, "preview", Reason, ct)).Refused(out var refusal, out _))
        {
            return Again(refusal);
        }

        if ((await checks.Preview(By, payer.Id, content, ct)).Refused(out refusal, out var preview))
        {
            return Again(refusal);
        }

        View = new PreviewView(preview, fileName, payer);
        return _asCsv ? File(View.Csv(), "text/csv; charset=utf-8", "【厳秘】送信前の点検.csv") : Page();
    }
}
