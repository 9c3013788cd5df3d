using System.CommandLine;
using Sekisho.Cli.Proving;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Commands;

/// <summary><c>sekisho verify</c> — says offline what a signed message proves.</summary>
internal static class VerifyCommand
{
    private const string AcknowledgementEnding = ".ack.p7s";

    public static Command Create()
    {
        var file = new Argument<string>("FILE.ack.p7s") { Description = "受領確認 (受取証・封筒でもよい)" };
        var content = new Option<string?>("--content") { Description = "送った (受け取った) ファイル: 内容が同じか照合する", HelpName = "FILE" };
        var proof = new Option<string?>("--proof") { Description = "台帳の証明 (指定しない場合は隣の .ack.proof)", HelpName = "FILE" };
        var authority = new Option<string?>("--ca") { Description = "認証局の証明書 (指定しない場合は登録済みのもの)", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("verify", "受領確認を検証する (通信しない)") { file, content, proof, authority, json };
        command.SetAction((parsed, ct) => Run(
            parsed.GetRequiredValue(file), parsed.GetValue(content), parsed.GetValue(proof), parsed.GetValue(authority), new Terminal(parsed.GetValue(json)), ct));
        return command;
    }

    private static async Task<int> Run(string file, string? content, string? proofFile, string? authority, Terminal terminal, CancellationToken ct)
    {
        proofFile ??= BesideProof(file);
        foreach (var needed in new[] { file, content, proofFile, authority })
        {
            if (needed is not null && !File.Exists(needed))
            {
                return Terminal.Refuse(Refusals.FileMissing, needed);
            }
        }

        if (Known(authority).Refused(out var refusal, out var known))
        {
            return Terminal.Refuse(refusal);
        }

        var message = await File.ReadAllBytesAsync(file, ct);
        var logProof = proofFile is null ? null : await File.ReadAllBytesAsync(proofFile, ct);
        if ((await MessageProof.Of(message, content, logProof, known, TimeProvider.System, ct)).Refused(out var unknown, out var proof))
        {
            terminal.Json(new { file, holds = false, steps = Array.Empty<ProofStep>() });
            return Terminal.Refuse(unknown, file);
        }

        Print(file, proof, terminal);
        return proof.Holds ? ExitCode.Ok : ExitCode.No;
    }

    private static void Print(string file, Proof proof, Terminal terminal)
    {
        foreach (var step in proof.Steps)
        {
            terminal.Line($"{step.Mark} {step.Name}: {step.Detail}");
        }

        terminal.Line(proof.Holds ? "検証できたことは ✓ のとおりです。" : "✗ のとおり、成り立たないことがあります。この受領確認を証拠として扱わず、運営者に連絡してください。");
        terminal.Json(new { file, holds = proof.Holds, steps = proof.Steps.Select(s => new { s.Name, s.Answer, s.Detail }) });
    }

    private static string? BesideProof(string file)
    {
        if (!file.EndsWith(AcknowledgementEnding, StringComparison.Ordinal))
        {
            return null;
        }

        var beside = file[..^AcknowledgementEnding.Length] + ".ack.proof";
        return File.Exists(beside) ? beside : null;
    }

    private static Outcome<KnownSites> Known(string? authority)
    {
        var known = new TrustFolder(Configuration.FromEnvironment().Trust).All();
        if (authority is null)
        {
            return known.Authorities.Count > 0 ? known : Refusals.AuthorityMissing;
        }

        return DeviceCertificate.ReadAuthority(authority) is { } stated
            ? known with { Authorities = [stated] }
            : Refusals.AuthorityMissing with { Text = $"{authority} は証明書ではありません。" };
    }
}
