using System.CommandLine;
using Sekisho.Cli.Commands;

namespace Sekisho.Cli;

/// <summary>The commands of <c>sekisho</c>; each lives in its own file under Commands.</summary>
internal static class CommandLine
{
    /// <summary>How long a command that is told to stop may finish what it has in hand; the library's two seconds cut a busy desk off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command; the answer is the exit code (docs/operations/cli.md).</summary>
    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("関所: 医療保険オンラインサービスの端末コマンド")
        {
            CheckCommand.Create(),
            SendCommand.Create(),
            ReceiveCommand.Create(),
            VerifyCommand.Create(),
            DecisionCommand.Confirm(),
            DecisionCommand.Cancel(),
            ReceptionsCommand.Create(),
            AuditCommand.Create(),
            WitnessCommand.Create(),
            CertificateCommand.Create(),
            AgentCommand.Create(),
            CardCommand.Create(),
            StoryCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Patience });
        }

        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync($"✗ {error.Message}");
        }

        await Console.Error.WriteLineAsync($"  → 使い方: sekisho {NameOf(parsed)}--help");
        return ExitCode.Usage;
    }

    private static string NameOf(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
}
