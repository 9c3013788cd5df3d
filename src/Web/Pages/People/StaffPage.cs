using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>What the pages of 職員と役割 share: the acting person's organisation, and one colleague of it.</summary>
internal abstract class StaffPage(ICurrentActor current, IPeople people) : SitePage
{
    protected Actor Acting => current.Actor;

    protected IPeople People => people;

    public Staff Staff { get; private set; } = null!;

    public Colleague Colleague { get; private set; } = null!;

    /// <summary>Reads who works here; the error page when that cannot be shown.</summary>
    protected async Task<IActionResult?> Prepare(CancellationToken ct)
    {
        if ((await people.Staff(current.Actor, ct)).Refused(out var refusal, out var staff))
        {
            return Refused(refusal);
        }

        Staff = staff;
        return null;
    }

    /// <summary>And the colleague the page is about.</summary>
    protected async Task<IActionResult?> Prepare(Guid colleague, CancellationToken ct)
    {
        if (await Prepare(ct) is { } gone)
        {
            return gone;
        }

        if (Staff.Colleagues.FirstOrDefault(c => c.Person.Value == colleague) is not { } found)
        {
            return Refused(Refusals.NoSuchColleague);
        }

        Colleague = found;
        return null;
    }
}
