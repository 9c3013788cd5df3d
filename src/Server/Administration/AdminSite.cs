using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Server.Administration;

/// <summary>The site's services for one command: prepared, but listening to nobody and running nothing in the background.</summary>
internal sealed class AdminSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AdminSite(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Opens an initialised site; only <c>init</c> may create one, so that a mistyped folder stays empty.</summary>
    public static async Task<AdminSite> Open(Arguments arguments, bool create = false)
    {
        string[] settings = ["--Logging:LogLevel:Default=Warning", .. arguments.Configuration];
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddCommandLine(settings).Build();
        var keys = Path.Combine(Path.GetFullPath(configuration["DataFolder"] ?? "data"), "keys");
        if (!create && (!Directory.Exists(keys) || !Directory.EnumerateFiles(keys, "ca-*.p*").Any()))
        {
            throw new UsageException($"{Path.GetDirectoryName(keys)} はまだ初期化されていません。--DataFolder を確かめるか、admin init を実行してください。");
        }

        var app = Site.Builder(settings).Build();
        await Site.Prepare(app.Services);
        return new AdminSite(app);
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The organisation named by <c>--organisation</c> or <c>--code</c>.</summary>
    public async Task<Outcome<Organisation>> Organisation(Arguments arguments)
    {
        var directory = Get<IDirectory>();
        if (arguments.Optional("code") is { } code)
        {
            return await directory.Holder(Arguments.Code(code), CancellationToken.None);
        }

        return Guid.TryParse(arguments.Required("organisation"), out var id)
            ? await directory.Organisation(new Contracts.OrganisationId(id), CancellationToken.None)
            : throw new UsageException("--organisation は組織の識別子（UUID）です。");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
