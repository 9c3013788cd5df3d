using System.Net;
using System.Text;
using System.Text.Json;
using Sekisho.Cli.Agent;
using Sekisho.Formats.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Cli.Cards;

/// <summary>What the centre wants a card to sign (docs/protocol/cards.md).</summary>
internal sealed record Challenge(Guid Id, string Nonce, string Purpose, string Institution, string Environment)
{
    /// <summary>Exactly the bytes that are signed.</summary>
    public byte[] Text() => Encoding.UTF8.GetBytes($"sekisho-card-v1\n{Environment}\n{Purpose}\n{Id:D}\n{Nonce}\n{Institution}");
}

/// <summary>What a signature is good for, as the centre names it.</summary>
internal static class CardPurposes
{
    public const string Inquiry = "Inquiry";
    public const string Registration = "Registration";
}

/// <summary>What an inquiry waits for.</summary>
internal enum CardWait
{
    /// <summary>Somebody chooses at the kiosk.</summary>
    Choosing,

    /// <summary>The card is not registered: somebody types at the kiosk whose it is.</summary>
    Typing,

    /// <summary>The card is to sign that.</summary>
    Signing,
}

/// <summary>What the desk chose for all cards.</summary>
internal sealed record CardQuestion(string Institution, string Care, string Kiosk);

/// <summary>Asks the centre with a card's certificate and signature, and waits for the file that belongs into <c>face</c>.</summary>
internal sealed class CardInquiry(Questions questions, CardQuestion question, TimeProvider time)
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(45);
    private const string DoesNotFit = "EL-0421";
    private const string TakenAway = "EL-0439";

    private sealed record Waiting(Guid Id, string State);

    public async Task<Outcome<Challenge>> Begin(string purpose, CancellationToken ct)
    {
        var asked = await Post("/eligibility/cards/challenges", new { purpose, institution = question.Institution }, null, ct);
        return asked.Refused(out var refusal, out var answer) ? refusal : Read<Challenge>(answer.Bytes);
    }

    /// <summary>
    /// Name and bytes of the result; <paramref name="waits"/> is told what is waited for, and <paramref name="registers"/> has the card sign a 利用登録 whose rest was typed
    /// at the kiosk. Whoever takes the card away (<paramref name="there"/> ends) before they chose has ended it, on the kiosk's screen, too; what they had just chosen still comes.
    /// </summary>
    public async Task<Outcome<(OqsFileName Name, byte[] Bytes)>> Finish(
        CardProof proof, byte[] certificate, Action<CardWait> waits, Func<Task<Outcome<CardProof>>> registers, CancellationToken there, CancellationToken ct)
    {
        if ((await Post("/eligibility/cards/inquiries", Body(proof, certificate), "application/xml", ct)).Refused(out var refusal, out var answer))
        {
            return refusal;
        }

        var (start, isGone) = (time.GetTimestamp(), false);
        while (answer.Status == HttpStatusCode.Accepted)
        {
            if (Read<Waiting>(answer.Bytes).Refused(out refusal, out var waiting))
            {
                return refusal;
            }

            if (time.GetElapsedTime(start) > _patience)
            {
                return Refusals.LineFailed with { Text = "受付機での選択が終わりません。" };
            }

            var wait = waiting.State switch { "Unregistered" => CardWait.Typing, "AwaitsCard" => CardWait.Signing, _ => CardWait.Choosing };
            waits(wait);
            if (wait == CardWait.Signing)
            {
                if (await Register(waiting.Id, certificate, registers, ct) is { } failed)
                {
                    return failed;
                }
            }
            else
            {
                isGone = await IsGoneAfter(Between(answer.ComeBack), isGone ? ct : there, ct) || isGone;
            }

            if ((await Post($"/eligibility/cards/inquiries/{waiting.Id:D}/result", new { gone = isGone }, "application/xml", ct)).Succeeded(out var next, out refusal))
            {
                answer = next;
                if (isGone && answer.Status == HttpStatusCode.Accepted)
                {
                    return Refusals.NoCard;
                }
            }
            else if (refusal.Kind is not (RefusalKind.Unavailable or RefusalKind.TooMany))
            {
                return refusal.Code == TakenAway ? Refusals.NoCard : refusal;
            }
        }

        return OqsFileName.TryParse(answer.FileName, out var name) && name.IsFace && name.FaceInstitution == proof.Challenge.Institution ? (name, answer.Bytes) : Refusals.AnswerUnknown;
    }

    private object Body(CardProof proof, byte[] certificate) => new
    {
        challenge = proof.Challenge.Id,
        certificate,
        signature = proof.Signature,
        method = proof.Method,
        statement = proof.Statement,
        institution = proof.Challenge.Institution,
        care = question.Care,
        consents = new Dictionary<string, bool>(),
        kiosk = question.Kiosk,
        registers = question.Kiosk.Length > 0,
    };

    /// <summary>Waits so long, or until the card is gone: then true.</summary>
    private async Task<bool> IsGoneAfter(TimeSpan pause, CancellationToken there, CancellationToken ct)
    {
        try
        {
            await Task.Delay(pause, time, there);
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>The card's part of the 利用登録; null when the inquiry goes on, also when what was typed did not fit and may be typed again.</summary>
    private async Task<Refusal?> Register(Guid inquiry, byte[] certificate, Func<Task<Outcome<CardProof>>> registers, CancellationToken ct)
    {
        if ((await registers()).Refused(out var refusal, out var proof))
        {
            return refusal;
        }

        var body = new
        {
            challenge = proof.Challenge.Id,
            certificate,
            signature = proof.Signature,
            method = proof.Method,
            statement = proof.Statement,
            institution = proof.Challenge.Institution,
        };
        var posted = await Post($"/eligibility/cards/inquiries/{inquiry:D}/registration", body, null, ct);
        return posted.Refused(out refusal, out _) && refusal.Code != DoesNotFit ? refusal : null;
    }

    private static TimeSpan Between(TimeSpan? asked) => asked is not { } time || time < _shortest ? _shortest : time < _longest ? time : _longest;

    private Task<Outcome<SignedAnswer>> Post(string path, object body, string? accept, CancellationToken ct) =>
        questions.Post(path, JsonSerializer.SerializeToUtf8Bytes(body, Terminal.Options), "application/json", accept, ct);

    private static Outcome<T> Read<T>(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Terminal.Options) is { } value ? value : Refusals.AnswerUnknown;
        }
        catch (JsonException)
        {
            return Refusals.AnswerUnknown;
        }
    }
}
