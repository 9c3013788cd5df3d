using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>What looks like one person at two insurers, for people to decide about; every one that is shown is recorded.</summary>
internal sealed class Matches(DbSession session, Links links, Coverages coverages, Disclosure disclosure, Audit audit)
{
    private const int PageSize = 20;

    public async ValueTask<Outcome<MatchPage>> Proposals(Actor by, string? after, CancellationToken ct)
    {
        if (!by.May(Permission.ManageRegistered))
        {
            return Refusals.NotOffice;
        }

        await session.Write(ct);
        var pairs = await links.Alike(Place(after), PageSize, ct);
        var proposals = new List<MatchProposal>();
        foreach (var (one, other) in pairs.DistinctBy(p => (p.One.Person, p.Other.Person)))
        {
            proposals.Add(new MatchProposal(one.Id, other.Id, await Shown(by, one, "proposed", ct), await Shown(by, other, "proposed", ct)));
        }

        if (proposals.Count == 0)
        {
            await audit.Record(by, AuditKind.MatchRead, "proposals", "0", ct);
        }

        await session.Commit(ct);
        return new MatchPage(proposals, pairs.Count < PageSize ? null : $"{Convert.ToHexStringLower(pairs[^1].One.Alike!)}.{pairs[^1].One.Id:D}.{pairs[^1].Other.Id:D}");
    }

    public async ValueTask<Outcome<IReadOnlyList<MatchDecision>>> Decisions(Actor by, CardKeys card, CancellationToken ct)
    {
        if (!by.May(Permission.ManageRegistered))
        {
            return Refusals.NotOffice;
        }

        await session.Write(ct);
        if ((await coverages.Person(card, default, ct)).Refused(out var refusal, out var row))
        {
            await audit.Record(new AuditEvent(AuditKind.MatchRead, "decisions", refusal.Code) { By = by, Whose = Disclosure.Subject(card ?? new CardKeys()) }, ct);
            await session.Commit(ct);
            return refusal;
        }

        var decisions = new List<MatchDecision>();
        foreach (var link in await links.Of(row.Person, ct))
        {
            if (await links.Latest(link.One == row.Person ? link.Other : link.One, ct) is { } other)
            {
                decisions.Add(new MatchDecision(link.Id, link.Same, link.KnownFrom, await Shown(by, other, "decided", ct)));
            }
        }

        await Shown(by, row, "asked", ct);
        await session.Commit(ct);
        return decisions;
    }

    private async ValueTask<Coverage> Shown(Actor by, CoverageRow row, string why, CancellationToken ct)
    {
        var coverage = coverages.Open(row).Coverage;
        await audit.Record(new AuditEvent(AuditKind.MatchRead, "version:" + row.Id.ToString("D"), why) { By = by, Whose = Disclosure.Subject(coverage) }, ct);
        return await disclosure.Whereabouts(coverage, row.Shielded, ct);
    }

    private static (byte[], Guid, Guid)? Place(string? after)
    {
        var parts = after?.Split('.') ?? [];
        return parts.Length == 3 && parts[0].Length == 32 && parts[0].All(char.IsAsciiHexDigitLower) && Guid.TryParse(parts[1], out var one) && Guid.TryParse(parts[2], out var other)
            ? (Convert.FromHexString(parts[0]), one, other)
            : null;
    }
}
