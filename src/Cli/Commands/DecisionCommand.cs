using System.CommandLine;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho confirm</c> and <c>sekisho cancel</c> — the institution decides about receptions: 請求確定 or 取消.</summary>
internal static class DecisionCommand
{
    public static Command Confirm() => Create("confirm", "請求確定する", "請求確定しました");

    public static Command Cancel() => Create("cancel", "取消する (訂正して送り直す前など)", "取消しました");

    private static Command Create(string name, string description, string done)
    {
        var numbers = new Argument<string[]>("RECEPTION") { Description = "受付番号", Arity = ArgumentArity.OneOrMore };
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command(name, description) { numbers, json };
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
                return await Run(site, name, done, parsed.GetRequiredValue(numbers), terminal, ct);
            }
        });
        return command;
    }

    private static async Task<int> Run(Connection site, string act, string done, string[] numbers, Terminal terminal, CancellationToken ct)
    {
        var code = ExitCode.Ok;
        var decided = new List<ReceptionAnswer>();
        foreach (var number in numbers)
        {
            Outcome<ReceptionAnswer> outcome = await site.Post<ReceptionAnswer>($"/claims/receptions/{Uri.EscapeDataString(number)}/{act}", null, ct);
            if (outcome.Refused(out var refusal, out var reception))
            {
                code = Math.Max(code, Terminal.Refuse(refusal, number));
                continue;
            }

            decided.Add(reception);
            terminal.Line($"✓ {done}。");
            Receptions.Print(reception, terminal);
        }

        terminal.Json(decided);
        return code;
    }
}
