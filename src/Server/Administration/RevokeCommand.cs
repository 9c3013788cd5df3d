using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>Revokes a device's certificate.</summary>
internal static class RevokeCommand
{
    public static async Task<Outcome<string>> Run(Arguments arguments)
    {
        var reason = arguments.Required("reason");
        await using var site = await AdminSite.Open(arguments);
        var administration = site.Get<IDeviceAdministration>();
        if ((await Device(administration, arguments)).Refused(out var unknown, out var device))
        {
            return unknown;
        }

        var revoked = await administration.Revoke(device, reason, CancellationToken.None);
        return revoked.Succeeded(out _, out var refusal) ? $"失効しました: 端末 {device}\n稼働中のサーバーにも数秒以内に反映されます。" : refusal;
    }

    private static async Task<Outcome<DeviceId>> Device(IDeviceAdministration administration, Arguments arguments)
    {
        if (arguments.Optional("device") is { } text)
        {
            return Guid.TryParse(text, out var id) ? new DeviceId(id) : throw new UsageException("--device は端末の識別子（UUID）です。");
        }

        return await administration.DeviceOf(arguments.Required("serial"), CancellationToken.None);
    }
}
