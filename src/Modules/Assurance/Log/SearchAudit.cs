using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>監査ログの検索: POST, because what is asked about a person does not belong into an address. Its own event is durable before it answers. Scoped.</summary>
internal sealed class SearchAudit(DbSession session, AuditTable table, AuditViews views, AuditEntries entries, Audit audit)
{
    public const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/assurance/audit/search", async (AuditQuery query, IAuditLog log, ICurrentActor current, CancellationToken ct) =>
            (await log.Search(current.Actor, query, ct)).ToResult(page => Results.Json(page, SiteJson.Options)))
        .Requires(Permission.ReadAudit)
        .Audits(AuditKind.AuditRead);

    public async ValueTask<Outcome<AuditPage>> Run(Actor by, AuditQuery query, CancellationToken ct)
    {
        if (views.Of(by, query).Refused(out var refusal, out var view))
        {
            return refusal;
        }

        await session.Read(ct);
        var rows = await Visible(view, ct);
        var page = new AuditPage(
            await entries.Of(rows.Take(PageSize).ToList(), ct), rows.Count > PageSize ? rows[PageSize - 1].Id : null, view.From, view.Until, view.Only is null);
        await session.Rollback();
        await audit.Alone(
            new AuditEvent(query.IncludeProtected ? AuditKind.ProtectedRead : AuditKind.AuditRead, AuditViews.Words(view), page.Entries.Count.ToString(CultureInfo.InvariantCulture))
            {
                By = by,
                Whose = query.Whose,
                Reason = query.Reason?.Trim() ?? "",
            },
            ct);
        return page;
    }

    /// <summary>One page and one more; what could reveal a protected person is passed over as if it were not there.</summary>
    private async ValueTask<List<AuditRow>> Visible(AuditView view, CancellationToken ct)
    {
        var withheld = view.Query.IncludeProtected ? null : await table.Withheld(ct);
        var visible = new List<AuditRow>();
        var after = view.Query.After;
        while (visible.Count <= PageSize)
        {
            var page = await table.Page(view, after, PageSize + 1, ct);
            visible.AddRange(page.Where(row => withheld?.Hides(row) != true));
            if (page.Count <= PageSize)
            {
                break;
            }

            after = page[^1].Id;
        }

        return visible;
    }
}
