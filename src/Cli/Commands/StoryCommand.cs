using System.CommandLine;
using Sekisho.Cli.Story;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho story</c> — walks the whole passage on a private server and proves each step.</summary>
internal static class StoryCommand
{
    public static Command Create()
    {
        var executable = new Option<string?>("--server-exe") { Description = "サーバーの実行ファイル (指定しない場合は自動で探す)", HelpName = "FILE" };
        var keep = new Option<bool>("--keep") { Description = "終わった後も一時フォルダーを残す" };
        var json = CommonOptions.Json();
        var command = new Command("story", "全工程を自分だけのサーバーで通し、一歩ごとの証拠を示す") { executable, keep, json };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(executable) ?? ServerExecutable.Find(), parsed.GetValue(keep), new Terminal(parsed.GetValue(json)), ct));
        return command;
    }

    private static async Task<int> Run(string? executable, bool keep, Terminal terminal, CancellationToken ct)
    {
        if (executable is null || !File.Exists(executable))
        {
            return Terminal.Refuse(Refusals.ServerMissing);
        }

        var folder = Directory.CreateTempSubdirectory("sekisho-story-").FullName;
        try
        {
            return await Walk(Path.GetFullPath(executable), folder, terminal, ct);
        }
        finally
        {
            if (keep)
            {
                Terminal.Note($"一時フォルダー {folder}");
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<int> Walk(string executable, string folder, Terminal terminal, CancellationToken ct)
    {
        if ((await PrivateServer.Start(executable, folder, TimeProvider.System, ct)).Refused(out var refusal, out var server))
        {
            Terminal.Refuse(refusal);
            return ExitCode.No;
        }

        var narrator = new Narrator(terminal);
        var held = false;
        await using (server)
        {
            using var passage = new Passage(server, narrator, TimeProvider.System, ct);
            try
            {
                await passage.Walk();
                held = true;
                terminal.Line("すべての歩みが成り立ちました。");
            }
            catch (StepFailedException)
            {
                Terminal.Note("✗ の歩みが成り立ちませんでした。サーバーの出力:\n" + server.Output);
            }
        }

        terminal.Json(new { held, narrator.Steps });
        return held ? ExitCode.Ok : ExitCode.No;
    }
}
