using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Quality;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Kiosks;

/// <summary>
/// The person at the kiosk sees who looked at them: whose card signed, at every insurer, up to the moment the card was put down, so that reading it does not move the
/// pages. The same reading as what a clerk hands out.
/// </summary>
internal sealed class ReadOwnAccesses(
    DbSession session, KioskTable kiosks, CardInquiries inquiries, CardGuesses guesses, CardAnswers answers, Coverages coverages, AccessTrail trail, Audit audit, TimeProvider time) : IOwnAccesses
{
    private const int OnPage = 6;
    private static readonly int[] _periods = [AccessTrail.MonthsBack, 12, 60];

    public async ValueTask<Outcome<OwnAccesses>> Read(string secret, string? certificate, Guid inquiry, int page, int months, CancellationToken ct)
    {
        await session.Write(ct);
        if (await kiosks.Known(secret, certificate, ct) is not { } kiosk)
        {
            await session.Rollback();
            return Refusals.NoKiosk;
        }

        // What is on the screen may be of somebody who has left.
        if (await inquiries.At(kiosk.Facility, kiosk.Id, ct) is not { } row || row.Id != inquiry)
        {
            await session.Rollback();
            return Refusals.TurnOver;
        }

        if (!row.CardSigned)
        {
            return await Refuse(row, Refusals.OwnAccessesNeedTheCard, ct);
        }

        return await guesses.IsLookTooMany(row.Person, ct) ? await Refuse(row, Refusals.TooManyLooks, ct) : await Shown(row, page, _periods.Contains(months) ? months : AccessTrail.MonthsBack, ct);
    }

    private async ValueTask<Outcome<OwnAccesses>> Shown(CardInquiryRow row, int page, int months, CancellationToken ct)
    {
        // The trail is in real time, whatever business day is set.
        var until = time.Now().DayInJapan();
        var from = until.AddMonths(-months);
        var trailed = await trail.Of(await coverages.OfPerson(row.Person, null, ct), null, from, until, ct);
        from = trailed.Count < AccessTrail.Most ? from : trailed[^1].At.DayInJapan();
        var found = trailed.Where(a => a.At < row.At).ToList();
        var pages = Math.Max(1, (found.Count + OnPage - 1) / OnPage);
        page = Math.Clamp(page, 1, pages);
        var shown = found.Skip((page - 1) * OnPage).Take(OnPage).ToList();
        var period = months == AccessTrail.MonthsBack ? "" : string.Create(CultureInfo.InvariantCulture, $" months {months}");
        await Record(row, string.Create(CultureInfo.InvariantCulture, $"{shown.Count} {row.Method} page {page}/{pages}{period}"), ct);
        return new OwnAccesses(from, until, page, pages, shown);
    }

    private async ValueTask<Refusal> Refuse(CardInquiryRow row, Refusal refusal, CancellationToken ct)
    {
        await Record(row, refusal.Code, ct);
        return refusal;
    }

    /// <summary>Recorded, and only then shown.</summary>
    private async ValueTask Record(CardInquiryRow row, string result, CancellationToken ct)
    {
        var whose = await answers.Latest(row.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;
        var facility = new Actor(row.Facility, "", null, null, "", new HashSet<Permission>());
        await audit.Record(new AuditEvent(AuditKind.OwnAccessesRead, row.Id.ToString("D"), result) { By = facility, Whose = whose }, ct);
        await session.Commit(ct);
    }
}
