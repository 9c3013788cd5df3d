using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>An insurer looks at one of its own: what is known, what was known before, and since when. There is no list to browse.</summary>
internal sealed class FindRegistered(DbSession session, Coverages coverages, Disclosure disclosure, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ICoverageRegistration, RegisteredQuery, IReadOnlyList<RegisteredVersion>>(
            "/eligibility/coverages/search", (registration, by, query, ct) => registration.Find(by, query, ct))
        .WithSummary("自組織の加入者情報の照会")
        .Requires(Permission.RegisterCoverage)
        .Audits(AuditKind.CoverageRead);

    public async ValueTask<Outcome<IReadOnlyList<RegisteredVersion>>> Run(Actor by, RegisteredQuery query, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterCoverage))
        {
            return Refusals.MayNotRegister;
        }

        if (query.Id.Length == 0 && !Coverages.IsComplete(query.Card))
        {
            return Refusals.KeysIncomplete;
        }

        await session.Write(ct);
        var rows = query.Id.Length > 0
            ? await coverages.OfEntry(by.Organisation, query.Id, query.AsOf, ct)
            : await coverages.OfCard(by.Organisation, query.Card!, query.AsOf, ct);
        var found = new List<RegisteredVersion>();
        foreach (var row in rows)
        {
            found.Add(await View(row, ct));
        }

        var whose = found.Count > 0 ? Disclosure.Subject(found[^1].Coverage) : query.Card is { } card ? Disclosure.Subject(card) : null;
        await audit.Record(
            new AuditEvent(AuditKind.CoverageRead, query.Id.Length > 0 ? "by id" : "by card", found.Count.ToString(CultureInfo.InvariantCulture)) { By = by, Whose = whose }, ct);
        await session.Commit(ct);
        return found;
    }

    private async ValueTask<RegisteredVersion> View(CoverageRow row, CancellationToken ct)
    {
        var (coverage, entry, member) = coverages.Open(row);
        int? lag = row.Notified is { } notified ? row.KnownFrom.DayInJapan().DayNumber - notified.DayNumber : null;
        return new RegisteredVersion(
            entry, member, row.KnownFrom, row.KnownUntil, row.Stopped, row.Shielded, lag, await disclosure.Whereabouts(coverage, row.Shielded, ct));
    }
}
