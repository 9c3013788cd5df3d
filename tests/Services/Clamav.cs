using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Sekisho.Tests.Services;

/// <summary>
/// A real clamd of one's own on a unix socket in a temporary folder, with two local signatures: a harmless line of ours, and EICAR's test line. The test
/// is skipped visibly where clamd is not installed. Only this process is ever ended, by its own id.
/// </summary>
internal sealed class Clamav : IAsyncDisposable
{
    /// <summary>What <see cref="Harmless"/> is found as.</summary>
    public const string HarmlessName = "Sekisho.Test.Harmless.UNOFFICIAL";

    /// <summary>clamd's own limit on a stream.</summary>
    public const int StreamMaxLength = 2 * 1024 * 1024;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);
    private readonly string _folder;
    private Process? _process;

    private Clamav(string folder) => _folder = folder;

    /// <summary>A line that our signature finds. Built here, so that nothing in the repository is found by a scanner.</summary>
    public static byte[] Harmless { get; } = Encoding.ASCII.GetBytes(string.Concat("SEKISHO-", "HARMLESS-", "TEST-", "SIGNATURE"));

    /// <summary>The line every scanner finds, by agreement.</summary>
    public static byte[] Eicar { get; } = Encoding.ASCII.GetBytes(string.Concat("X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*"));

    public string Address => Path.Combine(_folder, "clamd.sock");

    /// <summary>The site's settings for it.</summary>
    public string[] Settings => ["Scanner:Address=unix:" + Address, "Scanner:Check=00:00:00.5"];

    /// <summary>Prepares one that does not run yet.</summary>
    public static Clamav Prepare()
    {
        Xunit.Assert.SkipUnless(Executable is not null, "clamd がありません (clamav-daemon)。");
        var clamav = new Clamav(Directory.CreateTempSubdirectory("clamd-").FullName);
        var signatures = Directory.CreateDirectory(Path.Combine(clamav._folder, "db")).FullName;
        File.WriteAllText(
            Path.Combine(signatures, "test.ndb"),
            $"Sekisho.Test.Harmless:0:*:{Convert.ToHexStringLower(Harmless)}\nSekisho.Test.Eicar:0:*:{Convert.ToHexStringLower(Eicar)}\n");
        File.WriteAllText(
            Path.Combine(clamav._folder, "clamd.conf"),
            $"""
            Foreground yes
            LocalSocket {clamav.Address}
            DatabaseDirectory {signatures}
            LogFile {Path.Combine(clamav._folder, "clamd.log")}
            TemporaryDirectory {clamav._folder}
            StreamMaxLength {StreamMaxLength}
            MaxThreads 4
            SelfCheck 0
            AlertExceedsMax yes

            """);
        return clamav;
    }

    public static async Task<Clamav> Start()
    {
        var clamav = Prepare();
        await clamav.Run();
        return clamav;
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public async Task Run()
    {
        var start = new ProcessStartInfo(Executable!, ["--config-file=" + Path.Combine(_folder, "clamd.conf")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await Answers())
        {
            Xunit.Assert.False(_process.HasExited, "clamd ended");
            Xunit.Assert.True(clock.Elapsed < _patience, "clamd is not ready");
            await Task.Delay(50);
        }
    }

    public async Task Stop()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
        File.Delete(Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Executable => new[] { "/usr/sbin/clamd", "/usr/local/sbin/clamd" }.FirstOrDefault(File.Exists);

    private async Task<bool> Answers()
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Address));
            await socket.SendAsync("zPING\0"u8.ToArray());
            var answer = new byte[16];
            return await socket.ReceiveAsync(answer) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
