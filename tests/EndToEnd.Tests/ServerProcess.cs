using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>
/// The built server as a process of its own: its data folder, its database, free ports. It can be stopped, killed (SIGKILL) and started again on
/// the same folder and database. Only this process is ever ended, by its own id.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string ListeningOn = "Now listening on: ";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(240);
    private readonly string[] _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private ServerProcess(string folder, TestDatabase database, string[] settings)
    {
        Folder = folder;
        Database = database;
        _settings = settings;
    }

    /// <summary>The site's data folder.</summary>
    public string Folder { get; }

    public TestDatabase Database { get; }

    /// <summary>HTTPS, client certificate; changes with every start.</summary>
    public Uri Machines { get; private set; } = new("https://127.0.0.1:1");

    /// <summary>Plain HTTP on loopback unless the settings say otherwise; changes with every start.</summary>
    public Uri People { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>Everything printed so far, for the message of a failing test.</summary>
    public string Output => string.Join('\n', _output);

    public int Id => _process?.Id ?? 0;

    /// <summary>Settings of the starts that follow, besides those of the site.</summary>
    public IReadOnlyList<string> Extra { get; set; } = [];

    /// <summary>True when no process runs.</summary>
    public bool IsDown => _process is null or { HasExited: true };

    /// <summary>
    /// Starts a site and waits until it is ready. Settings are configuration keys like <c>Demo=false</c>; the demo world is on unless they say otherwise.
    /// The sites of one run are copies of one demo world and share its authority; see <see cref="StartOwn"/>.
    /// </summary>
    public static async Task<ServerProcess> Start(Provider provider, params string[] settings) =>
        settings.Contains("Demo=false") ? await StartOwn(provider, settings) : await Started(await DemoTemplate.Copy(provider, settings));

    /// <summary>The same with an authority, and a demo world, of its own.</summary>
    public static async Task<ServerProcess> StartOwn(Provider provider, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-e2e-").FullName;
        return await Started(new ServerProcess(folder, await TestDatabase.Create(provider, folder), settings));
    }

    /// <summary>A site on a folder and database that are there; not started.</summary>
    public static ServerProcess On(string folder, TestDatabase database, params string[] settings) => new(folder, database, settings);

    /// <summary>Starts the stopped or killed site again.</summary>
    public async Task Start()
    {
        _output.Clear();
        _process = Launch(Arguments());
        Follow(_process, _output);
        await WaitUntilReady(_process);
    }

    /// <summary>Starts it told to die at a fault point; it may be dead before it is ready.</summary>
    public async Task StartArmed(string point)
    {
        Extra = ["Faults:Die=" + point];
        try
        {
            await Start();
        }
        catch (Xunit.Sdk.XunitException) when (IsDown)
        {
            // Work was waiting, and led there at once. Its last words come after its end.
            await _process!.WaitForExitAsync();
            if (!HasDiedAt(point))
            {
                throw;
            }
        }
        finally
        {
            Extra = [];
        }
    }

    /// <summary>True when the process said that it dies at this point.</summary>
    public bool HasDiedAt(string point) => Output.Contains($"fault point {point.Split(':')[0]}: dying", StringComparison.Ordinal);

    /// <summary>Waits for the process to be gone by itself.</summary>
    public async Task<bool> Ends(TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        try
        {
            await _process!.WaitForExitAsync(end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: no chance to finish anything.</summary>
    public async Task Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM, and SIGKILL when that is not enough.</summary>
    public async Task Stop()
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await process.WaitForExitAsync(patience.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                // Killed below.
            }
        }

        await Kill();
    }

    /// <summary>A file of the demo world, e.g. <c>clinic.pfx</c>.</summary>
    public string Demo(string name) => Path.Combine(Folder, "demo", name);

    /// <summary>Runs <c>admin …</c> on this site's folder and database (the site itself may run or not).</summary>
    public async Task<ProcessResult> Admin(params string[] arguments) =>
        await ProcessResult.Run(Repository.Server, ["admin", .. arguments, .. SiteArguments()], workingFolder: Path.GetDirectoryName(Repository.Server));

    public async ValueTask DisposeAsync()
    {
        await Stop();
        TestContext.Current.TestOutputHelper?.WriteLine(Output);
        _process?.Dispose();
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ServerProcess> Started(ServerProcess server)
    {
        try
        {
            await server.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static Process Launch(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Repository.Server, arguments)
        {
            // appsettings.json and the pages' static files lie beside the executable.
            WorkingDirectory = Path.GetDirectoryName(Repository.Server)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Most of a short life is compiling: do not measure it for a second time.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    private static void Follow(Process process, ConcurrentQueue<string> output)
    {
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private IEnumerable<string> SiteArguments() =>
    [
        $"--DataFolder={Folder}",
        $"--Database:Provider={Database.Provider}",
        $"--Database:ConnectionString={Database.ConnectionString}",

        // A machine busy with other tests is no fault of the site's.
        "--Papers:Limit=00:04:00",
        .. _settings.Select(s => "--" + s),
    ];

    private IEnumerable<string> Arguments() =>
    [
        "--Listen:Machines=https://127.0.0.1:0",
        "--Listen:People=http://127.0.0.1:0",
        "--Demo=true",
        $"--ParentProcess={Environment.ProcessId}",
        "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
        "--Admission:Lag=00:05:00",
        .. SiteArguments(),
        .. Extra.Select(s => "--" + s),
    ];

    private async Task WaitUntilReady(Process process)
    {
        var clock = Stopwatch.StartNew();
        while (!IsReady())
        {
            Assert.False(process.HasExited, "The server ended:\n" + Output);
            Assert.True(clock.Elapsed < _patience, "The server is not ready:\n" + Output);
            await Task.Delay(50);
        }
    }

    /// <summary>Ready = both ports are named, the host says so, and the demo world (if any) names these very ports.</summary>
    private bool IsReady()
    {
        var addresses = _output.Where(l => l.Contains(ListeningOn, StringComparison.Ordinal))
            .Select(l => new Uri(l[(l.IndexOf(ListeningOn, StringComparison.Ordinal) + ListeningOn.Length)..].Trim()))
            .ToList();
        var machines = addresses.Find(a => a.Scheme == Uri.UriSchemeHttps);
        var people = addresses.Find(a => a != machines);
        if (machines is null || people is null || !_output.Any(l => l.Contains("Application started", StringComparison.Ordinal)))
        {
            return false;
        }

        (Machines, People) = (machines, people);
        return _settings.Contains("Demo=false") || DemoNames(machines);
    }

    private bool DemoNames(Uri machines)
    {
        var file = Demo("demo.json");
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.GetProperty("machines").GetString() is { Length: > 0 } url && new Uri(url).Port == machines.Port;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return false; // Half written: look again.
        }
    }
}
