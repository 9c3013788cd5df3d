using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>再照会 in JSON: whom, and for which care the person consented.</summary>
internal sealed record AgainAsked
{
    /// <summary>券面.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>訪問診療等 or オンライン診療等.</summary>
    public CareForm Care { get; init; } = CareForm.HomeVisit;

    /// <summary>資格確認日; today when left out.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>再照会 by 券面 with a consent in force, for every door the same. Refusals are recorded, too. Scoped.</summary>
internal sealed class AskAgain(DbSession session, MemberOf members, Reinquiry reinquiry, Audit audit, IBusinessTime business)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSigned<AskAgain, AgainAsked, CardAnswer>("/eligibility/reinquiries", (again, by, asked, prove, ct) => again.Run(by, asked, prove, ct))
        .WithSummary("再照会（訪問診療等・オンライン診療等。カードなしで、有効な同意による）")
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.EligibilityInquired);

    /// <summary><paramref name="prove"/> makes what proves the answer and gives its digest, for the event. Commits; EL-0101, EL-0102, EL-0103, EL-0121, EL-0122, EL-0313.</summary>
    public async ValueTask<Outcome<CardAnswer>> Run(Actor by, AgainAsked asked, Func<CardAnswer, string> prove, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        var today = DateOnly.FromDateTime(business.Now.DateTime);
        var on = asked.On ?? today;
        if ((Coverages.IsComplete(asked.Card) ? Ask.DayFault(on, today) : Refusals.KeysIncomplete) is { } fault)
        {
            return fault;
        }

        await session.Read(ct);
        var found = await Find(by.Organisation, asked, on, ct);
        await session.Rollback();
        if (found.Refused(out var refusal, out var judged))
        {
            await Record(by, Guid.CreateVersion7(), refusal.Code, Disclosure.Subject(asked.Card), ct);
            return refusal;
        }

        var result = string.Create(CultureInfo.InvariantCulture, $"{judged.Answer.Code} {prove(judged.Answer)}").TrimEnd();
        await Record(by, judged.Answer.Id, result, judged.Whose ?? Disclosure.Subject(asked.Card), ct);
        return judged.Answer;
    }

    private async ValueTask<Outcome<(CardAnswer Answer, DataSubject? Whose)>> Find(OrganisationId facility, AgainAsked asked, DateOnly on, CancellationToken ct) =>
        (await members.Find(asked.Card, ct)).Refused(out var refusal, out var member) ? refusal : await reinquiry.Of(facility, member.Person, asked.Care, on, ct);

    private async ValueTask Record(Actor by, Guid id, string result, DataSubject whose, CancellationToken ct) =>
        await audit.Alone(new AuditEvent(AuditKind.EligibilityInquired, id.ToString("D"), result) { By = by, Whose = whose }, ct);
}
