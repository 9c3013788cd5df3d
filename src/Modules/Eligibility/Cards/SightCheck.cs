using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>A facility's passcode, as typed.</summary>
/// <param name="Passcode">8 digits.</param>
internal sealed record PasscodeGiven(string Passcode = "");

/// <summary>Where the inquiry stands now.</summary>
/// <param name="State">Its state.</param>
internal sealed record SightVouched(CardInquiryState State);

/// <summary>Told once.</summary>
/// <param name="Passcode">8 digits.</param>
internal sealed record PasscodeMade(string Passcode);

/// <inheritdoc cref="ISightChecks"/>
internal sealed class SightCheck(
    DbSession session, CardInquiries inquiries, CardAnswers answers, KeepConsents keep, RegistryKeys keys, Audit audit, TimeProvider time) : ISightChecks
{
    private const int MostFailures = 5;
    private const int Digits = 8;
    private static readonly TimeSpan _lock = TimeSpan.FromMinutes(15);

    private string Table => session.Prefix("eligibility") + "sight_code";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/eligibility/cards/inquiries/{id:guid}/vouch", async (Guid id, HttpRequest request, ISightChecks checks, ICurrentActor current, CancellationToken ct) =>
                (await checks.Vouch(current.Actor, id, (await Json.Body<PasscodeGiven>(request, ct)).Passcode, ct)).ToResult(state => Results.Json(new SightVouched(state), SiteJson.Options)))
            .Takes<PasscodeGiven>()
            .Produces<SightVouched>()
            .WithSummary("目視で確かめたことを職員が保証する")
            .Requires(Permission.InquireEligibility)
            .Audits(AuditKind.CardVouched);
        endpoints.MapPost("/eligibility/cards/passcode", async (ISightChecks checks, ICurrentActor current, CancellationToken ct) =>
                (await checks.NewPasscode(current.Actor, ct)).ToResult(passcode => Results.Json(new PasscodeMade(passcode), SiteJson.Options)))
            .Produces<PasscodeMade>()
            .WithSummary("目視のための暗証番号を作り直す")
            .Requires(Permission.ManageKiosks)
            .Audits(AuditKind.KioskChanged);
    }

    public async ValueTask<Outcome<IReadOnlyList<Unvouched>>> Waiting(Actor by, CancellationToken ct)
    {
        if (Fault(by) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        var waiting = new List<Unvouched>();
        foreach (var row in await inquiries.Waiting(by.Organisation, CardInquiryState.AwaitsVouching, ct))
        {
            var coverage = await answers.Latest(row.Person, ct);
            waiting.Add(new Unvouched(row.Id, row.At, coverage?.Name ?? "（表示できません）", coverage?.Birth ?? default));
            await audit.Record(
                new AuditEvent(AuditKind.CardVouched, row.Id.ToString("D"), "shown") { By = by, Whose = coverage is null ? null : Disclosure.Subject(coverage) }, ct);
        }

        await session.Commit(ct);
        return waiting;
    }

    public async ValueTask<Outcome<CardInquiryState>> Vouch(Actor by, Guid inquiry, string passcode, CancellationToken ct)
    {
        if (Fault(by) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if (await inquiries.Find(by.Organisation, inquiry, ct) is not { } row)
        {
            await session.Rollback();
            return Refusals.NoCardInquiry;
        }

        if (await PasscodeFault(by.Organisation, passcode.Trim(), ct) is { } wrong)
        {
            await audit.Record(by, AuditKind.CardVouched, inquiry.ToString("D"), wrong.Code, ct);
            await session.Commit(ct);
            return wrong;
        }

        var now = time.Now();
        var next = row.Kiosk is null ? CardInquiryState.Answered : CardInquiryState.AtKiosk;
        if (row.StateAt(now) != CardInquiryState.AwaitsVouching || !await inquiries.Advance(row, next, now + CardInquiries.AtKiosk, ct))
        {
            await session.Rollback();
            return Refusals.NothingToVouch;
        }

        var whose = await answers.Latest(row.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;
        await keep.Keep(by, row, row.Asked, withdrawAll: false, whose, ct);
        await audit.Record(new AuditEvent(AuditKind.CardVouched, inquiry.ToString("D"), "vouched: presence only") { By = by, Whose = whose }, ct);
        await session.Commit(ct);
        return next;
    }

    public async ValueTask<Outcome<string>> NewPasscode(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.ManageKiosks))
        {
            return Refusals.NotAllowed;
        }

        var code = RandomNumberGenerator.GetInt32(0, (int)Math.Pow(10, Digits)).ToString("D8", CultureInfo.InvariantCulture);
        await session.Write(ct);
        await session.Execute(
            $"""
            INSERT INTO {Table} (facility, code, failures) VALUES (@facility, @code, 0)
            ON CONFLICT (facility) DO UPDATE SET code = excluded.code, failures = 0, locked = NULL
            """,
            ct,
            ("facility", by.Organisation.Value),
            ("code", keys.Passcode(by.Organisation, code)));
        await audit.Record(by, AuditKind.KioskChanged, by.Organisation.ToString(), "passcode issued", ct);
        await session.Commit(ct);
        return code;
    }

    private static Refusal? Fault(Actor by) => !by.May(Permission.InquireEligibility) ? Refusals.NotAllowed : by.Person is null ? Refusals.OnlyAPersonVouches : null;

    /// <summary>Counts what is wrong in the transaction that judges it, so that many guesses at once gain nothing.</summary>
    private async ValueTask<Refusal?> PasscodeFault(OrganisationId facility, string passcode, CancellationToken ct)
    {
        var now = time.Now();

        // Takes the row first: on PostgreSQL two guesses would otherwise read the same count.
        await session.Execute($"UPDATE {Table} SET failures = failures WHERE facility = @facility", ct, ("facility", facility.Value));
        var known = await session.Query(
            $"SELECT code, failures, locked FROM {Table} WHERE facility = @facility",
            r => (Code: (byte[])r.GetValue(0), Failures: r.GetInt32(1), Locked: r.IsDBNull(2) ? (DateTimeOffset?)null : Instants.FromMicroseconds(r.GetInt64(2))),
            ct,
            ("facility", facility.Value));
        if (known is not [var (code, failures, locked)])
        {
            return Refusals.PasscodeWrong;
        }

        if (locked > now)
        {
            return Refusals.PasscodeLocked;
        }

        if (Enumerable.Range(0, keys.Count).Any(k => CryptographicOperations.FixedTimeEquals(keys.Passcode(facility, passcode, k), code)))
        {
            await session.Execute($"UPDATE {Table} SET failures = 0, locked = NULL WHERE facility = @facility", ct, ("facility", facility.Value));
            return null;
        }

        var many = failures + 1 >= MostFailures;
        await session.Execute(
            $"UPDATE {Table} SET failures = @failures, locked = @locked WHERE facility = @facility",
            ct,
            ("failures", many ? 0 : failures + 1),
            ("locked", many ? now + _lock : null),
            ("facility", facility.Value));
        return many ? Refusals.PasscodeLocked : Refusals.PasscodeWrong;
    }
}
