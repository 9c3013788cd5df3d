using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Story;

/// <summary>The real server as a process of its own: temporary data folder, SQLite, demo world, free ports on loopback. Gone when disposed.</summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private PrivateServer(Process process, string folder)
    {
        (_process, Folder) = (process, folder);
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Folder { get; }

    public Uri Machines { get; private set; } = new("https://127.0.0.1:1");

    public int Id => _process.Id;

    public string Output => string.Join('\n', _output);

    /// <summary>Starts <paramref name="executable"/> and waits for its demo world; refuses when it ends or takes too long.</summary>
    public static async Task<Outcome<PrivateServer>> Start(string executable, string folder, TimeProvider time, CancellationToken ct)
    {
        var start = new ProcessStartInfo(executable)
        {
            WorkingDirectory = Path.GetDirectoryName(executable),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in Settings(folder))
        {
            start.ArgumentList.Add(setting);
        }

        var server = new PrivateServer(Process.Start(start)!, folder);
        for (var began = time.GetTimestamp(); !server.IsReady();)
        {
            if (server._process.HasExited || time.GetElapsedTime(began) > _patience)
            {
                await server.DisposeAsync();
                return Refusals.ServerMissing with { Text = "サーバーを開始できません。\n" + server.Output };
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, ct);
        }

        return server;
    }

    /// <summary>A file of the demo world.</summary>
    public string Demo(string name) => Path.Combine(Folder, "demo", name);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        // Also waits for the last words.
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static IEnumerable<string> Settings(string folder) =>
    [
        $"--DataFolder={folder}",
        "--Environment=development",
        "--Database:Provider=Sqlite",
        "--Database:ConnectionString=",
        "--Listen:Machines=https://127.0.0.1:0",
        "--Listen:People=http://127.0.0.1:0",
        "--Demo=true",
        $"--ParentProcess={Environment.ProcessId}",
        "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
    ];

    /// <summary>The host says it started, and the demo world names its ports.</summary>
    private bool IsReady()
    {
        if (!_output.Any(l => l.Contains("Application started", StringComparison.Ordinal)) || !File.Exists(Demo("demo.json")))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Demo("demo.json")));
            if (!Uri.TryCreate(json.RootElement.GetProperty("machines").GetString(), UriKind.Absolute, out var machines))
            {
                return false; // Written before the ports are known.
            }

            Machines = machines;
            return _output.Any(l => l.Contains(":" + Machines.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return false; // Half written: look again.
        }
    }
}
