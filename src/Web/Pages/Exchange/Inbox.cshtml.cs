using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Exchange;

[Requires(Permission.ReceiveTransmissions)]
[Audits(AuditKind.DeliveryRead)]
[Classified(Classification.Confidential)]
internal sealed class InboxModel(ICurrentActor current, IExchange exchange, IDirectory directory) : SitePage
{
    private readonly Dictionary<OrganisationId, string> _names = [];

    public IReadOnlyList<Transmission> Waiting { get; private set; } = [];

    public IReadOnlyList<Transmission> Received { get; private set; } = [];

    public string Name(OrganisationId id) => _names.GetValueOrDefault(id, "");

    public async Task OnGet(CancellationToken ct)
    {
        var all = await exchange.Inbox(current.Actor.Organisation, waitingOnly: false, ct);
        Waiting = [.. all.Where(t => t.ReceiptAt is null)];
        Received = [.. all.Where(t => t.ReceiptAt is not null)];
        foreach (var sender in all.Select(t => t.Sender).Distinct())
        {
            if ((await directory.Organisation(sender, ct)).Succeeded(out var organisation, out _))
            {
                _names[sender] = organisation.Name;
            }
        }
    }
}
