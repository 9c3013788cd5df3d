using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Payer;

[Requires(Permission.ReadSubmissions)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class ReceptionsModel(ICurrentActor current, IClaims claims) : SitePage
{
    public YearMonth? Month { get; private set; }

    public IReadOnlyList<YearMonth> Months { get; private set; } = [];

    public IReadOnlyList<IGrouping<(string Code, string Name), Reception>> Institutions { get; private set; } = [];

    public IReadOnlyList<Reception> Receptions { get; private set; } = [];

    public bool MayReview => current.Actor.May(Permission.ReviewClaims);

    public async Task OnGet(string? month, CancellationToken ct)
    {
        var all = await claims.Receptions(current.Actor, null, ct);
        Months = [.. all.Select(r => r.BillingMonth).OfType<YearMonth>().Distinct().OrderDescending()];
        Month = YearMonth.TryParse(month, out var chosen) ? chosen : Months.Count > 0 ? Months[0] : null;
        Receptions = Month is null ? all : [.. all.Where(r => r.BillingMonth == Month || r.BillingMonth is null)];
        Institutions = [.. Receptions.GroupBy(r => (r.Institution, r.InstitutionName)).OrderBy(g => g.Key.Institution, StringComparer.Ordinal)];
    }

    public int In(params ReceptionState[] states) => Receptions.Count(r => states.Contains(r.State));
}
