using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Platform.Web;

/// <summary>How an endpoint states its permission and its audit event, and the start-up check that none forgot.</summary>
public static class Access
{
    public static TBuilder Requires<TBuilder>(this TBuilder builder, params Permission[] anyOf)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiresAttribute(anyOf));

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
        if (metadata.GetMetadata<RequiresAttribute>() is { } required && !required.AnyOf.Any(actor.May))
        {
            await recorder.Record(actor, AuditKind.AccessDenied, subject, string.Join('・', required.AnyOf), context.RequestAborted);
            await Problems.Write(context, Refusals.NotPermitted);
            return;
        }

        if (metadata.GetMetadata<AuditsAttribute>() is { } audits && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
        {
            await Read(context, recorder, actor, audits.Kind, subject);
        }

        await next(context);
    }

    /// <summary>Before the handler runs; where the event says whose data was read only the handler knows it, and then before the first byte of the answer.</summary>
    private static Task Read(HttpContext context, AccessRecorder recorder, Actor actor, AuditKind kind, string subject)
    {
        if (!Audit.Kinds[kind].Whose)
        {
            return recorder.Record(actor, kind, subject, "read", context.RequestAborted);
        }

        context.Response.OnStarting(() => recorder.Record(
            new AuditEvent(kind, subject, context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)) { By = actor, Whose = context.Features.Get<DataSubject>() },
            context.RequestAborted));
        return Task.CompletedTask;
    }
}

/// <summary>Records what authentication itself refused: a device of ours whose certificate is no longer in force. Runs before authentication.</summary>
public sealed class DenialMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context, AccessRecorder recorder)
    {
        context.Response.OnStarting(() =>
            context.Response.StatusCode == StatusCodes.Status401Unauthorized
            && context.Features.Get<Actor>() is null
            && context.Connection.ClientCertificate is { } certificate
            && CertificateIdentity.Of(certificate).Succeeded(out var identity, out _)
                ? recorder.Record(
                    new Actor(new(identity.Organisation), "", new(identity.Device), null, "", new HashSet<Permission>()),
                    AuditKind.AccessDenied, context.Request.Path.Value ?? "", "401", context.RequestAborted)
                : Task.CompletedTask);
        return next(context);
    }
}
