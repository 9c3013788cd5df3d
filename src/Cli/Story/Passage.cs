using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Sekisho.Cli.Commands;
using Sekisho.Cli.Proving;
using Sekisho.Cli.Receiving;
using Sekisho.Cli.Sending;
using Sekisho.Cli.Site;
using Sekisho.Formats;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;
using static Sekisho.Cli.Story.StoryOutcomes;

namespace Sekisho.Cli.Story;

/// <summary>
/// The whole passage, once: a clinic's claim file goes in, a signed acknowledgement and the findings come out, the payer decides, the insurer collects
/// it, everybody holds a proof. Every participant speaks over its own certificate; nothing is looked up behind the server's back.
/// </summary>
internal sealed class Passage(PrivateServer server, Narrator tell, TimeProvider time, CancellationToken ct) : IDisposable
{
    private readonly Dictionary<string, Connection> _connections = [];
    private readonly string _work = Files.Folder(Path.Combine(server.Folder, "story"));
    private YearMonth _month;
    private Checkpoint? _first;

    private string Good => Path.Combine(_work, "RECEIPTC.UKE");

    private string Mistaken => Path.Combine(_work, "mistaken", "RECEIPTC.UKE");

    private string Authority => server.Demo("ca.pem");

    public async Task Walk()
    {
        await tell.Step("サーバーを開始 (一時フォルダー、SQLite、デモ環境)", Meet);
        await tell.Step("業務日を請求期間の 8 日にする (センター、開発環境のみ)", () => SetDay(8));
        var mistaken = await ClinicErrs();
        await tell.Step($"取消 {mistaken.Statement.Number} (医療機関)", () => Decide(mistaken, "cancel", "Cancelled"));
        var sent = await ClinicSends();
        await tell.Step($"請求確定 {sent.Statement.Number} (医療機関)", () => Decide(sent, "confirm", "Confirmed"));
        await tell.Step("業務日を 13 日にする", () => SetDay(13));
        await PayerDecides(sent);
        await InsurerReceives();
        await tell.Step("医療機関が受付結果を受け取り、署名した受取証を返す", ClinicReceivesResults);
        using (var desk = new DeskSide(Speak, server.Demo("card.pfx"), _month.Add(-1), tell, time, ct))
        {
            await desk.Walk();
        }

        await tell.Step("受領確認の 1 バイトを書き換えると検証が失敗する", () => FlipAByte(sent));
        await tell.Step("台帳は追記だけで育った (最初と最後のチェックポイントの整合)", LedgerOnlyGrew);
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }
    }

    private async Task<SentFile> ClinicErrs()
    {
        await tell.Step("誤りのあるファイルを手元で点検する (医療機関)", CheckMistaken);
        SentFile? mistaken = null;
        await tell.Step("それでも送信し、署名付き受領確認を受け取る", async () => Said(mistaken = await Send(Mistaken)));
        _first = await CheckpointNow();
        await tell.Step("openssl でも受領確認を検証する", () => StockTool(mistaken!.AcknowledgementFile));
        await tell.Step("受付・事務点検の結果を見る", () => SeeFindings(mistaken!));
        return mistaken!;
    }

    private async Task<SentFile> ClinicSends()
    {
        SentFile? sent = null;
        await tell.Step("訂正したファイルを送信する (医療機関)", async () => Said(sent = await Send(Good)));
        await tell.Step("同じ封筒をもう一度送っても、同じ受領確認が返り、二重にならない", () => SendSameAgain(sent!));
        await tell.Step("受領確認・内容・台帳の位置をオフラインで検証する", () => VerifyOffline(sent!));
        await tell.Step("点検結果を待つ", async () => Said(await ResultOf(sent!)));
        return sent!;
    }

    private async Task PayerDecides(SentFile sent)
    {
        await tell.Step("締切 (審査支払機関)", async () => $"請求年月 {_month} · 締め切った受付 {await Act<int?>("close")} 件");
        await tell.Step("審査: 請求どおり", async () => Said(await Speak("payer").Post<ReceptionAnswer>(
            $"/claims/receptions/{sent.Statement.Number}/review", new { decision = "AsClaimed", ordinals = (int[]?)null }, ct).OrFail()));
        await tell.Step("決定", async () => $"請求年月 {_month} · 決定 {await Act<int?>("decide")} 件");
        await tell.Step("配信", async () =>
        {
            var report = await Speak("payer").Post<DeliveryReportAnswer>($"/claims/months/{_month}/deliver", null, ct).OrFail();
            Holds(report.Deliveries > 0 && report.Claims > 0, "配信されたものがありません。");
            return string.Create(CultureInfo.InvariantCulture, $"配信 {report.Deliveries} 件 · レセプト {report.Claims} 件 · 宛先不明 {report.Unknown.Values.Sum()} 件");
        });
    }

    private async Task InsurerReceives()
    {
        ReceivedFile? received = null;
        await tell.Step("保険者が取得・検証し、署名した受取証を返す", async () =>
        {
            var all = await ReceiveAll("insurer");
            received = all.Find(f => f.Kind == TransmissionKinds.Delivery);
            Holds(received is not null, "保険者に配信が届いていません。");
            return string.Join('\n', all.Select(Said));
        });
        await tell.Step("配信の中身はレセ電コード情報", () => Task.FromResult(Recode(received!)));
        await tell.Step("審査支払機関が保険者の受取証を見る", () => PayerSeesReceipt(received!));
    }

    private async Task<string> Meet()
    {
        File.Copy(server.Demo("RECEIPTC.UKE"), Good);
        Files.Folder(Path.GetDirectoryName(Mistaken)!);
        SampleFiles.WriteMistaken(Good, Mistaken);
        _month = SampleFiles.BillingMonth(Good);
        var me = await Speak("clinic").Get<JsonElement>("/identity/me", ct).OrFail();
        return string.Create(CultureInfo.InvariantCulture, $"{server.Machines} · プロセス {server.Id}\nTLS 1.3 で認証: {me.GetProperty("organisationName").GetString()}");
    }

    private async Task<string> SetDay(int day)
    {
        var moment = new DateTimeOffset(_month.Year, _month.Month, day, 10, 0, 0, JapanTime.Offset);
        await Speak("centre").Post<JsonElement>("/development/business-time", new { moment }, ct).OrFail();
        return $"業務日時 {moment.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)}";
    }

    private Task<string> CheckMistaken()
    {
        var result = CheckedFile.Run(Mistaken, new CheckContext(_month)).OrFail();
        Holds(result.Findings.Count > 0, "誤りを見つけませんでした。");
        return Task.FromResult(string.Join('\n', result.Findings.Take(3).Select(FoundLine.Of).Select(Said)));
    }

    private async Task<SentFile> Send(string file) => await new Sender(Speak("clinic")).Send(file, evenIfSentBefore: false, _ => { }, ct).OrFail();

    private async Task<string> StockTool(string acknowledgement)
    {
        if (await OpenSsl.Verify(acknowledgement, Authority, ct) is not { } answer)
        {
            return "openssl がないため省きました。";
        }

        Holds(answer.Held, answer.Said);
        return $"openssl cms -verify -inform DER -CAfile ca.pem: {answer.Said}";
    }

    private async Task<string> SeeFindings(SentFile mistaken)
    {
        var reception = await ResultOf(mistaken);
        Holds(reception.Findings > 0, "受付・事務点検が誤りを見つけませんでした。");
        var result = await Speak("clinic").Get<JsonElement>($"/claims/receptions/{reception.Number}", ct).OrFail();
        var expected = CheckedFile.Run(Mistaken, new CheckContext(_month)).OrFail().Findings.Select(f => f.Rule.Number).ToHashSet();
        var found = result.GetProperty("findings").EnumerateArray().Select(Receptions.Finding).ToList();
        Holds(expected.IsSubsetOf(found.Select(f => f.Number)), "受付の結果が手元の点検と違います。");
        return string.Join('\n', found.Take(3).Select(Said).Prepend(Said(reception)));
    }

    private async Task<ReceptionAnswer> ResultOf(SentFile sent) =>
        await Receptions.Await(Speak("clinic"), sent.Statement.Transmission, ct).OrFail() ?? throw new StepFailedException("点検が終わりません。");

    private async Task<string> Decide(SentFile sent, string act, string state)
    {
        var reception = await Speak("clinic").Post<ReceptionAnswer>($"/claims/receptions/{sent.Statement.Number}/{act}", null, ct).OrFail();
        Holds(reception.State == state, $"状態が {reception.State} です。");
        return Said(reception);
    }

    private async Task<string> SendSameAgain(SentFile sent)
    {
        var clinic = Speak("clinic");
        using var response = await clinic.PostCms("/exchange/transmissions", sent.Envelope!, ct).OrFail();
        var again = await response.Content.ReadAsByteArrayAsync(ct);
        var first = await File.ReadAllBytesAsync(sent.AcknowledgementFile, ct);
        Holds(again.SequenceEqual(first), "同じ受領確認ではありません。");
        var receptions = await clinic.Get<List<ReceptionAnswer>>($"/claims/receptions?month={_month}", ct).OrFail();
        Holds(receptions.Count(r => r.Number == sent.Statement.Number) <= 1, "受付が二重です。");
        return $"受領確認 SHA-256 {Files.Digest(again)} (1 バイトも違わない)";
    }

    private async Task<string> VerifyOffline(SentFile sent)
    {
        var logProof = await File.ReadAllBytesAsync(sent.ProofFile ?? throw new StepFailedException("台帳の証明がありません。"), ct);
        var proof = await Prove(await File.ReadAllBytesAsync(sent.AcknowledgementFile, ct), sent.File, logProof);
        Holds(proof.Holds, string.Join('\n', proof.Steps.Select(s => s.Mark + " " + s.Name + ": " + s.Detail)));
        return string.Join('\n', proof.Steps.Select(s => s.Name + ": " + s.Detail));
    }

    private async Task<Proof> Prove(byte[] message, string? content, byte[]? logProof) =>
        await MessageProof.Of(message, content, logProof, new KnownSites([DeviceCertificate.ReadAuthority(Authority)!], []), time, ct).OrFail();

    private async Task<int?> Act<T>(string act)
    {
        var answer = await Speak("payer").Post<JsonElement>($"/claims/months/{_month}/{act}", null, ct).OrFail();
        return answer.ValueKind == JsonValueKind.Number
            ? answer.GetInt32()
            : answer.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number).Select(p => (int?)p.Value.GetInt32()).FirstOrDefault();
    }

    private async Task<List<ReceivedFile>> ReceiveAll(string who)
    {
        var receiver = new Receiver(Speak(who));
        var received = new List<ReceivedFile>();
        for (var began = time.GetTimestamp(); received.Count == 0 && time.GetElapsedTime(began) < TimeSpan.FromSeconds(60);)
        {
            foreach (var delivery in await receiver.Waiting(ct).OrFail())
            {
                received.Add(await receiver.Receive(delivery, Path.Combine(_work, who), _ => { }, ct).OrFail());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, ct);
        }

        Holds((await receiver.Waiting(ct).OrFail()).Count == 0, "受け取った後も届いたままのものがあります。");
        return received;
    }

    private static string Recode(ReceivedFile received)
    {
        using var zip = ZipFile.OpenRead(received.File);
        var recode = zip.Entries.FirstOrDefault(e => e.Name == RecodeInfoWriter.FileName) ?? throw new StepFailedException($"{RecodeInfoWriter.FileName} がありません。");
        using var reader = new StreamReader(recode.Open(), System.Text.Encoding.Latin1);
        var lines = reader.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var claims = lines.Count(l => l.Split(',') is [_, _, _, "MN", ..]);
        Holds(claims > 0, "MN レコードがありません。");
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(" · ", zip.Entries.Select(e => e.FullName))}\nMN {claims} 件 · {lines.Length} 行");
    }

    private async Task<string> PayerSeesReceipt(ReceivedFile received)
    {
        var payer = Speak("payer");
        var sent = (await payer.Get<List<DeliveryAnswer>>("/exchange/sent", ct).OrFail()).Find(d => d.Id == received.Transmission);
        Holds(sent is { ReceiptSigned: true, ReceiptAt: not null }, "署名された受取証がありません。");
        var receipt = await payer.GetBytes($"/exchange/sent/{received.Transmission}/receipt", ct).OrFail();
        var proof = await Prove(receipt, received.File, null);
        Holds(proof.Holds, string.Join('\n', proof.Steps.Select(s => s.Mark + " " + s.Name + ": " + s.Detail)));
        return string.Join('\n', proof.Steps.Select(s => s.Name + ": " + s.Detail));
    }

    private async Task<string> ClinicReceivesResults()
    {
        var results = await ReceiveAll("clinic");
        Holds(results.Exists(r => r.Kind == TransmissionKinds.ReceptionResult), "受付結果が届いていません。");
        return string.Join('\n', results.Select(Said));
    }

    private async Task<string> FlipAByte(SentFile sent)
    {
        var message = await File.ReadAllBytesAsync(sent.AcknowledgementFile, ct);
        var place = message.AsSpan().IndexOf("\"length\""u8);
        place = place < 0 ? message.Length - 1 : place;
        message[place] ^= 1;
        var outcome = await MessageProof.Of(message, null, null, new KnownSites([DeviceCertificate.ReadAuthority(Authority)!], []), time, ct);
        Holds(outcome.Refused(out var refusal, out var proof) || !proof.Holds, "書き換えを見つけませんでした。");
        var said = refusal is not null ? $"{refusal.Text} [{refusal.Code}]" : proof!.Steps.First(s => s.Answer == ProofAnswer.Failed).Detail;
        return string.Create(CultureInfo.InvariantCulture, $"{place} バイト目を反転 → {said}");
    }

    private async Task<Checkpoint> CheckpointNow()
    {
        var clinic = Speak("clinic");
        var cms = await clinic.GetBytes("/exchange/ledger/checkpoint", ct).OrFail();
        var signed = Cms.Verify(cms, clinic.Trust, time.GetUtcNow()).OrFail();
        Holds(signed.Identity.Organisation == clinic.Centre, "チェックポイントにセンターの署名がありません。");
        return Checkpoint.Parse(signed.Content).OrFail();
    }

    private async Task<string> LedgerOnlyGrew()
    {
        var (first, last) = (_first!, await CheckpointNow());
        var answer = await Speak("clinic").Get<ConsistencyAnswer>(
            string.Create(CultureInfo.InvariantCulture, $"/exchange/ledger/consistency?from={first.Size}&to={last.Size}"), ct).OrFail();
        Holds(last.Size > first.Size && last.Origin == first.Origin, "台帳が育っていません。");
        Holds(MerkleTree.VerifyConsistency(first.Size, first.Root, last.Size, last.Root, answer.Path), "整合の証明が成り立ちません。");
        return string.Create(CultureInfo.InvariantCulture, $"{last.Origin} · {first.Size} 件 → {last.Size} 件 · 根 {Convert.ToHexStringLower(last.Root)}");
    }

    private Connection Speak(string who)
    {
        if (!_connections.TryGetValue(who, out var connection))
        {
            var device = DeviceCertificate.Load(server.Demo(who + ".pfx"), null, Authority, _ => null).OrFail();
            connection = Connection.Open(server.Machines, device, new Configuration(Path.Combine(_work, "config")), time).OrFail();
            _connections.Add(who, connection);
        }

        return connection;
    }

    private static string Said(SentFile sent) => string.Create(
        CultureInfo.InvariantCulture,
        $"受付番号 {sent.Statement.Number} · 台帳 {sent.Acknowledgement.LogIndex} 番\nSHA-256 {sent.Statement.ContentSha256} · {sent.Statement.Length:N0} バイト");

    private static string Said(ReceptionAnswer reception) => string.Create(
        CultureInfo.InvariantCulture,
        $"{reception.Number} {reception.StateInWords} · {reception.Claims} 件 · {reception.Points:N0} 点 · 受付不能 {reception.RejectedClaims} 件 · 指摘 {reception.Findings} 件");

    private static string Said(ReceivedFile file) => string.Create(CultureInfo.InvariantCulture, $"{file.SenderName}から {Path.GetFileName(file.File)} · {file.Length:N0} バイト · SHA-256 {file.Sha256}");

    private static string Said(FoundLine finding) => string.Create(CultureInfo.InvariantCulture, $"{finding.Number} {Severities.Meaning(finding.Severity)} {finding.Line} 行: {finding.Message}");
}
