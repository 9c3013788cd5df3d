using System.CommandLine;
using System.Globalization;
using Sekisho.Cli.Site;
using Sekisho.Formats;
using Sekisho.Wire;

namespace Sekisho.Cli.Proving;

/// <summary>Whose checkpoints are believed: a policy file, a stated key, or the keys pinned at earlier contacts.</summary>
internal sealed record LedgerPolicy(string? File, string? Key)
{
    public static Option<string?> PolicyOption() => new("--policy") { Description = "信頼する台帳と証人、必要な証人の数 (tlog-policy のファイル)", HelpName = "FILE" };

    public static Option<string?> KeyOption() => new("--log-key") { Description = "台帳の公開鍵 (vkey)。指定しない場合は接続したときに登録したもの", HelpName = "VKEY" };

    /// <summary>The policy for a ledger; CI-0208 when nothing says whom to believe.</summary>
    public Outcome<TlogPolicy> For(string origin)
    {
        if (File is not null)
        {
            return System.IO.File.Exists(File) ? TlogPolicy.Parse(System.IO.File.ReadAllBytes(File)) : Refusals.FileMissing;
        }

        if (Key is not null)
        {
            return NoteKey.Parse(Key).Refused(out var refusal, out var stated) ? refusal : TlogPolicy.Of(stated);
        }

        var pinned = new TrustFolder(Configuration.FromEnvironment().Trust).LedgerKeys().FirstOrDefault(k => k.Name == origin);
        return pinned is null ? Refusals.LedgerKeyMissing : TlogPolicy.Of(pinned);
    }
}

/// <summary>The step of a verification that asks a C2SP tlog-proof for the acknowledgement's place.</summary>
internal static class LedgerPlace
{
    private const string Step = "台帳と証人";

    public static void AddTo(Proof proof, byte[] acknowledgement, byte[] sidecar, LedgerPolicy stated)
    {
        if (TlogProof.Parse(sidecar).Refused(out var refusal, out var place))
        {
            proof.Add(Step, false, $"{refusal.Text} [{refusal.Code}]");
            return;
        }

        if (stated.For(place.Checkpoint.Checkpoint.Origin).Refused(out refusal, out var policy))
        {
            if (refusal == Refusals.LedgerKeyMissing)
            {
                proof.Skip(Step, $"{refusal.Text} {refusal.Remedy}");
            }
            else
            {
                proof.Add(Step, false, $"{refusal.Text} [{refusal.Code}]");
            }

            return;
        }

        var outcome = Verifier.Place(acknowledgement, place, policy);
        proof.Add(Step, outcome.Succeeded(out var trusted, out refusal), trusted is null ? $"{refusal!.Text} [{refusal.Code}]" : Said(place.Index, trusted));
    }

    private static string Said(long index, TrustedCheckpoint trusted)
    {
        var witnesses = trusted.Witnesses.Count == 0 ? "証人の署名は求めていません" : "証人 " + string.Join("、", trusted.Witnesses.Select(w => $"{w.Name} ({Jst(w.At)})"));
        return string.Create(CultureInfo.InvariantCulture, $"{trusted.Log.Name} の {index} 番 · 台帳 {trusted.Checkpoint.Size} 件 · {witnesses}");
    }

    private static string Jst(DateTimeOffset at) => at.InJapan().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
