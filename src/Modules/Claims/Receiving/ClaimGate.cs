using Microsoft.Extensions.Configuration;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>May a claim file be sent now? Whether its content may be claimed is judged at the check.</summary>
internal sealed class ClaimGate(
    DbSession session, Corrections corrections, ClaimsCalendar calendar, IBusinessTime business, IConfiguration configuration)
    : ITransmissionGate
{
    public string Kind => TransmissionKinds.Claim;

    public async ValueTask<Outcome<bool>> Admit(OrganisationId sender, OrganisationId recipient, Provenance provenance, CancellationToken ct)
    {
        if (provenance == Provenance.HandedOver && !configuration.GetValue("Claims:AcceptHandOver", defaultValue: true))
        {
            return Refusals.NoHandOver;
        }

        var standing = calendar.At(business.Now);
        if (standing.Current is not { } window)
        {
            return Refusals.OutsideWindows with { Text = $"いまは請求の受付時間外です。次は {JapaneseTime.Say(standing.Next)} です。" };
        }

        return window.Phase == Phase.Sending || await session.InReading(async () => await corrections.Awaited(sender, standing.Month, ct), ct)
            ? true
            : Refusals.CorrectionsOnly with { Text = $"いまは {JapaneseTime.Say(window)} で、送信できるのは訂正が必要なレセプトの再送だけです。" };
    }
}
