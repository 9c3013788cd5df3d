using System.CommandLine;
using System.Globalization;
using Sekisho.Cli.Receiving;
using Sekisho.Cli.Site;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho receive</c> — fetches, verifies and acknowledges what waits for this organisation.</summary>
internal static class ReceiveCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "受け取ったものを置くフォルダー (伝送ごとに子フォルダー)", HelpName = "DIR", Required = true };
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("receive", "届いているものを取得・検証し、署名した受取証を返す") { to, json };
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
                return await Run(site, parsed.GetRequiredValue(to), terminal, ct);
            }
        });
        return command;
    }

    private static async Task<int> Run(Connection site, string to, Terminal terminal, CancellationToken ct)
    {
        await site.RefreshRevocationList(ct);
        var receiver = new Receiver(site);
        if ((await receiver.Waiting(ct)).Refused(out var refusal, out var waiting))
        {
            return Terminal.Refuse(refusal);
        }

        var code = ExitCode.Ok;
        var received = new List<ReceivedFile>();
        foreach (var delivery in waiting.OrderBy(d => d.ReceivedAt))
        {
            var outcome = await terminal.Progress($"受信 {delivery.FileName}", progress => receiver.Receive(delivery, to, progress, ct));
            if (outcome.Refused(out var failed, out var file))
            {
                code = Math.Max(code, Terminal.Refuse(failed, $"{delivery.FileName} ({delivery.Id})"));
                continue;
            }

            received.Add(file);
            terminal.Line($"✓ {file.File}");
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  {file.SenderName}から · {file.Length:N0} バイト · SHA-256 {file.Sha256}"));
            terminal.Line($"  封筒 {file.Envelope} · 受取証 {file.Receipt}");
        }

        if (waiting.Count == 0)
        {
            terminal.Line("届いているものはありません。");
        }

        terminal.Json(received);
        return code;
    }
}
