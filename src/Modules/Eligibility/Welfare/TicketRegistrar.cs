using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>Registers rows about tickets in the current write transaction: a correction or withdrawal closes a version, nothing is changed. Scoped.</summary>
internal sealed class TicketRegistrar(Tickets tickets, Coverages coverages, IDirectory directory, TimeProvider time)
{
    private readonly Dictionary<string, bool> _institutions = new(StringComparer.Ordinal);

    /// <summary>The reports in the order of the rows. No two rows of one call carry the same id.</summary>
    public async ValueTask<IReadOnlyList<EntryReport>> Run(OrganisationId office, IReadOnlySet<string> own, IReadOnlyList<Numbered<TicketEntry>> rows, CancellationToken ct)
    {
        var at = time.Now();
        var reports = new List<EntryReport>(rows.Count);
        foreach (var row in rows)
        {
            var faults = TicketRules.Faults(row.Entry, own);
            reports.Add(faults.Count > 0
                ? Refused(row, faults)
                : row.Entry.Act == EntryAct.Withdraw ? await Withdraw(office, row, at, ct) : await Register(office, row, at, ct));
        }

        return reports;
    }

    private async ValueTask<EntryReport> Withdraw(OrganisationId office, Numbered<TicketEntry> row, DateTimeOffset at, CancellationToken ct)
    {
        if (await tickets.Current(office, row.Entry.Id, ct) is not { } before)
        {
            return Refused(row, [("登録ID", RowFaults.Unknown)]);
        }

        await tickets.Replace(before, null, at, ct);
        return new EntryReport(EntryResult.Withdrawn, null, []);
    }

    private async ValueTask<EntryReport> Register(OrganisationId office, Numbered<TicketEntry> row, DateTimeOffset at, CancellationToken ct)
    {
        var said = new SealedTicket(row.Entry.Id, row.Entry.Recipient!, row.Entry.Ticket!);
        var before = await tickets.Current(office, said.Id, ct);
        if (before is not null && Tickets.Bytes(tickets.Open(before)).AsSpan().SequenceEqual(Tickets.Bytes(said)))
        {
            return new EntryReport(EntryResult.Same, null, []);
        }

        var covered = (await coverages.OfCard(office, said.Recipient, null, ct)).Where(c => c.KnownUntil is null).ToList();
        if (covered.Count == 0)
        {
            return Refused(row, [("受給者番号", TicketFaults.NoRecipient)]);
        }

        var notices = await Notices(said, covered, before, ct);
        await tickets.Replace(before, tickets.Version(office, said, at), at, ct);
        return new EntryReport(
            before is null ? EntryResult.Created : EntryResult.Changed, null, [.. notices.Select(n => Registrar.Problem(row.Line, n.Field, n.Fault, refused: false))]);
    }

    private async ValueTask<List<(string Field, Refusal Fault)>> Notices(SealedTicket said, List<CoverageRow> covered, TicketRow? before, CancellationToken ct)
    {
        var ticket = said.Ticket;
        var notices = new List<(string, Refusal)>();
        if (Enumerable.Range(0, ticket.Until.DayNumber - ticket.From.DayNumber + 1).Any(d => !covered.Exists(c => c.Covers(ticket.From.AddDays(d)))))
        {
            notices.Add(("有効開始年月日", TicketFaults.NotCovered));
        }

        if ((await tickets.InMonth(said.Recipient, ticket.Month, ct))
            .Exists(t => t.Id != before?.Id && t.Institution == ticket.Institution && tickets.Open(t).Ticket.Treatment == ticket.Treatment))
        {
            notices.Add(("交付番号", TicketFaults.Again));
        }

        if (!await IsKnown(ticket.Institution, ct))
        {
            notices.Add(("指定医療機関コード", TicketFaults.UnknownInstitution));
        }

        return notices;
    }

    private async ValueTask<bool> IsKnown(string institution, CancellationToken ct)
    {
        if (!_institutions.TryGetValue(institution, out var known))
        {
            known = (await directory.Holder(new OrganisationCode(CodeSystem.Institution, institution), ct)).Succeeded(out _, out _);
            _institutions.Add(institution, known);
        }

        return known;
    }

    private static EntryReport Refused(Numbered<TicketEntry> row, IReadOnlyList<(string Field, Refusal Fault)> faults) =>
        new(EntryResult.Refused, null, [.. faults.Select(f => Registrar.Problem(row.Line, f.Field, f.Fault, refused: true))]);
}
