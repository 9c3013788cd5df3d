using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>利用の記録: who looked at a person's data, for the person who asks for it; every look asks why.</summary>
[Requires(Permission.HandOutAccessLog)]
[NotAudited("開いただけでは本人の情報を示さない。記録を出す処理が、本人・理由とともに AccessLogRead として記録する。")]
[Exports(AuditKind.AccessLogRead)]
internal sealed class AccessLogModel(ICurrentActor current, IAccessLogs logs, IPapers papers) : SitePage
{
    [BindProperty]
    public LookUpForm Card { get; set; } = new();

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public AccessLog? Log { get; private set; }

    public bool Prints => papers.Printer is not null;

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost(CancellationToken ct) => await Load(ct) is { } refusal ? Again(refusal) : Page();

    public async Task<IActionResult> OnPostPaper(CancellationToken ct)
    {
        if (await Load(ct) is { } refusal)
        {
            return Again(refusal);
        }

        var printed = await papers.Pdf(new Paper("AccessLog", "利用の記録", Classification.StrictlyConfidential, Log!), ct);
        return printed.Refused(out refusal, out var pdf) ? Again(refusal) : File(pdf, "application/pdf", "【厳秘】利用の記録.pdf");
    }

    private async Task<Refusal?> Load(CancellationToken ct)
    {
        var request = new AccessLogRequest { Card = Card.ToCard(), From = From, Until = Until, Reason = Reason ?? "" };
        if ((await logs.HandOut(current.Actor, request, ct)).Refused(out var refusal, out var log))
        {
            return refusal;
        }

        ModelState.Clear();
        (Log, From, Until) = (log, log.From, log.Until);
        return null;
    }
}
