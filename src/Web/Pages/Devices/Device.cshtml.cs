using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

/// <summary>One device: what it is, what it needs, and every act on it.</summary>
[Requires(Permission.ManageDevices)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class DeviceModel(ICurrentActor current, IDeviceRegister register, ICertificateOffice office) : SitePage
{
    private const int LongestRequest = 16 * 1024;

    public RegisteredDevice Device { get; private set; } = null!;

    public IReadOnlyList<DeviceEvent> History { get; private set; } = [];

    /// <summary>The one-time password of a key file made a moment ago; told on this answer only.</summary>
    public string? Password { get; private set; }

    /// <summary>The application that is under way.</summary>
    public CertificateApplication? Open { get; private set; }

    public Task<IActionResult> OnGet(Guid id, CancellationToken ct) => Show(id, null, ct);

    public Task<IActionResult> OnPostApply(Guid id, CancellationToken ct) =>
        Act(id, async device => Say(await office.Apply(current.Actor, device, null, ct), "証明書を申請しました。センターが承認すると、この画面で受け取れます。"), ct);

    public async Task<IActionResult> OnPostRequest(Guid id, IFormFile? request, CancellationToken ct)
    {
        if (request is null or { Length: 0 or > LongestRequest })
        {
            return await Show(id, Refusals.RequestMissing, ct);
        }

        using var copy = new MemoryStream();
        await request.CopyToAsync(copy, ct);
        return await Act(id, async device => Say(await office.Apply(current.Actor, device, copy.ToArray(), ct), "CSRで証明書を申請しました。センターが承認すると、この画面で受け取れます。"), ct);
    }

    public async Task<IActionResult> OnPostCollect(Guid id, Guid application, CancellationToken ct)
    {
        if ((await office.Collect(current.Actor, application, ct)).Refused(out var refusal, out var password))
        {
            return await Show(id, refusal, ct);
        }

        Password = password;
        return await Show(id, null, ct);
    }

    public async Task<IActionResult> OnPostDownload(Guid id, Guid application, CancellationToken ct) =>
        (await office.Download(current.Actor, application, ct)).Succeeded(out var bundle, out var refusal)
            ? File(bundle, "application/x-pkcs12", "sekisho-device.pfx")
            : await Show(id, refusal, ct);

    public async Task<IActionResult> OnPostCertificate(Guid id, Guid application, CancellationToken ct) =>
        (await office.Certificate(current.Actor, application, ct)).Succeeded(out var certificate, out var refusal)
            ? File(System.Text.Encoding.ASCII.GetBytes(certificate.Pem), "application/x-pem-file", "sekisho-device.pem")
            : await Show(id, refusal, ct);

    public Task<IActionResult> OnPostCarryOut(Guid id, string? carrier, string? destination, string? reason, DateOnly dueBack, CancellationToken ct) => Act(
        id,
        async device => Say(
            await register.CarryOut(current.Actor, device, new CarryOut(carrier ?? "", destination ?? "", reason ?? "", dueBack), ct),
            "持出しを承認しました。端末は、返却を記録するまでセンターに接続できません。"),
        ct);

    public Task<IActionResult> OnPostReturn(Guid id, string? note, CancellationToken ct) =>
        Act(id, async device => Say(await register.Return(current.Actor, device, note ?? "", ct), "返却を記録しました。今の証明書でもう一度接続できます。"), ct);

    public Task<IActionResult> OnPostRetire(Guid id, string? reason, CancellationToken ct) =>
        Act(id, async device => Say(await register.Retire(current.Actor, device, reason ?? "", ct), "端末を廃止しました。証明書は失効し、もう使えません。"), ct);

    public Task<IActionResult> OnPostRevoke(Guid id, RevocationReason code, string? reason, CancellationToken ct) =>
        Act(id, async device => Say(await office.Revoke(current.Actor, device, code, reason ?? "", ct), "証明書を失効させました。端末は、新しい証明書を受け取るまで接続できません。"), ct);

    private static (Refusal? Refusal, string Notice) Say<T>(Outcome<T> outcome, string notice)
        where T : notnull => (outcome.Refused(out var refusal, out _) ? refusal : null, notice);

    private async Task<IActionResult> Act(Guid id, Func<DeviceId, Task<(Refusal? Refusal, string Notice)>> act, CancellationToken ct)
    {
        var (refusal, notice) = await act(new DeviceId(id));
        return refusal is null ? Done(notice, $"/devices/{id:D}") : await Show(id, refusal, ct);
    }

    private async Task<IActionResult> Show(Guid id, Refusal? problem, CancellationToken ct)
    {
        var device = new DeviceId(id);
        if ((await register.Find(current.Actor, device, ct)).Refused(out var refusal, out var found))
        {
            return Refused(refusal);
        }

        Device = found;
        History = (await register.History(current.Actor, device, ct)).Succeeded(out var history, out _) ? history : [];
        Open = found.Applications.FirstOrDefault(a => a.State is ApplicationState.Waiting or ApplicationState.Approved);
        return problem is null ? Page() : Again(problem);
    }
}
