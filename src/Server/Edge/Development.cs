using Sekisho.Contracts;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;

namespace Sekisho.Server.Edge;

/// <summary>What exists in 開発 only.</summary>
internal static class Development
{
    public static IEndpointRouteBuilder MapDevelopment(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/development/business-time", SimulateTime).Requires(Permission.ManageSite).Audits(AuditKind.BusinessTimeChanged);
        return endpoints;
    }

    internal sealed record SimulatedTime(DateTimeOffset? Moment);

    private static async Task<IResult> SimulateTime(SimulatedTime request, DbSession session, BusinessTime time, Audit audit, CancellationToken ct)
    {
        await session.Write(ct);
        await time.Simulate(session, request.Moment, ct);
        await audit.Record(AuditKind.BusinessTimeChanged, "business-time", request.Moment?.ToString("O") ?? "real", ct);
        await session.Commit(ct);
        return Results.Ok(new { time.Now, time.IsSimulated });
    }
}
