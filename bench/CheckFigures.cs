using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Bench;

/// <summary>
/// 受付・事務点検 of a file that lies in the page cache. Beside it, in turn and in the same run, what the same bytes cost when nothing is judged.
/// CPU time stands beside wall time, because on a shared machine only the former says what the work costs.
/// </summary>
internal static class CheckFigures
{
    /// <param name="only">Passes whose name holds this; for profiling one of them.</param>
    public static void Run(int megabytes, int runs, string only = "")
    {
        var path = Path.Combine(Path.GetTempPath(), $"sekisho-bench-{Environment.ProcessId}.uke");
        try
        {
            var claims = ClaimFiles.Write(path, megabytes);
            var length = new FileInfo(path).Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{length / 1e6:F1} MB, {claims} claims, {(double)length / PlainPasses.Scan(path):F2} bytes a field; page cache warm; runs {runs} after {Warm(length)} unmeasured"));
            Measure(path, length, runs, only);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  VmHWM {PeakMegabytes()} MB; GC {(GCSettings.IsServerGC ? "server" : "workstation")} {GCSettings.LatencyMode}, collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Measure(string path, long length, int runs, string only)
    {
        var findings = 0;
        Pass[] all =
        [
            new("plain scan (commas and line feeds counted)", () => PlainPasses.Scan(path)),
            new("plain walk (every field touched)", () => PlainPasses.Walk(path)),
            new("shape check", () => findings += Check(path, shapeOnly: true)),
            new("all checks that need only the file", () => findings += Check(path, shapeOnly: false)),
        ];
        var passes = all.Where(p => p.Name.Contains(only, StringComparison.Ordinal)).ToList();
        for (var run = -Warm(length); run < runs; run++)
        {
            foreach (var pass in passes)
            {
                pass.Run(length, counts: run >= 0);
            }
        }

        foreach (var pass in passes)
        {
            Console.WriteLine(pass);
        }

        Console.WriteLine($"  findings {findings}");
    }

    // The runtime compiles again what has run often: small files need more runs until it has.
    private static int Warm(long length) => length < 10_000_000 ? 200 : 1;

    private static int Check(string path, bool shapeOnly)
    {
        using var content = File.OpenRead(path);
        var sink = new CountingSink();
        YearMonth.TryCreate(2026, 6, out var month);
        ClaimFileCheck.Run(content, new CheckContext(month) { ShapeOnly = shapeOnly }, sink);
        return sink.Findings;
    }

    private static string PeakMegabytes()
    {
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? "?" : (int.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) / 1000).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One kind of pass over the file and what its runs took.</summary>
    private sealed class Pass(string name, Action action)
    {
        private readonly List<double> _wall = [];
        private readonly List<double> _cpu = [];
        private long _allocated;

        public string Name => name;

        public void Run(long length, bool counts)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var cpu = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            action();
            var wall = Stopwatch.GetElapsedTime(start);
            if (counts)
            {
                _wall.Add(length / wall.TotalSeconds / 1e6);
                _cpu.Add(length / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / 1e6);
                _allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            }
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"  {name}: {Median(_wall):F0} MB/s (min {_wall.Min():F0}, max {_wall.Max():F0}); by CPU time {Median(_cpu):F0} (min {_cpu.Min():F0}, max {_cpu.Max():F0}); allocated {_allocated / 1e6:F2} MB");

        private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }

    private sealed class CountingSink : IClaimFileSink
    {
        public int Findings { get; private set; }

        public void Header(ClaimFileHeader header)
        {
        }

        public void Finding(Finding finding)
        {
            if (Findings++ == 0)
            {
                Console.WriteLine($"  unexpected: {finding.Message}");
            }
        }

        public void Claim(ClaimEntry claim)
        {
        }
    }
}
