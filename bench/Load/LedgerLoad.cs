using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>Durable appends to the ledger by the way every module goes: a session, <see cref="ILedger"/>, commit; the sequencer gives the positions meanwhile.</summary>
internal static class LedgerLoad
{
    private const int LeafLength = 300;

    /// <summary>Entries beside which no module keeps rows; the verification says so of them, and of nothing else.</summary>
    private const string Kind = "bench";

    public static async Task<int> Run(int seconds, int concurrency, int leaves, DatabaseProvider provider, string[] settings)
    {
        await using var site = await LoadSite.Create(provider, settings);
        return await site.Serve(async services =>
        {
            await Append(services, concurrency, leaves, TimeSpan.FromSeconds(5), new Latencies());
            var before = await Size(site);
            var (latencies, start, cpu) = (new Latencies(), Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            var appended = await Append(services, concurrency, leaves, TimeSpan.FromSeconds(seconds), latencies);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var given = (await Size(site)).Size - before.Size;
            while ((await Size(site)).Waiting > 0)
            {
                await Task.Delay(20);
            }

            var drained = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"ledger, {provider}, {concurrency} at once, {leaves} leaves of {LeafLength} bytes per transaction: {appended / elapsed:F0} durable appends/s over {elapsed:F1} s; one append {latencies}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"positions given meanwhile {given / elapsed:F0}/s, all {appended} after {drained:F1} s; CPU {cpu.TotalSeconds:F1} s ({cpu.TotalMicroseconds / appended:F0} µs each)"));
            var begun = Stopwatch.GetTimestamp();
            var all = await services.GetRequiredService<ISiteHealth>().Verify(CancellationToken.None);
            var faults = all.Where(f => !f.Contains($"「{Kind}」", StringComparison.Ordinal)).ToList();
            Console.WriteLine(faults.Count == 0 ? "ledger verifies" : string.Join("; ", faults.Take(5)));
            var size = (await Size(site)).Size;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{size} entries verified in {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s; {Peak()} of the whole process"));
            return faults.Count == 0 ? 0 : 1;
        });
    }

    private static string Peak() =>
        File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Replace('\t', ' ') : "VmHWM ?";

    private static async Task<long> Append(IServiceProvider services, int concurrency, int leaves, TimeSpan duration, Latencies latencies)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0L);
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            var leaf = new byte[LeafLength];
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var begun = Stopwatch.GetTimestamp();
                await using var scope = scopes.CreateAsyncScope();
                var session = scope.ServiceProvider.GetRequiredService<DbSession>();
                var ledger = scope.ServiceProvider.GetRequiredService<ILedger>();
                session.Append();
                for (var i = 0; i < leaves; i++)
                {
                    var id = Guid.CreateVersion7();
                    id.TryWriteBytes(leaf);
                    await ledger.Append(id, Kind, leaf.ToArray(), CancellationToken.None);
                }

                await session.Commit(CancellationToken.None);
                latencies.Add(Stopwatch.GetElapsedTime(begun));
                Interlocked.Add(ref count, leaves);
            }
        })));
        return count;
    }

    private static async Task<(long Size, long Waiting)> Size(LoadSite site) => (await site.Query(
        $"SELECT (SELECT size FROM {site.Table("exchange", "ledger_head")}), (SELECT COUNT(*) FROM {site.Table("exchange", "ledger_entry")} WHERE position IS NULL)",
        r => (r.GetInt64(0), r.GetInt64(1))))[0];
}
