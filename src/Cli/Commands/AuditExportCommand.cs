using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using Sekisho.Cli.Site;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho audit export</c> — fetches a part of the audit log with its proof.</summary>
internal static class AuditExportCommand
{
    public static Command Create()
    {
        var from = new Option<string?>("--from") { Description = "期間の始まり (日本の日付)", HelpName = "YYYY-MM-DD" };
        var until = new Option<string?>("--until") { Description = "期間の終わり", HelpName = "YYYY-MM-DD" };
        var kind = new Option<string?>("--kind") { Description = "事象の名前 (docs/audit-events.md)", HelpName = "KIND" };
        var organisation = new Option<Guid?>("--organisation") { Description = "組織", HelpName = "UUID" };
        var person = new Option<Guid?>("--person") { Description = "操作した人", HelpName = "UUID" };
        var reason = new Option<string>("--reason") { Description = "書き出す理由 (記録に残る)", HelpName = "TEXT", Required = true };
        var to = new Option<string>("--out") { Description = "書き出す先のフォルダー", HelpName = "DIR", Required = true };
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var command = new Command("export", "監査ログを証明付きの ZIP (【厳秘】) に書き出す") { from, until, kind, organisation, person, reason, to, json };
        connection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var terminal = new Terminal(parsed.GetValue(json));
            if (!IsDay(parsed.GetValue(from)) || !IsDay(parsed.GetValue(until)))
            {
                return Terminal.Refuse(Refusals.DayInvalid);
            }

            if (connection.Open(parsed, terminal).Refused(out var refusal, out var site))
            {
                return Terminal.Refuse(refusal);
            }

            using (site)
            {
                var query = new
                {
                    from = parsed.GetValue(from),
                    until = parsed.GetValue(until),
                    kind = parsed.GetValue(kind),
                    organisation = parsed.GetValue(organisation),
                    person = parsed.GetValue(person),
                    reason = parsed.GetRequiredValue(reason),
                };
                return await Run(site, query, parsed.GetRequiredValue(to), terminal, ct);
            }
        });
        return command;
    }

    private static async Task<int> Run(Connection site, object query, string to, Terminal terminal, CancellationToken ct)
    {
        var sent = await site.Send(
            () => new HttpRequestMessage(HttpMethod.Post, "/assurance/audit/exports") { Content = JsonContent.Create(query, query.GetType(), options: Terminal.Options) }, again: false, ct);
        if (sent.Refused(out var refusal, out var response))
        {
            return Terminal.Refuse(refusal);
        }

        using (response)
        {
            var name = response.Content.Headers.ContentDisposition?.FileNameStar ?? "【厳秘】監査ログ.zip";
            var bytes = await response.Content.ReadAsByteArrayAsync(ct);
            var digest = Files.Digest(bytes);
            if (!response.Headers.TryGetValues("Sekisho-Content-Sha256", out var stated) || stated.Single() != digest)
            {
                return Terminal.Refuse(Refusals.ExportDamaged);
            }

            var file = Path.Combine(Files.Folder(to), string.Concat(name.Split(Path.GetInvalidFileNameChars())));
            await Files.WriteWhole(file, bytes, ct);
            terminal.Line($"✓ {file}");
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"  {bytes.Length:N0} バイト · SHA-256 {digest}"));
            terminal.Line("  次に: sekisho audit check で、この ZIP が台帳のとおりであることを確かめてください。");
            terminal.Json(new { file, sha256 = digest, length = bytes.Length });
            return ExitCode.Ok;
        }
    }

    private static bool IsDay(string? day) => day is null || DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
