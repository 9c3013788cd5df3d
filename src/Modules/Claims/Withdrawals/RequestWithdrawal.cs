using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Withdrawals;

/// <summary>取下げ依頼: the institution asks for claims of its own that have become facts. Delivered ones, too: that is when most mistakes are noticed.</summary>
internal sealed class RequestWithdrawal(DbSession session, Receptions receptions, ClaimRows claims, WithdrawalRows withdrawals, Audit audit)
{
    /// <summary>Body of the request.</summary>
    internal sealed record Body(IReadOnlyList<int>? Ordinals, string? Reason);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/receptions/{number}/withdrawals", async (
            string number, HttpRequest http, IClaimWithdrawals withdrawals, ICurrentActor current, CancellationToken ct) =>
        {
            var body = await http.ReadFromJsonAsync<Body>(SiteJson.Options, ct) ?? throw new BadHttpRequestException("JSON expected");
            return (await withdrawals.Request(current.Actor, number, body.Ordinals ?? [], body.Reason ?? "", ct)).ToResult(asked => Results.Json(asked, SiteJson.Options));
        })
        .Requires(Permission.ConfirmClaims)
        .Audits(AuditKind.WithdrawalRequested);

    public async ValueTask<Outcome<IReadOnlyList<Withdrawal>>> Run(Actor by, string number, IReadOnlyList<int> ordinals, string reason, CancellationToken ct)
    {
        var (chosen, said) = (ordinals.Distinct().Order().ToList(), Reasons.Clean(reason));
        await session.Write(ct);
        if (await receptions.Find(by, Sides.Confirming(by), number, ct) is not { } reception)
        {
            await session.Rollback();
            return Refusals.NoReception;
        }

        if (WithdrawalRows.Against(chosen, said) is { } missing)
        {
            await session.Rollback();
            return missing;
        }

        await receptions.Lock(number, ct);
        if (await Against(reception, chosen, ct) is { } refusal)
        {
            await session.Rollback();
            return refusal;
        }

        foreach (var ordinal in chosen)
        {
            await withdrawals.Add(by, number, ordinal, said, ct);
        }

        await audit.Record(new AuditEvent(AuditKind.WithdrawalRequested, number, string.Join(',', chosen)) { By = by, Reason = said }, ct);
        var asked = await withdrawals.Of(number, chosen, ct);
        await session.Commit(ct);
        return asked;
    }

    private async Task<Refusal?> Against(ReceptionRow reception, List<int> chosen, CancellationToken ct)
    {
        var latest = await withdrawals.Latest(reception.Number, chosen, ct);
        foreach (var ordinal in chosen)
        {
            if (await claims.Claim(reception.Number, ordinal, ct) is not { } claim)
            {
                return Refusals.NoClaim;
            }

            if (Against(reception.State, claim.State, latest.GetValueOrDefault(ordinal, WithdrawalState.Refused)) is { } refusal)
            {
                return refusal with { Text = $"受付 {reception.Number} の {ordinal} 件目: {refusal.Text}" };
            }
        }

        return null;
    }

    /// <summary>What stands against it; <paramref name="latest"/> is 認めない where nobody has asked yet.</summary>
    internal static Refusal? Against(ReceptionState reception, ClaimState claim, WithdrawalState latest) => (reception, claim) switch
    {
        (ReceptionState.Rejected or ReceptionState.Cancelled, _) or (_, ClaimState.Rejected or ClaimState.Dropped) => Refusals.NeverClaimed,
        (ReceptionState.Received or ReceptionState.Checked, _) => Refusals.NotClosedYet,
        (ReceptionState.Confirmed, _) => Refusals.AwaitingClosing,
        (_, ClaimState.Withdrawn) => Refusals.AlreadyWithdrawn,
        _ => latest == WithdrawalState.Requested ? Refusals.AlreadyRequested : null,
    };
}
