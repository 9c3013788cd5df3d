using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn.Recovery;

/// <inheritdoc cref="ISignInAdministration"/>
internal sealed class SignInAdministration(Store store, Members members, IDirectory directory, SessionDoor sessions, SignInOptions options, TimeProvider time) : ISignInAdministration
{
    private const int Approvals = 2;
    private static readonly TimeSpan _open = TimeSpan.FromDays(7);

    public async ValueTask Request(string login, CancellationToken ct)
    {
        var name = PasswordStep.Normal(login);
        var now = time.Now();
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        var person = await unit.Context.People.AsNoTracking().SingleOrDefaultAsync(p => p.Login == name && p.Ended == null, ct);
        if (person is not null && !(await RecoveryRow.Of(unit, person.Id, ct)).Any(r => IsOpen(r, now)))
        {
            await Close(unit, person.Id, now, ct);
            await new RecoveryRow(Guid.CreateVersion7(), person.Id, now, Place.Of(sessions.Http).Address, RecoveryState.Requested, null, null, null, null).Insert(unit, ct);
        }

        await unit.Record(null, AuditKind.SignInRecovery, person?.Id.ToString("D") ?? "-", "requested", ct);
        await unit.Commit(ct);
    }

    public async ValueTask<IReadOnlyList<RecoveryRequest>> Waiting(Actor by, CancellationToken ct)
    {
        List<RecoveryRow> rows;
        await using (var unit = await store.Read(ct))
        {
            rows = await RecoveryRow.Waiting(unit, ct);
        }

        var shown = new List<RecoveryRequest>();
        foreach (var row in rows.Where(r => IsOpen(r, time.GetUtcNow())))
        {
            if (row.Person != by.Person?.Value && await MayApprove(by, row, ct))
            {
                shown.Add(await Show(by, row, ct));
            }
        }

        return shown;
    }

    public async ValueTask<Outcome<string>> Approve(Actor by, Guid request, CancellationToken ct)
    {
        if (await Find(request, ct) is not { } row || !await IsConcerned(by, row, ct))
        {
            return Refusals.NotFound;
        }

        if (by.Person is not { } approver || approver.Value == row.Person || approver.Value == row.First || !await MayApprove(by, row, ct))
        {
            return Refusals.RecoveryNotYours;
        }

        var now = time.Now();
        var code = row.State == RecoveryState.Approved ? RecoveryCodes.New() : "";
        var next = row.State == RecoveryState.Approved
            ? row with { State = RecoveryState.Issued, Second = approver.Value, Code = RecoveryCodes.DigestOf(code), Expires = now + options.RecoveryCode }
            : row with { State = RecoveryState.Approved, First = approver.Value };
        await using var unit = await store.Write(ct);
        if (await row.Become(unit, next, now, ct) == 0)
        {
            return Refusals.NotFound;
        }

        await unit.Record(by, AuditKind.SignInRecovery, $"{row.Person:D}", next.State == RecoveryState.Issued ? "approved by the second, code issued" : "approved by the first", ct);
        await unit.Commit(ct);
        return code;
    }

    public async ValueTask<Outcome<Guid>> Reject(Actor by, Guid request, CancellationToken ct)
    {
        if (await Find(request, ct) is not { } row || !await IsConcerned(by, row, ct) || row.Person == by.Person?.Value)
        {
            return Refusals.NotFound;
        }

        await using var unit = await store.Write(ct);
        if (await row.Become(unit, row with { State = RecoveryState.Closed }, time.Now(), ct) == 0)
        {
            return Refusals.NotFound;
        }

        await unit.Record(by, AuditKind.SignInRecovery, $"{row.Person:D}", "rejected", ct);
        await unit.Commit(ct);
        return request;
    }

    public async ValueTask<IReadOnlyList<SessionSummary>> Sessions(Actor by, CancellationToken ct)
    {
        var people = await members.People(by.Organisation, ct);
        var summaries = new List<SessionSummary>();
        await using var unit = await store.Read(ct);
        foreach (var person in people)
        {
            var name = (await unit.Context.People.AsNoTracking().SingleAsync(p => p.Id == person, ct)).Name;
            var open = await SessionRow.Open(unit, person, ct);
            summaries.AddRange(open.Where(s => s.Stage == SignInStage.Complete && s.IsLive(time.GetUtcNow(), options)).Select(s => s.Summary(name, sessions.Current?.Id)));
        }

        return summaries;
    }

    public async ValueTask<Outcome<Guid>> EndSession(Actor by, Guid session, CancellationToken ct)
    {
        SessionRow? row;
        await using (var unit = await store.Read(ct))
        {
            row = await SessionRow.ById(unit, session, ct);
        }

        if (row is null || !(await members.People(by.Organisation, ct)).Contains(row.Person))
        {
            return Refusals.NotFound;
        }

        await sessions.End(row, "システム管理者が終了した", by, ct);
        return session;
    }

    public async ValueTask<Outcome<string>> Reset(string login, string reason, CancellationToken ct)
    {
        var name = PasswordStep.Normal(login);
        var now = time.Now();
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        if (await unit.Context.People.AsNoTracking().SingleOrDefaultAsync(p => p.Login == name && p.Ended == null, ct) is not { } person)
        {
            return Refusals.NotFound;
        }

        await Close(unit, person.Id, now, ct);
        var code = RecoveryCodes.New();
        await new RecoveryRow(
            Guid.CreateVersion7(), person.Id, now, "", RecoveryState.Issued, null, null, RecoveryCodes.DigestOf(code), now + options.RecoveryCode).Insert(unit, ct);
        await unit.Record(null, AuditKind.SignInRecovery, $"{person.Id:D}", $"code issued by command: {reason}", ct);
        await unit.Commit(ct);
        return code;
    }

    public async ValueTask TakeAsOwn(PersonId person, CancellationToken ct)
    {
        if (!options.IsDevelopment)
        {
            throw new InvalidOperationException("Only a development site takes a given password as the person's own");
        }

        await using var unit = await store.Write(ct);
        await (await Credential.Of(unit, person.Value, ct) with { Changed = time.Now(), Own = true }).Save(unit, ct);
        await unit.Commit(ct);
    }

    private static bool IsOpen(RecoveryRow row, DateTimeOffset now) => row.State is RecoveryState.Requested or RecoveryState.Approved && now < row.Requested + _open;

    /// <summary>An earlier request gives way.</summary>
    private static async Task Close(Store.Unit unit, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var earlier in await RecoveryRow.Of(unit, person, ct))
        {
            await earlier.Become(unit, earlier with { State = RecoveryState.Closed, Code = null }, now, ct);
        }
    }

    private async Task<RecoveryRow?> Find(Guid id, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return await RecoveryRow.ById(unit, id, ct) is { } row && IsOpen(row, time.GetUtcNow()) ? row : null;
    }

    private async Task<bool> IsConcerned(Actor by, RecoveryRow row, CancellationToken ct) =>
        (await directory.Centre(ct)).Id == by.Organisation || (await members.Of(new PersonId(row.Person), ct)).Any(o => o.Id == by.Organisation);

    /// <summary>The organisation's own administrators first; the centre's fill in for those it lacks.</summary>
    private async Task<bool> MayApprove(Actor by, RecoveryRow row, CancellationToken ct)
    {
        var organisations = await members.Of(new PersonId(row.Person), ct);
        var own = new HashSet<Guid>();
        foreach (var organisation in organisations)
        {
            own.UnionWith(await members.Administrators(organisation.Id, ct));
        }

        own.Remove(row.Person);
        if (organisations.Any(o => o.Id == by.Organisation))
        {
            return true;
        }

        var lacking = Approvals - Math.Min(Approvals, own.Count);
        var fromElsewhere = row.First is { } first && !own.Contains(first) ? 1 : 0;
        return (await directory.Centre(ct)).Id == by.Organisation && fromElsewhere < lacking;
    }

    private async Task<RecoveryRequest> Show(Actor by, RecoveryRow row, CancellationToken ct)
    {
        var organisations = await members.Of(new PersonId(row.Person), ct);
        await using var unit = await store.Read(ct);
        var person = await unit.Context.People.AsNoTracking().SingleAsync(p => p.Id == row.Person, ct);
        return new RecoveryRequest(
            row.Id,
            new PersonId(row.Person),
            person.Name,
            person.Login,
            string.Join('・', organisations.Select(o => o.Name)),
            row.Requested,
            row.Address,
            row.State,
            row.First == by.Person?.Value);
    }
}
