using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.ReadReceptions)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class ReceptionsModel(ICurrentActor current, IClaims claims) : SitePage
{
    public IReadOnlyList<Reception> Receptions { get; private set; } = [];

    public YearMonth? Month { get; private set; }

    public IReadOnlyList<YearMonth> Months { get; private set; } = [];

    public async Task OnGet(string? month, CancellationToken ct)
    {
        var all = await claims.Receptions(current.Actor, null, ct);
        Months = [.. all.Select(r => r.BillingMonth).OfType<YearMonth>().Distinct().OrderDescending()];
        Month = YearMonth.TryParse(month, out var chosen) ? chosen : null;
        Receptions = Month is null ? all : [.. all.Where(r => r.BillingMonth == Month)];
    }
}
