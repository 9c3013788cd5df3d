using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Responsibility;

/// <summary>Which days a payer asks about, for a card on a claim.</summary>
internal sealed record ResponsibilityQuestion
{
    /// <summary>The card on the claim.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>受診日, at most 366.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>As known then; now when left out.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>A day, and how a claim for it must name the person: no more of the coverage than that.</summary>
/// <param name="Day">受診日.</param>
/// <param name="Standing">Whether one insurer is responsible.</param>
/// <param name="Insurer">保険者番号; empty, like the rest, where nobody is.</param>
/// <param name="Symbol">記号.</param>
/// <param name="Number">番号.</param>
/// <param name="Branch">枝番.</param>
/// <param name="Relation">本人・家族: 1 本人, 2 家族.</param>
internal sealed record ResponsibilityDay(DateOnly Day, DayStanding Standing, string Insurer, string Symbol, string Number, string Branch, string Relation);

/// <summary>
/// POST /eligibility/responsibilities: who was responsible on each day, for a payer that moves a claim to the right insurer or divides it (レセプト振替・分割). Signed like
/// the inquiry.
/// </summary>
internal sealed class AskResponsible(IEligibility eligibility, Audit audit, TimeProvider time)
{
    private const int MostDays = 366;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<AskResponsible, ResponsibilityQuestion, ResponsibilityDay[]>(
            "/eligibility/responsibilities", (ask, by, question, prove, ct) => ask.Handle(by, question, prove, ct))
        .WithSummary("受診日ごとに責任のある保険者（レセプト振替・分割）")
        .Requires(Permission.ReviewClaims)
        .Audits(AuditKind.ResponsibilityRead);

    public async ValueTask<Outcome<ResponsibilityDay[]>> Handle(
        Actor by, ResponsibilityQuestion question, Func<ResponsibilityDay[], string> prove, CancellationToken ct)
    {
        if (!by.May(Permission.ReviewClaims))
        {
            return Refusals.NotReviewing;
        }

        if (!Coverages.IsComplete(question.Card))
        {
            return Refusals.KeysIncomplete;
        }

        if (question.Days.Count is 0 or > MostDays)
        {
            return Refusals.BadDays;
        }

        ResponsibilityDay[] days = [.. (await eligibility.Responsible(question.Card, question.Days, question.AsOf, ct)).Select(Day)];
        var result = string.Create(CultureInfo.InvariantCulture, $"{days.Count(d => d.Standing == DayStanding.Covered)}/{days.Length} {prove(days)}").TrimEnd();
        await audit.Alone(
            new AuditEvent(AuditKind.ResponsibilityRead, Guid.CreateVersion7(time.GetUtcNow()).ToString("D"), result) { By = by, Whose = Disclosure.Subject(question.Card) }, ct);
        return days;
    }

    private static ResponsibilityDay Day(ResponsibleDay day) => day.Coverage is { } c
        ? new ResponsibilityDay(day.Day, day.Standing, c.Insurer, c.Symbol, c.Number, c.Branch, c.Relation)
        : new ResponsibilityDay(day.Day, day.Standing, "", "", "", "", "");
}
