using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Platform.Web;

/// <summary>Records one audit event durably in a transaction of its own.</summary>
public sealed class AccessRecorder(IServiceScopeFactory scopes)
{
    public async Task Record(Actor? actor, AuditKind kind, string subject, string result, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        await scope.ServiceProvider.GetRequiredService<Audit>().Record(actor, kind, subject, result, ct);
        await session.Commit(ct);
    }
}

/// <summary>The actor that authentication put on the request.</summary>
public sealed class CurrentActor(IHttpContextAccessor accessor) : ICurrentActor
{
    public Actor Actor => accessor.HttpContext?.Features.Get<Actor>() ?? throw new InvalidOperationException("Nobody is authenticated here");

    public bool IsKnown => accessor.HttpContext?.Features.Get<Actor>() is not null;
}
