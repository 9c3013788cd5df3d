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
        var proof = new Option<string?>("--proof") { Description = "台帳の証明 (指定しない場合は隣の .ack.proof と .ack.tlog-proof)", HelpName = "FILE" };
        var policy = LedgerPolicy.PolicyOption();
        var key = LedgerPolicy.KeyOption();
        var authority = new Option<string?>("--ca") { Description = "認証局の証明書 (指定しない場合は登録済みのもの)", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("verify", "受領確認を検証する (通信しない)") { file, content, proof, policy, key, authority, json };
        command.SetAction((parsed, ct) => Run(
            new Asked(
                parsed.GetRequiredValue(file),
                parsed.GetValue(content),
                parsed.GetValue(proof),
                parsed.GetValue(authority),
                new LedgerPolicy(parsed.GetValue(policy), parsed.GetValue(key))),
            new Terminal(parsed.GetValue(json)),
            ct));
        return command;
    }

    private sealed record Asked(string File, string? Content, string? Proof, string? Authority, LedgerPolicy Policy);

    private static async Task<int> Run(Asked asked, Terminal terminal, CancellationToken ct)
    {
        var (file, content, authority) = (asked.File, asked.Content, asked.Authority);
        var proofFiles = asked.Proof is null ? BesideProofs(file) : [asked.Proof];
        foreach (var needed in (string?[])[file, content, authority, asked.Policy.File, .. proofFiles])
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
        var proofs = await Task.WhenAll(proofFiles.Select(f => File.ReadAllBytesAsync(f, ct)));
        var logProof = Array.Find(proofs, p => !TlogProof.IsOne(p));
        if ((await MessageProof.Of(message, content, logProof, known, TimeProvider.System, ct)).Refused(out var unknown, out var proof))
        {
            terminal.Json(new { file, holds = false, steps = Array.Empty<ProofStep>() });
            return Terminal.Refuse(unknown, file);
        }

        if (Array.Find(proofs, p => TlogProof.IsOne(p)) is { } tlogProof)
        {
            LedgerPlace.AddTo(proof, message, tlogProof, asked.Policy);
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

    private static string[] BesideProofs(string file)
    {
        if (!file.EndsWith(AcknowledgementEnding, StringComparison.Ordinal))
        {
            return [];
        }

        var stem = file[..^AcknowledgementEnding.Length];
        return [.. new[] { stem + ".ack.proof", stem + ".ack.tlog-proof" }.Where(File.Exists)];
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
