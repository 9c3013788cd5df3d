using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>What insurers may do with 特定健診; each call is one use case.</summary>
internal sealed class CheckupDoor(IServiceProvider services) : ICheckupRegistration
{
    public ValueTask<Outcome<CheckupPackageReport>> Take(Actor by, string package, Stream zip, CancellationToken ct) => Get<TakePackage>().Run(by, package, zip, ct);

    public ValueTask<Outcome<CheckupPackageReport>> Report(Actor by, string package, CancellationToken ct) => Get<TakePackage>().Report(by, package, ct);

    public ValueTask<Outcome<RegisteredCheckup>> Withdraw(Actor by, CheckupName name, string reason, CancellationToken ct) => Get<WithdrawCheckup>().Run(by, name, reason, ct);

    public ValueTask<Outcome<IReadOnlyList<RegisteredCheckup>>> Find(Actor by, RegisteredCheckupsQuery query, CancellationToken ct) => Get<FindCheckups>().Run(by, query, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
