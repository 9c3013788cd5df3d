using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>
/// 患者の控え and 予約 from a facility's file: rows are read without a transaction, then a batch of them is kept in a short one. Broken off anywhere, the whole file is
/// sent again: what is there already stays as it is.
/// </summary>
internal sealed class TakeDeskFile(DbSession session, Patients patients, Visits visits, Plans plans, Audit audit, IBusinessTime business) : IDeskFiles
{
    private const int BatchRows = 500;
    private const int MostRows = 200_000;
    private const int MostProblems = 1_000;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var desk = endpoints.MapGroup("/eligibility/desk").Requires(Permission.InquireEligibility).WithMetadata(new RequestSizeLimitAttribute(256L << 20));
        desk.MapPost("/patients", async (HttpRequest request, IDeskFiles files, ICurrentActor current, CancellationToken ct) =>
            (await files.Patients(current.Actor, request.Body, ct)).ToResult(r => Results.Json(r, SiteJson.Options)))
            .Takes<Stream>("text/csv")
            .Produces<DeskFileReport>()
            .WithSummary("患者の控え（CSV）の取込み")
            .Audits(AuditKind.DeskFileTaken);
        desk.MapPost("/appointments", async (DateOnly? day, HttpRequest request, IDeskFiles files, ICurrentActor current, CancellationToken ct) =>
            (await files.Appointments(current.Actor, day, request.Body, ct)).ToResult(r => Results.Json(r, SiteJson.Options)))
            .Takes<Stream>("text/csv")
            .Produces<DeskFileReport>()
            .WithSummary("予約（CSV）の取込み")
            .Audits(AuditKind.DeskFileTaken);
    }

    public ValueTask<Outcome<DeskFileReport>> Patients(Actor by, Stream content, CancellationToken ct) =>
        Take(by, "patients", content, DeskRows.OfPatients, (row, tally) => Patient(by, row, tally, ct), ct);

    public ValueTask<Outcome<DeskFileReport>> Appointments(Actor by, DateOnly? day, Stream content, CancellationToken ct) =>
        Take(by, "appointments", content, DeskRows.OfAppointments, (row, tally) => Appointment(by, row, day ?? Today, tally, ct), ct);

    public async ValueTask<Outcome<int>> Count(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        return await session.InReading(() => patients.Count(by.Organisation, ct), ct);
    }

    public async ValueTask<Outcome<bool>> Erase(Actor by, string chart, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility) || by.Person is null)
        {
            return by.May(Permission.InquireEligibility) ? Refusals.PersonOnly : Refusals.NotAllowed;
        }

        await session.Write(ct);
        if (!await Erase(by, chart.Trim(), "desk", ct))
        {
            await session.Rollback();
            return Refusals.NoPatient;
        }

        await session.Commit(ct);
        return true;
    }

    private DateOnly Today => DateOnly.FromDateTime(business.Now.DateTime);

    private async ValueTask<Outcome<DeskFileReport>> Take(
        Actor by, string what, Stream content, string[] optional, Func<DeskRow, Tally, ValueTask> take, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        var tally = new Tally();
        await foreach (var read in Batches(content, optional, ct))
        {
            if (read.Refused(out var refusal, out var batch))
            {
                return refusal;
            }

            await session.Write(ct);
            foreach (var row in batch)
            {
                await take(row, tally);
            }

            tally.Rows += batch.Count;
            await plans.Begin(by, ct);
            await audit.Record(by, AuditKind.DeskFileTaken, what, string.Create(CultureInfo.InvariantCulture, $"rows {tally.Rows} refused {tally.Refused}"), ct);
            await session.Commit(ct);
            if (tally.Rows >= MostRows)
            {
                return Refusals.DeskFileTooLong;
            }
        }

        return tally.Report();
    }

    private static async IAsyncEnumerable<Outcome<List<DeskRow>>> Batches(Stream content, string[] optional, [EnumeratorCancellation] CancellationToken ct)
    {
        DeskRows? rows = null;
        var line = 0;
        var batch = new List<DeskRow>(BatchRows);
        await foreach (var bytes in FileLines.Of(content, ct))
        {
            line++;
            if (rows is null)
            {
                if (CsvTable.Header(bytes ?? [], DeskRows.Required, optional).Refused(out var refusal, out var table))
                {
                    yield return refusal;
                    yield break;
                }

                rows = new DeskRows(table);
            }
            else if (bytes is not { Length: 0 })
            {
                batch.Add(rows.Row(line, bytes));
            }

            if (batch.Count == BatchRows)
            {
                yield return batch;
                batch = new List<DeskRow>(BatchRows);
            }
        }

        if (rows is null)
        {
            yield return Refusals.BadHeader;
        }
        else if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async ValueTask Patient(Actor by, DeskRow row, Tally tally, CancellationToken ct)
    {
        if (row.Faults.Count > 0)
        {
            tally.Refuse(row.Line, row.Faults);
        }
        else if (row.Removes)
        {
            tally.Count(await Erase(by, row.Patient.Chart, "file", ct) ? null : Kept.Same);
        }
        else
        {
            tally.Count((await patients.Keep(by.Organisation, row.Patient, ct)).Kept);
        }
    }

    private async ValueTask Appointment(Actor by, DeskRow row, DateOnly usual, Tally tally, CancellationToken ct)
    {
        var day = row.Day ?? usual;
        if (row.Faults.Count > 0)
        {
            tally.Refuse(row.Line, row.Faults);
            return;
        }

        if (day < Today.AddDays(-Visits.DaysKept) || day > Today.AddYears(1))
        {
            tally.Refuse(row.Line, [("予約日", Refusals.DeskDayOutside)]);
            return;
        }

        var known = await patients.ByChart(by.Organisation, row.Patient.Chart, ct);
        if (row.Removes)
        {
            tally.Count(known is { } patient && await visits.Remove(patient.Id, day, ct) > 0 ? null : Kept.Same);
        }
        else if (known is { Patient: { } onFile } found)
        {
            // Whoever books writes a name or half a card: that overwrites nothing, a person is told.
            tally.Differ(row.Line, Differences.Between(onFile, row.Patient));
            tally.Count(await visits.Book(by.Organisation, found.Id, day, row.Time, ct));
        }
        else if (row.IsWhole)
        {
            var (id, _) = await patients.Keep(by.Organisation, row.Patient, ct);
            tally.Count(await visits.Book(by.Organisation, id, day, row.Time, ct));
        }
        else
        {
            tally.Refuse(row.Line, [("患者番号", Refusals.NoPatient with { Remedy = "患者の控えを先に取り込むか、この行に券面の項目を加えてください。" })]);
        }
    }

    private async ValueTask<bool> Erase(Actor by, string chart, string from, CancellationToken ct)
    {
        if (await patients.ByChart(by.Organisation, chart, ct) is not { Patient: { } patient } known)
        {
            return false;
        }

        await visits.RemoveAll(known.Id, ct);
        await patients.Erase(known.Id, ct);
        await audit.Record(new AuditEvent(AuditKind.DeskPatientChanged, $"patient:{known.Id}", "erased " + from) { By = by, Whose = Desk.Patients.Subject(patient) }, ct);
        return true;
    }

    /// <summary>What became of the rows.</summary>
    private sealed class Tally
    {
        private readonly List<DeskFileProblem> _problems = [];
        private readonly Dictionary<Kept, int> _kept = [];
        private int _removed;
        private int _differing;

        public int Rows { get; set; }

        public int Refused { get; private set; }

        /// <summary>Null: removed.</summary>
        public void Count(Kept? kept)
        {
            if (kept is { } k)
            {
                _kept[k] = _kept.GetValueOrDefault(k) + 1;
            }
            else
            {
                _removed++;
            }
        }

        public void Refuse(int line, IReadOnlyList<(string Field, Refusal Fault)> faults)
        {
            Refused++;
            _problems.AddRange(faults.Take(MostProblems - _problems.Count).Select(f => new DeskFileProblem(line, f.Field, f.Fault.Code, f.Fault.Text, f.Fault.Remedy)));
        }

        /// <summary>Taken all the same; what is on file stays.</summary>
        public void Differ(int line, IReadOnlyList<string> fields)
        {
            _differing += fields.Count > 0 ? 1 : 0;
            _problems.AddRange(fields.Take(MostProblems - _problems.Count).Select(
                f => new DeskFileProblem(line, f, Refusals.FileStays.Code, Refusals.FileStays.Text, Refusals.FileStays.Remedy)));
        }

        public DeskFileReport Report() => new(
            Rows, _kept.GetValueOrDefault(Kept.Created), _kept.GetValueOrDefault(Kept.Changed), _kept.GetValueOrDefault(Kept.Same), _removed, Refused, _differing, _problems);
    }
}
