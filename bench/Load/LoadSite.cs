using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Bench.Load;

/// <summary>
/// A site to load: its own temporary data folder and database, prepared in this process (<see cref="Prepare"/>), then served by the real server
/// executable as a process of its own. Only that process is ended, by its own id.
/// </summary>
internal sealed class LoadSite : IAsyncDisposable
{
    private const string ListeningOn = "Now listening on: ";
    private readonly string[] _settings;
    private readonly string _postgres;
    private readonly List<string> _output = [];
    private Process? _process;

    private LoadSite(string folder, DatabaseProvider provider, string connection, string postgres, string[] settings)
    {
        Folder = folder;
        Provider = provider;
        Connection = connection;
        _postgres = postgres;
        _settings = settings;
    }

    public string Folder { get; }

    public DatabaseProvider Provider { get; }

    public string Connection { get; }

    /// <summary>Address of the machine port.</summary>
    public Uri Machines { get; private set; } = new("https://127.0.0.1:1");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What the server used so far.</summary>
    public TimeSpan ServerCpu => Running.TotalProcessorTime;

    private Process Running => _process ?? throw new InvalidOperationException("Not started");

    /// <summary>An empty site. Settings are <c>--Key=Value</c> and go to the server as they are.</summary>
    public static async Task<LoadSite> Create(DatabaseProvider provider, string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("sekisho-load-").FullName;
        if (provider == DatabaseProvider.Sqlite)
        {
            return new LoadSite(folder, provider, "", "", settings);
        }

        var server = Environment.GetEnvironmentVariable("SEKISHO_TEST_POSTGRES")
            ?? throw new InvalidOperationException("SEKISHO_TEST_POSTGRES (a connection string that may create databases) is not set");
        var name = "sekisho_load_" + Guid.NewGuid().ToString("N");
        await OnServer(server, $"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 50 }.ConnectionString;
        return new LoadSite(folder, provider, own, server, settings);
    }

    /// <summary>The site's services in this process, nothing running; for setting things up before the server starts.</summary>
    public async Task Prepare(Func<IServiceProvider, Task> act)
    {
        await using (var app = await Server.Site.Build(Arguments()))
        {
            await act(app.Services);
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>
    /// Does at once what PostgreSQL does by itself in the minutes after a large load (it would read every table, and write back every page, in the midst of what is
    /// measured). SQLite has nothing left to do.
    /// </summary>
    public async Task Settle()
    {
        if (_postgres.Length > 0)
        {
            await OnServer(Connection, "VACUUM (ANALYZE)");
            await OnServer(Connection, "CHECKPOINT");
        }
    }

    /// <summary>Runs the site in this process while <paramref name="act"/> works on its services.</summary>
    public async Task<T> Serve<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var app = await Server.Site.Build(Arguments());
        await app.StartAsync();
        var result = await act(app.Services);
        await app.StopAsync();
        return result;
    }

    public async Task Start()
    {
        lock (_output)
        {
            _output.Clear();
        }

        var executable = Executable();
        string[] arguments = [.. Arguments(), $"--ParentProcess={Environment.ProcessId}", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"];
        _process = Process.Start(new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(executable)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!IsReady())
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException("The server ended:\n" + Output());
            }

            await Task.Delay(50);
        }
    }

    /// <summary>
    /// <c>admin audit verify</c> from the start, as a process of its own: its exit code, how long it took, and its peak resident memory in MB. The server must have stopped.
    /// </summary>
    public async Task<(int Code, TimeSpan Taken, long PeakMegabytes)> Verify()
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Executable(), ["admin", "audit", "verify", "--from-start", "true", .. Arguments()]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Peak(process));
            await Task.Delay(20);
        }

        if (process.ExitCode != 0)
        {
            Console.WriteLine(await said);
        }

        return (process.ExitCode, Stopwatch.GetElapsedTime(start), peak);
    }

    /// <summary>What the server printed, without the beginning of its life.</summary>
    public string Output()
    {
        lock (_output)
        {
            return string.Join('\n', _output);
        }
    }

    /// <summary>Peak resident memory of the server, MB.</summary>
    public long ServerPeakMegabytes() => Peak(Running);

    private static long Peak(Process process)
    {
        try
        {
            return File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
                ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or just ended.
            return 0;
        }
    }

    /// <summary>Bytes on disk: the database, and the stored content.</summary>
    public async Task<(long Database, long Content)> Sizes()
    {
        var content = Directory.CreateDirectory(Path.Combine(Folder, "content")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        if (Provider == DatabaseProvider.Sqlite)
        {
            return (new DirectoryInfo(Folder).EnumerateFiles("sekisho.db*").Sum(f => f.Length), content);
        }

        return ((long)(await Query("SELECT pg_database_size(current_database())", r => r.GetInt64(0)))[0], content);
    }

    /// <summary>Reads the site's database behind the server's back.</summary>
    public async Task<List<T>> Query<T>(string sql, Func<System.Data.Common.DbDataReader, T> map)
    {
        await using var database = new Database(new DatabaseOptions { Provider = Provider, ConnectionString = Connection }, new DataFolder(Folder));
        await using var session = new DbSession(database);
        await session.Read(CancellationToken.None);
        return await session.Query(sql, map, CancellationToken.None);
    }

    /// <summary>A table as the provider spells it.</summary>
    public string Table(string module, string table) => Provider == DatabaseProvider.Sqlite ? $"{module}_{table}" : $"{module}.{table}";

    /// <summary>Without a word, as a machine that fails.</summary>
    public async Task Kill()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
        Running.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM, then SIGKILL.</summary>
    public async Task Stop()
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        using (var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await terminate.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _process?.Dispose();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (Provider == DatabaseProvider.PostgreSql)
        {
            await OnServer(_postgres, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(Connection).Database} WITH (FORCE)");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private string[] Arguments() =>
    [
        $"--DataFolder={Folder}",
        $"--Database:Provider={Provider}",
        $"--Database:ConnectionString={Connection}",
        "--Listen:Machines=https://127.0.0.1:0",
        "--Listen:People=http://127.0.0.1:0",
        "--Environment=development",
        "--Demo=false",
        "--Exchange:OpensPerMinute=0",
        "--Exchange:UploadPerHour=0",
        "--Limits:Reads=0",
        "--Logging:LogLevel:Default=Warning",
        .. _settings,
    ];

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? "");
        }
    }

    private bool IsReady()
    {
        lock (_output)
        {
            var addresses = _output.Where(l => l.Contains(ListeningOn, StringComparison.Ordinal))
                .Select(l => new Uri(l[(l.IndexOf(ListeningOn, StringComparison.Ordinal) + ListeningOn.Length)..].Trim()));
            if (addresses.FirstOrDefault(a => a.Scheme == Uri.UriSchemeHttps) is { } machines && _output.Exists(l => l.Contains("Application started", StringComparison.Ordinal)))
            {
                Machines = machines;
                return true;
            }

            return false;
        }
    }

    private static async Task OnServer(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A built program of the repository, of the same configuration as this one.</summary>
    public static string Executable(string project = "Server", string name = "Sekisho.Server") =>
        Path.Combine(Root(), "src", project, "bin", Configuration(), "net10.0", OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static string Configuration() => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sekisho.slnx")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new DirectoryNotFoundException("Sekisho.slnx");
        }

        return folder;
    }
}
