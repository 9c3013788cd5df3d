using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Inquiry;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>What a 医療扶助 in force means for one facility on one day: its tickets of the month, nobody else's. Scoped.</summary>
internal sealed class Aid(Tickets tickets, OwnInstitution institutions)
{
    /// <summary>被保険者証区分 医療扶助.</summary>
    public const string CardKind = "A1";

    /// <summary>
    /// The facility's tickets for the recipient in the month of the day; none: 有効（未登録）. Of a protected person neither the prescribing facility nor who is in
    /// charge of the district is shown.
    /// </summary>
    /// <param name="facility">Which facility asks.</param>
    /// <param name="institution">Under which of its codes; empty for any.</param>
    /// <param name="aid">The coverage, 被保険者証区分 A1.</param>
    /// <param name="shielded">Whether the person is protected.</param>
    /// <param name="on">資格確認日.</param>
    /// <param name="ct">Ends it.</param>
    public async ValueTask<IReadOnlyList<ShownTicket>> Tickets(OrganisationId facility, string institution, Coverage aid, bool shielded, DateOnly on, CancellationToken ct)
    {
        var codes = await institutions.Codes(facility, ct);
        var recipient = new CardKeys { Insurer = aid.Insurer, Number = aid.Number, Birth = aid.Birth };
        return
        [
            .. (await tickets.InMonth(recipient, YearMonth.Of(on), ct)).Where(t => codes.Contains(t.Institution))
                .Select(t => Shown(tickets.Open(t).Ticket, institution, shielded)),
        ];
    }

    public static ShownTicket Shown(MedicalTicket ticket, string institution, bool shielded) => new(
        shielded ? ticket with { Prescriber = "", PrescriberName = "", DistrictContact = "" } : ticket,
        institution.Length == 0 || institution == ticket.Institution);
}
