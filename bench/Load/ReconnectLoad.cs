using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// So many agents, each with its certificate and a connection of its own, lose the centre at the same moment; while it is away, everybody's coverage ends. Each has a
/// question waiting and comes back as `sekisho agent` does. Counted: how long until the last has its right answer, and what it took.
/// </summary>
internal static class ReconnectLoad
{
    private const string Path = "/eligibility/inquiries";
    private const int GatheringAtOnce = 64;
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    public static async Task<int> Run(int agents, int people, DatabaseProvider provider, string[] settings)
    {
        var port = FreePort();
        // A site that expects so many takes so many connections; the default is 5,000.
        await using var site = await LoadSite.Create(provider, [$"--Listen:Machines=https://127.0.0.1:{port}", $"--Limits:Connections={agents + agents / 5}", .. settings]);
        Cast? cast = null;
        var world = new InsuredWorld(people);
        await site.Prepare(async services =>
        {
            cast = await Cast.Register(services, agents, InsuredWorld.Insurers);
            await world.Register(services, cast.Insurers);
        });
        await site.Start();
        var askers = await Gather(site.Machines, cast!, world);
        var before = Stopwatch.GetTimestamp();
        await site.Kill();
        await site.Prepare(services => world.EndAll(services, cast!.Insurers));

        var run = new Return(world);
        using var enough = new CancellationTokenSource(_patience);
        var all = askers.Select(a => Task.Run(() => run.Of(a, enough.Token))).ToList();
        var client = Process.GetCurrentProcess().TotalProcessorTime;
        await site.Start();
        var away = Stopwatch.GetElapsedTime(before);
        run.Back();
        await Task.WhenAll(all);
        client = Process.GetCurrentProcess().TotalProcessorTime - client;
        var server = site.ServerCpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{agents} agents, {provider}: away for {away.TotalSeconds:F1} s; answered after it was back: half within {run.Within(0.5):F1} s, 90 % {run.Within(0.9):F1} s, 99 % {run.Within(0.99):F1} s, all {run.Within(1):F1} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"attempts {run.Attempts}, of them asked for patience {run.Refused}, cut or not reached {run.Failed}; answers {run.Answered} of {agents}, wrong or stale {world.Wrong}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"CPU: server {server.TotalSeconds:F1} s, client {client.TotalSeconds:F1} s; server VmHWM {site.ServerPeakMegabytes()} MB"));
        askers.ForEach(a => a.Dispose());
        await site.Stop();
        return run.Answered == agents && world.Wrong == 0 ? 0 : 1;
    }

    /// <summary>Everybody connected and answered once.</summary>
    private static async Task<List<Asker>> Gather(Uri machines, Cast cast, InsuredWorld world)
    {
        using var first = Asker.Http(machines, cast.Institutions[0], cast.Authority);
        using var centre = await Asker.Centre(first, cast.Authority);
        var askers = cast.Institutions.Select(m => Asker.Knowing(centre, machines, m, cast.Authority, Path)).ToList();
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(askers, new ParallelOptions { MaxDegreeOfParallelism = GatheringAtOnce }, async (asker, _) =>
        {
            var (question, expected) = world.Question();
            world.Judge(expected, Asker.Validity(await asker.Ask(question)));
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{askers.Count} connected and answered, {GatheringAtOnce} at a time, in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        return askers;
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Who asks until answered, and when that was.</summary>
    private sealed class Return(InsuredWorld world)
    {
        private readonly List<long> _answered = [];
        private long _back;
        private int _attempts;
        private int _refused;
        private int _failed;

        public int Attempts => _attempts;

        public int Refused => _refused;

        public int Failed => _failed;

        public int Answered => _answered.Count;

        public void Back() => _back = Stopwatch.GetTimestamp();

        /// <summary>Seconds after it was back until this part of them had their answer.</summary>
        public double Within(double part) =>
            _answered.Count == 0 ? double.NaN : Stopwatch.GetElapsedTime(_back, _answered.Order().ElementAt((int)Math.Ceiling(part * _answered.Count) - 1)).TotalSeconds;

        public async Task Of(Asker asker, CancellationToken enough)
        {
            var (question, expected) = world.Question();
            var pause = _shortest;
            while (!enough.IsCancellationRequested)
            {
                Interlocked.Increment(ref _attempts);
                try
                {
                    world.Judge(expected, Asker.Validity(await asker.Ask(question)));
                    lock (_answered)
                    {
                        _answered.Add(Stopwatch.GetTimestamp());
                    }

                    return;
                }
                catch (AskAgain patience)
                {
                    Interlocked.Increment(ref _refused);
                    pause = patience.After ?? Longer(pause);
                }
                catch (Exception fault) when (fault is HttpRequestException or SocketException)
                {
                    Interlocked.Increment(ref _failed);
                    pause = Longer(pause);
                }

                await Task.Delay(pause * (RandomNumberGenerator.GetInt32(75, 126) / 100.0), CancellationToken.None);
            }
        }

        private static TimeSpan Longer(TimeSpan pause) => pause * 2 < _longest ? pause * 2 : _longest;
    }
}
