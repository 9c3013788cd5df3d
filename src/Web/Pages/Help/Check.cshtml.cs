using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Help;

/// <summary>One check.</summary>
[OpenToAll("点検の一覧。個人情報を含まない。")]
[NotAudited("公開の説明。")]
[Classified(Classification.Public)]
internal sealed class CheckModel(IClaimChecks checks, ICurrentActor current) : SitePage
{
    public CheckEntry Entry { get; private set; } = null!;

    /// <summary>Other checks of the same item.</summary>
    public IReadOnlyList<CheckEntry> Beside { get; private set; } = [];

    public bool MaySeeFindings => current.IsKnown && (current.Actor.May(Permission.ReadReceptions) || current.Actor.May(Permission.ReadSubmissions));

    public IActionResult OnGet(string number)
    {
        if (checks.Entries.FirstOrDefault(e => e.Rule.Number.Equals(number, StringComparison.OrdinalIgnoreCase)) is not { } entry)
        {
            return Refused(Refusals.NoSuchCheck);
        }

        Entry = entry;
        Beside = [.. checks.Entries.Where(e => e.Subject == entry.Subject && e.Group == entry.Group && e != entry).Take(10)];
        return Page();
    }
}
