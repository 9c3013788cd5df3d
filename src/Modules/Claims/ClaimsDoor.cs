using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Delivery;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Month;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims;

/// <summary>The module's contracts; each call is one use case.</summary>
internal sealed class ClaimsDoor(IServiceProvider services) : IClaims, IClaimsAdministration
{
    public ValueTask<ClaimsDesk> Desk(Actor by, CancellationToken ct) => Get<Desk>().Run(by, ct);

    public ValueTask<IReadOnlyList<Reception>> Receptions(Actor by, YearMonth? month, CancellationToken ct) => Get<ListReceptions>().Run(by, month, ct);

    public ValueTask<Outcome<ReceptionResult>> Result(Actor by, string number, CancellationToken ct) => Get<ReadResult>().Run(by, number, ct);

    public ValueTask<Outcome<OpenedClaim>> Open(Actor by, string number, int ordinal, CancellationToken ct) => Get<OpenClaim>().Run(by, number, ordinal, ct);

    public ValueTask<Outcome<Reception>> Confirm(Actor by, string number, CancellationToken ct) => Get<Confirm>().Run(by, number, ct);

    public ValueTask<Outcome<Reception>> Cancel(Actor by, string number, CancellationToken ct) => Get<Cancel>().Run(by, number, ct);

    public ValueTask<Outcome<int>> Close(Actor by, YearMonth month, CancellationToken ct) => Get<Close>().Run(by, month, ct);

    public ValueTask<Outcome<Reception>> Review(Actor by, string number, ReviewDecision decision, IReadOnlyList<int>? ordinals, CancellationToken ct) =>
        Get<Review>().Run(by, number, decision, ordinals, ct);

    public ValueTask<Outcome<int>> Decide(Actor by, YearMonth month, CancellationToken ct) => Get<Decide>().Run(by, month, ct);

    public ValueTask<Outcome<DeliveryReport>> Deliver(Actor by, YearMonth month, CancellationToken ct) => Get<Deliver>().Run(by, month, ct);

    public async ValueTask<RegistryLoad> LoadRegistry(Stream csv, CancellationToken ct) => await Get<LoadRegistry>().Run(csv, ct);

    public async ValueTask<IReadOnlyList<MasterLoad>> LoadMasters(string directory, CancellationToken ct) => await Get<LoadMasters>().Run(directory, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
