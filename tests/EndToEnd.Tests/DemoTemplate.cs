using System.Collections.Concurrent;

namespace Sekisho.EndToEnd.Tests;

/// <summary>
/// The demo world is made once per run and database; every site of a test begins as a copy of that folder and database. Making it anew costs seconds,
/// most of them for digesting passwords.
/// </summary>
internal static class DemoTemplate
{
    private static readonly ConcurrentDictionary<Provider, Lazy<Task<(string Folder, TestDatabase Database)>>> _made = [];
    private static readonly SemaphoreSlim _one = new(1);

    /// <summary>A copy, not started.</summary>
    public static Task<ServerProcess> Copy(Provider provider, string[] settings) =>
        Copy(provider, settings, Directory.CreateTempSubdirectory("sekisho-e2e-").FullName);

    /// <summary>A copy in an empty folder, not started.</summary>
    public static async Task<ServerProcess> Copy(Provider provider, string[] settings, string folder)
    {
        var (template, database) = await _made.GetOrAdd(provider, p => new(() => Make(p))).Value;
        CopyFolder(template, folder);

        // PostgreSQL copies a database only for one at a time.
        await _one.WaitAsync();
        try
        {
            return ServerProcess.On(folder, await database.Copy(folder), settings);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A started site on a database of another server; its demo world is made anew.</summary>
    public static async Task<ServerProcess> Own(TestDatabase database)
    {
        var server = ServerProcess.On(Directory.CreateTempSubdirectory("sekisho-e2e-").FullName, database);
        await server.Start();
        return server;
    }

    private static async Task<(string Folder, TestDatabase Database)> Make(Provider provider)
    {
        var server = await ServerProcess.StartOwn(provider);
        await server.Stop();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return (server.Folder, server.Database);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
