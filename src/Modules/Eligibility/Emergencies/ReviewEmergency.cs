using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Emergencies;

/// <summary>The review afterwards: by somebody else, with a verdict and a note that stay.</summary>
internal sealed class ReviewEmergency(DbSession session, EmergencyTable table, CardAnswers answers, IDirectory directory, Audit audit)
{
    public async ValueTask<Outcome<IReadOnlyList<EmergencySummary>>> List(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.ReviewEmergencies))
        {
            return Refusals.NotAReviewer;
        }

        var rows = await session.InReading(() => table.Of(by.Organisation, ct), ct);
        var names = await NamesOf(rows, ct);
        await audit.Alone(new AuditEvent(AuditKind.EmergencyReviewed, by.Organisation.ToString(), $"listed {rows.Count}") { By = by }, ct);
        return rows.ConvertAll(r => Summary(r, names));
    }

    public async ValueTask<Outcome<EmergencyDetail>> Read(Actor by, Guid id, CancellationToken ct)
    {
        if (!by.May(Permission.ReviewEmergencies))
        {
            return Refusals.NotAReviewer;
        }

        if (await session.InReading(() => table.Find(by.Organisation, id, ct), ct) is not { } row)
        {
            return Refusals.NoEmergency;
        }

        var names = await NamesOf([row], ct);
        await session.Write(ct);
        var coverage = await answers.Latest(row.Person, ct);
        await audit.Record(
            new AuditEvent(AuditKind.EmergencyReviewed, id.ToString("D"), "read") { By = by, Whose = coverage is null ? null : Disclosure.Subject(coverage) }, ct);
        await session.Commit(ct);
        return new EmergencyDetail(Summary(row, names), row.Reason, row.Note, coverage?.Name ?? "（表示できません）", coverage?.Birth, row.Opener == by.Person);
    }

    public async ValueTask<Outcome<Guid>> Review(Actor by, Guid id, EmergencyVerdict verdict, string note, CancellationToken ct)
    {
        if (by.Person is not { } reviewer || !by.May(Permission.ReviewEmergencies))
        {
            return Refusals.NotAReviewer;
        }

        if (!Audit.IsReason(note) || !Enum.IsDefined(verdict))
        {
            return Refusals.EmergencyReasonMissing;
        }

        await session.Write(ct);
        var row = await table.Find(by.Organisation, id, ct);
        Refusal? refusal = row is null ? Refusals.NoEmergency
            : row.Opener == reviewer ? Refusals.OwnEmergency
            : await table.Review(id, reviewer, verdict, note.Trim(), ct) ? null
            : Refusals.AlreadyReviewed;
        if (refusal is not null)
        {
            await session.Rollback();
            return refusal;
        }

        var whose = await answers.Latest(row!.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;
        await audit.Record(new AuditEvent(AuditKind.EmergencyReviewed, id.ToString("D"), verdict.ToString()) { By = by, Whose = whose }, ct);
        await session.Commit(ct);
        return id;
    }

    private ValueTask<IReadOnlyDictionary<PersonId, string>> NamesOf(IReadOnlyList<EmergencyRow> rows, CancellationToken ct) =>
        directory.NamesOf([.. rows.SelectMany(r => new[] { r.Opener, r.Reviewer }).OfType<PersonId>().Distinct()], ct);

    private static EmergencySummary Summary(EmergencyRow row, IReadOnlyDictionary<PersonId, string> names) => new(
        row.Id,
        row.At,
        row.Until,
        names.GetValueOrDefault(row.Opener, ""),
        row.Reviewer is { } reviewer ? names.GetValueOrDefault(reviewer, "") : "",
        row.Reviewed,
        row.Verdict);
}
