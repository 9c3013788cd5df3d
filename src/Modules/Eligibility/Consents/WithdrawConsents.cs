using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Consents;

/// <summary>What a facility takes back, and why.</summary>
internal sealed record Withdrawal
{
    /// <summary>Whose.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>What had been agreed to.</summary>
    public IReadOnlyList<ConsentKind> Kinds { get; init; } = [];

    /// <summary>診療区分.</summary>
    public IReadOnlyList<CareForm> Cares { get; init; } = [];

    /// <summary>Why.</summary>
    public ConsentEnd Reason { get; init; }
}

/// <summary>How many ended.</summary>
/// <param name="Withdrawn">Consents.</param>
internal sealed record ConsentsWithdrawn(int Withdrawn);

/// <summary>閲覧同意の取消 by a facility: the relation ended, the person said so, or it is used for something else. It ends only what was agreed to there.</summary>
internal sealed class WithdrawConsents(DbSession session, Consents consents, Coverages coverages, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<WithdrawConsents, Withdrawal, ConsentsWithdrawn>("/eligibility/consents/withdrawals", async (withdraw, by, asked, ct) =>
            (await withdraw.Run(by, asked, ct)).Refused(out var refusal, out var withdrawn) ? refusal : new ConsentsWithdrawn(withdrawn))
        .WithSummary("閲覧同意の取消（医療機関・薬局から）")
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.ConsentChanged);

    /// <summary>How many ended. Commits; EL-0101, EL-0102, EL-0121, EL-0122, EL-0425, EL-0426.</summary>
    public async ValueTask<Outcome<int>> Run(Actor by, Withdrawal asked, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        if (asked.Kinds.Count == 0 || asked.Cares.Count == 0 || !Enum.IsDefined(asked.Reason))
        {
            return Refusals.WithdrawalWrong;
        }

        await session.Write(ct);
        if ((await coverages.Person(asked.Card, by.Organisation, ct)).Refused(out var refusal, out var row))
        {
            return await Recorded(by, asked.Card, refusal.Code, refusal, ct);
        }

        var ended = await consents.Withdraw(row.Person, by.Organisation, asked.Kinds, asked.Cares, asked.Reason, ct);
        return ended.Count == 0
            ? await Recorded(by, asked.Card, Refusals.NothingToWithdraw.Code, Refusals.NothingToWithdraw, ct)
            : await Recorded(by, asked.Card, $"{asked.Reason}; withdrawn {string.Join(' ', ended.Select(c => $"{c.Kind}/{c.Care}"))}", ended.Count, ct);
    }

    private async ValueTask<Outcome<int>> Recorded(Actor by, CardKeys card, string result, Outcome<int> outcome, CancellationToken ct)
    {
        await audit.Record(new AuditEvent(AuditKind.ConsentChanged, "facility:" + by.Organisation, result) { By = by, Whose = Disclosure.Subject(card) }, ct);
        await session.Commit(ct);
        return outcome;
    }
}
