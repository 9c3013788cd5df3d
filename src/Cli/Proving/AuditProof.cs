using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Proving;

/// <summary>Everything an export claims, checked offline.</summary>
internal static class AuditProof
{
    public static Outcome<Proof> Of(string path, KnownSites known)
    {
        if (AuditFiles.Read(path).Refused(out var refusal, out var files))
        {
            return refusal;
        }

        var proof = new Proof();
        var differing = files.Differing();
        proof.Add("ファイル", differing.Count == 0, differing.Count == 0 ? "すべて SHA256SUMS のとおり" : $"{string.Join("、", differing)} が SHA256SUMS と違います");
        var checkpoint = Signature(proof, files, known);
        Rows(proof, files);
        Leaves(proof, files);
        Inclusion(proof, files, checkpoint);
        Continuity(proof, files);
        return proof;
    }

    private static Checkpoint? Signature(Proof proof, AuditFiles files, KnownSites known)
    {
        using var bundled = Bundled(files);
        var own = known.Authorities.Count == 0 && bundled is not null;
        var trust = own ? new Trust([bundled!]) : known.ToTrust();
        var at = TimeProvider.System.GetUtcNow();
        if (Cms.Verify(files[AuditBundle.Checkpoint], trust, at).Refused(out var refusal, out var signed) || Checkpoint.Parse(signed.Content).Refused(out refusal, out var checkpoint))
        {
            proof.Add("署名", false, $"{refusal.Text} [{refusal.Code}]");
            return null;
        }

        var centre = trust.Operators.Contains(signed.Identity.Organisation);
        proof.Add("署名", centre, centre ? $"センター {signed.Identity.Organisation} · 環境 {signed.Identity.Environment}" : "署名したのは認証局に記載されたセンターではありません");
        if (own)
        {
            proof.Skip("認証局", $"同梱の証明書で検証しました。運営者の公表する指紋と照合してください: SHA-256 {bundled!.GetCertHashString(HashAlgorithmName.SHA256)}");
        }

        return centre ? checkpoint : null;
    }

    private static X509Certificate2? Bundled(AuditFiles files)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(files[AuditBundle.Authority]));
        }
        catch (Exception e) when (e is CryptographicException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The CSV is nothing but the records, in their order.</summary>
    private static void Rows(Proof proof, AuditFiles files)
    {
        var expected = new StringBuilder("\uFEFF").Append(AuditBundle.Header).Append("\r\n");
        var count = 0;
        foreach (var line in files.Lines.Where(l => l.State == BundledState.Event))
        {
            if (line.Record is null || AuditRecord.Parse(Encoding.UTF8.GetBytes(line.Record)).Refused(out _, out var record))
            {
                proof.Add("CSV", false, At($"{line.Position} 番の記録を読めません"));
                return;
            }

            expected.Append(AuditBundle.Line(line.Position, record)).Append("\r\n");
            count++;
        }

        var same = Encoding.UTF8.GetBytes(expected.ToString()).AsSpan().SequenceEqual(files[AuditBundle.Events]);
        proof.Add("CSV", same, same ? At($"{count:N0} 行が記録のとおり") : "events.csv が記録と違います: " + FirstOther(expected.ToString(), Encoding.UTF8.GetString(files[AuditBundle.Events])));
    }

    private static void Leaves(Proof proof, AuditFiles files)
    {
        foreach (var line in files.Lines)
        {
            var leaf = line.State switch
            {
                BundledState.Event when AuditRecord.Parse(Encoding.UTF8.GetBytes(line.Record ?? "")).Succeeded(out var record, out _) => record.Leaf(),
                BundledState.Event or BundledState.Earlier => line.Leaf ?? [],
                _ => null,
            };
            if (leaf is not null && !MerkleTree.LeafHash(leaf).AsSpan().SequenceEqual(line.LeafHash))
            {
                proof.Add("葉", false, At($"{line.Position} 番の記録が、台帳の葉と違います"));
                return;
            }
        }

        proof.Add("葉", true, "すべての記録が台帳の葉のとおり");
    }

    private static void Inclusion(Proof proof, AuditFiles files, Checkpoint? checkpoint)
    {
        if (checkpoint is null)
        {
            proof.Skip("台帳", "署名が成り立たないため、照合していません");
            return;
        }

        var root = MerkleBatch.Root([.. files.Lines.Select(l => l.Position)], [.. files.Lines.Select(l => l.LeafHash)], checkpoint.Size, files.Proof);
        var holds = root is not null && root.AsSpan().SequenceEqual(checkpoint.Root);
        proof.Add("台帳", holds, holds ? At($"{checkpoint.Origin} · 台帳 {checkpoint.Size:N0} 件 · 根 {Convert.ToHexStringLower(checkpoint.Root)}") : "葉と証明から計算した根が、署名された根と違います");
    }

    private static void Continuity(Proof proof, AuditFiles files)
    {
        var (manifest, lines) = (files.Manifest, files.Lines);
        if (!manifest.Full)
        {
            proof.Skip("網羅", $"条件を絞った書き出しのため、欠けがないことは示しません ({manifest.Conditions})");
            return;
        }

        var whole = lines.Count > 0 && lines[0].Position == manifest.First && lines[^1].Position == manifest.Last && manifest.Last - manifest.First + 1 == lines.Count;
        var withheld = lines.Count(l => l.State == BundledState.Protected);
        proof.Add("網羅", whole, whole
            ? At($"{manifest.From} から {manifest.Until} まで: 位置 {manifest.First} から {manifest.Last} に欠けなし · 保護対象 {withheld} 件 · 期限経過 {lines.Count(l => l.State == BundledState.Expired)} 件")
            : "位置に欠けがあります");
    }

    private static string FirstOther(string expected, string found)
    {
        var (left, right) = (expected.Split("\r\n"), found.Split("\r\n"));
        var row = left.Zip(right).TakeWhile(p => p.First == p.Second).Count();
        return At($"{row + 1} 行目");
    }

    private static string At(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
