using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>Names this site's ledger (C2SP origin line). Never changes once acknowledgements name it. Singleton.</summary>
internal sealed class LedgerOrigin(IServiceScopeFactory scopes, ICertificates certificates, ExchangeOptions options)
{
    private string? _origin = options.LedgerOrigin.Length > 0 ? options.LedgerOrigin : null;

    public async ValueTask<string> Get(CancellationToken ct)
    {
        if (_origin is null)
        {
            await using var scope = scopes.CreateAsyncScope();
            var centre = await scope.ServiceProvider.GetRequiredService<IDirectory>().Centre(ct);
            _origin = $"sekisho/{certificates.Environment.ToString().ToLowerInvariant()}/{centre.Id}";
        }

        return _origin;
    }
}
