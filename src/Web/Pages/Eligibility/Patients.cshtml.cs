using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>患者の控え: brought as a file, erased again. There is no list to browse: a patient is seen where they are on a day's list.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskListRead)]
internal sealed class PatientsModel(ICurrentActor current, IDeskFiles files) : DeskPage(current)
{
    public int Count { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if ((await files.Count(By, ct)).Refused(out var refusal, out var count))
        {
            return Refused(refusal);
        }

        Count = count;
        return Page();
    }

    public async Task<IActionResult> OnPost(string? chart, CancellationToken ct) =>
        DoneOr(await files.Erase(By, chart ?? "", ct), _ => "控えを消去しました。照会の記録は、請求の根拠として期限まで残ります。", "/eligibility/patients");
}

/// <summary>Takes a file of a facility, streamed; what became of its rows is the answer.</summary>
[Requires(Permission.InquireEligibility)]
[NotAudited("取込みそのものが記録される（DeskFileTaken）。")]
[ReadsBodyItself]
[IgnoreAntiforgeryToken] // Validated while reading: the built-in filter would read the whole file as a form first.
[RequestSizeLimit(256L << 20)]
internal sealed class TakeFileModel(ICurrentActor current, IDeskFiles files, IAntiforgery antiforgery) : DeskPage(current)
{
    private DateOnly? _day;

    /// <summary>patients or appointments.</summary>
    public string What { get; private set; } = "";

    public string Origin => What == "patients" ? "/eligibility/patients" : "/eligibility/night";

    public DeskFileReport Report { get; private set; } = null!;

    public IActionResult OnGet(string what) => Redirect(what == "patients" ? "/eligibility/patients" : "/eligibility/night");

    public async Task<IActionResult> OnPost(string what, CancellationToken ct)
    {
        What = what;
        try
        {
            if ((await IncomingFile.Read(HttpContext, antiforgery, Take, Refusals.NoCsv, ct)).Refused(out var refusal, out var file)
                || (what == "patients" ? await files.Patients(By, file.Content, ct) : await files.Appointments(By, _day, file.Content, ct)).Refused(out refusal, out var report))
            {
                return Back(refusal, Origin);
            }

            Report = report;
            return Page();
        }
        catch (IOException)
        {
            return Back(Refusals.BrokenOff with { Remedy = "取り込んだ行はそのままです。同じファイルをもう一度取り込んでください。" }, Origin);
        }
    }

    private void Take(string name, string value)
    {
        if (name == "day" && DateOnly.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var day))
        {
            _day = day;
        }
    }
}
