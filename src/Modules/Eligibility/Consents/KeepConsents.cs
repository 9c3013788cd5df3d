using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Eligibility.Consents;

/// <summary>
/// What a person answered with the card there: yes is a consent, no ends the one there was, and what was not asked stays as it is. A yes to what the facility does
/// not use (医療機関環境設定情報) is not kept: nobody needs it, and it would begin to count later, unasked. With 包括同意 the card itself agrees to 限度額, which goes
/// on (継続) only beside something that the person agreed to. In the current transaction, with one audit event. Scoped.
/// </summary>
internal sealed class KeepConsents(Consents consents, FacilitySettings settings, Audit audit, IBusinessTime business, TimeProvider time)
{
    private static readonly CareForm[] _all = Enum.GetValues<CareForm>();

    /// <param name="by">Who sent the answers; nobody in particular for a kiosk.</param>
    /// <param name="inquiry">The card inquiry they belong to.</param>
    /// <param name="answers">By kind.</param>
    /// <param name="withdrawAll">First ends everything that was agreed to at this facility, for whatever 診療区分.</param>
    /// <param name="whose">For the audit event.</param>
    /// <param name="ct">Ends it.</param>
    public async ValueTask Keep(
        Actor by, CardInquiryRow inquiry, IReadOnlyDictionary<ConsentKind, bool> answers, bool withdrawAll, DataSubject? whose, CancellationToken ct)
    {
        var now = time.Now();
        var rule = ConsentRule.On(DateOnly.FromDateTime(business.At(now).DateTime));
        var setting = await settings.Of(inquiry.Facility, ct);
        List<Consent> ended =
        [
            .. withdrawAll ? await consents.Withdraw(inquiry.Person, inquiry.Facility, [.. rule.Asked], _all, ConsentEnd.Person, ct) : [],
            .. await consents.Withdraw(inquiry.Person, inquiry.Facility, [.. answers.Where(a => !a.Value).Select(a => a.Key)], [inquiry.Care], ConsentEnd.Person, ct),
        ];
        var held = (await consents.Of(inquiry.Person, inquiry.Facility, ct)).Where(c => c.Care == inquiry.Care && c.Holds(now)).ToList();
        var until = rule.Until(inquiry.Care, now);
        var included = rule.LimitsIncluded && !held.Exists(c => c.Source == inquiry.Id && c.Kind == ConsentKind.Limits && (c.Until is null || until is not null));
        var agreed = answers.Where(a => a.Value).Select(a => a.Key).Concat(included ? [ConsentKind.Limits] : []).Distinct().Order().ToLookup(setting.Uses);
        var goesOn = agreed[true].Concat(held.Select(c => c.Kind)).Any(k => k != ConsentKind.Limits);
        foreach (var kind in agreed[true])
        {
            var lasts = kind == ConsentKind.Limits && !goesOn ? until ?? now + rule.Viewing : until;
            await consents.Give(new Consent(Guid.CreateVersion7(now), inquiry.Person, inquiry.Facility, kind, inquiry.Care, now, lasts, inquiry.Method, inquiry.Id), ct);
        }

        var result = $"{inquiry.Care} {inquiry.Method}; given {string.Join(' ', agreed[true])}; withdrawn {string.Join(' ', ended.Select(c => $"{c.Kind}/{c.Care}"))}"
            + (agreed.Contains(false) ? $"; not used {string.Join(' ', agreed[false])}" : "");
        await audit.Record(new AuditEvent(AuditKind.ConsentChanged, inquiry.Id.ToString("D"), result) { By = by, Whose = whose }, ct);
    }
}
