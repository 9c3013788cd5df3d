using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Checks;
using Sekisho.Modules.Claims.Delivery;
using Sekisho.Modules.Claims.Judging;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Month;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Modules.Claims.Withdrawals;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims;

/// <summary>The module's contracts; each call is one use case.</summary>
internal sealed class ClaimsDoor(IServiceProvider services) : IClaims, IClaimChecks, IClaimWithdrawals, IClaimsAdministration
{
    public ValueTask<ClaimsDesk> Desk(Actor by, CancellationToken ct) => Get<Desk>().Run(by, ct);

    public ValueTask<IReadOnlyList<Reception>> Receptions(Actor by, YearMonth? month, CancellationToken ct) => Get<ListReceptions>().Run(by, month, ct);

    public ValueTask<Outcome<ReceptionResult>> Result(Actor by, string number, CancellationToken ct) => Get<ReadResult>().Run(by, number, ct);

    public ValueTask<Outcome<ExportedFile>> ExportFindings(Actor by, string number, string? reason, CancellationToken ct) =>
        Get<ReadResult>().Export(by, number, reason, ct);

    public ValueTask<Outcome<OpenedClaim>> Open(Actor by, string number, int ordinal, CancellationToken ct) => Get<OpenClaim>().Run(by, number, ordinal, ct);

    public ValueTask<Outcome<Reception>> Confirm(Actor by, string number, CancellationToken ct) => Get<Confirm>().Run(by, number, ct);

    public ValueTask<Outcome<Reception>> Cancel(Actor by, string number, CancellationToken ct) => Get<Cancel>().Run(by, number, ct);

    public ValueTask<Outcome<int>> Close(Actor by, YearMonth month, CancellationToken ct) => Get<Close>().Run(by, month, ct);

    public ValueTask<Outcome<Reception>> Review(Actor by, string number, ReviewDecision decision, IReadOnlyList<int>? ordinals, CancellationToken ct) =>
        Get<Review>().Run(by, number, decision, ordinals, ct);

    public ValueTask<Outcome<int>> Decide(Actor by, YearMonth month, CancellationToken ct) => Get<Decide>().Run(by, month, ct);

    public ValueTask<Outcome<DeliveryReport>> Deliver(Actor by, YearMonth month, CancellationToken ct) => Get<Deliver>().Run(by, month, ct);

    public IReadOnlyList<CheckEntry> Entries => ReceptionChecks.All;

    public ValueTask<Outcome<Preview>> Preview(Actor by, OrganisationId payer, Stream content, CancellationToken ct) => Get<PreviewFile>().Run(by, payer, content, ct);

    public ValueTask<Outcome<ResultPage>> Result(Actor by, string number, ResultQuery query, CancellationToken ct) => Get<ReadResultPage>().Run(by, number, query, ct);

    public ValueTask<Outcome<ReceptionClaims>> Claims(Actor by, string number, CancellationToken ct) => Get<ReadResultPage>().Claims(by, number, ct);

    public ValueTask<Outcome<IReadOnlyList<Judgement>>> Judgements(Actor by, string number, int ordinal, CancellationToken ct) =>
        Get<ListJudged>().History(by, number, ordinal, ct);

    public ValueTask<Outcome<JudgedPage>> Findings(Actor by, JudgedQuery query, CancellationToken ct) => Get<ListJudged>().Run(by, query, ct);

    public ValueTask<Outcome<int>> Judge(Actor by, string rule, Verdict verdict, string reason, IReadOnlyList<FindingOn> findings, CancellationToken ct) =>
        Get<Judge>().Run(by, rule, verdict, reason, findings, ct);

    public ValueTask<Outcome<CheckStatistics>> Statistics(Actor by, YearMonth? from, YearMonth? until, CancellationToken ct) =>
        Get<ReadStatistics>().Run(by, from, until, ct);

    public ValueTask<Outcome<IReadOnlyList<Withdrawal>>> Request(Actor by, string number, IReadOnlyList<int> ordinals, string reason, CancellationToken ct) =>
        Get<RequestWithdrawal>().Run(by, number, ordinals, reason, ct);

    public ValueTask<Outcome<IReadOnlyList<Withdrawal>>> Decide(
        Actor by, string number, IReadOnlyList<int> ordinals, WithdrawalDecision decision, string reason, CancellationToken ct) =>
        Get<DecideWithdrawal>().Run(by, number, ordinals, decision, reason, ct);

    public ValueTask<IReadOnlyList<Withdrawal>> List(Actor by, string? number, bool openOnly, CancellationToken ct) =>
        Get<ListWithdrawals>().Run(by, number, openOnly, ct);

    public async ValueTask<RegistryLoad> LoadRegistry(Stream csv, CancellationToken ct) => await Get<LoadRegistry>().Run(csv, ct);

    public async ValueTask<IReadOnlyList<MasterLoad>> LoadMasters(string directory, CancellationToken ct) => await Get<LoadMasters>().Run(directory, ct);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
