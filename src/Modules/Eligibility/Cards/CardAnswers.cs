using System.Globalization;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.Quality;
using Sekisho.Modules.Eligibility.Welfare;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>What a card inquiry is answered with, as known at that moment. In the current transaction. Scoped.</summary>
internal sealed class CardAnswers(
    DbSession session, Coverages coverages, Consents.Consents consents, RegistryKeys keys, Disclosure disclosure, SharedProtection shared, Aid aid, Looks looks,
    IBusinessTime business, TimeProvider time)
{
    private const int MonthsToWarn = 3;

    /// <summary>The answer, and whose it is; nobody's while it waits, or when nothing may be shown.</summary>
    public async ValueTask<(CardAnswer Answer, DataSubject? Whose)> Of(CardInquiryRow inquiry, CancellationToken ct)
    {
        var now = time.Now();
        var state = inquiry.StateAt(now);
        return state == CardInquiryState.Answered ? await Answered(inquiry, now, ct) : (Waiting(inquiry, state), null);
    }

    /// <summary>A version to say whose it is; null when nothing of the person may be shown.</summary>
    public async ValueTask<Coverage?> Latest(PersonKey person, CancellationToken ct) =>
        (await coverages.OfPerson(person, null, ct)).Where(r => !r.Stopped).MaxBy(r => r.From) is { } row ? coverages.Open(row).Coverage : null;

    private async ValueTask<(CardAnswer Answer, DataSubject? Whose)> Answered(CardInquiryRow inquiry, DateTimeOffset now, CancellationToken ct)
    {
        // 閲覧停止: as if it were not there.
        List<CoverageRow> known = [.. (await coverages.OfPerson(inquiry.Person, null, ct)).Where(r => !r.Stopped)];
        List<CoverageRow> rows = [.. known.Where(r => r.Covers(inquiry.Day)).OrderByDescending(r => r.From)];
        var validity = rows.Count > 0 ? Validity.Valid : known.Count > 0 ? Validity.Invalid : Validity.NotFound;
        if (validity == Validity.Invalid)
        {
            rows = [known.Where(r => r.From <= inquiry.Day).MaxBy(r => r.Until) ?? known.MinBy(r => r.From)!];
        }

        var standings = Standings(await consents.At(inquiry.Person, inquiry.Facility, inquiry.Care, ct));
        var (shown, tickets) = (new List<Coverage>(), new List<ShownTicket>());
        var shielded = await shared.OfAny(known, ct);
        foreach (var row in rows)
        {
            var coverage = coverages.Open(row).Coverage;
            var seen = await disclosure.InForce(coverage, shielded, Given(standings, ConsentKind.Limits), Given(standings, ConsentKind.Diseases), inquiry.Day, ct);
            shown.Add(seen);
            var isProtected = await disclosure.WasProtected(coverage, seen, shielded, ct);
            if (!isProtected)
            {
                looks.Add(row.Insurer, DateOnly.FromDateTime(business.Now.DateTime), inquiry.Facility);
            }

            if (coverage.CardKind == Aid.CardKind && validity == Validity.Valid)
            {
                tickets.AddRange(await aid.Tickets(inquiry.Facility, inquiry.Institution, coverage, isProtected, inquiry.Day, ct));
            }
        }

        // 医療扶助 alone, and no ticket for this facility; with a 医療保険 beside it that is what counts.
        validity = validity == Validity.Valid && tickets.Count == 0 && shown.TrueForAll(c => c.CardKind == Aid.CardKind) ? Validity.ValidWithoutTicket : validity;

        var (text, advice) = Wording.Of(validity, shown.FirstOrDefault(), inquiry.Day);
        var answer = new CardAnswer(
            inquiry.Id, inquiry.At, inquiry.Day, CardInquiryState.Answered, validity, (int)validity, text, advice, [.. Warnings(inquiry, now), .. Unused(inquiry, standings)], shown, standings,
            shown.Count > 0 ? await Reference(inquiry, ct) : "", inquiry.Method, inquiry.Care)
        {
            Tickets = tickets,
        };
        return (answer, shown is [var first, ..] ? Disclosure.Subject(first) : null);
    }

    /// <summary>What a reader is told while a card is being registered at the kiosk.</summary>
    public static CardAnswer Waiting(Newcomer newcomer) => new(
        newcomer.Id,
        newcomer.At,
        newcomer.Day,
        newcomer.Step == NewcomerStep.Signs ? CardInquiryState.AwaitsCard : CardInquiryState.Unregistered,
        null,
        null,
        newcomer.Step == NewcomerStep.Signs ? "カードの署名を待っています" : "利用登録がないカードです。受付機で尋ねています",
        newcomer.Step == NewcomerStep.Signs ? "カードをリーダーに置いたままにしてください。" : "受付機の画面で、資格確認書などを見ながら入力してもらってください。カードは置いたままにします。",
        [],
        [],
        [],
        "",
        PersonProof.None,
        newcomer.Care);

    private static CardAnswer Waiting(CardInquiryRow inquiry, CardInquiryState state) => new(
        inquiry.Id,
        inquiry.At,
        inquiry.Day,
        state,
        null,
        null,
        state == CardInquiryState.AtKiosk ? "受付機で同意を選んでいます" : "目視の確認を待っています",
        state == CardInquiryState.AtKiosk ? "受付機の画面で選び終わるのを待ってください。" : "「目視の確認」の画面で、本人とカードの写真を見比べて認めてください。",
        [],
        [],
        [],
        "",
        inquiry.Method,
        inquiry.Care);

    private static IReadOnlyList<CardConsent> Standings(IReadOnlyList<KindStanding> kinds) =>
    [
        .. kinds.Select(k => k.Used
            ? new CardConsent(k.Kind, k.Standing, (int)k.Standing, k.Consent?.At, k.Consent?.Until)
            : new CardConsent(k.Kind, ConsentStanding.None, (int)ConsentStanding.None, null, null) { Used = false }),
    ];

    private static IEnumerable<CardWarning> Unused(CardInquiryRow inquiry, IReadOnlyList<CardConsent> standings) =>
        standings.Where(s => !s.Used && inquiry.Asked.GetValueOrDefault(s.Kind)).Select(s => s.Kind).ToList() is { Count: > 0 } kinds
            ? [CardWarnings.NotKept with { Text = Refusals.Names(kinds) + "は、" + CardWarnings.NotKept.Text }]
            : [];

    private static bool Given(IReadOnlyList<CardConsent> standings, ConsentKind kind) => standings.Single(s => s.Kind == kind).Standing == ConsentStanding.Given;

    private static IReadOnlyList<CardWarning> Warnings(CardInquiryRow inquiry, DateTimeOffset now) => inquiry.Certified.AddMonths(-MonthsToWarn) > now ? []
        : [CardWarnings.EndsSoon with { Text = string.Create(CultureInfo.InvariantCulture, $"電子証明書の有効期限は{inquiry.Certified.InJapan():yyyy年M月d日}です。") }];

    private async ValueTask<string> Reference(CardInquiryRow inquiry, CancellationToken ct)
    {
        var found = await session.Query(
            $"""
            {SamePerson.Query(session)}
            SELECT r.person, r.sealed FROM {session.Prefix("eligibility")}reference r
            WHERE r.facility = @facility AND r.person IN (SELECT id FROM same) ORDER BY r.since DESC LIMIT 1
            """,
            r => (Person: r.GetGuid(0), Sealed: (byte[])r.GetValue(1)),
            ct,
            ("person", inquiry.Person.Value),
            ("facility", inquiry.Facility.Value));
        return found is [var (person, bytes)] ? Encoding.UTF8.GetString(keys.Open(bytes, person, inquiry.Facility.Value)) : "";
    }
}
