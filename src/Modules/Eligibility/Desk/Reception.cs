using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>受付; each call is one use case.</summary>
internal sealed class Reception(IServiceProvider services) : IReception
{
    public ValueTask<Outcome<DeskDay>> Day(Actor by, DateOnly? day, CancellationToken ct) => Get<ListDay>().Run(by, day, ct);

    public ValueTask<Outcome<DeskCase>> Open(Actor by, Guid visit, CancellationToken ct) => Get<OpenVisit>().Run(by, visit, ct);

    public ValueTask<Outcome<Guid>> Arrive(Actor by, Arrival arrival, CancellationToken ct) => Get<Arrive>().Run(by, arrival, ct);

    public ValueTask<Outcome<DeskAnswer>> Ask(Actor by, Guid visit, bool limitConsent, CancellationToken ct) => Get<AskVisit>().Run(by, visit, limitConsent, ct);

    public ValueTask<Outcome<bool>> AskCard(Actor by, Guid visit, CardKeys card, CancellationToken ct) => Get<AskVisit>().WithCard(by, visit, card, ct);

    public ValueTask<Outcome<int>> Adopt(Actor by, Guid visit, Guid answer, IReadOnlyList<string> fields, CancellationToken ct) => Get<Adopt>().Run(by, visit, answer, fields, ct);

    public ValueTask<Outcome<DateOnly>> Remove(Actor by, Guid visit, CancellationToken ct) => Get<RemoveVisit>().Run(by, visit, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
