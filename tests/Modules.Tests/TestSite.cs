using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sekisho.Platform.Data;
using Sekisho.Server;

namespace Sekisho.Modules.Tests;

/// <summary>
/// A real site in this process: its own data folder, its own database, real ports on loopback. On PostgreSQL (environment variable
/// SEKISHO_TEST_POSTGRES, a connection string that may create databases) the test is skipped visibly when there is no server.
/// </summary>
internal sealed partial class TestSite : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Func<Task> _dropDatabase;
    private readonly string[] _args;
    private bool _closed;
    private Action<IServiceCollection>? _machine;

    private TestSite(WebApplication app, string[] args, string folder, Func<Task> dropDatabase)
    {
        App = app;
        _args = args;
        _folder = folder;
        _dropDatabase = dropDatabase;
    }

    public WebApplication App { get; private set; }

    public IServiceProvider Services => App.Services;

    /// <summary>Configuration that leads another process to the same folder and database.</summary>
    public IReadOnlyList<string> Settings => _args[..3];

    /// <summary>Where the site keeps its data.</summary>
    public string DataFolder => _folder;

    /// <summary>Base address of the machine port (HTTPS, client certificate).</summary>
    public Uri Machines => Address("https");

    /// <summary>Base address of the people port.</summary>
    public Uri People => Address("http");

    /// <summary>Starts a site. Settings are configuration keys like <c>Demo=false</c>.</summary>
    public static Task<TestSite> Start(DatabaseProvider provider, params string[] settings) => StartOn(null, provider, settings);

    /// <summary>The same on a machine whose services (its clock) the test decides.</summary>
    public static async Task<TestSite> StartOn(Action<IServiceCollection>? machine, DatabaseProvider provider, params string[] settings)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sekisho-test-").FullName;
        var (connection, drop) = await OwnDatabase(provider);
        string[] args =
        [
            $"--DataFolder={folder}",
            $"--Database:Provider={provider}",
            $"--Database:ConnectionString={connection}",
            "--Listen:Machines=https://127.0.0.1:0",
            "--Listen:People=http://127.0.0.1:0",
            "--Environment=development",
            "--Demo=false",
            "--Logging:LogLevel:Default=Warning",

            // The machine's other tests are no overload of this site.
            "--Admission:Lag=00:05:00",
            "--Papers:Limit=00:05:00",
            .. settings.Select(s => "--" + s),
        ];
        try
        {
            return await Started(args, machine, folder, drop);
        }
        catch
        {
            await drop();
            throw;
        }
    }

    /// <summary>Stops the site and starts it again on the same data folder and database; the addresses change.</summary>
    public async Task Restart()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        App = await Site.Build(_args, _machine);
        await App.StartAsync();
    }

    /// <summary>Stops the site; its data stays until it is disposed of.</summary>
    public async Task Close()
    {
        if (!_closed)
        {
            _closed = true;
            await App.StopAsync();
            await App.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        await _dropDatabase();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(string Connection, Func<Task> Drop)> OwnDatabase(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            return ("", () => Task.CompletedTask);
        }

        var server = Environment.GetEnvironmentVariable("SEKISHO_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "PostgreSQL がありません (SEKISHO_TEST_POSTGRES)。");
        var name = "sekisho_test_" + Guid.NewGuid().ToString("N");
        await Execute(server!, $"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        return (own, () => Execute(server!, $"DROP DATABASE {name} WITH (FORCE)"));
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TestSite> Started(string[] args, Action<IServiceCollection>? machine, string folder, Func<Task> drop)
    {
        var app = await Site.Build(args, machine);
        await app.StartAsync();
        var site = new TestSite(app, args, folder, drop) { _machine = machine };
        site.Authority = X509Certificate2.CreateFromPem(site.Devices.AuthorityPem);
        return site;
    }

    private Uri Address(string scheme) => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.First(a => a.StartsWith(scheme + ":", StringComparison.Ordinal)));
}
