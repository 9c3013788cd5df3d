using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Registry;

/// <summary>Takes 医療機関届出 from CSV: all rows or none. What the file says of an institution replaces what was known of it.</summary>
internal sealed class LoadRegistry(DbSession session, IDirectory directory, Audit audit, TimeProvider time)
{
    private readonly Dictionary<string, OrganisationId?> _organisations = [];

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/registry", async (HttpRequest request, LoadRegistry load, CancellationToken ct) =>
        {
            var result = await load.Run(request.Body, ct);
            return Results.Json(result, SiteJson.Options, statusCode: result.Refused.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        })
        .Accepts<IFormFile>("text/csv")
        .Requires(Permission.ManageRegistry)
        .Audits(AuditKind.RegistryChanged);

    public async Task<RegistryLoad> Run(Stream csv, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await csv.CopyToAsync(buffer, ct);
        buffer.Position = 0;
        var refused = new List<string>();
        var (rows, lines) = RegistryCsv.Read(buffer, refused);
        await session.Write(ct);
        foreach (var line in lines)
        {
            await ResolveAll(line, refused, ct);
        }

        if (refused.Count > 0)
        {
            await session.Rollback();
            return new RegistryLoad(rows, 0, refused);
        }

        await Replace(lines, ct);
        var digest = Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        await audit.Record(AuditKind.RegistryChanged, "sha256:" + digest, $"{lines.Count} rows", ct);
        await session.Commit(ct);
        return new RegistryLoad(rows, lines.Count, []);
    }

    private async Task ResolveAll(RegistryLine line, List<string> refused, CancellationToken ct)
    {
        if (await Resolve(Holder(line), ct) is null)
        {
            refused.Add($"{line.Line}行目 組織「{Holder(line)}」: この組織は登録されていません。先に組織を登録するか、組織IDまたは組織の持つコードを記録してください。");
        }

        if (line.Agent.Length > 0 && await Resolve(line.Agent, ct) is null)
        {
            refused.Add($"{line.Line}行目 事務代行者「{line.Agent}」: この組織は登録されていません。先に組織を登録するか、組織IDまたは組織の持つコードを記録してください。");
        }
    }

    /// <summary>Without an organisation the holder of the institution code is meant.</summary>
    private static string Holder(RegistryLine line) => line.Organisation.Length > 0 ? line.Organisation : line.Code;

    private async ValueTask<OrganisationId?> Resolve(string reference, CancellationToken ct)
    {
        if (!_organisations.TryGetValue(reference, out var known))
        {
            known = await Ask(reference, ct);
            _organisations.Add(reference, known);
        }

        return known;
    }

    private async ValueTask<OrganisationId?> Ask(string reference, CancellationToken ct)
    {
        if (Guid.TryParseExact(reference, "D", out var id))
        {
            return (await directory.Organisation(new OrganisationId(id), ct)).Succeeded(out var byId, out _) ? byId.Id : null;
        }

        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var system = colon < 0 ? CodeSystem.Institution : reference[..colon] switch
        {
            "医療機関" => CodeSystem.Institution,
            "審査支払機関" => CodeSystem.Payer,
            "保険者" => CodeSystem.Insurer,
            "公費負担者" => CodeSystem.PublicPayer,
            _ => (CodeSystem?)null,
        };
        return system is { } known && (await directory.Holder(new OrganisationCode(known, reference[(colon + 1)..]), ct)).Succeeded(out var holder, out _) ? holder.Id : null;
    }

    private async Task Replace(List<RegistryLine> lines, CancellationToken ct)
    {
        await using var context = new RegistryContext(session);
        await context.Enlist(ct);
        foreach (var rows in lines.GroupBy(l => l.Code))
        {
            var code = rows.Key;
            var first = rows.First();
            await context.Agents.Where(a => a.Institution == code).ExecuteDeleteAsync(ct);
            await context.Notifications.Where(n => n.Institution == code).ExecuteDeleteAsync(ct);
            var holder = (await Resolve(Holder(first), ct))!.Value.Value;
            if (await context.Institutions.FirstOrDefaultAsync(i => i.Code == code, ct) is { } known)
            {
                (known.Name, known.Address, known.Organisation, known.Loaded) = (first.Name, first.Address, holder, time.Now());
            }
            else
            {
                context.Add(new InstitutionRow { Code = code, Name = first.Name, Address = first.Address, Organisation = holder, Loaded = time.Now() });
            }

            context.AddRange(rows.Select(r => new NotificationRow { Institution = code, Payer = r.Payer, FromMonth = r.Months.From.ToString(), UntilMonth = r.Months.Until?.ToString() }));
            foreach (var agent in rows.Where(r => r.AgentMonths is not null).DistinctBy(r => (r.Agent, r.AgentMonths!.Value.From)))
            {
                context.Add(new AgentRow
                {
                    Institution = code,
                    Organisation = (await Resolve(agent.Agent, ct))!.Value.Value,
                    FromMonth = agent.AgentMonths!.Value.From.ToString(),
                    UntilMonth = agent.AgentMonths.Value.Until?.ToString(),
                });
            }

            await context.SaveChangesAsync(ct);

            // What is saved need not be watched: looking through it again for every institution would grow with the square of their number.
            context.ChangeTracker.Clear();
        }
    }
}
