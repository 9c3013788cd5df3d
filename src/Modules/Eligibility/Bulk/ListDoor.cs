using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Modules.Eligibility.Welfare;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>一括 about people whom the centre lists (who consented here, whom a 福祉事務所 commissioned the facility with), for programs that speak JSON. Scoped.</summary>
internal sealed class ListDoor(DbSession session, IServiceProvider services, OwnInstitution institutions, BulkIntake intake, BulkDoor door)
{
    private const string Aid = "OQSmutic";

    private static readonly string[] _consented = ["OQSmuhvq", "OQSmuonq"];

    /// <summary>EL-0101, EL-0305, EL-0307, EL-0308, EL-0314. Commits.</summary>
    public async ValueTask<Outcome<BulkState>> Consented(Actor by, ConsentedQuestion asked, Func<BulkState, string> prove, CancellationToken ct)
    {
        if (Array.Find(_consented, k => Reinquiry.Care(k) == asked.Care) is not { } kind)
        {
            return Refusals.NoSpan;
        }

        var lists = (BulkConsented)services.GetRequiredKeyedService<IBulkKind>(kind);
        var head = new BulkHead(BulkBy.Of(by), intake.On(null));
        return (await session.InReading(() => lists.Within(by.Organisation, asked.From, asked.To, ct), ct)).Refused(out var refusal, out var people)
            || BulkConsented.Upload(people).Refused(out refusal, out var upload)
            ? refusal
            : await door.Take(by, kind, head, upload, asked, prove, ct);
    }

    /// <summary>EL-0101, EL-0309, EL-0310. Commits its event.</summary>
    public async ValueTask<Outcome<BulkAnswers<ConsentedAnswer>>> ConsentedResult(
        Actor by, string number, Func<BulkAnswers<ConsentedAnswer>, string> prove, CancellationToken ct)
    {
        Outcome<BulkAnswers<ConsentedAnswer>> found = Refusals.NoSuchJob;
        foreach (var kind in _consented)
        {
            found = await door.Result(by, kind, number, part => BulkConsented.Answered(part).Select(a => a.Answer), prove, ct);
            if (!found.Refused(out var refusal, out _) || refusal != Refusals.NoSuchJob)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>EL-0101, EL-0305, EL-0307, EL-0308, EL-0401, EL-0709. Commits.</summary>
    public async ValueTask<Outcome<BulkState>> Commissioned(Actor by, AidQuestion asked, Func<BulkState, string> prove, CancellationToken ct)
    {
        if (asked.Month is not { } month)
        {
            return Refusals.NoMonth;
        }

        if ((await institutions.Of(by, asked.Institution, ct)).Refused(out var refusal, out var institution))
        {
            return refusal;
        }

        var lists = (AidBulk)services.GetRequiredKeyedService<IBulkKind>(Aid);
        var head = new BulkHead(BulkBy.Of(by), intake.On(null), institution);
        return AidBulk.Upload(await session.InReading(() => lists.Commissioned(institution, month, ct), ct)).Refused(out refusal, out var upload)
            ? refusal
            : await door.Take(by, Aid, head, upload, asked, prove, ct);
    }

    /// <summary>EL-0101, EL-0309, EL-0310. Commits its event.</summary>
    public ValueTask<Outcome<BulkAnswers<InquiryAnswer>>> CommissionedResult(Actor by, string number, Func<BulkAnswers<InquiryAnswer>, string> prove, CancellationToken ct) =>
        door.Result(by, Aid, number, part => AidBulk.Answered(part).Select(a => a.Answer), prove, ct);
}
