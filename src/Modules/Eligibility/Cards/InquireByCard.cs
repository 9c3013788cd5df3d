using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Desk;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Kiosks;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>An answer on its way out: JSON, or the file for the <c>face</c> folder.</summary>
internal sealed record CardReply(CardAnswer Answer, byte[] Bytes, string FileName)
{
    public string ContentType => FileName.Length > 0 ? "application/xml" : "application/json";
}

/// <summary>
/// 資格確認 by card: the certificate stands, the card signed (or a person will vouch), the certificate is somebody's. One transaction takes the challenge, keeps the
/// consents and records it, before anything is answered; a refusal is recorded, too, and uses up the challenge.
/// </summary>
internal sealed class InquireByCard(
    DbSession session, CardAuthorities authorities, CardProofs proofs, Cards cards, CardInquiries inquiries, Newcomers newcomers, CardAnswers answers, KeepConsents keep, KioskTable kiosks,
    CardResults results, Audit audit, IBusinessTime business, TimeProvider time)
{
    private const int MaxBody = 32 * 1024;
    private const string Retry = "2";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/eligibility/cards/inquiries").Requires(Permission.InquireEligibility);
        group.MapPost("", (HttpContext http, InquireByCard inquire, SignedExchange exchange, ICurrentActor current, CancellationToken ct) => Reply(
                http, exchange, (body, prove) => inquire.Ask(current.Actor, Json.Read<CardInquiry>(body), IsForFolder(http.Request), prove, ct), ct))
            .Signed()
            .Takes<CardInquiry>()
            .Produces<CardAnswer>(StatusCodes.Status200OK, "application/json", "application/xml")
            .Produces<CardAnswer>(StatusCodes.Status202Accepted)
            .WithSummary("マイナンバーカードによる資格確認")
            .WithDescription("`Accept: application/xml` のときの答えは、`face` フォルダーに置くファイルです（名前はヘッダー `" + Messages.MessageOverHttp.FileNameHeader + "`）。")
            .Audits(AuditKind.CardInquired);
        group.MapPost("/{id:guid}/result", (Guid id, HttpContext http, InquireByCard inquire, SignedExchange exchange, ICurrentActor current, CancellationToken ct) => Reply(
                http, exchange, (body, prove) => inquire.Result(current.Actor, id, IsGone(body), IsForFolder(http.Request), prove, ct), ct))
            .Signed()
            .Takes<CardResultAsked>()
            .Produces<CardAnswer>(StatusCodes.Status200OK, "application/json", "application/xml")
            .Produces<CardAnswer>(StatusCodes.Status202Accepted)
            .WithSummary("マイナンバーカードによる資格確認の結果（受付機・目視を待ったもの）")
            .Audits(AuditKind.CardInquired);
    }

    /// <summary>A new inquiry.</summary>
    public async ValueTask<Outcome<CardReply>> Ask(Actor by, CardInquiry asked, bool forFolder, Func<byte[], string> prove, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(business.Now.DateTime);
        if (Fault(asked, today) is { } wrong)
        {
            return wrong;
        }

        var id = Guid.CreateVersion7(time.Now());
        if (authorities.Check(asked.Certificate).Refused(out var refusal, out var certificate))
        {
            return await Refuse(by, id, refusal, ct);
        }

        using (certificate)
        {
            await session.Write(ct);
            if ((await proofs.Prove(by, asked, CardPurpose.Inquiry, certificate, ct)).Refused(out refusal, out var institution))
            {
                return await Refuse(by, id, refusal, ct);
            }

            var known = await cards.Find(certificate.Issuer, certificate.Serial, ct);
            if (known is null && asked is { Registers: true, Kiosk.Length: > 0, Method: not PersonProof.Sight })
            {
                return await Welcome(by, id, asked, certificate, institution, asked.On ?? today, prove, ct);
            }

            return (await Begin(by, id, asked, certificate, institution, known, asked.On ?? today, ct)).Refused(out refusal, out var row)
                ? await Refuse(by, id, refusal, ct)
                : await Answer(by, row, forFolder, prove, ct);
        }
    }

    /// <summary>The result of one made before. <paramref name="gone"/>: nobody is at the kiosk any more; what was chosen already holds, and is answered.</summary>
    public async ValueTask<Outcome<CardReply>> Result(Actor by, Guid id, bool gone, bool forFolder, Func<byte[], string> prove, CancellationToken ct)
    {
        await session.Write(ct);
        var (row, now) = (await inquiries.Find(by.Organisation, id, ct), time.Now());
        if (row is null && await newcomers.Find(by.Organisation, id, ct) is { } newcomer)
        {
            return newcomer.StepAt(now) == NewcomerStep.Over ? await Nothing(Refusals.CardNotRegistered)
                : gone && await newcomers.End(newcomer, ct) ? await Left(by, id, null, ct)
                : await Wait(by, newcomer, prove, ct);
        }

        return row is null ? await Nothing(Refusals.NoCardInquiry)
            : row.StateAt(now) == CardInquiryState.Lapsed ? await Nothing(Refusals.NothingToVouch)
            : gone && row.StateAt(now) == CardInquiryState.AtKiosk && await inquiries.Advance(row, CardInquiryState.Answered, row.Waits, ct) ? await Left(by, id, await Whose(row, ct), ct)
            : await Answer(by, row, forFolder, prove, ct);
    }

    private static Refusal? Fault(CardInquiry asked, DateOnly today)
    {
        var text = asked switch
        {
            { Care: CareForm.Emergency } => "救急時は、この照会ではなく救急時の閲覧を使います。",
            { Care: not (CareForm.Outpatient or CareForm.HomeVisit or CareForm.Online) } => "診療区分（care）は Outpatient・HomeVisit・Online のどれかです。",
            { Registers: true, Kiosk.Length: 0 } => "利用登録は受付機（kiosk）で尋ねます。",
            { Kiosk.Length: > 0, Consents.Count: > 0 } => "受付機（kiosk）で尋ねるときは、同意（consents）を書きません。",
            _ => "",
        };
        return text.Length > 0 ? Refusals.CardRequestWrong with { Text = text }
            : CardProofs.Fault(asked, sightAllowed: true) ?? Inquiry.Ask.DayFault(asked.On ?? today, today);
    }

    /// <summary>The card is nobody's yet: the kiosk asks whose.</summary>
    private async ValueTask<Outcome<CardReply>> Welcome(
        Actor by, Guid id, CardInquiry asked, CardCertificate certificate, string institution, DateOnly day, Func<byte[], string> prove, CancellationToken ct)
    {
        if (await kiosks.Named(by.Organisation, asked.Kiosk, ct) is not { } kiosk)
        {
            return await Refuse(by, id, Refusals.NoSuchKiosk, ct);
        }

        if (await cards.IsLost(certificate.Issuer, certificate.Serial, ct))
        {
            return await Refuse(by, id, Refusals.CardNotRegistered, ct);
        }

        await Leave(by.Organisation, kiosk, ct);
        return await Wait(by, await newcomers.Add(id, by.Organisation, institution, kiosk, certificate, asked.Care, day, ct), prove, ct);
    }

    private async ValueTask<Outcome<CardReply>> Wait(Actor by, Newcomer newcomer, Func<byte[], string> prove, CancellationToken ct)
    {
        var answer = CardAnswers.Waiting(newcomer);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, SiteJson.Options);
        await audit.Record(new AuditEvent(AuditKind.CardInquired, newcomer.Id.ToString("D"), $"{answer.State} {prove(bytes)}".TrimEnd()) { By = by }, ct);
        await session.Commit(ct);
        return new CardReply(answer, bytes, "");
    }

    private async ValueTask<Refusal> Left(Actor by, Guid id, DataSubject? whose, CancellationToken ct)
    {
        await audit.Record(new AuditEvent(AuditKind.CardInquired, id.ToString("D"), Refusals.CardTakenAway.Code) { By = by, Whose = whose }, ct);
        await session.Commit(ct);
        return Refusals.CardTakenAway;
    }

    /// <summary>Whoever was at the kiosk before is gone.</summary>
    private async ValueTask Leave(OrganisationId facility, Guid kiosk, CancellationToken ct)
    {
        await inquiries.Leave(facility, kiosk, ct);
        await newcomers.Leave(facility, kiosk, ct);
    }

    /// <summary>Who it is, and what happens next.</summary>
    private async ValueTask<Outcome<CardInquiryRow>> Begin(
        Actor by, Guid id, CardInquiry asked, CardCertificate certificate, string institution, BoundCard? known, DateOnly day, CancellationToken ct)
    {
        if (known is not { } card)
        {
            return Refusals.CardNotRegistered;
        }

        Guid? kiosk = null;
        if (asked.Kiosk.Length > 0 && (kiosk = await kiosks.Named(by.Organisation, asked.Kiosk, ct)) is null)
        {
            return Refusals.NoSuchKiosk;
        }

        var now = time.Now();
        var (state, waits) = asked.Method == PersonProof.Sight ? (CardInquiryState.AwaitsVouching, now + CardInquiries.ForVouching)
            : kiosk is not null ? (CardInquiryState.AtKiosk, now + CardInquiries.AtKiosk)
            : (CardInquiryState.Answered, now);
        var row = new CardInquiryRow(
            id, by.Organisation, institution, card.Person, asked.Care, asked.Method, asked.Statement.Trim(), state, kiosk, asked.Consents, day, now, waits, certificate.Until);
        if (state == CardInquiryState.AtKiosk)
        {
            await Leave(by.Organisation, kiosk!.Value, ct);
        }

        await inquiries.Add(row, ct);
        if (state != CardInquiryState.AwaitsVouching)
        {
            await keep.Keep(by, row, asked.Consents, withdrawAll: false, await Whose(row, ct), ct);
        }

        return row;
    }

    private async ValueTask<Outcome<CardReply>> Answer(Actor by, CardInquiryRow row, bool forFolder, Func<byte[], string> prove, CancellationToken ct)
    {
        var (answer, whose) = await answers.Of(row, ct);
        var (bytes, name) = forFolder && answer.State == CardInquiryState.Answered
            ? (FaceFile.Write(answer, row.Institution, time.Now()), FaceFile.Name(answer, row.Institution, time.Now()))
            : (JsonSerializer.SerializeToUtf8Bytes(answer, SiteJson.Options), "");
        var result = string.Create(CultureInfo.InvariantCulture, $"{(answer.Code is { } code ? $"{code}" : answer.State)} {row.Method} {row.Care} {prove(bytes)}").TrimEnd();
        await audit.Record(new AuditEvent(AuditKind.CardInquired, row.Id.ToString("D"), result) { By = by, Whose = whose ?? await Whose(row, ct) }, ct);
        if (answer is { Validity: { } validity, Code: { } number })
        {
            await results.Arrived(
                by.Organisation,
                new InquiryAnswer(answer.Id, answer.At, answer.On, validity, number, answer.Text, answer.Advice, answer.Coverages is [var first, ..] ? first : null, answer.Reference)
                {
                    Tickets = answer.Tickets,
                    Warnings = answer.Warnings,
                },
                ct);
        }

        await session.Commit(ct);
        return new CardReply(answer, bytes, name);
    }

    private async ValueTask<DataSubject?> Whose(CardInquiryRow row, CancellationToken ct) =>
        await answers.Latest(row.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;

    private async ValueTask<Refusal> Refuse(Actor by, Guid id, Refusal refusal, CancellationToken ct)
    {
        await audit.Alone(new AuditEvent(AuditKind.CardInquired, id.ToString("D"), refusal.Code) { By = by }, ct);
        return refusal;
    }

    private async ValueTask<Refusal> Nothing(Refusal refusal)
    {
        await session.Rollback();
        return refusal;
    }

    private static bool IsGone(byte[] body) => body.Length > 0 && Json.Read<CardResultAsked>(body).Gone;

    private static bool IsForFolder(HttpRequest request) => request.Headers.Accept.ToString().Contains("application/xml", StringComparison.OrdinalIgnoreCase);

    private static async Task<IResult> Reply(
        HttpContext http, SignedExchange exchange, Func<byte[], Func<byte[], string>, ValueTask<Outcome<CardReply>>> answer, CancellationToken ct)
    {
        if ((await exchange.Read(http.Request, MaxBody, Refusals.BodyTooLong, ct)).Refused(out var refusal, out var body)
            || (await answer(body, bytes => exchange.Prove(http.Response, bytes))).Refused(out refusal, out var reply))
        {
            return refusal.ToResult();
        }

        if (reply.Answer.State != CardInquiryState.Answered)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            http.Response.Headers.RetryAfter = Retry;
        }

        if (reply.FileName.Length > 0)
        {
            http.Response.Headers[Messages.MessageOverHttp.FileNameHeader] = reply.FileName;
        }

        return Results.Bytes(reply.Bytes, reply.ContentType);
    }
}
