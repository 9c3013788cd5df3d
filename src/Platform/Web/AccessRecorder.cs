using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Events;

namespace Sekisho.Platform.Web;

/// <summary>Records one audit event durably in a transaction of its own.</summary>
public sealed class AccessRecorder(IServiceScopeFactory scopes)
{
    public Task Record(Actor? actor, AuditKind kind, string subject, string result, CancellationToken ct) =>
        Record(new AuditEvent(kind, subject, result) { By = actor }, ct);

    public async Task Record(AuditEvent what, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Audit>().Alone(what, ct);
    }
}

/// <summary>Keeps whose data the request is about to answer with, until its event is written.</summary>
public sealed class ReadSubject(IHttpContextAccessor accessor) : IReadSubject
{
    public void Is(DataSubject subject) => accessor.HttpContext?.Features.Set(subject);
}

/// <summary>The actor that authentication put on the request.</summary>
public sealed class CurrentActor(IHttpContextAccessor accessor) : ICurrentActor
{
    public Actor Actor => accessor.HttpContext?.Features.Get<Actor>() ?? throw new InvalidOperationException("Nobody is authenticated here");

    public bool IsKnown => accessor.HttpContext?.Features.Get<Actor>() is not null;
}
