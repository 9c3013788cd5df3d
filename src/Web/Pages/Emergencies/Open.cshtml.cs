using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Emergencies;

/// <summary>Whom it is about, as typed.</summary>
internal sealed class EmergencyForm
{
    public string? Insurer { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Kana { get; set; }

    public string? Sex { get; set; }

    public string? Birth { get; set; }

    public string? Reason { get; set; }

    public string? Code { get; set; }

    public EmergencyRequest ToRequest()
    {
        DateOnly? birth = DateOnly.TryParseExact(Birth?.Trim(), ["yyyy-MM-dd", "yyyyMMdd", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return new EmergencyRequest
        {
            Card = string.IsNullOrWhiteSpace(Number)
                ? null
                : new CardKeys { Insurer = Insurer ?? "", Symbol = Symbol ?? "", Number = Number, Branch = Branch ?? "", Birth = birth ?? default },
            Kana = Kana?.Trim() ?? "",
            Sex = Sex ?? "",
            Birth = birth,
            Reason = Reason ?? "",
            Code = Code ?? "",
        };
    }
}

/// <summary>救急時の閲覧 is opened here: who, why, and a one-time code at this moment.</summary>
[Requires(Permission.OpenInEmergency)]
[Audits(AuditKind.PageRead)]
internal sealed class OpenModel(ICurrentActor current, IEmergencies emergencies) : SitePage
{
    [BindProperty]
    public EmergencyForm Form { get; set; } = new();

    public EmergencyAccess? Access { get; private set; }

    public PageResult OnGet() => Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if ((await emergencies.Open(current.Actor, Form.ToRequest(), ct)).Refused(out var refusal, out var access))
        {
            return Again(refusal);
        }

        Access = access;
        return Page();
    }
}
