using System.Diagnostics;
using System.Globalization;
using Sekisho.Cli.Site;
using Sekisho.Formats.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>
/// Serves <c>req</c> and <c>res</c> as 連携アプリケーション does. It looks twice a second; a watcher of the file system only makes it look earlier, because
/// network shares lose its events.
/// </summary>
internal sealed class OqsAgent : IDisposable
{
    private static readonly TimeSpan _betweenScans = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _betweenTidyings = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _betweenSigns = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _betweenKnocks = TimeSpan.FromSeconds(15);
    private readonly AgentFolders _folders;
    private readonly TimeSpan _stay;
    private readonly TimeProvider _time;
    private readonly Questions _questions;
    private readonly RequestWatch _watch;
    private readonly AnswerJournal _journal;
    private readonly AgentStatus _status;
    private readonly LastAnswers? _last;
    private readonly SemaphoreSlim _hint = new(0, 1);
    private bool _once;
    private bool _busy;
    private bool _recovered;
    private long? _tidied;
    private long? _reached;
    private long _failed;
    private readonly Backoff _line = Backoff.Of(_betweenScans, _longestPause);

    public OqsAgent(AgentFolders folders, Connection connection, TimeSpan stay, AgentStatus status, LastAnswers? last)
    {
        (_folders, _stay, _time, _status, _last) = (folders, stay, connection.Time, status, last);
        _questions = new Questions(connection);
        _watch = new RequestWatch(folders.Requests, _time);
        _journal = new AnswerJournal(folders, _time, new FaultPoint(connection.Device.Identity.Environment));
    }

    /// <summary>Serves until told to stop; with <paramref name="once"/> until every request has its answer, or the line was down for as long as other commands try.</summary>
    public async Task<int> Run(bool once, CancellationToken ct)
    {
        using var watcher = Watch();
        var start = _time.GetTimestamp();
        _once = once;
        try
        {
            while (true)
            {
                var waits = await Pass(ct);
                await _status.Write(_watch.Waiting, _watch.Strangers);
                var stuck = _line.Pause > TimeSpan.Zero || _journal.HasOpen || _busy;
                if (once && _watch.Waiting == 0 && !stuck)
                {
                    return ExitCode.Ok;
                }

                if (once && stuck && _time.GetElapsedTime(start) > Connection.Patience)
                {
                    return ExitCode.Line;
                }

                await Rest(waits, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            _status.Say("終了します。");
            return ExitCode.Ok;
        }
        finally
        {
            _status.Stopped();
            await _status.Write(_watch.Waiting, _watch.Strangers);
        }
    }

    public void Dispose()
    {
        _questions.Dispose();
        _hint.Dispose();
    }

    /// <summary>Looks, answers what is complete, tidies; how long to rest.</summary>
    private async Task<TimeSpan> Pass(CancellationToken ct)
    {
        try
        {
            Tidy();
            var ready = _watch.Look(_journal.IsAnswered);
            _status.FolderBack();
            if (_once && _watch.Waiting == 0)
            {
                _line.Succeeded();
            }

            if (_line.Pause == TimeSpan.Zero || _time.GetElapsedTime(_failed) >= _line.Pause)
            {
                await Serve(ready, ct);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _failed = _time.GetTimestamp();
            _line.Failed();
            _status.FolderGone();
        }

        return _watch.IsUnsettled ? RequestWatch.BetweenLooks : _betweenScans;
    }

    private async Task Serve(IReadOnlyList<RequestWatch.Ready> ready, CancellationToken ct)
    {
        foreach (var request in ready)
        {
            if (!await Serve(request, ct))
            {
                return;
            }
        }

        // Told before the next patient comes.
        if (ready.Count == 0 && !_once && (_reached is not { } last || _time.GetElapsedTime(last) >= (_status.IsDown ? TimeSpan.Zero : _betweenSigns)))
        {
            _reached = _time.GetTimestamp();
            if ((await _questions.Reach(ct)).Refused(out var refusal, out _))
            {
                Failed(refusal);
            }
            else
            {
                Reached();
            }
        }
        else if (ready.Count == 0 && !_status.IsDown)
        {
            _line.Succeeded();
        }
    }

    /// <summary>One request; false when there is no use in going on now.</summary>
    private async Task<bool> Serve(RequestWatch.Ready request, CancellationToken ct)
    {
        var clock = Stopwatch.GetTimestamp();
        var file = request.File;
        var outcome = Unfit(file) is { } unfit ? Failure(request, unfit) : await _questions.Ask(file.Name, request.Id, file.Bytes, ct);
        if (outcome.Refused(out var refusal, out var answer))
        {
            if (Questions.IsBusyWith(refusal))
            {
                // The site has no time for this one (一括) but may have for the next.
                Reached();
                _busy = true;
                _watch.Tried(request, _questions.AskedToWait ?? _betweenKnocks);
                _status.Say($"{file.Name.Message}: {refusal.Text} [{refusal.Code}] 後でもう一度送ります。");
                return true;
            }

            if (!Questions.IsFinal(refusal))
            {
                _watch.Tried(request, TimeSpan.Zero);
                Failed(refusal);
                return false;
            }

            answer = Failure(request, refusal).Value;
            _status.Say($"{file.Name.Message}: {refusal.Text} [{refusal.Code}]");
        }

        Reached();

        // First: what the desk has been told is among the last answers, even if this process ends now.
        _last?.Keep(file.Name, answer.Bytes);
        await _journal.Answer(request, answer.Bytes, file.Name.Result(answer.Extension));
        _watch.Answered(request);
        _busy = false;
        _status.Answered++;
        _status.Say(string.Create(CultureInfo.InvariantCulture, $"{file.Name.Message} に答えました ({Stopwatch.GetElapsedTime(clock).TotalSeconds:0.00} 秒)。"));
        return true;
    }

    private void Reached()
    {
        _reached = _time.GetTimestamp();
        _line.Succeeded();
        _status.Up();
    }

    private void Failed(Refusal refusal)
    {
        _status.Down(refusal, _watch.Waiting);
        _failed = _time.GetTimestamp();
        _line.Failed(_questions.AskedToWait);
    }

    /// <summary>What need not be sent: longer than any message, or encrypted.</summary>
    private static Refusal? Unfit(RequestFile file) =>
        file.Name.Extension == "zip" ? Refusals.RequestEncrypted
        : file.Bytes.Length < file.Length ? new Refusal(OqsRules.TooLarge.Number, RefusalKind.TooLarge, OqsRules.TooLarge.Title + "。", OqsRules.TooLarge.Remedy + "。")
        : null;

    /// <summary>The desk sees nothing but files: what cannot be answered is answered by one that says why.</summary>
    private Outcome<(string Extension, byte[] Bytes)> Failure(RequestWatch.Ready request, Refusal refusal)
    {
        var name = request.File.Name;
        var reading = OqsReader.Read(request.File.Bytes, name.Shape ?? OqsShapes.Get("OQSsiquc01req"));
        return ("xml", OqsFailure.Write(name, reading, refusal.Code, refusal.Text + refusal.Remedy, _time.GetUtcNow()));
    }

    private void Tidy()
    {
        if (!_recovered)
        {
            var finished = _journal.Recover();
            _recovered = true;
            if (finished > 0)
            {
                _status.Say(string.Create(CultureInfo.InvariantCulture, $"前回の途中だった {finished} 件を終えました。"));
            }
        }

        _journal.Finish();
        if (_tidied is { } last && _time.GetElapsedTime(last) < _betweenTidyings)
        {
            return;
        }

        _journal.Tidy();
        _last?.Tidy();
        if (_folders.RemoveOlder(_stay, _time.GetUtcNow()) is > 0 and var removed)
        {
            _status.Say(string.Create(CultureInfo.InvariantCulture, $"期限を過ぎた結果 {removed} 個を消しました。"));
        }

        _tidied = _time.GetTimestamp();
    }

    private async Task Rest(TimeSpan rest, CancellationToken ct)
    {
        if (await _hint.WaitAsync(rest, ct) && rest == _betweenScans)
        {
            // A hint is the beginning of a file, seldom its end.
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, ct);
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(_folders.Requests) { NotifyFilter = NotifyFilters.FileName };
            watcher.Created += (_, _) => Hint();
            watcher.Renamed += (_, _) => Hint();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private void Hint()
    {
        try
        {
            _hint.Release();
        }
        catch (Exception full) when (full is SemaphoreFullException or ObjectDisposedException)
        {
            // It looks soon anyway.
        }
    }
}
