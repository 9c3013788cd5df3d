using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Web.Display;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>
/// The person at the kiosk sees who looked at their information, page by page; closing it goes back to the questions, and a screen left alone ends the check-in. Neither the
/// person nor the page stands in an address, and nothing of it comes back with the browser's back button.
/// </summary>
[OpenToAll("受付機の画面。開いた受付機の鍵（Cookie）のある端末だけが、そこに置かれ、暗証番号か顔認証で署名したカードの本人に、本人の利用の記録だけを示せる。")]
[NotAudited("開いただけでは何も示さない。1ページを示すたびに、本人とともに OwnAccessesRead として記録する。")]
internal sealed class AccessesModel(IKiosks kiosks, IOwnAccesses accesses) : KioskPage(kiosks)
{
    /// <summary>The page asked for, from 1.</summary>
    [BindProperty]
    public int Number { get; set; } = 1;

    /// <summary>The period asked for; anything else than one of these is the first.</summary>
    [BindProperty]
    public int Months { get; set; } = Periods[0].Months;

    public static IReadOnlyList<(int Months, KioskText Text)> Periods { get; } = [(3, KioskText.AccessesQuarter), (12, KioskText.AccessesYear), (60, KioskText.AccessesFiveYears)];

    /// <summary>Null when it is not shown.</summary>
    public OwnAccesses? Shown { get; private set; }

    /// <summary>Why not.</summary>
    public KioskText Problem { get; private set; }

    /// <summary>True when the person is not there any more.</summary>
    public bool IsOver => Shown is null && Problem == KioskText.Over;

    public override string Mark => "厳秘";

    public IActionResult OnGet() => new RedirectResult($"/kiosk?lang={Speaks.Code}");

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!await IsOpen(ct))
        {
            return OnGet();
        }

        if ((await accesses.Read(Secret, Certificate, Inquiry, Number, Months, ct)).Refused(out var refusal, out var shown))
        {
            Problem = refusal.Kind switch
            {
                RefusalKind.Forbidden => KioskText.AccessesNeedCard,
                RefusalKind.TooMany => KioskText.AccessesTooMany,
                _ => KioskText.Over,
            };
        }

        Shown = shown;
        return Decided();
    }

    /// <summary>Day and time in Japan, as digits where the screen speaks another language.</summary>
    public string Time(DateTimeOffset at) =>
        Speaks.Index == 0 ? Show.Time(at) : at.InJapan().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day in the same way.</summary>
    public string Day(DateOnly day) => Speaks.Index == 0 ? Show.Day(day) : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
