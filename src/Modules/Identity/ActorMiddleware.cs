using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.SignIn;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity;

/// <summary>
/// Puts the actor on the request. The port decides who can be there. On the machine port it is a device and nothing else: cookies do not count, and a device
/// that no longer stands gets 401 whatever it asks for. On the people port it is a person with a session; a certificate there says which device they use,
/// and where the site asks for one, nothing but the public pages answers without.
/// </summary>
internal sealed partial class ActorMiddleware(
    RequestDelegate next, Standing standing, IDirectory directory, SessionDoor sessions, Members members, SignInOptions options, TimeProvider time, ILogger<ActorMiddleware> logger)
{
    /// <summary>A program with a cookie says that it is one of ours; no other site's page can send this without being asked first.</summary>
    private const string OwnRequest = "Sekisho-Request";

    public Task Invoke(HttpContext context) => context.Features.Get<MachinePort>() is not null ? Machine(context) : People(context);

    private async Task Machine(HttpContext context)
    {
        if (context.Connection.ClientCertificate is not { } certificate || await Device(certificate, context.RequestAborted) is not { } device)
        {
            LogRefused(context.Connection.ClientCertificate is { } shown ? CertificateForms.Serial(shown) : "-");
            await Problems.Write(context, Refusals.DeviceNotInForce);
            return;
        }

        if (standing.IsStale(time.GetUtcNow()) && context.GetEndpoint()?.Metadata.GetMetadata<OpenToAllAttribute>() is null)
        {
            await Problems.Write(context, Refusals.RevocationListStale);
            return;
        }

        if ((await directory.Organisation(device.Organisation, context.RequestAborted)).Succeeded(out var organisation, out _))
        {
            context.Features.Set(new Actor(organisation.Id, organisation.Name, device.Device, null, "", Permissions.OfDevice(organisation.Kinds)));
        }

        await next(context);
    }

    private async Task People(HttpContext context)
    {
        // The page that explains a refusal runs through here a second time.
        var explains = context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (!explains)
        {
            await Recognise(context);
            if (Judge(context) is { } refusal)
            {
                await Problems.Write(context, refusal);
                return;
            }
        }

        await next(context);
    }

    private async ValueTask Recognise(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (context.Connection.ClientCertificate is { } certificate && await Device(certificate, ct) is { } device)
        {
            context.Features.Set(device);
        }

        if (SessionCookie.Of(context) is not { Length: > 0 } cookie || await sessions.Find(cookie, context.Request.Headers.ContainsKey(SessionDoor.Automatic), ct) is not { } session)
        {
            return;
        }

        // A cookie that left the device it was given to is nobody's.
        if (session.Device is { } bound && bound != context.Features.Get<StandingDevice>()?.Device.Value)
        {
            return;
        }

        if ((await members.ActorOf(new PersonId(session.Person), session.Organisation is { } id ? new OrganisationId(id) : null, ct)).Refused(out _, out var actor))
        {
            await sessions.End(session, "利用できる資格がなくなった", null, ct);
            return;
        }

        context.Features.Set(session);
        // Forms carry tokens of this session only.
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, session.Id.ToString("D"))], "session"));
        if (session.Stage == SignInStage.Complete)
        {
            var used = context.Features.Get<StandingDevice>();
            context.Features.Set(used?.Organisation == actor.Organisation ? actor with { Device = used.Device } : actor);
        }
    }

    private Refusal? Judge(HttpContext context)
    {
        if (SessionCookie.Of(context) is not null && !IsFromOurPages(context))
        {
            return Refusals.CrossSite;
        }

        if (!options.RequireDevice || context.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<OpenToAllAttribute>() is not null)
        {
            return null;
        }

        var device = context.Features.Get<StandingDevice>();
        return device is null ? Refusals.DeviceRequired
            : context.Features.Get<Actor>() is { } actor && actor.Organisation != device.Organisation ? Refusals.DeviceOfAnother
            : null;
    }

    /// <summary>
    /// What changes something with a cookie must come from our own pages. Browsers say where a request comes from; whoever says nothing must be a page's form,
    /// which carries its own token, or name itself with a header that no form can send.
    /// </summary>
    private static bool IsFromOurPages(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers.ContainsKey(OwnRequest) || context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
    }

    private async ValueTask<StandingDevice?> Device(X509Certificate2 certificate, CancellationToken ct)
    {
        var thumbprint = CertificateForms.Thumbprint(certificate);
        if (standing.Of(thumbprint, time.GetUtcNow()) is { } device)
        {
            return device;
        }

        // Issued by another process a moment ago?
        await standing.Refresh(ct);
        return standing.Of(thumbprint, time.GetUtcNow());
    }

    [LoggerMessage(2002, LogLevel.Warning, "A certificate that is not in force was refused: serial {Serial}")]
    private partial void LogRefused(string serial);
}
