using Sekisho.Cli.Agent;
using Sekisho.Cli.Site;
using Sekisho.Formats.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Cli.Cards;

/// <summary>
/// Watches the reader: a card that is put down is asked for its proof (face, else PIN), the centre for the answer, and the answer goes into <c>face</c>. One card, one
/// inquiry: the next begins when the card was taken away.
/// </summary>
internal sealed class CardDesk : IDisposable
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan _betweenReaders = TimeSpan.FromSeconds(5);
    private readonly Connection _connection;
    private readonly Questions _questions;
    private readonly CardInquiry _inquiry;
    private readonly AgentFolders _folders;
    private readonly AgentStatus _status;
    private readonly LastAnswers? _last;
    private readonly DeskPage? _page;
    private readonly CardProver _prover;
    private readonly string? _reader;

    public CardDesk(Connection connection, AgentFolders folders, AgentStatus status, LastAnswers? last, CardQuestion question, string? reader, FaceProgram? face, DeskPage? page)
    {
        (_connection, _folders, _status, _last, _reader, _page) = (connection, folders, status, last, reader, page);
        _questions = new Questions(connection);
        _inquiry = new CardInquiry(_questions, question, connection.Time);
        _prover = new CardProver(_inquiry, face, page);
    }

    /// <summary>Until told to stop. A reader that is missing, or a service that stopped, is looked for again.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (CardReaders.Open().Refused(out var refusal, out var readers))
            {
                await Missing(refusal, ct);
                continue;
            }

            using (readers)
            {
                await Missing(await Watch(readers, ct), ct);
            }
        }
    }

    public void Dispose()
    {
        _questions.Dispose();
        _connection.Dispose();
    }

    private async Task Missing(Refusal refusal, CancellationToken ct)
    {
        if (_status.Reader != refusal.Code)
        {
            _status.Reader = refusal.Code;
            _status.Say($"✗ {refusal.Text} [{refusal.Code}]");
        }

        await Task.Delay(_betweenReaders, _connection.Time, ct);
    }

    /// <summary>Serves cards until the readers fail; why.</summary>
    private async Task<Refusal> Watch(CardReaders readers, CancellationToken ct)
    {
        while (true)
        {
            if (readers.Card(_reader).Refused(out var refusal, out var card))
            {
                return refusal;
            }

            if (card is null)
            {
                _status.Reader = "ready";
                await Task.Delay(_betweenLooks, _connection.Time, ct);
                continue;
            }

            using (card)
            {
                _status.Reader = "card";
                await Serve(card, ct);
                while (card.IsThere())
                {
                    await Task.Delay(_betweenLooks, _connection.Time, ct);
                }

                _page?.Idle();
            }
        }
    }

    private async Task Serve(CardOnReader card, CancellationToken ct)
    {
        // A card that is taken away ends what it is still needed for.
        using var presence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watch = CancelWhenGone(card, presence);
        try
        {
            _page?.Show("読み取っています", "カードを動かさないでください。");
            if ((await Ask(card, presence.Token, ct)).Refused(out var refusal, out var result))
            {
                Failed(refusal);
                return;
            }

            _last?.Keep(result.Name, result.Bytes);
            await _folders.PutFace(result.Name, result.Bytes);
            _status.Say("カードの照会に答えました（face）。");
            _page?.Show("確認しました", "カードをお取りください。");
        }
        catch (Exception fault) when (fault is CardException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Failed(Refusals.NoCard);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _status.Say("✗ face に書き込めません。");
            _page?.Show("窓口に声をかけてください", "結果を face に書き込めません。カードを置き直すと、もう一度確認します。", isBad: true);
        }
        finally
        {
            await presence.CancelAsync();
            await watch;
        }
    }

    private async Task CancelWhenGone(CardOnReader card, CancellationTokenSource presence)
    {
        try
        {
            while (card.IsThere())
            {
                await Task.Delay(_betweenLooks, _connection.Time, presence.Token);
            }

            await presence.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Served.
        }
    }

    private void Failed(Refusal refusal)
    {
        _status.Say($"カードの照会: {refusal.Text} [{refusal.Code}]");
        _page?.Show("確認できませんでした", refusal.Text + refusal.Remedy, isBad: true);
    }

    private async Task<Outcome<(OqsFileName Name, byte[] Bytes)>> Ask(CardOnReader card, CancellationToken there, CancellationToken ct)
    {
        if (JpkiCard.Open(card.Transmit).Refused(out var refusal, out var jpki) || jpki.ReadCertificate().Refused(out refusal, out var certificate))
        {
            return refusal;
        }

        using (certificate)
        {
            return (await _prover.Prove(card, jpki, CardPurposes.Inquiry, there)).Refused(out refusal, out var proof)
                ? refusal
                : await _inquiry.Finish(proof, certificate.RawData, Waits, () => _prover.Again(card, jpki, proof, there), there, ct);
        }
    }

    private void Waits(CardWait wait)
    {
        switch (wait)
        {
            case CardWait.Typing:
                _page?.Show("受付機で利用登録をしてください", "このカードは、まだ保険証として登録されていません。受付機の画面で登録するか、登録しないかを選んでください。カードは置いたままにしてください。");
                break;
            case CardWait.Signing:
                _page?.Show("登録しています", "カードを動かさないでください。");
                break;
            default:
                _page?.Show("受付機で選んでください", "受付機の画面で、情報の提供への同意を選んでください。");
                break;
        }
    }
}
