using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>What came of asking one witness.</summary>
internal sealed record WitnessOutcome(WitnessRow Row, NoteSignature? Cosignature);

/// <summary>Asks witnesses for their cosignature (C2SP tlog-witness). Whatever a witness does, the ledger goes on: faults are kept as its state. Singleton.</summary>
internal sealed class WitnessClient(LedgerOptions options, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>Proves <paramref name="checkpoint"/> from what the witness holds; <paramref name="proof"/> gives the consistency proof from a size.</summary>
    public async ValueTask<WitnessOutcome> Ask(
        KnownWitness witness, WitnessRow row, SignedCheckpoint checkpoint, Func<long, ValueTask<IReadOnlyList<byte[]>>> proof, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.WitnessTimeout);
        try
        {
            return await Ask(witness, row, checkpoint, proof, again: true, patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException or IOException && !ct.IsCancellationRequested)
        {
            return Failed(row, e is OperationCanceledException ? "時間内に答えません。" : "接続できません。");
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<WitnessOutcome> Ask(
        KnownWitness witness, WitnessRow row, SignedCheckpoint checkpoint, Func<long, ValueTask<IReadOnlyList<byte[]>>> proof, bool again, CancellationToken ct)
    {
        var size = checkpoint.Checkpoint.Size;
        if (row.Size > size)
        {
            return Failed(row, RolledBack(row.Size, size));
        }

        using var body = new ByteArrayContent(new AddCheckpoint(row.Size, await proof(row.Size), checkpoint.Note.ToBytes()).ToBytes());
        using var answer = await _http.PostAsync(witness.AddCheckpoint, body, ct);
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(ct));
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return Cosigned(witness, row, checkpoint, text);
        }

        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            return Failed(row, answer.StatusCode switch
            {
                HttpStatusCode.UnprocessableEntity => $"証人が持つ {row.Size} 件のチェックポイントから続いていないと言っています。台帳が書き換えられたか分岐しています。",
                HttpStatusCode.NotFound or HttpStatusCode.Forbidden => "この台帳の公開鍵を知りません。証人に登録してください。",
                _ => $"HTTP {(int)answer.StatusCode} を答えました。",
            });
        }

        if (!long.TryParse(text.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var held))
        {
            return Failed(row, "大きさの答えが正しくありません。");
        }

        return held == row.Size ? Failed(row, $"同じ {held} 件の、異なるチェックポイントを持っています。台帳が分岐しています。")
            : held > size ? Failed(row with { Size = held }, RolledBack(held, size))
            : again ? await Ask(witness, row with { Size = held }, checkpoint, proof, again: false, ct)
            : Failed(row, "大きさの答えが定まりません。");
    }

    private WitnessOutcome Cosigned(KnownWitness witness, WitnessRow row, SignedCheckpoint checkpoint, string text)
    {
        var lines = SignedNote.Lines(text)?.Where(l => l.Name == witness.Name && l.KeyId == witness.Key.KeyId).ToList() ?? [];
        return lines.Count == 1 && witness.Key.Check(checkpoint.Note with { Signatures = lines }).Succeeded(out _, out _)
            ? new WitnessOutcome(new WitnessRow(row.Key, checkpoint.Checkpoint.Size, time.GetUtcNow(), ""), lines[0])
            : Failed(row, "署名が、設定した公開鍵のものではありません。");
    }

    private static WitnessOutcome Failed(WitnessRow row, string fault) => new(row with { Fault = fault }, null);

    private static string RolledBack(long held, long size) => $"証人は {held} 件の台帳を見ていますが、いまの台帳は {size} 件です。台帳が巻き戻されています。";
}
