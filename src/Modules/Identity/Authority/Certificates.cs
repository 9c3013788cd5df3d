using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <inheritdoc cref="ICertificates"/>
internal sealed class Certificates(Standing standing, CentreKey centre, SiteOptions site, TimeProvider time) : ICertificates
{
    public SiteEnvironment Environment => site.Environment;

    public Trust Trust => standing.Trust;

    public byte[] SignAsCentre(ReadOnlySpan<byte> content) => Cms.Sign(content, centre.Certificate);

    public bool IsInForce(DeviceId device) => standing.IsInForce(device, time.GetUtcNow());
}
