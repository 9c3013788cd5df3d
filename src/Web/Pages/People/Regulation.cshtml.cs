using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>規程の採用.</summary>
[Requires(Permission.AppointPeople)]
[Audits(AuditKind.PeopleRead)]
[Classified(Classification.Confidential)]
internal sealed class RegulationModel(ICurrentActor current, IPeople people) : StaffPage(current, people)
{
    [BindProperty]
    public string? Template { get; set; }

    [BindProperty]
    public Combining Combining { get; set; }

    [BindProperty]
    public PasswordPolicy Password { get; set; }

    [BindProperty]
    public string? ManagerPost { get; set; }

    [BindProperty]
    public DateOnly? Since { get; set; }

    public IReadOnlyList<Contracts.Identity.RegulationModel> Models => People.Models;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await Prepare(ct) is { } gone)
        {
            return gone;
        }

        var now = Staff.Regulation;
        (Template, Combining, Password, ManagerPost) = (now.Template, now.Combining, now.Password, now.ManagerPost);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        DateTimeOffset? since = Since is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), JapanTime.Offset) : null;
        var regulation = new NewRegulation(Template ?? "", since, ManagerPost: ManagerPost ?? "", Combining: Combining, Password: Password);
        var outcome = await People.Adopt(Acting, regulation, ct);
        return outcome.Succeeded(out var adopted, out var refusal)
            ? Done(string.Create(CultureInfo.InvariantCulture, $"規程「{adopted.Name}」の採用を登録しました。"), "/people")
            : Again(refusal);
    }
}
