using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>
/// What the pages of the reception share. An act ends in a redirect: what is shown is always read, and recorded as read, anew, and a page that is loaded again asks
/// nothing twice. Where something typed is refused, the answer is its form again and nothing of anybody else.
/// </summary>
internal abstract class DeskPage(ICurrentActor current) : SitePage
{
    private const string RefusalKey = "refusal";

    protected Actor By => current.Actor;

    /// <summary>Why the act before the redirect was refused.</summary>
    public Refusal? Carried => (TempData[RefusalKey] as string)?.Split('\n') is [var code, var text, var remedy] ? new Refusal(code, RefusalKind.Invalid, text, remedy) : null;

    /// <summary>Back, with the refusal above the page.</summary>
    protected RedirectResult Back(Refusal refusal, string address)
    {
        TempData[RefusalKey] = $"{refusal.Code}\n{refusal.Text}\n{refusal.Remedy}";
        return Redirect(address);
    }

    /// <summary>Asks with the typed card, and says so where another one is on file.</summary>
    protected async Task<IActionResult> AskCard(IReception reception, Guid visit, CardKeys card, CancellationToken ct)
    {
        var address = $"/eligibility/visits/{visit}";
        return (await reception.AskCard(By, visit, card, ct)).Refused(out var refusal, out var differs)
            ? refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden ? Refused(refusal) : Again(refusal)
            : differs ? Done("当院の控えと違う券面で照会しました。控えは変えていません。下の「控えと違うところ」で、確かめた項目を取り込んでください。", address)
            : Redirect(address);
    }

    /// <summary>What was done, or why it was not.</summary>
    protected RedirectResult DoneOr<T>(Outcome<T> outcome, Func<T, string> notice, string address) =>
        outcome.Succeeded(out var value, out var refusal) ? Done(notice(value), address) : Back(refusal, address);
}

/// <summary>券面 as typed; it travels in the body only.</summary>
internal sealed class ArrivalForm
{
    public string? Insurer { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Birth { get; set; }

    public string? Name { get; set; }

    public string? Chart { get; set; }

    public bool IsEmpty => new[] { Insurer, Symbol, Number, Branch, Birth, Name, Chart }.All(string.IsNullOrEmpty);

    public static ArrivalForm Of(AppText read) => new()
    {
        Insurer = read.Insurer,
        Symbol = read.Symbol,
        Number = read.Number,
        Branch = read.Branch,
        Birth = Wareki.Display(read.Birth),
        Name = read.Name,
    };

    /// <summary>Null when the day cannot be read; 和暦 and western days can.</summary>
    public Arrival? ToArrival() => !Wareki.TryParseWritten(Birth ?? "", out var birth) ? null : new Arrival
    {
        Chart = Chart ?? "",
        Name = Name ?? "",
        Card = new CardKeys { Insurer = Insurer ?? "", Symbol = Symbol ?? "", Number = Number ?? "", Branch = Branch ?? "", Birth = birth },
    };
}
