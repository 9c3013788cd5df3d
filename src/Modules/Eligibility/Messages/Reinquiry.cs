using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>
/// 再照会: what a card inquiry would answer, without the card, as long as a consent of the person to this facility holds for 訪問診療等 or オンライン診療等. In the
/// current transaction; records nothing. Scoped.
/// </summary>
internal sealed class Reinquiry(Consents.Consents consents, CardAnswers answers, TimeProvider time)
{
    /// <summary>診療区分 of a message; null for one that knows none.</summary>
    public static CareForm? Care(string kind) => kind switch
    {
        "OQSsihvq" or "OQSmuhvq" or "OQSsihvd" => CareForm.HomeVisit,
        "OQSsionq" or "OQSmuonq" => CareForm.Online,
        _ => null,
    };

    /// <summary>The answer, and whose it is; EL-0313 without a consent in force.</summary>
    public async ValueTask<Outcome<(CardAnswer Answer, DataSubject? Whose)>> Of(OrganisationId facility, PersonKey person, CareForm care, DateOnly on, CancellationToken ct)
    {
        if (await Held(facility, person, care, ct) is not { } held)
        {
            return Refusals.NoConsentInForce;
        }

        var now = time.GetUtcNow();
        var nothing = new Dictionary<ConsentKind, bool>();
        return await answers.Of(
            new CardInquiryRow(Guid.CreateVersion7(now), facility, "", person, care, held.Proof, "", CardInquiryState.Answered, null, nothing, on, now, now, DateTimeOffset.MaxValue), ct);
    }

    /// <summary>The consent in force; null without.</summary>
    public async ValueTask<Consent?> Held(OrganisationId facility, PersonKey person, CareForm care, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return (await consents.Of(person, facility, ct)).FindLast(c => c.Care == care && c.Holds(now));
    }
}
