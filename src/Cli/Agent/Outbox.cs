using System.Globalization;
using System.Text;
using System.Text.Json;
using Sekisho.Cli.Commands;
using Sekisho.Cli.Sending;
using Sekisho.Cli.Site;
using Sekisho.Formats;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>What became of a claim file; kept beside its acknowledgement.</summary>
internal sealed record SentClaim(string File, string Number, Guid Transmission, DateTimeOffset ReceivedAt, ReceptionAnswer? Reception)
{
    /// <summary>Nothing more will be heard of it.</summary>
    public bool IsOver => Reception?.State is "Rejected" or "Cancelled" or "Delivered";
}

/// <summary>
/// Sends the claim files that a レセコン puts into a folder. A complete file is copied below <c>送信</c> under the digest of its bytes, and sent from there, so that
/// nobody can change it under way; the file itself goes only when the acknowledgement of exactly these bytes is verified and lies on the disk. The same bytes again
/// are never claimed twice. 請求確定 stays with people.
/// </summary>
internal sealed class Outbox(string folder, Connection connection, FaultPoint fault, Action<string> say)
{
    private const string StateFile = "状況.json";
    private const int EndOfFile = 0x1A;
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slowWriter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, Seen> _seen = [];
    private readonly Dictionary<string, long> _looked = [];
    private readonly string _sent = Path.Combine(folder, "送信");

    private sealed record Seen(long Length, DateTime Written, long Since)
    {
        /// <summary>The site said no for good; not asked again until the file is another.</summary>
        public bool IsRefused { get; init; }
    }

    /// <summary>Files that are not sent.</summary>
    public int Waiting { get; private set; }

    /// <summary>Those of them that the site will never take as they are.</summary>
    public int Refused => _seen.Values.Count(s => s.IsRefused);

    /// <summary>Looks once; what stopped it, or null.</summary>
    public async Task<Refusal?> Pass(CancellationToken ct)
    {
        Directory.CreateDirectory(_sent);
        if (await Continue(ct) is { } stopped)
        {
            return stopped;
        }

        Refusal? last = null;
        foreach (var file in Complete())
        {
            if (await Send(file, ct) is { } refusal)
            {
                last = refusal;
                if (MayHelpLater(refusal))
                {
                    return refusal;
                }
            }
        }

        await LookAtReceptions(ct);
        return last;
    }

    /// <summary>The line, the site or a signature: another time it may go. Everything else needs another file.</summary>
    private static bool MayHelpLater(Refusal refusal) =>
        refusal.Kind is RefusalKind.Unavailable or RefusalKind.TooMany or RefusalKind.NoRoom or RefusalKind.Unauthenticated
        || refusal.Code.StartsWith("CI-03", StringComparison.Ordinal) || refusal.Code.StartsWith("CI-04", StringComparison.Ordinal);

    /// <summary>What was under way when the process before died.</summary>
    private async Task<Refusal?> Continue(CancellationToken ct)
    {
        foreach (var copy in Directory.EnumerateDirectories(_sent).SelectMany(ClaimFilesIn).Where(f => File.Exists(PendingTransmission.PathFor(f))).ToList())
        {
            if ((await new Sender(connection).Send(copy, evenIfSentBefore: false, _ => { }, ct)).Refused(out var refusal, out var sent))
            {
                say($"前回の途中だった請求ファイルを送れません。{refusal.Text} [{refusal.Code}]");
                if (MayHelpLater(refusal))
                {
                    return refusal;
                }
            }
            else
            {
                await Acknowledged(copy, sent, ct);
            }
        }

        return null;
    }

    private List<string> Complete()
    {
        var (now, complete, there) = (connection.Time.GetTimestamp(), new List<string>(), ClaimFilesIn(folder).ToList());
        foreach (var path in there)
        {
            var info = new FileInfo(path);
            if (!_seen.TryGetValue(path, out var seen) || seen.Length != info.Length || seen.Written != info.LastWriteTimeUtc)
            {
                _seen[path] = new Seen(info.Length, info.LastWriteTimeUtc, now);
            }
            else if (!seen.IsRefused && connection.Time.GetElapsedTime(seen.Since, now) >= (EndsWhole(path) ? _quiet : _slowWriter))
            {
                complete.Add(path);
            }
        }

        foreach (var gone in _seen.Keys.Except(there).ToList())
        {
            _seen.Remove(gone);
        }

        Waiting = there.Count;
        return complete;
    }

    private static IEnumerable<string> ClaimFilesIn(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f).Equals(".UKE", StringComparison.OrdinalIgnoreCase));

    private static bool EndsWhole(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() == EndOfFile;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<Refusal?> Send(string file, CancellationToken ct)
    {
        if (await Copy(file, ct) is not { } copy)
        {
            // Somebody wrote meanwhile: another look.
            _seen.Remove(file);
            return null;
        }

        await fault.Pass("outbox.copied");
        if ((await new Sender(connection).Send(copy, evenIfSentBefore: false, _ => { }, ct)).Refused(out var refusal, out var sent))
        {
            if (!MayHelpLater(refusal))
            {
                _seen[file] = _seen[file] with { IsRefused = true };
                DropCopy(copy);
                say($"請求ファイルを送信できません。{refusal.Text} [{refusal.Code}]");
            }

            await Note(file, $"✗ 送信していません。{refusal.Text} [{refusal.Code}]", MayHelpLater(refusal) ? "自動でもう一度送ります。" : $"{refusal.Remedy} 直したファイルを置くと、もう一度送ります。", ct);
            return refusal;
        }

        await Acknowledged(copy, sent, ct);
        await fault.Pass("outbox.acknowledged");
        if (sent.SentBefore)
        {
            say("送信済みと同じ内容の請求ファイルです。送信しません。");
        }

        // The レセコン may have put a new one into its place.
        if (await Files.Digest(file, ct) == sent.Statement.ContentSha256)
        {
            File.Delete(file);
            _seen.Remove(file);
            Waiting--;
            await fault.Pass("outbox.removed");
        }

        return null;
    }

    /// <summary>The bytes as they are now, under their digest; null when they change.</summary>
    private async Task<string?> Copy(string file, CancellationToken ct)
    {
        try
        {
            var digest = await Files.Digest(file, ct);
            var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(_sent, digest[..16])).FullName, Path.GetFileName(file));
            if (ClaimFilesIn(Path.GetDirectoryName(copy)!).FirstOrDefault() is { } known)
            {
                return known;
            }

            File.Copy(file, copy + ".part", overwrite: true);
            using (var durable = new FileStream(copy + ".part", FileMode.Open, FileAccess.ReadWrite))
            {
                durable.Flush(flushToDisk: true);
            }

            if (await Files.Digest(copy + ".part", ct) != digest)
            {
                File.Delete(copy + ".part");
                return null;
            }

            File.Move(copy + ".part", copy);
            return copy;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Nothing was accepted, and the file itself is still where it was put.</summary>
    private static void DropCopy(string copy)
    {
        if (!File.Exists(PendingTransmission.PathFor(copy)))
        {
            Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        }
    }

    private async Task Acknowledged(string copy, SentFile sent, CancellationToken ct)
    {
        if (await Read(Path.GetDirectoryName(copy)!, ct) is null)
        {
            await Keep(Path.GetDirectoryName(copy)!, new SentClaim(Path.GetFileName(copy), sent.Statement.Number, sent.Statement.Transmission, sent.Statement.ReceivedAt, null), ct);
            say($"請求ファイルを送信しました（受付番号 {sent.Statement.Number}）。");
        }
    }

    /// <summary>How the receptions stand: soon while they are checked, then now and then until their end.</summary>
    private async Task LookAtReceptions(CancellationToken ct)
    {
        foreach (var one in Directory.EnumerateDirectories(_sent).ToList())
        {
            if (await Read(one, ct) is not { IsOver: false } claim || !IsDue(one, claim))
            {
                continue;
            }

            _looked[one] = connection.Time.GetTimestamp();
            if ((await connection.Get<JsonElement>($"/claims/transmissions/{claim.Transmission}/reception", ct)).Succeeded(out var answer, out _)
                && Receptions.Read(answer) is { } reception && reception != claim.Reception)
            {
                await Keep(one, claim with { Reception = reception }, ct);
                say($"受付番号 {claim.Number}: {reception.StateInWords}");
            }
        }
    }

    private bool IsDue(string one, SentClaim claim) =>
        !_looked.TryGetValue(one, out var last) || claim.Reception is null or { State: "Received" } || connection.Time.GetElapsedTime(last) >= _betweenLooks;

    private async Task Keep(string one, SentClaim claim, CancellationToken ct)
    {
        await Files.WriteWhole(Path.Combine(one, StateFile), JsonSerializer.SerializeToUtf8Bytes(claim, Terminal.Options), ct);
        var place = Path.Combine("送信", Path.GetFileName(one));
        await Note(Path.Combine(folder, claim.File), $"受付番号 {claim.Number}  {Moment(claim.ReceivedAt)} 受領（受領確認は {place}）{Result(claim.Reception)}", Next(claim.Reception), ct);
    }

    private static async Task<SentClaim?> Read(string one, CancellationToken ct)
    {
        try
        {
            var path = Path.Combine(one, StateFile);
            return File.Exists(path) ? JsonSerializer.Deserialize<SentClaim>(await File.ReadAllBytesAsync(path, ct), Terminal.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Result(ReceptionAnswer? reception) => reception is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"\r\n{reception.StateInWords}\r\n請求年月 {reception.BillingMonth} · {reception.Claims:N0} 件 · {reception.Points:N0} 点 · 受付不能 {reception.RejectedClaims:N0} 件 · 指摘 {reception.Findings:N0} 件");

    private static string Next(ReceptionAnswer? reception) => reception?.State switch
    {
        null or "Received" => "点検の結果を待っています。",
        "Checked" => "画面か sekisho receptions 受付番号 で指摘を見て、よければ請求確定、直すなら取消をしてください。このプログラムは請求確定をしません。",
        "Rejected" => "指摘を画面で見て、直したファイルを置いてください。",
        _ => "することはありません。",
    };

    /// <summary>What happened, for the person at the レセコン: beside the file, readable by whoever reads the folder.</summary>
    private async Task Note(string file, string what, string next, CancellationToken ct)
    {
        var text = $"{Path.GetFileName(file)}\r\n{Moment(connection.Time.GetUtcNow())} 現在\r\n\r\n{what}\r\n\r\n次にすること: {next}\r\n";
        await File.WriteAllTextAsync(file + ".状況.txt", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), ct);
    }

    private static string Moment(DateTimeOffset time) => time.InJapan().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
