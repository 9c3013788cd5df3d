using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Terms;

/// <inheritdoc cref="ITermsGate"/>
internal sealed class TermsGate(CertificateAuthority ca, IBusinessTime business) : ITermsGate, IStandingPart
{
    private readonly ConcurrentDictionary<(Guid Publisher, TermsScope Covers), TermsRow[]> _terms = new();
    private readonly ConcurrentDictionary<(Guid Terms, Guid Organisation), bool> _consents = new();

    public Outcome<bool> Admit(OrganisationId user, OrganisationId publisher, TermsScope covers)
    {
        if (_terms.IsEmpty)
        {
            return true;
        }

        var today = DateOnly.FromDateTime(business.Now.DateTime);
        var centre = CertificateIdentity.Of(ca.Root).Value.Organisation;
        var missing = Lacks(user, publisher.Value, covers, today) ?? Lacks(user, centre, covers, today);
        return missing is { } lacking
            ? Refusals.ConsentMissing with { Text = $"利用規約（{lacking.Version}）に同意していないため、送信できません。" }
            : true;
    }

    /// <summary>The version that counts on a day: the last one effective by then.</summary>
    public static TermsRow? InForce(IEnumerable<TermsRow> versions, DateOnly day) => versions.Where(t => t.Effective <= day).MaxBy(t => (t.Effective, t.Published));

    public async Task Take(Store.Unit unit, long since, CancellationToken ct)
    {
        foreach (var terms in await unit.Context.Terms.AsNoTracking().Where(t => t.Changed > since).ToListAsync(ct))
        {
            _terms.AddOrUpdate((terms.Publisher, terms.Covers), [terms], (_, known) => [.. known.Where(t => t.Id != terms.Id), terms]);
        }

        foreach (var consent in await unit.Context.Consents.AsNoTracking().Where(c => c.Changed > since).Select(c => new { c.Terms, c.Organisation }).ToListAsync(ct))
        {
            _consents[(consent.Terms, consent.Organisation)] = true;
        }
    }

    private TermsRow? Lacks(OrganisationId user, Guid publisher, TermsScope covers, DateOnly today) =>
        user.Value != publisher
        && _terms.TryGetValue((publisher, covers), out var versions)
        && InForce(versions, today) is { } counting
        && !_consents.ContainsKey((counting.Id, user.Value))
            ? counting
            : null;
}
