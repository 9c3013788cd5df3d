using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Bench;

/// <summary>受付・事務点検 of a file: MB/s, allocation, and beside it in the same run a plain vectorised scan of the same bytes.</summary>
internal static class CheckFigures
{
    public static void Run(int megabytes, int runs)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sekisho-bench-{Environment.ProcessId}.uke");
        try
        {
            var claims = ClaimFiles.Write(path, megabytes);
            var length = new FileInfo(path).Length;
            var check = new List<double>();
            var scan = new List<double>();
            var findings = 0;
            var allocated = 0L;
            for (var run = 0; run < runs + 1; run++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var time = Time(() => findings = Check(path));
                allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
                var plain = Time(() => Scan(path));
                if (run > 0)
                {
                    check.Add(length / time / 1e6);
                    scan.Add(length / plain / 1e6);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"check {length / 1e6:F1} MB, {claims} claims, {ClaimFiles.Density(path):F2} bytes a field, {findings} findings: {Median(check):F0} MB/s (min {check.Min():F0}, max {check.Max():F0}); plain scan {Median(scan):F0} MB/s; allocated {allocated / 1e6:F1} MB; peak working set {PeakMegabytes()} MB; runs {runs}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int Check(string path)
    {
        using var content = File.OpenRead(path);
        var sink = new CountingSink();
        YearMonth.TryCreate(2026, 6, out var month);
        ClaimFileCheck.Run(content, new CheckContext(month), sink);
        return sink.Findings;
    }

    private static int Scan(string path)
    {
        using var content = File.OpenRead(path);
        var separators = SearchValues.Create(",\r\n"u8);
        var buffer = new byte[1 << 20];
        var count = 0;
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            var rest = buffer.AsSpan(0, read);
            int at;
            while ((at = rest.IndexOfAny(separators)) >= 0)
            {
                count++;
                rest = rest[(at + 1)..];
            }
        }

        return count;
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static long PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1_000_000;
    }

    private sealed class CountingSink : IClaimFileSink
    {
        public int Findings { get; private set; }

        public void Header(ClaimFileHeader header)
        {
        }

        public void Finding(Finding finding) => Findings++;

        public void Claim(ClaimEntry claim)
        {
        }
    }
}
