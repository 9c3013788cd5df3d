using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Kiosks;

/// <inheritdoc cref="IKiosks"/>
internal sealed class Kiosk(
    DbSession session, KioskTable kiosks, CardInquiries inquiries, Newcomers newcomers, CardAnswers answers, Consents.Consents consents, FacilitySettings settings, KeepConsents keep,
    Audit audit, IBusinessTime business, TimeProvider time) : IKiosks
{
    private const int LongestName = 20;
    private const int LongestDetail = 100;

    public async ValueTask<Outcome<string>> Open(Actor by, string name, string? certificate, CancellationToken ct)
    {
        name = name.Trim();
        if (by.Person is not { } person || !by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            return Refusals.KioskNameWrong;
        }

        await session.Write(ct);
        var (id, secret) = await kiosks.Open(by.Organisation, name, certificate, person, ct);
        await audit.Record(by, AuditKind.KioskChanged, id.ToString("D"), "opened", ct);
        await session.Commit(ct);
        return secret;
    }

    public async ValueTask<IReadOnlyList<KioskSummary>> OpenAt(Actor by, CancellationToken ct) =>
        await session.InReading(() => kiosks.Of(by.Organisation, ct), ct);

    public async ValueTask<Outcome<Guid>> Close(Actor by, Guid kiosk, CancellationToken ct)
    {
        await session.Write(ct);
        if (!(by.May(Permission.InquireEligibility) || by.May(Permission.ManageKiosks)) || !await kiosks.Close(by.Organisation, kiosk, ct))
        {
            await session.Rollback();
            return Refusals.NoKiosk;
        }

        await inquiries.Leave(by.Organisation, kiosk, ct);
        await newcomers.Leave(by.Organisation, kiosk, ct);
        await audit.Record(by, AuditKind.KioskChanged, kiosk.ToString("D"), "closed", ct);
        await session.Commit(ct);
        return kiosk;
    }

    public ValueTask<Outcome<(string Name, KioskTurn? Turn)>> Look(string secret, string? certificate, CancellationToken ct) => session.InReading<Outcome<(string, KioskTurn?)>>(
        async () =>
        {
            if (await kiosks.Known(secret, certificate, ct) is not { } kiosk)
            {
                return Refusals.NoKiosk;
            }

            var (row, now) = (await inquiries.At(kiosk.Facility, kiosk.Id, ct), time.Now());
            if (row is null)
            {
                return (kiosk.Name, await newcomers.At(kiosk.Facility, kiosk.Id, ct) is { } newcomer ? Turn(newcomer) : null);
            }

            var rule = ConsentRule.On(DateOnly.FromDateTime(business.At(now).DateTime));
            var held = (await consents.Of(row.Person, row.Facility, ct)).Exists(c => c.Holds(now) && c.Kind != ConsentKind.Limits);
            var setting = await settings.Of(row.Facility, ct);
            return (kiosk.Name, new KioskTurn(row.Id, [.. rule.Asked.Where(setting.Uses)], rule.LimitsIncluded, held, row.Care) { MayReadOwnAccesses = row.CardSigned });
        },
        ct);

    public async ValueTask<Outcome<bool>> Answer(
        string secret, string? certificate, Guid inquiry, IReadOnlyDictionary<ConsentKind, bool> chosen, bool withdrawAll, CancellationToken ct)
    {
        await session.Write(ct);
        if (await kiosks.Known(secret, certificate, ct) is not { } kiosk)
        {
            await session.Rollback();
            return Refusals.NoKiosk;
        }

        // What is on the screen may be of somebody who has left.
        if (await inquiries.At(kiosk.Facility, kiosk.Id, ct) is not { } row || row.Id != inquiry || !await inquiries.Advance(row, CardInquiryState.Answered, row.Waits, ct))
        {
            await session.Rollback();
            return Refusals.TurnOver;
        }

        var whose = await answers.Latest(row.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;
        var facility = new Actor(kiosk.Facility, "", null, null, "", new HashSet<Permission>());
        await keep.Keep(facility, row, chosen, withdrawAll, whose, ct);
        await session.Commit(ct);
        return true;
    }

    public ValueTask<Outcome<bool>> Register(string secret, string? certificate, Guid inquiry, KioskDetails details, CancellationToken ct) =>
        Step(secret, certificate, inquiry, row => IsComplete(details) ? null : Refusals.DetailsIncomplete, row => newcomers.Sign(row, details, ct), ct);

    public ValueTask<Outcome<bool>> Decline(string secret, string? certificate, Guid inquiry, CancellationToken ct) =>
        Step(secret, certificate, inquiry, _ => null, row => newcomers.End(row, ct), ct);

    private async ValueTask<Outcome<bool>> Step(
        string secret, string? certificate, Guid inquiry, Func<Newcomer, Refusal?> fault, Func<Newcomer, ValueTask<bool>> step, CancellationToken ct)
    {
        await session.Write(ct);
        var kiosk = await kiosks.Known(secret, certificate, ct);
        var row = kiosk is null ? null : await newcomers.At(kiosk.Facility, kiosk.Id, ct);
        var refusal = kiosk is null ? Refusals.NoKiosk : row is null || row.Id != inquiry || row.Step != NewcomerStep.Types ? Refusals.TurnOver : fault(row);
        if (refusal is not null || !await step(row!))
        {
            await session.Rollback();
            return refusal ?? Refusals.TurnOver;
        }

        await session.Commit(ct);
        return true;
    }

    private static bool IsComplete(KioskDetails details) =>
        Coverages.IsComplete(details.Card) && (details.Name.Trim().Length > 0 || details.Kana.Trim().Length > 0)
        && new[] { details.Card.Insurer, details.Card.Symbol, details.Card.Number, details.Card.Branch, details.Name, details.Kana }.All(t => t.Length <= LongestDetail);

    private static KioskTurn Turn(Newcomer row) =>
        new(row.Id, [], false, false, row.Care) { Registration = new KioskRegistration(row.Step == NewcomerStep.Signs, row.Failures > 0, Newcomer.MostTries - row.Failures) };
}
