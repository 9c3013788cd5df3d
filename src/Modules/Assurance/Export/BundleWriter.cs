using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Modules.Assurance.Log;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Export;

/// <summary>Writes the ZIP of an export: what people read, what proves it, and how to check it (docs/protocol/audit-export.md).</summary>
internal sealed class BundleWriter(Gathered gathered, AuditView view, Actor by, string authorityPem, DateTimeOffset at)
{
    private static readonly UTF8Encoding _utf8 = new(false);
    private readonly StringBuilder _sums = new();

    /// <summary>The classification is in the name: interchange files inside keep theirs.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"【厳秘】監査ログ_{view.From:yyyyMMdd}-{view.Until:yyyyMMdd}.zip");

    public async Task Write(Stream to, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        await Add(zip, AuditBundle.Readme, Readme(), ct);
        await Add(zip, AuditBundle.Manifest, JsonSerializer.SerializeToUtf8Bytes(Manifest(), SiteJson.Options), ct);
        await Add(zip, AuditBundle.Events, Events(), ct);
        await Add(zip, AuditBundle.Positions, Positions(), ct);
        await Add(zip, AuditBundle.Proof, _utf8.GetBytes(string.Concat(gathered.Proof.Hashes.Select(h => Convert.ToBase64String(h) + "\n"))), ct);
        await Add(zip, AuditBundle.Checkpoint, gathered.Proof.Checkpoint, ct);
        await Add(zip, AuditBundle.Authority, _utf8.GetBytes(authorityPem.TrimEnd() + "\n"), ct);
        await Add(zip, AuditBundle.Sums, _utf8.GetBytes(_sums.ToString()), ct);
    }

    private async Task Add(ZipArchive zip, string name, byte[] content, CancellationToken ct)
    {
        if (name != AuditBundle.Sums)
        {
            _sums.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(name).Append('\n');
        }

        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await entry.WriteAsync(content, ct);
    }

    private object Manifest() => new
    {
        type = AuditBundle.Type,
        classification = "厳秘",
        made = at,
        by = by.Organisation,
        from = view.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        until = view.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        scope = view.Only is { } only ? only.ToString() : "site",
        conditions = AuditViews.Words(view),
        full = gathered.Full,
        includesProtected = view.Query.IncludeProtected,
        first = gathered.Places[0].Place.Position,
        last = gathered.Places[^1].Place.Position,
        size = gathered.Proof.Size,
        counts = gathered.Places.GroupBy(p => p.State).ToDictionary(g => g.Key.ToString(), g => g.Count()),
        kinds = AuditKinds.All.ToDictionary(k => k.Kind.ToString(), k => k.Title),
    };

    private byte[] Events()
    {
        var text = new StringBuilder("\uFEFF").Append(AuditBundle.Header).Append("\r\n");
        foreach (var place in gathered.Places.Where(p => p.Record is not null))
        {
            text.Append(AuditBundle.Line(place.Place.Position, place.Record!)).Append("\r\n");
        }

        return _utf8.GetBytes(text.ToString());
    }

    private byte[] Positions()
    {
        using var lines = new MemoryStream();
        foreach (var (place, state, record) in gathered.Places)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    position = place.Position,
                    state,
                    leafHash = place.LeafHash,
                    record = record is null ? null : Encoding.UTF8.GetString(record.ToBytes()),
                    leaf = state == BundledState.Earlier ? place.Leaf : null,
                },
                SiteJson.Options));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static byte[] Readme() => _utf8.GetBytes(
        """
        【厳秘】監査ログの書き出し

        この ZIP は、それだけで正しさを確かめられます。通信は要りません。

          sekisho audit check このZIP --ca ca.pem

        確かめること
          1. どのファイルも SHA256SUMS と一致すること
          2. checkpoint.p7s に、認証局（ca.pem）が認めたセンターの署名があること
          3. events.csv の各行が、positions.jsonl の記録と一字も違わないこと
          4. 各記録が、台帳の葉のハッシュ値と一致すること
          5. すべての葉が、署名された台帳に入っていること（proof.txt）
          6. 絞り込まない書き出し（manifest.json の full が true）では、最初の位置から最後の位置までに欠けがないこと

        認証局の証明書（ca.pem）は同梱しますが、運営者が公表するものと同じであることを、指紋（SHA-256）で必ず照合してください。
        stock の openssl でも署名を確かめられます:  openssl cms -verify -inform DER -CAfile ca.pem -in checkpoint.p7s

        「保護対象」（Protected）は、不開示該当など保護を受けている人の記録があることだけを示し、内容は誰にも示しません。
        「期限経過」（Expired）は、保存期間を過ぎて明細を消した記録です。葉のハッシュ値と位置は残ります。

        この ZIP を渡した相手・日時・目的を記録し、使い終わったら消してください。書き出したこと自体が、この ZIP の SHA-256 とともに監査ログに残っています。
        """.ReplaceLineEndings("\r\n"));
}
