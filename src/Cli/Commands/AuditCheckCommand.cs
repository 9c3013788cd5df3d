using System.CommandLine;
using Sekisho.Cli.Proving;
using Sekisho.Cli.Site;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho audit check</c> — says offline whether an export is what the ledger holds.</summary>
internal static class AuditCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("BUNDLE.zip") { Description = "監査ログの書き出し" };
        var authority = new Option<string?>("--ca") { Description = "認証局の証明書 (指定しない場合は登録済みのもの、なければ同梱のもの)", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("check", "監査ログの書き出しを検証する (通信しない)") { file, authority, json };
        command.SetAction((parsed, _) => Task.FromResult(Run(parsed.GetRequiredValue(file), parsed.GetValue(authority), new Terminal(parsed.GetValue(json)))));
        return command;
    }

    private static int Run(string file, string? authority, Terminal terminal)
    {
        foreach (var needed in new[] { file, authority })
        {
            if (needed is not null && !File.Exists(needed))
            {
                return Terminal.Refuse(Refusals.FileMissing, needed);
            }
        }

        var stated = authority is null ? null : DeviceCertificate.ReadAuthority(authority);
        if (authority is not null && stated is null)
        {
            return Terminal.Refuse(Refusals.AuthorityMissing with { Text = $"{authority} は証明書ではありません。" });
        }

        var known = new TrustFolder(Configuration.FromEnvironment().Trust).All();
        if (AuditProof.Of(file, stated is null ? known : known with { Authorities = [stated] }).Refused(out var refusal, out var proof))
        {
            return Terminal.Refuse(refusal, file);
        }

        foreach (var step in proof.Steps)
        {
            terminal.Line($"{step.Mark} {step.Name}: {step.Detail}");
        }

        terminal.Line(proof.Holds ? "検証できたことは ✓ のとおりです。" : "✗ のとおり、成り立たないことがあります。この書き出しを証拠として扱わず、運営者に連絡してください。");
        terminal.Json(new { file, holds = proof.Holds, steps = proof.Steps.Select(s => new { s.Name, s.Answer, s.Detail }) });
        return proof.Holds ? ExitCode.Ok : ExitCode.No;
    }
}
