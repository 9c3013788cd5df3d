using System.CommandLine;
using System.Globalization;
using Sekisho.Cli.Sending;
using Sekisho.Cli.Site;
using Sekisho.Formats;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho send</c> — signs, sends, and comes back with the signed acknowledgement.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "請求ファイル (RECEIPTC.UKE)" };
        var noWait = new Option<bool>("--no-wait") { Description = "受領確認まで。点検結果を待たない" };
        var again = new Option<bool>("--again") { Description = "同じ内容を送信済みでも、新しい送信として送る (取消の後など)" };
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("send", "請求ファイルに署名して送信し、受領確認を受け取る (途中で切れたら再実行で続きから)") { file, noWait, again, json };
        connection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var terminal = new Terminal(parsed.GetValue(json));
            if (connection.Open(parsed, terminal).Refused(out var refusal, out var site))
            {
                return Terminal.Refuse(refusal);
            }

            using (site)
            {
                return await Run(site, parsed.GetRequiredValue(file), parsed.GetValue(again), !parsed.GetValue(noWait), terminal, ct);
            }
        });
        return command;
    }

    private static async Task<int> Run(Connection site, string file, bool again, bool wait, Terminal terminal, CancellationToken ct)
    {
        site.InLine = (place, wait) => Terminal.Note(string.Create(
            CultureInfo.InvariantCulture, $"センターが混み合っています。順番は {place} 番目です。{wait.TotalSeconds:0} 秒後にもう一度たずねます（順番は保たれます）。"));
        var outcome = await terminal.Progress($"送信 {Path.GetFileName(file)}", progress => new Sender(site).Send(file, again, progress, ct));
        if (outcome.Refused(out var refusal, out var sent))
        {
            return Terminal.Refuse(refusal, file);
        }

        await site.RefreshRevocationList(ct);
        Print(sent, terminal);
        var result = wait ? await Result(site, sent.Statement.Transmission, terminal, ct) : null;
        terminal.Json(new
        {
            sent.File,
            sent.Statement.Transmission,
            sent.Statement.Number,
            sent.Statement.ReceivedAt,
            sha256 = sent.Statement.ContentSha256,
            sent.Statement.Length,
            acknowledgement = sent.AcknowledgementFile,
            proof = sent.ProofFile,
            sent.Acknowledgement.LogOrigin,
            sent.Acknowledgement.LogIndex,
            sent.SentBefore,
            reception = result,
        });
        return result is { State: "Rejected" } ? ExitCode.No : ExitCode.Ok;
    }

    private static void Print(SentFile sent, Terminal terminal)
    {
        var statement = sent.Statement;
        terminal.Line(sent.SentBefore ? $"この内容は送信済みです。受付番号 {statement.Number}" : $"受付番号 {statement.Number}");
        terminal.Line("  受領 " + statement.ReceivedAt.InJapan().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        terminal.Line($"  受領確認 {sent.AcknowledgementFile}");
        if (sent.ProofFile is not null)
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  台帳の証明 {sent.ProofFile} ({sent.Acknowledgement.LogOrigin} の {sent.Acknowledgement.LogIndex} 番)"));
        }

        foreach (var fact in statement.Facts)
        {
            terminal.Line("  付記 " + fact);
        }
    }

    /// <summary>Waits for 受付・事務点検; null when it takes longer than this command waits.</summary>
    private static async Task<ReceptionAnswer?> Result(Connection site, Guid transmission, Terminal terminal, CancellationToken ct)
    {
        var waited = await terminal.Progress("点検結果を待っています", _ => Receptions.Await(site, transmission, ct));
        if (waited.Refused(out var refusal, out var reception))
        {
            Terminal.Refuse(refusal, "点検結果");
            return null;
        }

        if (reception is null)
        {
            Terminal.Note("点検がまだ終わりません。後で sekisho receptions で確認してください。");
            return null;
        }

        Receptions.Print(reception, terminal);
        return reception;
    }
}
