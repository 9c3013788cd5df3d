using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Identity.Connections;

/// <summary>Refuses whoever is known but comes from elsewhere than by the organisation's lines, on both ports. Runs once the actor is on the request.</summary>
internal sealed partial class ConnectionGate(RequestDelegate next, SourceRanges ranges, AccessRecorder recorder, ILogger<ConnectionGate> logger)
{
    public async Task Invoke(HttpContext context)
    {
        if (ranges.IsEnforced
            && context.Features.Get<Actor>() is { } actor
            && context.GetEndpoint()?.Metadata.GetMetadata<OpenToAllAttribute>() is null
            && !ranges.Admits(actor.Organisation, context.Connection.RemoteIpAddress))
        {
            LogRefused(actor.Organisation.Value);
            await recorder.Record(actor, AuditKind.ConnectionRefused, actor.Organisation.ToString(), $"{context.Connection.RemoteIpAddress}", context.RequestAborted);
            await Problems.Write(context, Refusals.ElsewhereRefused);
            return;
        }

        await next(context);
    }

    [LoggerMessage(2004, LogLevel.Warning, "A request from outside the stated ranges of organisation {Organisation} was refused")]
    private partial void LogRefused(Guid organisation);
}
