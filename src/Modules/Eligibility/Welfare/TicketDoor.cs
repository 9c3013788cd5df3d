using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>What 福祉事務所 may do with tickets; each call is one use case.</summary>
internal sealed class TicketDoor(IServiceProvider services) : ITicketRegistration
{
    public ValueTask<Outcome<EntryReport>> Register(Actor by, TicketEntry entry, CancellationToken ct) => Get<RegisterTicket>().Run(by, entry, ct);

    public ValueTask<Outcome<IReadOnlyList<TicketVersion>>> Find(Actor by, TicketQuery query, CancellationToken ct) => Get<FindTickets>().Run(by, query, ct);

    public ValueTask<Outcome<CoverageFileReport>> TakeFile(Actor by, string file, CoverageFileForm form, Stream content, CancellationToken ct) =>
        Get<TakeFile<TicketEntry>>().Run(by, file, form, content, ct);

    public ValueTask<Outcome<CoverageFileReport>> FileReport(Actor by, string file, CancellationToken ct) => Get<TakeFile<TicketEntry>>().Report(by, file, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
