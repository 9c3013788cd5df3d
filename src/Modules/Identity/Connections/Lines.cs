using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.Devices;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Connections;

/// <inheritdoc cref="IConnections"/>
internal sealed class Lines(Store store, Standing standing, SourceRanges ranges, Upkeep upkeep, TimeProvider time) : IConnections
{
    private const int Longest = 200;
    private const int MostRanges = 64;

    public bool IsEnforced => ranges.IsEnforced;

    public async ValueTask<IReadOnlyList<RegisteredLine>> List(Actor by, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var rows = await unit.Context.Connections.AsNoTracking().Where(c => c.Organisation == by.Organisation.Value).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.State is ConnectionState.Ended or ConnectionState.Declined).ThenByDescending(r => r.Applied).Select(r => Shown(r, by.OrganisationName))];
    }

    public async ValueTask<IReadOnlyList<RegisteredLine>> Waiting(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.ApproveConnections))
        {
            return [];
        }

        await using var unit = await store.Read(ct);
        var rows = await (from line in unit.Context.Connections.AsNoTracking()
                          join organisation in unit.Context.Organisations on line.Organisation equals organisation.Id
                          where line.State == ConnectionState.Waiting
                          orderby line.Applied
                          select new { line, organisation.Name }).ToListAsync(ct);
        return [.. rows.Select(r => Shown(r.line, r.Name))];
    }

    public ValueTask<Outcome<Guid>> State(Actor by, LineFacts facts, CancellationToken ct) => Add(by, by.Organisation, facts, ConnectionState.Waiting, ct);

    public ValueTask<Outcome<Guid>> Confirmed(OrganisationId organisation, LineFacts facts, CancellationToken ct) => Add(null, organisation, facts, ConnectionState.InForce, ct);

    public async ValueTask<Outcome<Guid>> Decide(Actor by, Guid id, bool confirmed, string reason, CancellationToken ct)
    {
        if (!confirmed && (string.IsNullOrWhiteSpace(reason) || reason.Length > Longest))
        {
            return Refusals.ReasonMissing;
        }

        return await Change(by, id, confirmed ? ConnectionState.InForce : ConnectionState.Declined, reason, Refusing, ct);

        Refusal? Refusing(ConnectionRow row) => !by.May(Permission.ApproveConnections) || by.Person is null || row.State != ConnectionState.Waiting
            ? Refusals.LineUnknown
            : row.AppliedPerson == by.Person?.Value ? Refusals.OwnLine : null;
    }

    public async ValueTask<Outcome<Guid>> End(Actor by, Guid id, string reason, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > Longest
            ? Refusals.ReasonMissing
            : await Change(
                by,
                id,
                ConnectionState.Ended,
                reason,
                row => row.Organisation != by.Organisation.Value || row.State is not (ConnectionState.Waiting or ConnectionState.InForce) ? Refusals.LineUnknown : null,
                ct);

    private RegisteredLine Shown(ConnectionRow row, string organisation) => new(
        row.Id,
        new OrganisationId(row.Organisation),
        organisation,
        new LineFacts(row.Provider, row.Line, row.Ranges.Split(' '), row.OutsideAnswer, row.BetweenAnswer, row.AnswerUntil, row.Note),
        row.State,
        row.Applied,
        row.Reason,
        LineWarnings.Of(row, upkeep.Today));

    private async ValueTask<Outcome<Guid>> Add(Actor? by, OrganisationId organisation, LineFacts facts, ConnectionState state, CancellationToken ct)
    {
        if (Invalid(facts) is { } invalid)
        {
            return invalid;
        }

        var id = Guid.CreateVersion7();
        await using (var unit = await store.Write(ct))
        {
            var version = await unit.NextVersion(ct);
            if (!await unit.Context.Organisations.AnyAsync(o => o.Id == organisation.Value, ct))
            {
                return Refusals.OrganisationUnknown;
            }

            unit.Context.Connections.Add(new ConnectionRow
            {
                Id = id,
                Organisation = organisation.Value,
                Provider = facts.Provider.Trim(),
                Line = facts.Line,
                Ranges = string.Join(' ', facts.Ranges.Select(r => SourceRanges.Parse(r)!.Value.ToString()).Distinct()),
                OutsideAnswer = facts.OutsideAnswer,
                BetweenAnswer = facts.BetweenAnswer,
                AnswerUntil = facts.AnswerUntil,
                Note = facts.Note.Trim(),
                State = state,
                Applied = time.GetUtcNow(),
                AppliedPerson = by?.Person?.Value,
                Changed = version,
            });
            await unit.Record(AuditKind.ConnectionChanged, id.ToString("D"), state == ConnectionState.InForce ? "stated and confirmed" : "stated", ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return id;
    }

    private async ValueTask<Outcome<Guid>> Change(
        Actor by, Guid id, ConnectionState to, string reason, Func<ConnectionRow, Refusal?> refusing, CancellationToken ct)
    {
        await using (var unit = await store.Write(ct))
        {
            var version = await unit.NextVersion(ct);
            if (await unit.Context.Connections.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } row)
            {
                return Refusals.LineUnknown;
            }

            if (refusing(row) is { } refusal)
            {
                return refusal;
            }

            (row.State, row.Reason, row.Decided, row.DecidedPerson, row.Changed) = (to, reason.Trim(), time.GetUtcNow(), by.Person?.Value, version);
            await unit.Record(AuditKind.ConnectionChanged, id.ToString("D"), to.ToString(), ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return id;
    }

    private static Refusal? Invalid(LineFacts facts)
    {
        if (string.IsNullOrWhiteSpace(facts.Provider) || facts.Provider.Length > Longest || facts.Note.Length > Longest)
        {
            return Refusals.LineInvalid;
        }

        if (facts.Ranges.Count is 0 or > MostRanges)
        {
            return Refusals.LineInvalid with { Text = $"接続元の範囲を1件から{MostRanges}件までで記入してください。" };
        }

        return facts.Ranges.FirstOrDefault(r => SourceRanges.Parse(r) is not { } range || range.PrefixLength < (range.BaseAddress.GetAddressBytes().Length == 4 ? 8 : 16)) is { } wrong
            ? Refusals.LineInvalid with { Text = $"接続元の範囲「{wrong}」は正しくないか、広すぎます（IPv4 は /8、IPv6 は /16 より狭く）。", Remedy = "203.0.113.0/24 や 2001:db8:10::/48 の形で記入してください。" }
            : null;
    }
}
