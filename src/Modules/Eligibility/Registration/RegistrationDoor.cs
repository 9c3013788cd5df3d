using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>What insurers may do; each call is one use case.</summary>
internal sealed class RegistrationDoor(IServiceProvider services) : ICoverageRegistration
{
    public ValueTask<Outcome<EntryReport>> Register(Actor by, CoverageEntry entry, CancellationToken ct) => Get<RegisterOne>().Run(by, entry, ct);

    public ValueTask<Outcome<IReadOnlyList<RegisteredVersion>>> Find(Actor by, RegisteredQuery query, CancellationToken ct) => Get<FindRegistered>().Run(by, query, ct);

    public ValueTask<Outcome<CoverageFileReport>> TakeFile(Actor by, string file, CoverageFileForm form, Stream content, CancellationToken ct) =>
        Get<TakeFile<CoverageEntry>>().Run(by, file, form, content, ct);

    public ValueTask<Outcome<CoverageFileReport>> FileReport(Actor by, string file, CancellationToken ct) => Get<TakeFile<CoverageEntry>>().Report(by, file, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
