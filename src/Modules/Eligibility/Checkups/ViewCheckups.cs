using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>An answer and what it rests on.</summary>
internal sealed record SeenCheckups(CheckupView View, IReadOnlyList<CheckupDocument> Documents);

/// <summary>
/// 特定健診情報の閲覧, for every door the same: the permission, one person, a facility that uses it, a consent in force there; then what may be shown. Without it nothing
/// is shown, and that is recorded. Scoped.
/// </summary>
internal sealed class ViewCheckups(
    DbSession session, MemberOf members, Consents.Consents consents, CheckupStore store, Quality.Looks looks, Audit audit, IBusinessTime business, TimeProvider time) : ICheckups
{
    ValueTask<Outcome<CheckupView>> ICheckups.View(Actor by, CheckupQuery query, CancellationToken ct) => Handle(by, query, seen => seen.View, _ => "", ct);

    /// <summary>
    /// <paramref name="write"/> makes the answer of the door and <paramref name="prove"/> what proves it; answered only after the event that names the proof is durable.
    /// </summary>
    public ValueTask<Outcome<T>> Handle<T>(Actor by, CheckupQuery query, Func<SeenCheckups, T> write, Func<T, string> prove, CancellationToken ct) =>
        Handle(by, query, seen => ValueTask.FromResult<Outcome<T>>(write(seen)), prove, ct);

    /// <summary>The same where making the answer takes its time (a PDF): no transaction runs meanwhile.</summary>
    public async ValueTask<Outcome<T>> Handle<T>(
        Actor by, CheckupQuery query, Func<SeenCheckups, ValueTask<Outcome<T>>> write, Func<T, string> prove, CancellationToken ct)
    {
        var (found, whose) = await session.InReading(() => Look(by, query, ct), ct);
        if (found.Refused(out var refusal, out var seen) || (await write(seen)).Refused(out refusal, out var answer))
        {
            await Record(by, Guid.CreateVersion7(time.Now()), refusal.Code, whose, ct);
            return refusal;
        }

        var result = string.Create(CultureInfo.InvariantCulture, $"{seen.View.Visits.Count} {prove(answer)}").TrimEnd();
        await Record(by, seen.View.Id, result, whose, ct);
        return answer;
    }

    private async ValueTask<(Outcome<SeenCheckups> Seen, DataSubject Whose)> Look(Actor by, CheckupQuery query, CancellationToken ct)
    {
        var asked = Disclosure.Subject(query.Card);
        if (!by.May(Permission.ViewCheckups))
        {
            return (Refusals.MayNotViewCheckups, asked);
        }

        if ((await members.Find(query.Card, ct)).Refused(out var refusal, out var member))
        {
            return (refusal, asked);
        }

        var whose = Disclosure.Subject(member.Coverage);
        var standing = (await consents.At(member.Person, by.Organisation, query.Care, ct)).Single(k => k.Kind == ConsentKind.Checkups);
        if (KindStanding.Fault([standing], Refusals.NoCheckupConsent) is { } why)
        {
            return (why, whose);
        }

        if (!member.Protected)
        {
            looks.Add(member.Row.Insurer, DateOnly.FromDateTime(business.Now.DateTime), by.Organisation);
        }

        return (await See(member, standing.Consent!.Until, ct), whose);
    }

    private async ValueTask<SeenCheckups> See(Member member, DateTimeOffset? until, CancellationToken ct)
    {
        IReadOnlyList<CheckupDocument> documents = [.. (await store.OfPerson(member.Person, ct)).Select(r => CheckupViews.Shown(store.Open(r), member.Protected))];
        var trends = CheckupTrends.Of(documents, CheckupItemTable.Default);
        var at = time.Now();
        var (person, visits) = (member.Coverage, CheckupViews.Visits(documents, trends, CheckupItemTable.Default));
        return new SeenCheckups(
            new CheckupView(Guid.CreateVersion7(at), at, person.Name, person.Kana, person.Sex, person.Birth, until, visits, trends), documents);
    }

    private async ValueTask Record(Actor by, Guid answer, string result, DataSubject whose, CancellationToken ct)
    {
        await audit.Alone(new AuditEvent(AuditKind.CheckupsViewed, answer.ToString("D"), result) { By = by, Whose = whose }, ct);
    }
}
