using System.CommandLine;
using System.Globalization;
using Sekisho.Cli.Agent;
using Sekisho.Cli.Cards;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho agent</c> — serves the folders and the card reader of a desk in place of the terminal's 連携アプリケーション.</summary>
internal static class AgentCommand
{
    private sealed record Options(
        string Oqs, string? State, int Stay, bool Once, string? Outbox, string? Inbox, int LastDays, int? Page, bool Cards, string? Reader, string? Face, CardQuestion Question);

    public static Command Create()
    {
        var oqs = new Option<string>("--oqs") { Description = "req・res・face のあるフォルダー (例 C:\\OQS)", HelpName = "DIR", Required = true };
        var state = new Option<string?>("--state") { Description = "このエージェントだけが使うフォルダー (既定は設定フォルダーの agent)", HelpName = "DIR" };
        var stay = Number("--response-stay", "受け取られない結果を res と face に残す時間 (分。端末の ResponseFileStayTime)", "MINUTES", 1440, 1, 44640);
        var once = new Option<bool>("--once") { Description = "いまある要求と請求ファイルだけを扱って終わる" };
        var outbox = new Option<string?>("--outbox") { Description = "レセコンが請求ファイル (*.UKE) を置くフォルダー。署名して送る", HelpName = "DIR" };
        var inbox = new Option<string?>("--inbox") { Description = "届いたものを置くフォルダー", HelpName = "DIR" };
        var last = Number("--last", "最後の回答を暗号化して残す日数 (0 で残さない)", "DAYS", 30, 0, 60);
        var page = new Option<int?>("--page") { Description = "この端末だけで開ける画面 (暗証番号の入力、最後の回答) のポート", HelpName = "PORT" };
        var cards = new Option<bool>("--cards") { Description = "カードリーダーを見て、マイナンバーカードの結果を face に置く" };
        var face = new Option<string?>("--face-command") { Description = "顔認証をするベンダーのプログラム", HelpName = "FILE" };
        var institution = new Option<string>("--institution") { Description = "医療機関コード10桁 (組織のコードが一つなら不要)", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var care = new Option<string>("--care") { Description = "診療の形 (Outpatient 外来, HomeVisit 訪問, Online オンライン)", DefaultValueFactory = _ => "Outpatient" };
        care.AcceptOnlyFromAmong("Outpatient", "HomeVisit", "Online");
        var kiosk = new Option<string>("--kiosk") { Description = "同意を尋ねる受付機の名前", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var reader = CardCommand.Reader();
        var connection = new ConnectionOptions();
        var command = new Command("agent", "窓口のフォルダーとカードリーダーに応え続ける")
        {
            oqs, state, stay, once, outbox, inbox, last, page, cards, reader, face, institution, care, kiosk,
        };
        connection.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(cards) && result.GetValue(page) is null && result.GetValue(face) is null)
            {
                result.AddError("--cards には --page (暗証番号) か --face-command (顔認証) が要ります。");
            }
        });
        command.SetAction((parsed, ct) => Run(
            connection.Open(parsed, new Terminal(json: false)),
            new Options(
                parsed.GetRequiredValue(oqs),
                parsed.GetValue(state),
                parsed.GetValue(stay),
                parsed.GetValue(once),
                parsed.GetValue(outbox),
                parsed.GetValue(inbox),
                parsed.GetValue(last),
                parsed.GetValue(page),
                parsed.GetValue(cards),
                parsed.GetValue(reader),
                parsed.GetValue(face),
                new CardQuestion(parsed.GetRequiredValue(institution), parsed.GetRequiredValue(care), parsed.GetRequiredValue(kiosk))),
            ct));
        return command;
    }

    private static Option<int> Number(string name, string description, string help, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = help, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} は {least} から {most} までにしてください。"));
            }
        });
        return option;
    }

    private static async Task<int> Run(Outcome<Connection> opened, Options options, CancellationToken ct)
    {
        if (opened.Refused(out var refusal, out var line))
        {
            return Terminal.Refuse(refusal);
        }

        using (line)
        {
            if (new[] { options.Outbox, options.Inbox }.Any(f => f is not null && !Directory.Exists(f)))
            {
                return Terminal.Refuse(Refusals.OutboxMissing);
            }

            if (AgentFolders.Open(options.Oqs, options.State, line.Configuration).Refused(out refusal, out var folders))
            {
                return Terminal.Refuse(refusal);
            }

            using (folders)
            {
                var last = options.LastDays > 0 ? await LastAnswers.Open(folders.State, TimeSpan.FromDays(options.LastDays), line.Time, ct) : LastAnswers.Forget(folders.State);
                var status = new AgentStatus(folders.State, line.Time);
                if (options.Page is not { } port)
                {
                    return await Serve(line, folders, options, status, last, null, ct);
                }

                if ((await DeskPage.Open(port, folders.State, status, last, options.Cards, line.Time, ct)).Refused(out refusal, out var page))
                {
                    return Terminal.Refuse(refusal);
                }

                using (page)
                {
                    Terminal.Note($"この端末の画面は {Path.Combine(folders.State, "page.url")} から開きます。");
                    return await Serve(line, folders, options, status, last, page, ct);
                }
            }
        }
    }

    /// <summary>All parts beside each other, each on a line of its own; when one breaks, all end, so that whoever supervises starts them again.</summary>
    private static async Task<int> Serve(
        Connection line, AgentFolders folders, Options options, AgentStatus status, LastAnswers? last, DeskPage? page, CancellationToken ct)
    {
        Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{folders.Requests} の要求に答えます。状態は {folders.State} の status.json。"));
        using var desk = new OqsAgent(folders, line, TimeSpan.FromMinutes(options.Stay), status, last);
        using var courier = options.Outbox is null && options.Inbox is null ? null : new Courier(line.Another(), options.Outbox, options.Inbox, status);
        if (options.Once)
        {
            var carried = courier is null ? ExitCode.Ok : await courier.Run(once: true, ct);
            return Math.Max(await desk.Run(once: true, ct), carried);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var cards = options.Cards
            ? new CardDesk(line.Another(), folders, status, last, options.Question, options.Reader, options.Face is { } face ? new FaceProgram(face) : null, page)
            : null;
        List<Task> parts = [desk.Run(once: false, stop.Token)];
        parts.AddRange(new[] { courier?.Run(once: false, stop.Token), cards?.Run(stop.Token), page?.Run(stop.Token) }.OfType<Task>());
        await Task.WhenAny(parts);
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(parts);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Told to stop.
        }

        return ExitCode.Ok;
    }
}
