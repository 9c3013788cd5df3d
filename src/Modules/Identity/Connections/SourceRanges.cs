using System.Collections.Concurrent;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Connections;

/// <summary>
/// From where organisations may come, in memory. Nothing is checked unless <c>Connections:Enforce</c> is on. <c>Connections:Exempt</c> (ranges) counts in
/// 開発 only, so that even loopback is exempt only by being listed.
/// </summary>
internal sealed class SourceRanges(IConfiguration configuration, SiteOptions site) : IStandingPart
{
    private readonly IPNetwork[] _exempt = site.Environment == SiteEnvironment.Development
        ? [.. (configuration.GetSection("Connections:Exempt").Get<string[]>() ?? []).Select(r => Parse(r) ?? throw new InvalidOperationException($"設定 Connections:Exempt の「{r}」は CIDR ではありません。"))]
        : [];

    private readonly ConcurrentDictionary<Guid, (Guid Organisation, IPNetwork[] Ranges)> _lines = new();
    private readonly ConcurrentDictionary<Guid, IPNetwork[]> _ofOrganisation = new();

    public bool IsEnforced { get; } = configuration.GetValue<bool>("Connections:Enforce");

    public bool Admits(OrganisationId organisation, IPAddress? address)
    {
        if (!IsEnforced)
        {
            return true;
        }

        if (address is null)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (_ofOrganisation.TryGetValue(organisation.Value, out var ranges) && Array.Exists(ranges, r => r.Contains(plain)))
            || Array.Exists(_exempt, r => r.Contains(plain));
    }

    public async Task Take(Store.Unit unit, long since, CancellationToken ct)
    {
        var changed = await unit.Context.Connections.AsNoTracking().Where(c => c.Changed > since).ToListAsync(ct);
        foreach (var line in changed)
        {
            if (line.State == ConnectionState.InForce)
            {
                _lines[line.Id] = (line.Organisation, [.. line.Ranges.Split(' ').Select(Parse).OfType<IPNetwork>()]);
            }
            else
            {
                _lines.TryRemove(line.Id, out _);
            }
        }

        foreach (var organisation in changed.Select(c => c.Organisation).Distinct())
        {
            _ofOrganisation[organisation] = [.. _lines.Values.Where(l => l.Organisation == organisation).SelectMany(l => l.Ranges)];
        }
    }

    /// <summary>A range in its one form; a single address is a range of one. Null when it is neither, or has bits beyond its prefix.</summary>
    public static IPNetwork? Parse(string text)
    {
        var trimmed = text.Trim();
        if (IPNetwork.TryParse(trimmed, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(trimmed, out var address) && !trimmed.Contains('%', StringComparison.Ordinal)
            ? new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
            : null;
    }
}
