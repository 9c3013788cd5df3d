using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>What machines ask over mTLS: renew their own certificate, apply for another device's, report their antivirus state.</summary>
internal static class DeviceEndpoints
{
    public const string Expires = "Sekisho-Certificate-Expires";

    public static void MapDevices(this IEndpointRouteBuilder identity)
    {
        identity.MapPost("/certificates", Renew)
            .OpenToMembers("端末が、自分の証明書を自分で更新する").Audits(AuditKind.CertificateIssued);
        identity.MapPost("/certificates/applications", Apply)
            .OpenToMembers("端末が、同じ組織の新しい端末の証明書を申請する。センターが承認するまで発行しない").Audits(AuditKind.CertificateRequested);
        identity.MapGet("/certificates/applications/{id:guid}", Read)
            .OpenToMembers("自分の組織の申請の状態").NotAudited("個人情報を含まない");
        identity.MapPost("/devices/self/antivirus", Report)
            .OpenToMembers("端末が、自分のウイルス対策の状態を報告する").Audits(AuditKind.DeviceChanged);
        identity.MapGet("/devices", List).Requires(Permission.ManageDevices).Audits(AuditKind.PageRead);
    }

    /// <summary>Tells a machine that its certificate nears its end; on every answer from 90 days before.</summary>
    public static IApplicationBuilder UseExpiryHeader(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<MachinePort>() is not null && context.Connection.ClientCertificate is { } certificate)
        {
            var ends = certificate.NotAfter.ToUniversalTime();
            var now = ((TimeProvider)context.RequestServices.GetService(typeof(TimeProvider))!).GetUtcNow();
            if ((ends - now).TotalDays <= Upkeep.FirstWarning)
            {
                context.Response.Headers[Expires] = ends.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }
        }

        return next(context);
    });

    private static async Task<IResult> Renew(HttpContext http, ICurrentActor current, ICertificateOffice office)
    {
        if (http.Features.Get<MachinePort>() is null || http.Connection.ClientCertificate is not { } presented)
        {
            return Refusals.MachinesOnly.ToResult();
        }

        var csr = await Body(http);
        return (await office.Renew(current.Actor, CertificateForms.Thumbprint(presented), csr, http.RequestAborted))
            .ToResult(c => Results.Json(new { Device = c.Device.Value, c.Serial, c.NotAfter, Certificate = c.Pem }, statusCode: StatusCodes.Status201Created));
    }

    private static async Task<IResult> Apply(string name, HttpContext http, ICurrentActor current, IDeviceRegister register, ICertificateOffice office, CancellationToken ct)
    {
        var csr = await Body(http);
        if (SigningRequest.KeyOf(csr).Refused(out var unfit, out _))
        {
            return unfit.ToResult();
        }

        // What the machine cannot know stands in brackets until a person fills it in; the page warns of it.
        var facts = new DeviceFacts(name, DevicePurpose.System, true, "（未記入）", "（未記入）", "", "", null, null, "", "（未記入）", Classification.StrictlyConfidential);
        if ((await register.Register(current.Actor, facts, ct)).Refused(out var refusal, out var device))
        {
            return refusal.ToResult();
        }

        return (await office.Apply(current.Actor, device, csr, ct)).ToResult(a => Results.Json(Answer(a, null), statusCode: StatusCodes.Status201Created));
    }

    private static async Task<IResult> Read(Guid id, ICurrentActor current, ICertificateOffice office, CancellationToken ct)
    {
        if ((await office.Find(current.Actor, id, ct)).Refused(out var refusal, out var application))
        {
            return refusal.ToResult();
        }

        var issued = application is { State: ApplicationState.Issued, Form: CertificateForm.Csr }
            && (await office.Certificate(current.Actor, id, ct)).Succeeded(out var certificate, out _) ? certificate : null;
        return Results.Ok(Answer(application, issued));
    }

    private static async Task<IResult> Report(AntivirusReport report, ICurrentActor current, IDeviceRegister register, CancellationToken ct) =>
        current.Actor.Device is { } device
            ? (await register.Report(current.Actor, device, report, ct)).ToResult(_ => Results.NoContent())
            : Refusals.MachinesOnly.ToResult();

    private static async Task<IResult> List(ICurrentActor current, IDeviceRegister register, CancellationToken ct) => Results.Ok(await register.List(current.Actor, ct));

    private static object Answer(CertificateApplication application, IssuedCertificate? issued) => new
    {
        application.Id,
        Device = application.Device.Value,
        application.State,
        application.Reason,
        issued?.Serial,
        issued?.NotAfter,
        Certificate = issued?.Pem,
    };

    private static async Task<byte[]> Body(HttpContext http)
    {
        var buffer = new byte[SigningRequest.Longest + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        return buffer[..length];
    }
}
