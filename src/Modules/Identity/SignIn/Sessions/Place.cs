using Microsoft.AspNetCore.Http;
using Sekisho.Modules.Identity.Authority;

namespace Sekisho.Modules.Identity.SignIn.Sessions;

/// <summary>Where a person is: the address, and the device when the connection shows its certificate.</summary>
internal sealed record Place(string Address, StandingDevice? Device)
{
    public static Place Of(HttpContext? context) =>
        new(context?.Connection.RemoteIpAddress?.MapToIPv4OrSelf() ?? "", context?.Features.Get<StandingDevice>());
}

internal static class Addresses
{
    public static string MapToIPv4OrSelf(this System.Net.IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
