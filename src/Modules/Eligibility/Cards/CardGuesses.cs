using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>
/// Registrations that did not fit, by card and by facility: whoever tries names and numbers with a card of their own is stopped; and how often a person read who looked
/// at them. Counted in the transaction that judges, so that many at once gain nothing. In the current transaction. Scoped.
/// </summary>
internal sealed class CardGuesses(DbSession session, RegistryKeys keys, TimeProvider time)
{
    public const int MostOfCard = 5;
    public const int MostOfFacility = 30;
    public const int MostLooks = 60;
    private static readonly TimeSpan _ofCard = TimeSpan.FromHours(24);
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private string Table => session.Prefix("eligibility") + "card_guess";

    /// <summary>True when there were too many. Holds both counters until the commit.</summary>
    public async ValueTask<bool> AreTooMany(CardCertificate card, OrganisationId facility, CancellationToken ct) =>
        await Count(OfFacility(facility), _hour, ct) >= MostOfFacility | await Count(OfCard(card), _ofCard, ct) >= MostOfCard;

    /// <summary>One more.</summary>
    public async ValueTask Add(CardCertificate card, OrganisationId facility, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET failures = failures + 1 WHERE subject = @card OR subject = @facility", ct, ("card", OfCard(card)), ("facility", OfFacility(facility)));

    /// <summary>True when the person read who looked at them too often in this hour; else it counts as one more.</summary>
    public async ValueTask<bool> IsLookTooMany(PersonKey person, CancellationToken ct)
    {
        var subject = keys.OwnAccesses(person);
        return await Count(subject, _hour, ct) >= MostLooks
            || await session.Execute($"UPDATE {Table} SET failures = failures + 1 WHERE subject = @subject", ct, ("subject", subject)) != 1;
    }

    /// <summary>The card is somebody's: its guesses are forgotten.</summary>
    public async ValueTask Forget(CardCertificate card, CancellationToken ct) =>
        await session.Execute($"DELETE FROM {Table} WHERE subject = @card OR until <= @now", ct, ("card", OfCard(card)), ("now", time.Now()));

    private async ValueTask<int> Count(byte[] subject, TimeSpan window, CancellationToken ct)
    {
        var now = time.Now();

        // Takes the row first: on PostgreSQL two guesses would otherwise read the same count.
        await session.Execute(
            $"""
            INSERT INTO {Table} AS g (subject, failures, until) VALUES (@subject, 0, @until)
            ON CONFLICT (subject) DO UPDATE SET failures = CASE WHEN g.until <= @now THEN 0 ELSE g.failures END, until = CASE WHEN g.until <= @now THEN excluded.until ELSE g.until END
            """,
            ct,
            ("subject", subject),
            ("until", now + window),
            ("now", now));
        return (await session.Query($"SELECT failures FROM {Table} WHERE subject = @subject", r => r.GetInt32(0), ct, ("subject", subject)))[0];
    }

    private byte[] OfCard(CardCertificate card) => keys.Serial(card.Issuer, card.Serial);

    private static byte[] OfFacility(OrganisationId facility) => facility.Value.ToByteArray();
}
