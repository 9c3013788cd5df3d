using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>A PostgreSQL cluster of our own on a free port, to be killed. Its processes are ended by their own ids. Skips the test where there is none installed.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin/";
    private readonly string _folder;
    private readonly int _port;

    private PrivatePostgres(string folder, int port)
    {
        _folder = folder;
        _port = port;
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Timeout=5;Command Timeout=30";

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PrivatePostgres> Start()
    {
        Assert.SkipUnless(File.Exists(Programs + "initdb"), "PostgreSQL がありません (initdb)。");
        var folder = Directory.CreateTempSubdirectory("sekisho-pg-").FullName;
        if (Environment.UserName == "root")
        {
            (await ProcessResult.Run("chown", ["postgres", folder])).Expect(0);
        }

        var cluster = new PrivatePostgres(folder, FreePort());
        (await cluster.As("initdb", "-D", cluster.Data, "-A", "trust", "-U", "postgres")).Expect(0);
        await cluster.StartAgain();
        return cluster;
    }

    /// <summary>SIGKILL to the postmaster; its children notice and go.</summary>
    public async Task KillPostmaster()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid"));
        Kill(int.Parse(lines[0], CultureInfo.InvariantCulture));
    }

    /// <summary>SIGKILL to one server process: PostgreSQL throws out everybody and recovers by itself.</summary>
    public async Task KillBackend(Random random)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid");
        var ids = new List<int>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                ids.Add(reader.GetInt32(0));
            }
        }

        if (ids.Count > 0)
        {
            Kill(ids[random.Next(ids.Count)]);
        }
    }

    /// <summary>Starts it; what the last one left may take a moment to go.</summary>
    public async Task StartAgain()
    {
        for (var i = 0; ; i++)
        {
            var options = $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=100";
            var started = await As("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-o", options, "start");
            if (started.Code == 0)
            {
                return;
            }

            Assert.True(i < 50, started.Out + started.Error);
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await As("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Output goes to a file: a daemon would keep a pipe open.</summary>
    private async Task<ProcessResult> As(string program, params string[] arguments)
    {
        var line = string.Join(' ', arguments.Prepend(Programs + program).Select(a => $"'{a}'")) + $" > '{_folder}/out' 2>&1 < /dev/null";
        var result = Environment.UserName == "root"
            ? await ProcessResult.Run("runuser", ["-u", "postgres", "--", "sh", "-c", line], workingFolder: _folder)
            : await ProcessResult.Run("sh", ["-c", line], workingFolder: _folder);
        return result with { Out = result.Out + await File.ReadAllTextAsync(Path.Combine(_folder, "out")) };
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
