using Microsoft.Extensions.DependencyInjection.Extensions;
using Sekisho.Contracts.Exchange;

namespace Sekisho.Server;

/// <summary>Lets a site start before the exchange has its ledger.</summary>
internal static class StandIns
{
    public static IServiceCollection AddStandIns(this IServiceCollection services)
    {
        services.TryAddScoped<ILedger, NoLedger>();
        return services;
    }

    private sealed class NoLedger : ILedger
    {
        public ValueTask Append(Guid entry, string kind, ReadOnlyMemory<byte> leaf, CancellationToken ct) => ValueTask.CompletedTask;
    }
}
