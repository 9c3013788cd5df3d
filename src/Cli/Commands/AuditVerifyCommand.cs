using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sekisho.Cli.Auditing;
using Sekisho.Cli.Proving;
using Sekisho.Cli.Site;
using Sekisho.Cli.Story;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho audit verify</c> — reads a ledger, from outside over its tiles or at the centre from its data folder, and says what does not hold.</summary>
internal static class AuditVerifyCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "センターのデータフォルダ (台帳・監査・受領確認・保存した内容のすべて)", HelpName = "DIR" };
        var executable = new Option<string?>("--server-exe") { Description = "--data で使うサーバーの実行ファイル", HelpName = "FILE" };
        var state = new Option<string?>("--state") { Description = "どこまで検証したかを残すファイル", HelpName = "FILE" };
        var fromStart = new Option<bool>("--from-start") { Description = "前回の続きではなく、最初から読む (前回の結果とも照合する)" };
        var hashesOnly = new Option<bool>("--hashes-only") { Description = "記録そのものは読まず、ハッシュ値だけを検証する" };
        var (policy, key, json) = (LedgerPolicy.PolicyOption(), LedgerPolicy.KeyOption(), CommonOptions.Json());
        var connection = new ConnectionOptions(isRequired: false);
        connection.Server.Aliases.Add("--url");
        var command = new Command("verify", "台帳を検証し、書換え・欠落・巻戻し・分岐を見つける") { data, executable, state, fromStart, hashesOnly, policy, key, json };
        connection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(data) is { } folder)
            {
                return await AtTheCentre(folder, parsed.GetValue(executable), parsed.GetValue(state), parsed.GetValue(fromStart), ct);
            }

            if (parsed.GetValue(connection.Server) is null || parsed.GetValue(connection.Certificate) is null)
            {
                await Console.Error.WriteLineAsync("✗ --data か、--url と --cert を指定してください。");
                return ExitCode.Usage;
            }

            var terminal = new Terminal(parsed.GetValue(json));
            if (connection.Open(parsed, terminal).Refused(out var refusal, out var site))
            {
                return Terminal.Refuse(refusal);
            }

            using (site)
            {
                var asked = new Asked(parsed.GetValue(state), parsed.GetValue(fromStart), parsed.GetValue(hashesOnly), new LedgerPolicy(parsed.GetValue(policy), parsed.GetValue(key)));
                return await FromOutside(site, asked, terminal, ct);
            }
        });
        return command;
    }

    private sealed record Asked(string? State, bool FromStart, bool HashesOnly, LedgerPolicy Policy);

    private static async Task<int> FromOutside(Connection site, Asked asked, Terminal terminal, CancellationToken ct)
    {
        var stateFile = asked.State ?? new TrustFolder(site.Configuration.Trust).MarkOf(site.Server);
        LedgerMark? mark = null;
        if (File.Exists(stateFile) && LedgerMark.Parse(await File.ReadAllBytesAsync(stateFile, ct)).Refused(out var refusal, out mark))
        {
            return Terminal.Refuse(refusal, stateFile);
        }

        if ((await Head(site, asked.Policy, ct)).Refused(out refusal, out var trusted))
        {
            return Terminal.Refuse(refusal, "チェックポイント");
        }

        if (mark is { Key.Length: > 0 } && mark.Key != trusted.Log.ToString())
        {
            return Terminal.Refuse(Refusals.LedgerKeyChanged, stateFile);
        }

        try
        {
            var result = await new LedgerAudit(new TiledLedger(site, trusted.Checkpoint, asked.HashesOnly)).Run(mark, asked.FromStart, ct);
            if (result.Faults.Count == 0)
            {
                var next = new LedgerMark(result.Head.Origin, trusted.Log.ToString(), result.Edge.Size, result.Edge.Hashes);
                await Files.WriteWhole(stateFile, next.ToBytes(), ct);
            }

            return Print(result, trusted, asked.HashesOnly, terminal);
        }
        catch (RefusedException e)
        {
            return Terminal.Refuse(e.Refusal);
        }
    }

    private static async Task<Outcome<TrustedCheckpoint>> Head(Connection site, LedgerPolicy stated, CancellationToken ct)
    {
        // The key that was remembered must still be the site's, whatever the policy says.
        if ((await site.LedgerKey(ct)).Refused(out var refusal, out var key)
            || (await site.GetBytes("/ledger/checkpoint", ct)).Refused(out refusal, out var note)
            || SignedCheckpoint.Parse(note).Refused(out refusal, out var signed))
        {
            return refusal;
        }

        if (stated is { File: null, Key: null })
        {
            return TlogPolicy.Of(key).Check(signed);
        }

        return stated.For(signed.Checkpoint.Origin).Refused(out refusal, out var policy) ? refusal : policy.Check(signed);
    }

    private static int Print(LedgerAuditResult result, TrustedCheckpoint trusted, bool hashesOnly, Terminal terminal)
    {
        foreach (var fault in result.Faults)
        {
            terminal.Line($"✗ {fault.Text}");
        }

        if (result.Faults.Count == 0)
        {
            var read = hashesOnly ? "ハッシュ値" : "記録とハッシュ値";
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"✓ {result.Head.Origin}: {result.From:N0} 番から {result.Head.Size:N0} 件目までの{read}を検証しました。根 {Convert.ToHexStringLower(result.Head.Root)}"));
            terminal.Line(trusted.Witnesses.Count > 0 ? "  証人 " + string.Join("、", trusted.Witnesses.Select(w => w.Name)) : "  証人の署名は求めていません (--policy)。");
        }

        terminal.Json(new
        {
            result.Head.Origin,
            result.From,
            result.Head.Size,
            Root = Convert.ToHexStringLower(result.Head.Root),
            Holds = result.Faults.Count == 0,
            Witnesses = trusted.Witnesses.Select(w => w.Name),
            Faults = result.Faults.Select(f => f.Text),
        });
        return result.Faults.Count == 0 ? ExitCode.Ok : ExitCode.No;
    }

    /// <summary>The same verifier over the database and the stored content: the server's own, which alone can read them.</summary>
    private static async Task<int> AtTheCentre(string folder, string? executable, string? state, bool fromStart, CancellationToken ct)
    {
        if ((executable ?? ServerExecutable.Find()) is not { } server || !File.Exists(server))
        {
            return Terminal.Refuse(Refusals.ServerMissing);
        }

        List<string> arguments = ["admin", "audit", "verify", $"--DataFolder={Path.GetFullPath(folder)}"];
        if (state is not null)
        {
            arguments.Add($"--state={Path.GetFullPath(state)}");
        }

        if (fromStart)
        {
            arguments.Add("--from-start=true");
        }

        using var process = Process.Start(new ProcessStartInfo(Path.GetFullPath(server), arguments) { WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(server)) })!;
        await process.WaitForExitAsync(ct);
        return process.ExitCode switch { 0 => ExitCode.Ok, 1 => ExitCode.No, 2 => ExitCode.Input, _ => ExitCode.Line };
    }
}
