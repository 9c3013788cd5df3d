using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Emergencies;

/// <summary>
/// 救急時の閲覧: the facility is permitted, the person has the role, states why, and proves anew that it is them. What is opened is a consent that nobody gave:
/// it ends by itself after hours, and is marked 同意取得困難 wherever it shows. What the facility does not use (医療機関環境設定情報) is not opened.
/// </summary>
internal sealed class OpenEmergency(
    DbSession session, EmergencyTable table, Consents.Consents consents, FacilitySettings settings, Coverages coverages, Disclosure disclosure,
    SharedProtection shared, IStepUp stepUp, Audit audit, IBusinessTime business, TimeProvider time)
{
    private static readonly ConsentKind[] _opened = [ConsentKind.Medicines, ConsentKind.Diagnoses, ConsentKind.Operations, ConsentKind.Checkups];

    public async ValueTask<Outcome<EmergencyAccess>> Run(Actor by, EmergencyRequest asked, CancellationToken ct)
    {
        if (by.Person is not { } opener || !by.May(Permission.OpenInEmergency))
        {
            return Refusals.NotForEmergencies;
        }

        if (Fault(asked) is { } wrong)
        {
            return wrong;
        }

        var permitted = await session.InReading(() => table.MayOpen(by.Organisation, ct), ct);
        var id = Guid.CreateVersion7(time.Now());
        if (!permitted)
        {
            return await Refuse(by, id, asked, Refusals.NotForEmergencies, ct);
        }

        // Before the look-up: whoever is not the one who signed in learns nothing.
        return (await stepUp.Code(opener, asked.Code.Trim(), ct)).Refused(out var refusal, out _)
            ? await Refuse(by, id, asked, refusal, ct)
            : await Open(by, opener, id, asked, ct);
    }

    private async ValueTask<Outcome<EmergencyAccess>> Open(Actor by, PersonId opener, Guid id, EmergencyRequest asked, CancellationToken ct)
    {
        await session.Write(ct);
        var setting = await settings.Of(by.Organisation, ct);
        List<ConsentKind> opened = [.. _opened.Where(setting.Uses)];
        if (opened.Count == 0)
        {
            return await Refuse(by, id, asked, Refusals.NotUsed(_opened), ct);
        }

        if ((await Person(by, asked, ct)).Refused(out var refusal, out var row))
        {
            return await Refuse(by, id, asked, refusal, ct);
        }

        var now = time.Now();
        var today = DateOnly.FromDateTime(business.At(now).DateTime);
        var until = ConsentRule.On(today).Until(CareForm.Emergency, now)!.Value;
        await table.Add(new EmergencyRow(id, by.Organisation, row.Person, opener, asked.Reason.Trim(), now, until), ct);
        foreach (var kind in opened)
        {
            await consents.Give(
                new Consents.Consent(Guid.CreateVersion7(now), row.Person, by.Organisation, kind, CareForm.Emergency, now, until, PersonProof.None, id), ct);
        }

        var coverage = coverages.Open(row).Coverage;
        var shown = await disclosure.ByCard(coverage, await shared.Of(row.Person, ct), limitConsent: false, today, ct);
        await audit.Record(
            new AuditEvent(AuditKind.EmergencyOpened, id.ToString("D"), "opened") { By = by, Reason = asked.Reason.Trim(), Whose = Disclosure.Subject(coverage) }, ct);
        await session.Commit(ct);
        return new EmergencyAccess(id, until, shown) { Kinds = opened };
    }

    /// <summary>The one person who fits, by what they carry or by who they are said to be.</summary>
    private async ValueTask<Outcome<CoverageRow>> Person(Actor by, EmergencyRequest asked, CancellationToken ct)
    {
        if (asked.Card is { } card && Coverages.IsComplete(card))
        {
            return await coverages.Person(card, by.Organisation, ct);
        }

        List<CoverageRow> alike =
        [
            .. (await coverages.Alike(new Coverage { Kana = asked.Kana, Birth = asked.Birth ?? default, Sex = asked.Sex }, ct)).Where(r => !r.Stopped),
        ];
        if (alike.Count == 0)
        {
            return Refusals.NobodyFound;
        }

        // Registrations at several insurers are one person only where somebody confirmed it.
        var same = (await coverages.OfPerson(alike[0].Person, null, ct)).Select(r => r.Person).ToHashSet();
        return alike.TrueForAll(r => same.Contains(r.Person)) ? alike.MaxBy(r => r.From)! : Refusals.SeveralFound;
    }

    private static Refusal? Fault(EmergencyRequest asked) =>
        !Audit.IsReason(asked.Reason) ? Refusals.EmergencyReasonMissing
        : asked.Code.Trim().Length == 0 ? Refusals.SecondFactorMissing
        : Coverages.IsComplete(asked.Card) || (asked.Kana.Length > 0 && asked.Birth is not null && asked.Sex.Length > 0) ? null
        : Refusals.EmergencyIncomplete;

    private async ValueTask<Refusal> Refuse(Actor by, Guid id, EmergencyRequest asked, Refusal refusal, CancellationToken ct)
    {
        await audit.Alone(
            new AuditEvent(AuditKind.EmergencyOpened, id.ToString("D"), refusal.Code)
            {
                By = by,
                Reason = asked.Reason.Trim(),
                Whose = asked.Card is { } card && Coverages.IsComplete(card) ? Disclosure.Subject(card) : null,
            },
            ct);
        return refusal;
    }
}
