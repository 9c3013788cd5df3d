using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;

namespace Sekisho.Platform.Web;

/// <summary>How an endpoint states its permission and its audit event, and the start-up check that none forgot.</summary>
public static class Access
{
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiresAttribute(permission));

    public static TBuilder OpenToAll<TBuilder>(this TBuilder builder, string reason)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToAllAttribute(reason));

    public static TBuilder OpenToMembers<TBuilder>(this TBuilder builder, string reason)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToMembersAttribute(reason));

    public static TBuilder Audits<TBuilder>(this TBuilder builder, AuditKind kind)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditsAttribute(kind));

    public static TBuilder NotAudited<TBuilder>(this TBuilder builder, string reason)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new NotAuditedAttribute(reason));

    /// <summary>What is wrong with the endpoints: each must state one permission (or why none) and one audit event (or why none).</summary>
    public static IReadOnlyList<string> Faults(EndpointDataSource endpoints) =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>().SelectMany(Faults)];

    private static IEnumerable<string> Faults(RouteEndpoint endpoint)
    {
        var name = endpoint.DisplayName ?? endpoint.RoutePattern.RawText;
        if (endpoint.Metadata.GetMetadata<RequiresAttribute>() is null
            && endpoint.Metadata.GetMetadata<OpenToAllAttribute>() is null
            && endpoint.Metadata.GetMetadata<OpenToMembersAttribute>() is null)
        {
            yield return $"{name}: states no permission";
        }

        if (endpoint.Metadata.GetMetadata<AuditsAttribute>() is null && endpoint.Metadata.GetMetadata<NotAuditedAttribute>() is null)
        {
            yield return $"{name}: states no audit event";
        }
    }
}

/// <summary>Refuses what the actor may not do, and records what is read before it is answered. Runs after routing and authentication.</summary>
public sealed class AccessMiddleware(RequestDelegate next)
{
    public async Task Invoke(HttpContext context, AccessRecorder recorder)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata is null || metadata.GetMetadata<OpenToAllAttribute>() is not null)
        {
            await next(context);
            return;
        }

        var actor = context.Features.Get<Actor>();
        if (actor is null)
        {
            await Problems.Challenge(context);
            return;
        }

        var subject = context.Request.Path.Value ?? "";
        if (metadata.GetMetadata<RequiresAttribute>() is { } required && !actor.May(required.Permission))
        {
            await recorder.Record(actor, AuditKind.AccessDenied, subject, required.Permission.ToString(), context.RequestAborted);
            await Problems.Write(context, Refusals.NotPermitted);
            return;
        }

        if (metadata.GetMetadata<AuditsAttribute>() is { } audits && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            await recorder.Record(actor, audits.Kind, subject, "read", context.RequestAborted);
        }

        await next(context);
    }
}
