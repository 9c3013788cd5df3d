using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>What was registered.</summary>
/// <param name="Registered">True when the certificate is the person's now.</param>
/// <param name="Until">Until when it is valid.</param>
internal sealed record CardRegistered(bool Registered, DateTimeOffset Until);

/// <summary>
/// 利用登録: the card proves that it is there, and the person names their coverage. Both must be right to the letter, for the binding then answers for them
/// everywhere. Whose card is another's is not taken over in silence.
/// </summary>
internal sealed class RegisterCard(
    DbSession session, CardAuthorities authorities, CardProofs proofs, Cards cards, CardGuesses guesses, CardAnswers answers, Coverages coverages, Audit audit, IBusinessTime business,
    TimeProvider time)
{
    private const int MaxBody = 32 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/eligibility/cards").Requires(Permission.InquireEligibility);
        group.MapSigned<RegisterCard, CardRegistration, CardRegistered>(
                "/registrations", (register, by, asked, ct) => register.Run(by, asked, CardPurpose.Registration, ct), MaxBody)
            .WithSummary("カードの利用登録")
            .Audits(AuditKind.CardRegistered);
        group.MapSigned<RegisterCard, CardRegistration, CardRegistered>(
                "/unregistrations", (register, by, asked, ct) => register.Run(by, asked, CardPurpose.Unregistration, ct), MaxBody)
            .WithSummary("カードの利用登録の解除")
            .Audits(AuditKind.CardRegistered);
    }

    /// <summary>Registers or ends it. Commits, refusals too.</summary>
    public async ValueTask<Outcome<CardRegistered>> Run(Actor by, CardRegistration asked, CardPurpose purpose, CancellationToken ct)
    {
        if (CardProofs.Fault(asked, sightAllowed: false) is { } wrong)
        {
            return wrong;
        }

        if (authorities.Check(asked.Certificate).Refused(out var refusal, out var certificate))
        {
            await session.Write(ct);
            return await Committed(await Recorded(by, refusal, refusal.Code, null, ct), ct);
        }

        using (certificate)
        {
            await session.Write(ct);
            return await Committed(await Judge(by, asked, purpose, certificate, ct), ct);
        }
    }

    /// <summary>The same in the current transaction; recorded, whatever comes of it.</summary>
    public async ValueTask<Outcome<CardRegistered>> Judge(Actor by, CardRegistration asked, CardPurpose purpose, CardCertificate certificate, CancellationToken ct)
    {
        if ((await proofs.Prove(by, asked, purpose, certificate, ct)).Refused(out var refusal, out _))
        {
            return await Recorded(by, refusal, refusal.Code, null, ct);
        }

        var bound = await cards.Find(certificate.Issuer, certificate.Serial, ct);
        return purpose == CardPurpose.Registration
            ? await Register(by, asked, certificate, bound, ct)
            : await Unregister(by, certificate, bound, ct);
    }

    private async ValueTask<Outcome<CardRegistered>> Register(Actor by, CardRegistration asked, CardCertificate certificate, BoundCard? bound, CancellationToken ct)
    {
        var whose = Disclosure.Subject(asked.Card);
        if (await guesses.AreTooMany(certificate, by.Organisation, ct))
        {
            return await Recorded(by, Refusals.TooManyGuesses, Refusals.TooManyGuesses.Code, whose, ct);
        }

        if (await cards.IsLost(certificate.Issuer, certificate.Serial, ct))
        {
            return await Recorded(by, Refusals.CardWasLost, Refusals.CardWasLost.Code, whose, ct);
        }

        if (await Person(asked, ct) is not { } person)
        {
            await guesses.Add(certificate, by.Organisation, ct);
            return await Recorded(by, Refusals.RegistrationDoesNotFit, Refusals.RegistrationDoesNotFit.Code, whose, ct);
        }

        if (bound is { } other && !(await coverages.OfPerson(other.Person, null, ct)).Exists(r => r.Person == person))
        {
            return await Recorded(by, Refusals.CardIsAnothers, Refusals.CardIsAnothers.Code, whose, ct);
        }

        var card = bound ?? await cards.Bind(person, certificate.Issuer, certificate.Serial, ct);
        await guesses.Forget(certificate, ct);
        return await Recorded(by, new CardRegistered(true, certificate.Until), $"{(bound is null ? "registered" : "same")} {asked.Method} {card.Id:D}", whose, ct);
    }

    private async ValueTask<Outcome<CardRegistered>> Unregister(Actor by, CardCertificate certificate, BoundCard? bound, CancellationToken ct)
    {
        if (bound is null)
        {
            return await Recorded(by, Refusals.CardNotRegistered, Refusals.CardNotRegistered.Code, null, ct);
        }

        await cards.End(bound, CardEnd.Unregistered, ct);
        var whose = await answers.Latest(bound.Person, ct) is { } coverage ? Disclosure.Subject(coverage) : null;
        return await Recorded(by, new CardRegistered(false, certificate.Until), $"unregistered {bound.Id:D}", whose, ct);
    }

    /// <summary>The one person who is covered today and of whom everything that was named is right; which of it is wrong is told to nobody.</summary>
    private async ValueTask<PersonKey?> Person(CardRegistration asked, CancellationToken ct)
    {
        if (!Coverages.IsComplete(asked.Card))
        {
            return null;
        }

        var today = DateOnly.FromDateTime(business.Now.DateTime);
        List<CoverageRow> rows =
        [
            .. (await coverages.ByCard(asked.Card, default, null, ct)).Select(f => f.Row)
                .Where(r => !r.Stopped && r.Covers(today) && coverages.Fits(r, asked.Card)),
        ];
        List<PersonKey> people = [.. rows.Where(r => IsNamed(coverages.Open(r).Coverage, asked)).Select(r => r.Person).Distinct()];
        return people is [var one] ? one : null;
    }

    private static bool IsNamed(Coverage coverage, CardRegistration asked) =>
        SearchKey.Branch(coverage.Branch) == SearchKey.Branch(asked.Card.Branch)
        && (Letters(asked.Name) is { Length: > 0 } name && name == Letters(coverage.Name) && !NameMatch.HasUnknown(name)
            || TextFold.Kana(asked.Kana) is { Length: > 0 } kana && kana == TextFold.Kana(coverage.Kana));

    /// <summary>Without blanks, in one width; every other difference is one.</summary>
    private static string Letters(string name) => string.Concat(TextFold.Width(name).Where(c => !char.IsWhiteSpace(c)));

    private async ValueTask<Outcome<CardRegistered>> Recorded(Actor by, Outcome<CardRegistered> outcome, string result, DataSubject? whose, CancellationToken ct)
    {
        await audit.Record(new AuditEvent(AuditKind.CardRegistered, Guid.CreateVersion7(time.Now()).ToString("D"), result) { By = by, Whose = whose }, ct);
        return outcome;
    }

    private async ValueTask<Outcome<CardRegistered>> Committed(Outcome<CardRegistered> outcome, CancellationToken ct)
    {
        await session.Commit(ct);
        return outcome;
    }
}
