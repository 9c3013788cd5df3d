using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Terms;

/// <inheritdoc cref="ITerms"/>
internal sealed class TermsOfUse(Store store, Standing standing, IBusinessTime business, TimeProvider time) : ITerms
{
    private const int LongestText = 200_000;
    private const int LongestVersion = 50;

    private DateOnly Today => DateOnly.FromDateTime(business.Now.DateTime);

    public async ValueTask<IReadOnlyList<TermsStanding>> List(Actor by, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var all = await Load(unit, by, null, ct);
        return [.. all.OrderByDescending(t => t.IsInForce || t.IsNext).ThenBy(t => t.Terms.PublisherName, StringComparer.Ordinal).ThenBy(t => t.Terms.Covers).ThenByDescending(t => t.Terms.Effective)];
    }

    public async ValueTask<Outcome<TermsStanding>> Find(Actor by, Guid id, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return (await Load(unit, by, id, ct)).SingleOrDefault() is { } found ? found : Refusals.TermsUnknown;
    }

    public async ValueTask<Outcome<TermsStanding>> Accept(Actor by, Guid id, CancellationToken ct)
    {
        if (by.Person is not { } person || !by.May(Permission.AcceptTerms))
        {
            return Refusals.PersonOnly;
        }

        await using (var unit = await store.Write(ct))
        {
            var version = await unit.NextVersion(ct);
            if ((await Load(unit, by, id, ct)).SingleOrDefault() is not { } found)
            {
                return Refusals.TermsUnknown;
            }

            if (found.Given is null)
            {
                unit.Context.Consents.Add(new ConsentRow
                {
                    Id = Guid.CreateVersion7(),
                    Terms = id,
                    Organisation = by.Organisation.Value,
                    At = time.GetUtcNow(),
                    Person = person.Value,
                    PersonName = by.PersonName,
                    Device = by.Device?.Value,
                    Changed = version,
                });
                await unit.Record(AuditKind.TermsAccepted, id.ToString("D"), found.Terms.Version, ct);
                await unit.Commit(ct);
            }
        }

        await standing.Refresh(ct);
        return await Find(by, id, ct);
    }

    public async ValueTask<Outcome<Guid>> Publish(Actor by, TermsScope covers, string version, string text, DateOnly effective, CancellationToken ct)
    {
        var named = version.Trim();
        if (!by.May(Permission.PublishTerms) || named.Length is 0 or > LongestVersion || string.IsNullOrWhiteSpace(text) || text.Length > LongestText || effective < Today)
        {
            return Refusals.TermsInvalid;
        }

        var id = Guid.CreateVersion7();
        await using (var unit = await store.Write(ct))
        {
            var changed = await unit.NextVersion(ct);
            if (await unit.Context.Terms.AnyAsync(t => t.Publisher == by.Organisation.Value && t.Covers == covers && t.Version == named, ct))
            {
                return Refusals.TermsInvalid with { Text = $"版「{named}」は、すでに公開されています。" };
            }

            unit.Context.Terms.Add(new TermsRow
            {
                Id = id,
                Publisher = by.Organisation.Value,
                Covers = covers,
                Version = named,
                Text = text.ReplaceLineEndings("\n"),
                Effective = effective,
                Published = time.GetUtcNow(),
                Person = by.Person?.Value,
                Changed = changed,
            });
            await unit.Record(AuditKind.TermsPublished, id.ToString("D"), $"{covers} {named}", ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return id;
    }

    private async ValueTask<IReadOnlyList<TermsStanding>> Load(Store.Unit unit, Actor by, Guid? only, CancellationToken ct)
    {
        var rows = await (from terms in unit.Context.Terms.AsNoTracking()
                          join publisher in unit.Context.Organisations on terms.Publisher equals publisher.Id
                          select new { terms, publisher.Name }).ToListAsync(ct);
        var given = await unit.Context.Consents.AsNoTracking().Where(c => c.Organisation == by.Organisation.Value).ToDictionaryAsync(c => c.Terms, ct);
        var counting = rows.Select(r => r.terms).GroupBy(t => (t.Publisher, t.Covers)).Select(g => TermsGate.InForce(g, Today)?.Id).OfType<Guid>().ToHashSet();
        return [.. rows.Where(r => only is null || r.terms.Id == only).Select(r => new TermsStanding(
            new TermsVersion(r.terms.Id, new OrganisationId(r.terms.Publisher), r.Name, r.terms.Covers, r.terms.Version, r.terms.Text, r.terms.Effective),
            given.TryGetValue(r.terms.Id, out var consent)
                ? new Consent(consent.At, new PersonId(consent.Person), consent.PersonName, consent.Device is { } device ? new DeviceId(device) : null)
                : null,
            counting.Contains(r.terms.Id),
            r.terms.Effective > Today))];
    }
}
