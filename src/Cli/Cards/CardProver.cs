using Sekisho.Cli.Agent;
using Sekisho.Wire;

namespace Sekisho.Cli.Cards;

/// <summary>What a card signed, and how the person was recognised for it.</summary>
internal sealed record CardProof(Challenge Challenge, byte[] Signature, string Method, string Statement);

/// <summary>Gets a card to sign what the centre asks: by face where the reader's vendor has a program for it, else by PIN.</summary>
internal sealed class CardProver(CardInquiry inquiry, FaceProgram? face, DeskPage? page)
{
    public async Task<Outcome<CardProof>> Prove(CardOnReader card, JpkiCard jpki, string purpose, CancellationToken ct)
    {
        var said = "";
        if (face is not null)
        {
            if ((await ByFace(card, jpki, purpose, ct)).Succeeded(out var byFace, out var refusal))
            {
                return byFace;
            }

            if (page is null || refusal.Kind == RefusalKind.Unavailable)
            {
                return refusal;
            }

            said = refusal.Text;
        }

        return await ByPin(jpki, purpose, said, ct);
    }

    /// <summary>
    /// The 利用登録 of the card that was proven for the inquiry a moment ago and has not left the reader: it signs once more. A card that wants its proof again, or whose
    /// vendor's program signs, is asked again.
    /// </summary>
    public async Task<Outcome<CardProof>> Again(CardOnReader card, JpkiCard jpki, CardProof first, CancellationToken ct)
    {
        if ((await inquiry.Begin(CardPurposes.Registration, ct)).Refused(out var refusal, out var challenge))
        {
            return refusal;
        }

        return jpki.Sign(challenge.Text()).Succeeded(out var signature, out refusal) ? first with { Challenge = challenge, Signature = signature }
            : refusal.Code == Refusals.CardWantsProof.Code ? await Prove(card, jpki, CardPurposes.Registration, ct)
            : refusal;
    }

    private async Task<Outcome<CardProof>> ByFace(CardOnReader card, JpkiCard jpki, string purpose, CancellationToken ct)
    {
        if ((await inquiry.Begin(purpose, ct)).Refused(out var refusal, out var challenge))
        {
            return refusal;
        }

        var text = challenge.Text();
        if ((await face!.Ask(card.Reader, text, ct)).Refused(out refusal, out var seen))
        {
            return refusal;
        }

        if (seen.Signature is { } signature)
        {
            return new CardProof(challenge, signature, "Face", seen.Statement);
        }

        return jpki.Sign(text).Refused(out refusal, out var own) ? refusal : new CardProof(challenge, own, "Face", seen.Statement);
    }

    private async Task<Outcome<CardProof>> ByPin(JpkiCard jpki, string purpose, string said, CancellationToken ct)
    {
        if (page is null)
        {
            return Refusals.CardWantsProof;
        }

        while (true)
        {
            if (jpki.TriesLeft().Refused(out var refusal, out var tries))
            {
                return refusal;
            }

            if (tries == 0)
            {
                return Refusals.PinBlocked;
            }

            if (await page.AskPin(tries, said, ct) is not { } typed)
            {
                return Refusals.CardWantsProof with { Text = "暗証番号が入力されませんでした。" };
            }

            if (jpki.Verify(typed.Pin, typed.EvenTheLast).Succeeded(out _, out refusal))
            {
                break;
            }

            said = refusal.Text;
        }

        // The challenge lives two minutes, and typing may take longer: it is fetched last.
        if ((await inquiry.Begin(purpose, ct)).Refused(out var no, out var challenge) || jpki.Sign(challenge.Text()).Refused(out no, out var signature))
        {
            return no;
        }

        return new CardProof(challenge, signature, "Pin", "");
    }
}
