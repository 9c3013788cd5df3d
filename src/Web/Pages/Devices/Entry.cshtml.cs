using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

/// <summary>One form: a new device, or the entry of one that is there.</summary>
[Requires(Permission.ManageDevices)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class EntryModel(ICurrentActor current, IDeviceRegister register) : SitePage
{
    [BindProperty]
    public EntryForm Form { get; set; } = new();

    public RegisteredDevice? Device { get; private set; }

    public async Task<IActionResult> OnGet(Guid? id, CancellationToken ct)
    {
        if (await Load(id, ct) is { } refusal)
        {
            return Refused(refusal);
        }

        Form = Device is { } device ? EntryForm.Of(device.Facts) : new EntryForm { Responsible = current.Actor.PersonName };
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid? id, CancellationToken ct)
    {
        if (await Load(id, ct) is { } gone)
        {
            return Refused(gone);
        }

        var outcome = Device is { } device
            ? await register.Change(current.Actor, device.Id, Form.Facts(), ct)
            : await register.Register(current.Actor, Form.Facts(), ct);
        return outcome.Succeeded(out var saved, out var refusal)
            ? Done(Device is null ? "端末を登録しました。続けて証明書を申請してください。" : "台帳を保存しました。", $"/devices/{saved}")
            : Again(refusal);
    }

    private async Task<Refusal?> Load(Guid? id, CancellationToken ct)
    {
        if (id is not { } known)
        {
            return null;
        }

        if ((await register.Find(current.Actor, new DeviceId(known), ct)).Refused(out var refusal, out var device))
        {
            return refusal;
        }

        Device = device;
        return null;
    }
}

/// <summary>What is typed.</summary>
internal sealed class EntryForm
{
    public string? Name { get; set; }

    public DevicePurpose Purpose { get; set; } = DevicePurpose.SendAndReceive;

    public bool Dedicated { get; set; }

    public string? Place { get; set; }

    public string? OperatingSystem { get; set; }

    public string? SystemVersion { get; set; }

    public string? Antivirus { get; set; }

    public DateOnly? AntivirusPattern { get; set; }

    public DateOnly? AntivirusScan { get; set; }

    public string? Media { get; set; }

    public string? Responsible { get; set; }

    public Classification Classification { get; set; } = Classification.StrictlyConfidential;

    public static EntryForm Of(DeviceFacts facts) => new()
    {
        Name = facts.Name,
        Purpose = facts.Purpose,
        Dedicated = facts.Dedicated,
        Place = facts.Place,
        OperatingSystem = facts.OperatingSystem,
        SystemVersion = facts.SystemVersion,
        Antivirus = facts.Antivirus,
        AntivirusPattern = facts.AntivirusPattern,
        AntivirusScan = facts.AntivirusScan,
        Media = facts.Media,
        Responsible = facts.Responsible,
        Classification = facts.Classification,
    };

    public DeviceFacts Facts() => new(
        Name ?? "",
        Purpose,
        Dedicated,
        Place ?? "",
        OperatingSystem ?? "",
        SystemVersion ?? "",
        Antivirus ?? "",
        AntivirusPattern,
        AntivirusScan,
        Media ?? "",
        Responsible ?? "",
        Classification);
}
