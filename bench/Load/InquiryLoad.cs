using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// 資格確認 by 券面 against the real server process: each inquiry signed by the facility's device and sent over its kept-alive mTLS connection, authorised, its audit event
/// durable before the signed answer, which the facility verifies. Before and after it, in the same run, an empty endpoint behind the same TLS.
/// </summary>
internal static class InquiryLoad
{
    private const string Path = "/eligibility/inquiries";
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan _besides = TimeSpan.FromSeconds(10);

    public static async Task<int> Run(int seconds, int connections, int people, DatabaseProvider provider, string[] settings)
    {
        await using var site = await LoadSite.Create(provider, settings);
        Cast? cast = null;
        var world = new InsuredWorld(people);
        await site.Prepare(async services =>
        {
            cast = await Cast.Register(services, connections, InsuredWorld.Insurers);
            var rate = await world.Register(services, cast.Insurers);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"registered by {InsuredWorld.Insurers.Length} files at once: {people} people, {rate:F0} rows/s"));
        });
        await site.Settle();
        await site.Start();
        using var empty = await EmptyServer.Start(cast!.Authority, answer: 700);
        var before = await Empty(empty, cast, world);
        var askers = new List<Asker>();
        foreach (var member in cast.Institutions)
        {
            askers.Add(await Asker.Connect(site.Machines, member, cast.Authority, Path));
        }

        await Phase(askers.Select(Asking(world)), _warmUp);
        var events = await Events(site);
        var (client, server) = (Process.GetCurrentProcess().TotalProcessorTime, site.ServerCpu);
        var run = await Phase(askers.Select(Asking(world)), TimeSpan.FromSeconds(seconds));
        (client, server) = (Process.GetCurrentProcess().TotalProcessorTime - client, site.ServerCpu - server);
        events = await Events(site) - events;
        var after = await Empty(empty, cast, world);
        askers.ForEach(a => a.Dispose());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"inquiries, {provider}, {people} people, {connections} connections: {run.Count} in {run.Seconds:F1} s = {run.Rate:F0}/s; {run.Latencies}; audit events {events}"));
        Console.WriteLine("per 10 s: " + string.Join(' ', run.PerTenSeconds.Select(n => (n / 10.0).ToString("F0", CultureInfo.InvariantCulture))));
        var size = (await site.Sizes()).Database;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"CPU: server {server.TotalMicroseconds / run.Count:F0} µs each, client {client.TotalMicroseconds / run.Count:F0} µs each; server VmHWM {site.ServerPeakMegabytes()} MB; database {size / 1e6:F0} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"empty endpoint behind the same TLS: {before.Rate:F0}/s before, {after.Rate:F0}/s after ({before.Latencies}); ratio {run.Rate / ((before.Rate + after.Rate) / 2):F2}"));
        await BulkLoad.Run(site.Machines, cast, world);
        Console.WriteLine($"wrong answers {world.Wrong}");
        var entries = (await site.Query($"SELECT size FROM {site.Table("exchange", "ledger_head")}", r => r.GetInt64(0)))[0];
        await site.Stop();
        var verified = await site.Verify();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"admin audit verify: {entries} entries in {verified.Taken.TotalSeconds:F1} s, VmHWM {verified.PeakMegabytes} MB, exit code {verified.Code}"));
        return world.Wrong == 0 && events >= run.Count && verified.Code == 0 ? 0 : 1;
    }

    private static Func<Asker, Func<Task>> Asking(InsuredWorld world) => asker => async () =>
    {
        var (question, expected) = world.Question();
        world.Judge(expected, Asker.Validity(await asker.Ask(question)));
    };

    /// <summary>The same bodies on the same number of connections, nothing signed.</summary>
    private static async Task<Phase> Empty(EmptyServer server, Cast cast, InsuredWorld world)
    {
        var lines = cast.Institutions.Select(m => Asker.Http(server.Address, m, authority: null)).ToList();
        var path = new Uri("/empty", UriKind.Relative);
        var acts = lines.Select(http => (Func<Task>)(async () =>
        {
            using var body = new ByteArrayContent(world.Question().Body);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(path, body);
            await answer.Content.ReadAsByteArrayAsync();
        })).ToList();
        await Phase(acts, TimeSpan.FromSeconds(5));
        var measured = await Phase(acts, _besides);
        lines.ForEach(l => l.Dispose());
        return measured;
    }

    private static async Task<Phase> Phase(IEnumerable<Func<Task>> acts, TimeSpan duration)
    {
        var phase = new Phase();
        await Task.WhenAll(acts.Select(act => Task.Run(() => phase.Repeat(act, duration))));
        phase.End();
        return phase;
    }

    private static async Task<long> Events(LoadSite site) =>
        (await site.Query($"SELECT COUNT(*) FROM {site.Table("platform", "audit")} WHERE kind = 'EligibilityInquired'", r => r.GetInt64(0)))[0];
}

/// <summary>Everybody repeats one act as fast as the answers come.</summary>
internal sealed class Phase
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int[] _tens = new int[1000];

    public Latencies Latencies { get; } = new();

    public double Seconds { get; private set; }

    public int Count => Latencies.Count;

    public double Rate => Count / Seconds;

    public IEnumerable<int> PerTenSeconds => _tens.Take((int)(Seconds / 10));

    public async Task Repeat(Func<Task> act, TimeSpan duration)
    {
        while (Stopwatch.GetElapsedTime(_start) < duration)
        {
            var begun = Stopwatch.GetTimestamp();
            await act();
            Latencies.Add(Stopwatch.GetElapsedTime(begun));
            Interlocked.Increment(ref _tens[(int)(Stopwatch.GetElapsedTime(_start).TotalSeconds / 10)]);
        }
    }

    public void End() => Seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
}
