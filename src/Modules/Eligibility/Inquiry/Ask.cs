using System.Globalization;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.Quality;
using Sekisho.Modules.Eligibility.Welfare;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>資格確認 by 券面: one indexed read (another where the card itself is not enough, and one of who is protected), one decryption, one audit event, one commit.</summary>
internal sealed class Ask(
    DbSession session, Coverages coverages, RegistryKeys keys, Disclosure disclosure, SharedProtection shared, Aid aid, Looks looks, Audit audit, IBusinessTime business, TimeProvider time)
    : IEligibilityDesk
{
    private const int YearsBack = 5;

    ValueTask<Outcome<InquiryAnswer>> IEligibilityDesk.Ask(Actor by, Contracts.Eligibility.Inquiry inquiry, CancellationToken ct) => Handle(by, inquiry, _ => "", ct);

    /// <summary>
    /// <paramref name="prove"/> makes what proves the answer and gives its digest, which the audit event keeps. Looked up and proven first, so that the turn of the one
    /// writer is short; answered only after the event is durable.
    /// </summary>
    public ValueTask<Outcome<InquiryAnswer>> Handle(Actor by, Contracts.Eligibility.Inquiry inquiry, Func<InquiryAnswer, string> prove, CancellationToken ct) =>
        Handle(by, inquiry, prove, null, ct);

    /// <summary>The same; <paramref name="keep"/> writes what must be there exactly when the event is.</summary>
    public async ValueTask<Outcome<InquiryAnswer>> Handle(
        Actor by, Contracts.Eligibility.Inquiry inquiry, Func<InquiryAnswer, string> prove, Func<InquiryAnswer, CancellationToken, ValueTask>? keep, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(business.Now.DateTime);
        var on = inquiry.On ?? today;
        if (Fault(by, inquiry.Card, on, today) is { } refusal)
        {
            return refusal;
        }

        var (answer, whose, _) = await Look(by, inquiry, on, ct);
        var result = string.Create(CultureInfo.InvariantCulture, $"{answer.Code} {prove(answer)}").TrimEnd();
        if (keep is null)
        {
            session.Append();
        }
        else
        {
            await session.Write(ct);
        }

        await audit.Record(new AuditEvent(AuditKind.EligibilityInquired, answer.Id.ToString("D"), result) { By = by, Whose = whose }, ct);
        await (keep?.Invoke(answer, ct) ?? default);
        await session.Commit(ct);
        return answer;
    }

    private static Refusal? Fault(Actor by, CardKeys? card, DateOnly on, DateOnly today)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        if (!Coverages.IsComplete(card))
        {
            return Refusals.KeysIncomplete;
        }

        return DayFault(on, today);
    }

    /// <summary>資格確認日 within reach; null when it is.</summary>
    public static Refusal? DayFault(DateOnly on, DateOnly today) => on < today.AddYears(-YearsBack) || on > today.AddYears(1) ? Refusals.NoSuchDay : null;

    /// <summary>What is answered about a day, in the current transaction. Records nothing: whoever shows it does.</summary>
    public async ValueTask<Judged> Judge(Actor by, Contracts.Eligibility.Inquiry inquiry, DateOnly on, CancellationToken ct) =>
        await Judge(by, inquiry, on, await Find(by, inquiry, on, ct), ct);

    /// <summary>What decides is found in one read, of one instant; only 医療券 are looked up besides, and then everything is of one transaction.</summary>
    private async ValueTask<Judged> Look(Actor by, Contracts.Eligibility.Inquiry inquiry, DateOnly on, CancellationToken ct)
    {
        session.Look();
        var standing = await Find(by, inquiry, on, ct);
        if (standing.Coverage?.CardKind == Aid.CardKind)
        {
            await session.Rollback();
            await session.Read(ct);
            standing = await Find(by, inquiry, on, ct);
        }

        var judged = await Judge(by, inquiry, on, standing, ct);
        await session.Rollback();
        return judged;
    }

    private async ValueTask<Standing> Find(Actor by, Contracts.Eligibility.Inquiry inquiry, DateOnly on, CancellationToken ct)
    {
        var at = time.Now();
        var finding = Of(await coverages.ByCard(inquiry.Card, by.Organisation, null, ct));
        IReadOnlyList<CoverageRow> whole = [];
        if (finding.Validity == Validity.Invalid || finding.Found is { IsLinked: true })
        {
            // Other coverages of the person, or whom they protect, decide with it.
            var (onCard, all) = await coverages.OfPeople(inquiry.Card, by.Organisation, ct);
            finding = Of(onCard);
            whole = finding.Found is { } one ? [.. all[one.Row.Person]] : [];
        }

        return new Standing(at, finding, finding.Found is { } found ? coverages.Open(found.Row).Coverage : null, whole);

        Finding Of(IEnumerable<FoundCoverage> onCard) => Finding.Of([.. onCard.Where(f => coverages.Fits(f.Row, inquiry.Card))], on);
    }

    private async ValueTask<Judged> Judge(Actor by, Contracts.Eligibility.Inquiry inquiry, DateOnly on, Standing standing, CancellationToken ct)
    {
        var (at, (validity, found), coverage, whole) = standing;
        if (found is null || coverage is null)
        {
            return new Judged(Of(at, on, validity, null, ""), Disclosure.Subject(inquiry.Card), []);
        }

        validity = validity == Validity.Invalid && whole.Any(r => r.Id != found.Row.Id && !r.Stopped && r.Covers(on)) ? Validity.Replaced : validity;
        var shielded = await shared.Of(found, whole, ct);
        var shown = await disclosure.ByCard(coverage, shielded, inquiry.LimitConsent, on, ct);
        var isProtected = await disclosure.WasProtected(coverage, shown, shielded, ct);
        if (!isProtected)
        {
            looks.Add(found.Row.Insurer, DateOnly.FromDateTime(business.Now.DateTime), by.Organisation);
        }

        IReadOnlyList<ShownTicket> tickets = [];
        if (validity == Validity.Valid && coverage.CardKind == Aid.CardKind)
        {
            tickets = await aid.Tickets(by.Organisation, inquiry.Institution, coverage, isProtected, on, ct);
            validity = tickets.Count == 0 ? Validity.ValidWithoutTicket : validity;
        }

        return new Judged(
            Of(at, on, validity, shown, Reference(found, by.Organisation)) with { Tickets = tickets }, Disclosure.Subject(coverage), Disclosure.InForce(coverage.Limits, on));
    }

    private string Reference(FoundCoverage found, OrganisationId facility) =>
        found.Reference is { } bytes ? Encoding.UTF8.GetString(keys.Open(bytes, found.Row.Person.Value, facility.Value)) : "";

    private static InquiryAnswer Of(DateTimeOffset at, DateOnly on, Validity validity, Coverage? coverage, string reference)
    {
        var (text, advice) = Wording.Of(validity, coverage, on);
        return new InquiryAnswer(Guid.CreateVersion7(at), at, on, validity, (int)validity, text, advice, coverage, reference);
    }

    /// <summary>What the versions of the card told.</summary>
    /// <param name="At">Before they were read.</param>
    /// <param name="Finding">What they mean for the day.</param>
    /// <param name="Coverage">The version it rests on, opened.</param>
    /// <param name="Whole">Everything of the person where it decides: when the card's own coverage has ended, or other keys are the same person's.</param>
    private sealed record Standing(DateTimeOffset At, Finding Finding, Coverage? Coverage, IReadOnlyList<CoverageRow> Whole);
}

/// <summary>An answer and what it does not show.</summary>
/// <param name="Answer">As the facility may see it.</param>
/// <param name="Whose">For the event.</param>
/// <param name="Limits">限度額適用認定証 in force on the day, whether or not they may be shown.</param>
internal sealed record Judged(InquiryAnswer Answer, DataSubject Whose, IReadOnlyList<LimitCertificate> Limits);
