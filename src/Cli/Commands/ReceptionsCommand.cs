using System.CommandLine;
using System.Text.Json;
using Sekisho.Cli.Site;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho receptions</c> — lists receptions, or shows the result of one.</summary>
internal static class ReceptionsCommand
{
    public static Command Create()
    {
        var number = new Argument<string?>("RECEPTION") { Description = "受付番号 (指定しない場合は一覧)", Arity = ArgumentArity.ZeroOrOne };
        var month = new Option<string?>("--month") { Description = "請求年月", HelpName = "YYYYMM" };
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("receptions", "受付状況の一覧、または 1 件の受付・事務点検結果を見る") { number, month, json };
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
                return parsed.GetValue(number) is { } one ? await Result(site, one, terminal, ct) : await List(site, parsed.GetValue(month), terminal, ct);
            }
        });
        return command;
    }

    private static async Task<int> List(Connection site, string? month, Terminal terminal, CancellationToken ct)
    {
        if (month is not null && !YearMonth.TryParse(month, out _))
        {
            return Terminal.Refuse(Refusals.MonthInvalid);
        }

        if ((await site.Get<List<ReceptionAnswer>>("/claims/receptions" + (month is null ? "" : $"?month={month}"), ct)).Refused(out var refusal, out var list))
        {
            return Terminal.Refuse(refusal);
        }

        foreach (var reception in list)
        {
            Receptions.Print(reception, terminal);
        }

        if (list.Count == 0)
        {
            terminal.Line("受付はありません。");
        }

        terminal.Json(list);
        return ExitCode.Ok;
    }

    private static async Task<int> Result(Connection site, string number, Terminal terminal, CancellationToken ct)
    {
        if ((await site.Get<JsonElement>($"/claims/receptions/{Uri.EscapeDataString(number)}", ct)).Refused(out var refusal, out var answer))
        {
            return Terminal.Refuse(refusal, number);
        }

        if (Receptions.Read(answer) is not { } reception)
        {
            return Terminal.Refuse(Refusals.AnswerUnknown);
        }

        var findings = answer.TryGetProperty("findings", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(Receptions.Finding).ToList() : [];
        Receptions.Print(reception, terminal);
        FindingLines.Print(findings, claim => claim == 0 ? "ファイル全体" : $"レセプト {claim}", terminal);
        terminal.Line("  " + Severities.Counts(findings.GroupBy(f => f.Severity).ToDictionary(g => g.Key, g => g.Count())));
        terminal.Json(new { reception, findings });
        return ExitCode.Ok;
    }
}
