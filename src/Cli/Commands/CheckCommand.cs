using System.CommandLine;
using System.Globalization;
using Sekisho.Formats;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho check</c> — what reception will say, said here and without a line.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "請求ファイル (RECEIPTC.UKE)", Arity = ArgumentArity.OneOrMore };
        var masters = new Option<string?>("--masters") { Description = "基本マスターのフォルダー (指定しない場合、マスターが要る点検は実行されません)", HelpName = "DIR" };
        var month = new Option<string?>("--month") { Description = "受付年月 (指定しない場合は今月)", HelpName = "YYYYMM" };
        var json = CommonOptions.Json();
        var command = new Command("check", "請求ファイルを点検する (受付・事務点検と同じ点検を手元で行う)") { files, masters, month, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(files), parsed.GetValue(masters), parsed.GetValue(month), new Terminal(parsed.GetValue(json))));
        return command;
    }

    private static int Run(string[] files, string? mastersFolder, string? month, Terminal terminal)
    {
        if (Context(mastersFolder, month).Refused(out var refusal, out var context))
        {
            return Terminal.Refuse(refusal);
        }

        var code = ExitCode.Ok;
        var results = new List<CheckedFile>();
        foreach (var file in files)
        {
            if (CheckedFile.Run(file, context).Refused(out var unreadable, out var result))
            {
                code = Math.Max(code, Terminal.Refuse(unreadable, file));
                continue;
            }

            results.Add(result);
            Print(result, terminal);
            code = Math.Max(code, ExitFor(result));
        }

        if (files.Length > 1)
        {
            terminal.Json(results.Select(r => r.ToAnswer()));
        }
        else if (results.Count == 1)
        {
            terminal.Json(results[0].ToAnswer());
        }

        return code;
    }

    private static Outcome<CheckContext> Context(string? mastersFolder, string? month)
    {
        var reception = YearMonth.Of(TimeProvider.System.GetUtcNow().DayInJapan());
        if (month is not null && !YearMonth.TryParse(month, out reception))
        {
            return Refusals.MonthInvalid;
        }

        if (mastersFolder is null)
        {
            return new CheckContext(reception);
        }

        if (!Directory.Exists(mastersFolder))
        {
            return Refusals.FileMissing with { Text = $"マスターのフォルダー {mastersFolder} がありません。" };
        }

        var (masters, report) = MasterSet.Load(mastersFolder);
        foreach (var load in report)
        {
            Terminal.Note($"マスター {load}");
        }

        return new CheckContext(reception, masters);
    }

    private static int ExitFor(CheckedFile result)
    {
        if (!result.IsClaimFile)
        {
            return Terminal.Refuse(Refusals.NotAClaimFile, result.File);
        }

        return result.Findings.Any(f => Severities.IsAboveNotice(f.Rule.Severity.ToString())) ? ExitCode.No : ExitCode.Ok;
    }

    private static void Print(CheckedFile result, Terminal terminal)
    {
        var report = result.Report;
        if (result.IsClaimFile)
        {
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.File}  {report.Kind}  請求年月 {report.Header?.BillingMonth}  {report.Claims:N0} 件  {report.Points:N0} 点"));
        }
        else
        {
            terminal.Line(result.File);
        }

        FindingLines.Print(result.Findings.Select(FoundLine.Of), result.Title, terminal);
        terminal.Line("  " + Severities.Counts(result.CountsBySeverity()));
        foreach (var same in report.NotRun.GroupBy(r => r.Value, r => r.Key).OrderBy(g => g.Min(), StringComparer.Ordinal))
        {
            Terminal.Note($"未実行 {string.Join('・', same.Order(StringComparer.Ordinal))}: {same.Key}");
        }

        if (report.Rejected)
        {
            terminal.Line("  このままではファイル全体が受付不能になります。");
        }
    }
}
