using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Identity;

/// <summary>
/// Puts the actor on the request. A connection with a client certificate is a machine and nothing else: cookies do not count there, and a device that
/// no longer stands gets 401 whatever it asks for. Other connections are people's: only their cookie counts.
/// </summary>
internal sealed partial class ActorMiddleware(
    RequestDelegate next, Standing standing, IDirectory directory, ISignIn signIn, TimeProvider time, ILogger<ActorMiddleware> logger)
{
    public async Task Invoke(HttpContext context)
    {
        if (context.Connection.ClientCertificate is { } certificate)
        {
            if (await Machine(certificate, context.RequestAborted) is not { } machine)
            {
                LogRefused(CertificateForms.Serial(certificate));
                await Problems.Write(context, Refusals.DeviceNotInForce);
                return;
            }

            context.Features.Set(machine);
        }
        else if (await Person(context) is { } person)
        {
            context.Features.Set(person);
        }

        await next(context);
    }

    private async ValueTask<Actor?> Machine(X509Certificate2 certificate, CancellationToken ct)
    {
        var thumbprint = CertificateForms.Thumbprint(certificate);
        var device = standing.Of(thumbprint, time.GetUtcNow());
        if (device is null)
        {
            // Issued by another process a moment ago?
            await standing.Refresh(ct);
            device = standing.Of(thumbprint, time.GetUtcNow());
        }

        return device is not null && (await directory.Organisation(device.Organisation, ct)).Succeeded(out var organisation, out _)
            ? new Actor(organisation.Id, organisation.Name, device.Device, null, "", Permissions.OfDevice(organisation.Kinds))
            : null;
    }

    private async ValueTask<Actor?> Person(HttpContext context) =>
        Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && (await signIn.Person(new PersonId(id), context.RequestAborted)).Succeeded(out var actor, out _)
            ? actor
            : null;

    [LoggerMessage(2002, LogLevel.Warning, "A certificate that is not in force was refused: serial {Serial}")]
    private partial void LogRefused(string serial);
}
