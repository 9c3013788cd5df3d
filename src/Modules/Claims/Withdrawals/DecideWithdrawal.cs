using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Withdrawals;

/// <summary>
/// The payer decides a 取下げ依頼. A claim it grants leaves 審査, 決定 and 配信 wherever it stands, stops being a fact, and the insurers it went to are told: all in
/// one transaction. The reception goes on with the rest.
/// </summary>
internal sealed class DecideWithdrawal(
    DbSession session, Receptions receptions, ClaimRows claims, WithdrawalRows withdrawals, TellInsurers insurers, Outbox outbox, Audit audit)
{
    private string Prefix => session.Prefix("claims");

    /// <summary>Body of the request.</summary>
    internal sealed record Body(IReadOnlyList<int>? Ordinals, WithdrawalDecision? Decision, string? Reason);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/receptions/{number}/withdrawals/decision", async (
            string number, HttpRequest http, IClaimWithdrawals withdrawals, ICurrentActor current, CancellationToken ct) =>
        {
            var body = await http.ReadFromJsonAsync<Body>(SiteJson.Options, ct) ?? throw new BadHttpRequestException("JSON expected");
            var decision = body.Decision ?? throw new BadHttpRequestException("A decision is expected");
            return (await withdrawals.Decide(current.Actor, number, body.Ordinals ?? [], decision, body.Reason ?? "", ct))
                .ToResult(decided => Results.Json(decided, SiteJson.Options));
        })
        .Requires(Permission.ReviewClaims)
        .Audits(AuditKind.WithdrawalDecided);

    public async ValueTask<Outcome<IReadOnlyList<Withdrawal>>> Run(
        Actor by, string number, IReadOnlyList<int> ordinals, WithdrawalDecision decision, string reason, CancellationToken ct)
    {
        var (chosen, said) = (ordinals.Distinct().Order().ToList(), Reasons.Clean(reason));
        await session.Write(ct);
        if (await receptions.Find(by, Sides.Reviewing(by), number, ct) is not { } reception)
        {
            await session.Rollback();
            return Refusals.NoReception;
        }

        await receptions.Lock(number, ct);
        var state = decision == WithdrawalDecision.Grant ? WithdrawalState.Granted : WithdrawalState.Refused;
        if (WithdrawalRows.Against(chosen, said) is { } missing)
        {
            await session.Rollback();
            return missing;
        }

        var latest = await withdrawals.Latest(number, chosen, ct);
        if (chosen.FindAll(o => !latest.TryGetValue(o, out var now) || (now != WithdrawalState.Requested && now != state)) is [var wrong, ..])
        {
            await session.Rollback();
            return Refusals.NoOpenRequest with { Text = $"受付 {number} の {wrong} 件目には、{Refusals.NoOpenRequest.Text}" };
        }

        // What was decided so before stays as it was: asking again after a cut line changes nothing.
        await Write(by, reception, chosen.FindAll(o => latest[o] == WithdrawalState.Requested), state, said, ct);
        var decided = await withdrawals.Of(number, chosen, ct);
        await session.Commit(ct);
        return decided;
    }

    private async Task Write(Actor by, ReceptionRow reception, List<int> open, WithdrawalState state, string said, CancellationToken ct)
    {
        if (open.Count == 0)
        {
            return;
        }

        foreach (var ordinal in open)
        {
            await withdrawals.Answer(by, reception.Number, ordinal, state, said, ct);
            if (state == WithdrawalState.Granted)
            {
                await Withdraw(reception, (await claims.Claim(reception.Number, ordinal, ct))!, ct);
            }
        }

        if (state == WithdrawalState.Granted)
        {
            await insurers.Run(by, reception, open, ct);
        }

        var decision = state == WithdrawalState.Granted ? WithdrawalDecision.Grant : WithdrawalDecision.Refuse;
        await audit.Record(new AuditEvent(AuditKind.WithdrawalDecided, reception.Number, $"{decision} {string.Join(',', open)}") { By = by, Reason = said }, ct);
    }

    private async Task Withdraw(ReceptionRow reception, ClaimRow claim, CancellationToken ct)
    {
        (string, object?)[] key = [("reception", reception.Number), ("ordinal", claim.Entry.Ordinal)];
        await session.Execute(
            $"UPDATE {Prefix}claim SET state = @state WHERE reception = @reception AND ordinal = @ordinal", ct, [("state", ClaimState.Withdrawn), .. key]);

        // A delivery being made right now finds its target gone, and is made anew without this claim.
        await session.Execute($"DELETE FROM {Prefix}target WHERE reception = @reception AND ordinal = @ordinal AND delivery IS NULL", ct, key);
        var treatment = YearMonth.TryParse(claim.Entry.TreatmentMonth, out var parsed) ? parsed : reception.Month ?? default;
        await outbox.Publish(
            new ClaimWithdrawn(reception.Number, claim.Entry.Ordinal, claim.Entry.Insurer, treatment), "reception:" + reception.Number, ct);
    }
}
