using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>
/// 薬剤情報・診療情報 of one person. Each kind needs a consent of its own to this facility for this 診療区分, a facility that uses it, and a permission; what is refused is
/// recorded like what is shown. Looked up and proven first, so that the turn of the one writer is short; answered only after the event is durable.
/// </summary>
internal sealed class ViewMedicines(
    DbSession session, MemberOf members, Consents.Consents consents, ClaimsOfPerson claims, IClaimContents masters, Quality.Looks looks, Audit audit, IBusinessTime business, TimeProvider time)
    : IMedicines
{
    private const int MonthsUnlessAsked = 11;

    private static readonly ConsentKind[] _kinds = [ConsentKind.Medicines, ConsentKind.Diagnoses, ConsentKind.Operations];

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<ViewMedicines, MedicinesQuery, MedicinesAnswer>(
            "/eligibility/medicines",
            (view, by, query, prove, ct) => view.Handle(by, query, answer => ValueTask.FromResult<Outcome<string>>(prove(answer)), ct))
        .WithSummary("薬剤情報・診療情報の閲覧（種類ごとに本人の同意が要る）")
        .Requires(Permission.ViewMedicines, Permission.ViewDiagnoses)
        .Audits(AuditKind.MedicinesViewed);

    public ValueTask<Outcome<MedicinesAnswer>> View(Actor by, MedicinesQuery query, CancellationToken ct) => Handle(by, query, _ => ValueTask.FromResult<Outcome<string>>(""), ct);

    /// <summary><paramref name="prove"/> makes what proves the answer and gives its digest, which the audit event keeps; or says why there is no answer after all.</summary>
    public async ValueTask<Outcome<MedicinesAnswer>> Handle(
        Actor by, MedicinesQuery query, Func<MedicinesAnswer, ValueTask<Outcome<string>>> prove, CancellationToken ct)
    {
        var at = time.Now();
        var id = Guid.CreateVersion7(at);
        await session.Read(ct);
        var (answered, whose) = await Answer(by, query, id, at, ct);
        await session.Rollback();
        var proof = "";
        if (!answered.Refused(out var refusal, out var answer) && (await prove(answer)).Refused(out refusal, out proof))
        {
            answered = refusal;
        }

        var result = refusal?.Code ?? $"{string.Join('・', answer!.Kinds.Where(k => k.Shown).Select(k => k.Kind))} {proof}".TrimEnd();
        await audit.Alone(new AuditEvent(AuditKind.MedicinesViewed, id.ToString("D"), result) { By = by, Whose = whose }, ct);
        return answered;
    }

    private async ValueTask<(Outcome<MedicinesAnswer> Answer, DataSubject Whose)> Answer(Actor by, MedicinesQuery query, Guid id, DateTimeOffset at, CancellationToken ct)
    {
        var whose = Disclosure.Subject(query.Card);
        if (!by.May(Permission.ViewMedicines) && !by.May(Permission.ViewDiagnoses))
        {
            return (Refusals.MayNotView, whose);
        }

        var today = DateOnly.FromDateTime(business.Now.DateTime);
        var (until, oldest) = (query.Until ?? YearMonth.Of(today), GivenStore.Oldest(today));
        var from = query.From ?? until.Add(-MonthsUnlessAsked);
        if (from > until || until < oldest)
        {
            return (Refusals.BadMonths, whose);
        }

        if ((await members.Find(query.Card, ct)).Refused(out var refusal, out var member))
        {
            return (refusal, whose);
        }

        whose = Disclosure.Subject(member.Coverage);
        List<KindStanding> standings = [.. (await consents.At(member.Person, by.Organisation, query.Care, ct)).Where(k => _kinds.Contains(k.Kind))];
        if (KindStanding.Fault([.. standings.Where(k => May(by, k.Kind))], Refusals.NotConsented) is { } why)
        {
            return (why, whose);
        }

        if (!member.Protected)
        {
            looks.Add(member.Row.Insurer, today, by.Organisation);
        }

        var kinds = standings.ConvertAll(k => Shown(k, May(by, k.Kind)));

        var found = await claims.Find(member.Person, from < oldest ? oldest : from, until, ct);
        return (Show(id, at, member, from < oldest ? oldest : from, until, kinds, found), whose);
    }

    private static bool May(Actor by, ConsentKind kind) => by.May(kind == ConsentKind.Medicines ? Permission.ViewMedicines : Permission.ViewDiagnoses);

    private static ShownKind Shown(KindStanding kind, bool may) => may && kind.Shown
        ? new ShownKind(kind.Kind, true, kind.Consent!.Until, "")
        : new ShownKind(kind.Kind, false, null, !may ? "見る権限がありません" : !kind.Used ? "この医療機関・薬局では利用しない設定です" : "本人の同意がありません");

    private MedicinesAnswer Show(
        Guid id, DateTimeOffset at, Member member, YearMonth from, YearMonth until, List<ShownKind> kinds, IReadOnlyList<(YearMonth Month, Given Given)> found)
    {
        bool Shows(ConsentKind kind) => kinds.Exists(k => k.Kind == kind && k.Shown);
        var set = masters.Masters;
        List<GivenDrug> drugs = Shows(ConsentKind.Medicines)
            ? [.. Precedence.Flagged(found.SelectMany(f => GivenItems.Drugs(f.Given, f.Month, set))).Where(d => !GivenItems.IsOperation(d.Section) || Shows(ConsentKind.Operations))]
            : [];
        var services = found.SelectMany(f => GivenItems.Services(f.Given, f.Month, set)).Where(s => Shows(s.Operation ? ConsentKind.Operations : ConsentKind.Diagnoses));
        var coverage = member.Coverage;
        return new MedicinesAnswer(
            id,
            at,
            coverage.Name,
            coverage.Kana,
            coverage.Birth,
            coverage.Sex,
            from,
            until,
            kinds,
            [.. Newest(drugs).Select(Place).Select(Prescriber)],
            [.. Newest(services).Select(Place)],
            [.. Duplicates.Find(drugs.Where(d => !d.Superseded)).Select(h => h with { Drugs = [.. h.Drugs.Select(Place).Select(Prescriber)] })],
            member.Protected,
            Remarks.Of(drugs, member.Protected));

        T Place<T>(T item)
            where T : GivenItem => member.Protected ? item with { Place = new MedicinePlace("", "") } : item;

        GivenDrug Prescriber(GivenDrug drug) => member.Protected ? drug with { PrescribedBy = "" } : drug;
    }

    private static IEnumerable<T> Newest<T>(IEnumerable<T> items)
        where T : GivenItem => items.OrderByDescending(i => i.Month).ThenByDescending(i => i.Day).ThenBy(i => i.Section).ThenBy(i => i.Code, StringComparer.Ordinal);
}
