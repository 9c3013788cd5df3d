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

/// <summary>
/// 利用登録 at the kiosk: what the person typed there and what the card signs here come together, and the inquiry that waited goes on as theirs. The reader never sees
/// what was typed. One transaction; what was typed is gone after it, whatever came of it.
/// </summary>
internal sealed class AdmitNewcomer(
    DbSession session, CardAuthorities authorities, Newcomers newcomers, RegisterCard register, Cards cards, CardInquiries inquiries, CardAnswers answers, KeepConsents keep,
    Audit audit, TimeProvider time)
{
    private const int MaxBody = 32 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapSignedAbout<AdmitNewcomer, CardAdmission, CardRegistered>(
            "/eligibility/cards/inquiries/{id:guid}/registration", (admit, by, id, shown, ct) => admit.Run(by, id, shown, ct), MaxBody)
        .WithSummary("受付機での利用登録に、カードが署名する")
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.CardRegistered);

    /// <summary>Commits, refusals too; what RegisterCard refuses, and EL-0429.</summary>
    public async ValueTask<Outcome<CardRegistered>> Run(Actor by, Guid id, CardAdmission shown, CancellationToken ct)
    {
        if (CardProofs.Fault(shown, sightAllowed: false) is { } wrong)
        {
            return wrong;
        }

        if (authorities.Check(shown.Certificate).Refused(out var refusal, out var certificate))
        {
            return await Refuse(by, id, refusal, ct);
        }

        using (certificate)
        {
            await session.Write(ct);
            if (await newcomers.Find(by.Organisation, id, ct) is not { } row || row.StepAt(time.Now()) != NewcomerStep.Signs || !newcomers.IsOf(row, certificate))
            {
                return await Refuse(by, id, Refusals.NothingToRegister, ct);
            }

            var outcome = await Judge(by, row, shown, certificate, ct);
            await session.Commit(ct);
            return outcome;
        }
    }

    private async ValueTask<Outcome<CardRegistered>> Judge(Actor by, Newcomer row, CardAdmission shown, CardCertificate certificate, CancellationToken ct)
    {
        var details = newcomers.Open(row);
        var asked = new CardRegistration
        {
            Challenge = shown.Challenge,
            Certificate = shown.Certificate,
            Signature = shown.Signature,
            Method = shown.Method,
            Statement = shown.Statement,
            Institution = shown.Institution,
            Card = details.Card,
            Name = details.Name,
            Kana = details.Kana,
        };
        var outcome = await register.Judge(by, asked, CardPurpose.Registration, certificate, ct);
        if (outcome.Refused(out var refusal, out _))
        {
            await newcomers.Failed(row, mayTryAgain: refusal.Code == Refusals.RegistrationDoesNotFit.Code, ct);
            return outcome;
        }

        await newcomers.Remove(row, ct);
        await GoOn(by, row, shown, certificate, ct);
        return outcome;
    }

    /// <summary>As if the card had been registered when it was put down.</summary>
    private async ValueTask GoOn(Actor by, Newcomer newcomer, CardAdmission shown, CardCertificate certificate, CancellationToken ct)
    {
        var card = await cards.Find(certificate.Issuer, certificate.Serial, ct) ?? throw new InvalidOperationException("A registered card has no person");
        var now = time.Now();
        var row = new CardInquiryRow(
            newcomer.Id, newcomer.Facility, newcomer.Institution, card.Person, newcomer.Care, shown.Method, shown.Statement.Trim(), CardInquiryState.AtKiosk, newcomer.Kiosk,
            new Dictionary<ConsentKind, bool>(), newcomer.Day, now, now + CardInquiries.AtKiosk, newcomer.Certified);
        await inquiries.Add(row, ct);
        var whose = await answers.Latest(card.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;
        await keep.Keep(by, row, row.Asked, withdrawAll: false, whose, ct);
    }

    private async ValueTask<Refusal> Refuse(Actor by, Guid id, Refusal refusal, CancellationToken ct)
    {
        await audit.Alone(new AuditEvent(AuditKind.CardRegistered, id.ToString("D"), refusal.Code) { By = by }, ct);
        return refusal;
    }
}
