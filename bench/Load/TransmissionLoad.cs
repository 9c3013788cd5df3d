using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// Signed transmissions of 50 KB against the real server process: each is signed, sent, durably acknowledged, and verified on both sides, on kept-alive
/// mTLS connections. At the end every acknowledged one must be there exactly once.
/// </summary>
internal static class TransmissionLoad
{
    private const int Length = 50_000;

    public static async Task<int> Run(int seconds, int connections, DatabaseProvider provider, string[] settings)
    {
        await using var site = await LoadSite.Create(provider, settings);
        Cast? cast = null;
        await site.Prepare(async services => cast = await Cast.Register(services, connections));
        await site.Start();
        var participants = cast!.Institutions.Select(m => new Participant(site.Machines, m.Organisation, m.Certificate, cast.Authority)).ToList();
        var run = new TransmissionRun(participants, cast.Payer.Organisation, Length, () => site.ServerCpu);
        await run.WarmUp();
        var (client, server) = (Process.GetCurrentProcess().TotalProcessorTime, site.ServerCpu);
        await run.For(TimeSpan.FromSeconds(seconds));
        client = Process.GetCurrentProcess().TotalProcessorTime - client;
        server = site.ServerCpu - server;
        Report(run, provider, connections, client, server);
        await ReportSite(site, run);
        var faults = await Verify(site, run, participants[0]);
        participants.ForEach(p => p.Dispose());
        return faults;
    }

    private static void Report(TransmissionRun run, DatabaseProvider provider, int connections, TimeSpan client, TimeSpan server)
    {
        var count = run.Measured;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"transmissions of {Length} bytes, {provider}, {connections} connections: {count} in {run.Elapsed.TotalSeconds:F1} s = {count / run.Elapsed.TotalSeconds:F1}/s; {run.Latencies}; requests per transmission {run.RequestsEach:F2}"));
        Console.WriteLine("per 10 s: " + string.Join(' ', run.PerTenSeconds.Select(n => (n / 10.0).ToString("F0", CultureInfo.InvariantCulture))));
        Console.WriteLine("server CPU ms each, per 10 s: " + string.Join(' ', run.CpuPerTenSeconds.Select(c => c.ToString("F2", CultureInfo.InvariantCulture))));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"CPU: server {server.TotalSeconds:F1} s ({server.TotalMilliseconds / count:F2} ms each), client {client.TotalSeconds:F1} s ({client.TotalMilliseconds / count:F2} ms each), of {run.Elapsed.TotalSeconds * Environment.ProcessorCount:F0} s on {Environment.ProcessorCount} cores"));
    }

    private static async Task ReportSite(LoadSite site, TransmissionRun run)
    {
        var (database, content) = await site.Sizes();
        var waiting = (await site.Query($"SELECT COUNT(*) FROM {site.Table("claims", "reception")} WHERE state = 'Received'", r => r.GetInt64(0)))[0];
        var begun = (await site.Query($"SELECT COUNT(*) FROM {site.Table("claims", "reception")}", r => r.GetInt64(0)))[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"server VmHWM {site.ServerPeakMegabytes()} MB; database {database / 1e6:F0} MB, content {content / 1e6:F0} MB; receptions {begun} of {run.Sent.Count}, waiting for their check {waiting}"));
    }

    /// <summary>0 when every acknowledged transmission is in the database exactly once, at the position it was told, and proofs of a sample hold.</summary>
    private static async Task<int> Verify(LoadSite site, TransmissionRun run, Participant asker)
    {
        var rows = await site.Query(
            $"SELECT t.id, t.log_index, e.position FROM {site.Table("exchange", "transmission")} t JOIN {site.Table("exchange", "ledger_entry")} e ON e.id = t.id WHERE t.state = 'Received' AND t.provenance = 'SenderSigned'",
            r => (Id: r.GetGuid(0), Index: r.GetInt64(1), Position: r.GetInt64(2)));
        var stored = rows.ToDictionary(r => r.Id);
        var wrong = run.Sent.Count(s => !stored.TryGetValue(s.Id, out var row) || row.Index != s.LogIndex || row.Position != s.LogIndex);
        var doubled = run.Sent.Count - run.Sent.Select(s => s.LogIndex).Distinct().Count() + (run.Sent.Count - run.Sent.Select(s => s.Number).Distinct().Count());
        var own = run.OfFirst.Take(20).ToList();
        foreach (var sent in own)
        {
            await asker.Prove(sent);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"verified: {run.Sent.Count} acknowledged, {rows.Count} stored, {wrong} missing or elsewhere, {doubled} doubled; {own.Count} proofs hold"));
        var health = await Health(site);
        return wrong + doubled == 0 && rows.Count == run.Sent.Count && health == 0 ? 0 : 1;
    }

    /// <summary>The server's own verification of the whole ledger, every acknowledgement and every stored file.</summary>
    private static async Task<int> Health(LoadSite site)
    {
        await site.Stop();
        Console.Write(site.Output().Contains("fail:", StringComparison.Ordinal) ? "server said:\n" + string.Join('\n', site.Output().Split('\n').Take(60)) + "\n" : "");
        IReadOnlyList<string> faults = [];
        var start = Stopwatch.GetTimestamp();
        await site.Prepare(async services =>
            faults = await ((Contracts.Exchange.ISiteHealth)services.GetService(typeof(Contracts.Exchange.ISiteHealth))!).Verify(CancellationToken.None));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ledger, acknowledgements and content verified in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s: {(faults.Count == 0 ? "no fault" : string.Join("; ", faults.Take(5)))}"));
        return faults.Count;
    }
}

/// <summary>Everybody sends as fast as the answers come.</summary>
internal sealed class TransmissionRun(IReadOnlyList<Participant> participants, Contracts.Identity.Organisation payer, int length, Func<TimeSpan> serverCpu)
{
    private readonly ConcurrentQueue<Sent> _sent = new();
    private readonly List<Sent> _first = [];
    private readonly byte[][] _templates = [.. participants.Select((_, i) => SmallFiles.OfLength(i, length))];
    private long _serial;
    private readonly List<double> _cpu = [];
    private int[] _tens = [];

    public Latencies Latencies { get; private set; } = new();

    public TimeSpan Elapsed { get; private set; }

    public int Measured { get; private set; }

    public double RequestsEach { get; private set; }

    public IReadOnlyCollection<Sent> Sent => _sent;

    /// <summary>What the first participant sent.</summary>
    public IReadOnlyList<Sent> OfFirst => _first;

    public IEnumerable<int> PerTenSeconds => _tens.Take((int)(Elapsed.TotalSeconds / 10));

    /// <summary>What the server used for one transmission, in each ten seconds: code that is still being compiled shows at the beginning.</summary>
    public IReadOnlyList<double> CpuPerTenSeconds => _cpu;

    /// <summary>Connections made, code compiled; not counted.</summary>
    public Task WarmUp() => Task.WhenAll(participants.Select((p, i) => Loop(p, i, 0, TimeSpan.FromSeconds(10))));

    public async Task For(TimeSpan duration)
    {
        var (before, requests) = (_sent.Count, participants.Sum(p => p.Requests));
        Latencies = new Latencies();
        _tens = new int[(int)(duration.TotalSeconds / 10) + 100];
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(participants.Select((p, i) => Loop(p, i, start, duration)).Append(Watch((int)(duration.TotalSeconds / 10))));
        Elapsed = Stopwatch.GetElapsedTime(start);
        Measured = _sent.Count - before;
        RequestsEach = (participants.Sum(p => p.Requests) - requests) / (double)Measured;
    }

    private async Task Watch(int tens)
    {
        for (var (ten, cpu, count) = (0, serverCpu(), _sent.Count); ten < tens; ten++)
        {
            await Task.Delay(TimeSpan.FromSeconds(9.99));
            var (now, sent) = (serverCpu(), _sent.Count);
            _cpu.Add((now - cpu).TotalMilliseconds / Math.Max(1, sent - count));
            (cpu, count) = (now, sent);
        }
    }

    private async Task Loop(Participant participant, int index, long start, TimeSpan duration)
    {
        start = start == 0 ? Stopwatch.GetTimestamp() : start;
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var content = SmallFiles.Unique(_templates[index], Interlocked.Increment(ref _serial));
            var begun = Stopwatch.GetTimestamp();
            var sent = await participant.Send(payer, content);
            Latencies.Add(Stopwatch.GetElapsedTime(begun));
            _sent.Enqueue(sent);
            if (index == 0)
            {
                _first.Add(sent);
            }

            if (_tens.Length > 0)
            {
                Interlocked.Increment(ref _tens[(int)(Stopwatch.GetElapsedTime(start).TotalSeconds / 10)]);
            }
        }
    }
}
